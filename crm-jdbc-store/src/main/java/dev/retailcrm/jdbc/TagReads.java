package dev.retailcrm.jdbc;

import dev.retailcrm.core.customer.CustomerStatus;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.spi.CustomerStore.Standing;
import dev.retailcrm.tags.TagMark;
import dev.retailcrm.tags.spi.TagSnapshot;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads what locked customers have of tags, in one round trip. Without jOOQ, whose records of thousands of rows cost a batch more than the
 * index does. For one session.
 */
final class TagReads {
    private static final int AT = 16;
    private static final int NUMBER = 17;
    private static final int STATUS = 18;
    private static final String NO_MARK = String.join(", ", Collections.nCopies(AT - 2, "NULL"));

    /** Where customers stand: of a column without a type PostgreSQL knows one as soon as the second part has it. */
    private static final String STANDINGS =
            "SELECT customer_id, " + NO_MARK + ", changed_ms, merged_into, status FROM crm_customer";

    private final Session session;
    private final TenantId tenant;
    private final Map<CustomerId, Found> found;

    TagReads(Session session, TenantId tenant) {
        this.session = session;
        this.tenant = tenant;
        this.found = new HashMap<>();
    }

    /** What was read of a customer. */
    private static final class Found {
        private @Nullable Standing standing;
        private @Nullable Instant changedAt;
        private long lastSeq;
        private final Map<String, TagMark> marks = new HashMap<>();
    }

    /** Of customers who stand so. */
    Map<CustomerId, TagSnapshot> of(Map<CustomerId, Standing> standings) {
        standings.forEach((customer, standing) -> found(customer).standing = standing);
        return read(standings.keySet(), List.of(marks(), lasts()));
    }

    /** Of customers, and where they stand. */
    Map<CustomerId, TagSnapshot> of(Collection<CustomerId> customers) {
        return read(customers, List.of(marks(), lasts(), STANDINGS));
    }

    private String marks() {
        return "SELECT customer_id, " + TagRows.MARK + ", NULL, NULL, NULL FROM crm_tag_assignment" + byKey();
    }

    /** The number of a customer's last entry, and the latest instant of any. */
    private String lasts() {
        return "SELECT customer_id, " + NO_MARK + ", MAX(at_ms), MAX(seq), NULL FROM crm_tag_entry" + byKey();
    }

    /** By the key, also where there are few rows: a scan would wait for what others insert. */
    private String byKey() {
        return session.mustReadFresh() ? " FORCE INDEX (PRIMARY)" : "";
    }

    private Map<CustomerId, TagSnapshot> read(Collection<CustomerId> customers, List<String> parts) {
        if (customers.isEmpty()) {
            return Map.of();
        }
        var ids = new IdList(session.engine(), customers);
        String where = " WHERE tenant_id = ? AND customer_id " + ids.in();
        String lock = session.mustReadFresh() ? " LOCK IN SHARE MODE" : "";
        String sql = parts.stream()
                .map(part -> "(" + part + where + (part.contains("MAX(") ? " GROUP BY customer_id" : "") + lock + ")")
                .collect(Collectors.joining(" UNION ALL "));
        session.query(
                sql,
                statement -> {
                    Bind bind = new Bind(statement);
                    for (int part = 0; part < parts.size(); part++) {
                        ids.bind(bind.text(tenant.value()));
                    }
                },
                this::add);
        Map<CustomerId, TagSnapshot> snapshots = new TreeMap<>();
        found.forEach((customer, hers) -> {
            Standing standing = hers.standing;
            if (standing != null) {
                snapshots.put(
                        customer,
                        new TagSnapshot(
                                tenant,
                                customer,
                                standing.status(),
                                standing.mergedInto(),
                                hers.lastSeq,
                                hers.changedAt,
                                hers.marks));
            }
        });
        return snapshots;
    }

    private Found found(CustomerId customer) {
        return found.computeIfAbsent(customer, first -> new Found());
    }

    private Object add(ResultSet row) throws SQLException {
        Found hers = found(CustomerId.of(row.getLong(1)));
        String status = row.getString(STATUS);
        if (status != null) {
            hers.standing = new Standing(
                    CustomerStatus.valueOf(status),
                    Instant.ofEpochMilli(row.getLong(AT)),
                    Column.customer(row.getObject(NUMBER, Long.class)));
        } else if (row.getString(2) == null) {
            hers.changedAt = Instant.ofEpochMilli(row.getLong(AT));
            hers.lastSeq = row.getLong(NUMBER);
        } else {
            TagMark mark = TagRows.mark(row);
            hers.marks.put(mark.tag(), mark);
        }
        return hers;
    }
}
