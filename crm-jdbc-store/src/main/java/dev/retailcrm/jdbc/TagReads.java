package dev.retailcrm.jdbc;

import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.tags.TagMark;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads what locked customers have of tags. Without jOOQ, whose records of thousands of rows cost a batch more than the index does. For one
 * session.
 */
final class TagReads {
    private final Session session;
    private final TenantId tenant;

    TagReads(Session session, TenantId tenant) {
        this.session = session;
        this.tenant = tenant;
    }

    /** The number of a customer's last entry, and the latest instant of any. */
    record Last(long seq, Instant at) {}

    Map<CustomerId, Last> lasts(Collection<CustomerId> customers) {
        Map<CustomerId, Last> found = new HashMap<>(2 * customers.size());
        query(
                "SELECT customer_id, MAX(seq), MAX(at_ms) FROM crm_tag_entry" + byKey(),
                customers,
                " GROUP BY customer_id",
                row -> found.put(
                        CustomerId.of(row.getLong(1)), new Last(row.getLong(2), Instant.ofEpochMilli(row.getLong(3)))));
        return found;
    }

    Map<CustomerId, List<TagMark>> marks(Collection<CustomerId> customers) {
        Map<CustomerId, List<TagMark>> found = new HashMap<>(2 * customers.size());
        query(
                "SELECT customer_id, " + TagRows.MARK + " FROM crm_tag_assignment" + byKey(),
                customers,
                "",
                row -> found.computeIfAbsent(CustomerId.of(row.getLong(1)), first -> new ArrayList<>())
                        .add(TagRows.mark(row)));
        return found;
    }

    /** By the key, also where there are few rows: a scan would wait for what others insert. */
    private String byKey() {
        return session.mustReadFresh() ? " FORCE INDEX (PRIMARY)" : "";
    }

    private <T> void query(String select, Collection<CustomerId> customers, String suffix, Session.Row<T> reader) {
        if (customers.isEmpty()) {
            return;
        }
        // One by its number, which shows PostgreSQL the one partition, and keeps the plan.
        boolean array = session.engine() == Engine.POSTGRESQL && customers.size() > 1;
        Long[] ids = customers.stream().map(CustomerId::value).sorted().toArray(Long[]::new);
        session.query(
                select
                        + " WHERE tenant_id = ? AND customer_id "
                        + (array ? "= ANY (?)" : "IN (" + "?, ".repeat(ids.length - 1) + "?)")
                        + suffix
                        + (session.mustReadFresh() ? " LOCK IN SHARE MODE" : ""),
                statement -> {
                    Bind bind = new Bind(statement).text(tenant.value());
                    if (array) {
                        bind.array("bigint", ids);
                    } else {
                        for (long id : ids) {
                            bind.number(id);
                        }
                    }
                },
                reader);
    }
}
