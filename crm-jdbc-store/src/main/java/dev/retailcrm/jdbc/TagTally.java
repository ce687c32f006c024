package dev.retailcrm.jdbc;

import static dev.retailcrm.jdbc.schema.Tables.CRM_TAG_ASSIGNMENT;
import static dev.retailcrm.jdbc.schema.Tables.CRM_TAG_DEFINITION;
import static dev.retailcrm.jdbc.schema.Tables.CRM_TAG_TALLY;
import static org.jooq.impl.DSL.countDistinct;
import static org.jooq.impl.DSL.sum;

import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.tags.TagEntry;
import dev.retailcrm.tags.TagMark;
import dev.retailcrm.tags.spi.TagItem;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import org.jooq.Condition;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * How many customers have a tag, in {@code crm_tag_tally}: by how much that changes, and when, one row for each command, tag and instant, so that
 * nobody waits for another. A tag that ends is counted out beforehand. For one session.
 */
final class TagTally {
    private final Session session;
    private final TenantId tenant;

    TagTally(Session session, TenantId tenant) {
        this.session = session;
        this.tenant = tenant;
    }

    /** A row of the table. */
    private record Row(String tag, long atMillis, long number, long delta) {}

    /** Counts what these entries change, all of one command or batch. */
    void add(Collection<TagEntry> entries) {
        new BulkInsert(session, CRM_TAG_TALLY).all(rows(tenant, entries));
    }

    /** What is inserted when these entries are counted. */
    static List<NewRow> rows(TenantId tenant, Collection<TagEntry> entries) {
        SortedMap<String, SortedMap<Long, Long>> deltas = new TreeMap<>();
        for (TagEntry entry : entries) {
            var its = deltas.computeIfAbsent(entry.tag(), first -> new TreeMap<>());
            put(its, entry.before(), entry.at(), -1);
            put(its, entry.after(), entry.at(), 1);
        }
        List<NewRow> rows = new ArrayList<>();
        deltas.forEach((tag, its) -> its.forEach((at, delta) -> {
            if (delta != 0) {
                rows.add(row(tenant, tag, at, delta));
            }
        }));
        return rows;
    }

    /** Adds what a mark counts from an instant on. */
    private static void put(SortedMap<Long, Long> deltas, @Nullable TagMark mark, Instant from, long sign) {
        if (mark != null
                && !mark.isRemoval()
                && (mark.until() == null || mark.until().isAfter(from))) {
            long begins = Math.max(mark.from().toEpochMilli(), from.toEpochMilli());
            deltas.merge(begins, sign, Long::sum);
            if (mark.until() != null) {
                deltas.merge(mark.until().toEpochMilli(), -sign, Long::sum);
            }
        }
    }

    private static NewRow row(TenantId tenant, String tag, long atMillis, long delta) {
        NewRow row = new NewRow();
        row.put(CRM_TAG_TALLY.TENANT_ID, tenant.value());
        row.put(CRM_TAG_TALLY.TAG_KEY, tag);
        row.put(CRM_TAG_TALLY.AT_MS, atMillis);
        row.put(CRM_TAG_TALLY.ENTRY_NO, ThreadLocalRandom.current().nextLong());
        row.put(CRM_TAG_TALLY.DELTA, delta);
        return row;
    }

    /** Locks the tag's definition, and counts, what begins after the instant included. */
    long lock(String tag, Instant at) {
        session.dsl()
                .select(CRM_TAG_DEFINITION.VERSION)
                .from(CRM_TAG_DEFINITION)
                .where(CRM_TAG_DEFINITION.TENANT_ID.eq(tenant.value()))
                .and(CRM_TAG_DEFINITION.KIND.eq(TagItem.Kind.TAG.name()))
                .and(CRM_TAG_DEFINITION.ITEM_KEY.eq(tag))
                .forUpdate()
                .fetch();
        session.markLocking();
        SortedMap<Long, Long> later = new TreeMap<>();
        long now = 0;
        for (var row : session.fetchFresh(session.dsl()
                .select(CRM_TAG_TALLY.AT_MS, CRM_TAG_TALLY.DELTA)
                .from(CRM_TAG_TALLY)
                .where(CRM_TAG_TALLY.TENANT_ID.eq(tenant.value()))
                .and(CRM_TAG_TALLY.TAG_KEY.eq(tag)))) {
            if (row.value1() <= at.toEpochMilli()) {
                now += row.value2();
            } else {
                later.merge(row.value1(), row.value2(), Long::sum);
            }
        }
        return now
                + later.values().stream()
                        .filter(it -> it > 0)
                        .mapToLong(it -> it)
                        .sum();
    }

    /** How many have at least one of these tags. Of several only one has any, unless tags are being merged. */
    long count(Set<String> tags, Instant at) {
        Map<String, Long> each = counts(CRM_TAG_TALLY.TAG_KEY.in(tags), at);
        if (each.size() <= 1) {
            return each.values().stream().findFirst().orElse(0L);
        }
        return session.dsl()
                .select(countDistinct(CRM_TAG_ASSIGNMENT.CUSTOMER_ID))
                .from(CRM_TAG_ASSIGNMENT)
                .where(JooqTagStore.held(tenant, tags, at))
                .fetchSingle()
                .value1();
    }

    Map<String, Long> counts(Condition asked, Instant at) {
        Map<String, Long> counts = new TreeMap<>();
        session.dsl()
                .select(CRM_TAG_TALLY.TAG_KEY, sum(CRM_TAG_TALLY.DELTA))
                .from(CRM_TAG_TALLY)
                .where(CRM_TAG_TALLY.TENANT_ID.eq(tenant.value()))
                .and(asked)
                .and(CRM_TAG_TALLY.AT_MS.le(at.toEpochMilli()))
                .groupBy(CRM_TAG_TALLY.TAG_KEY)
                .having(sum(CRM_TAG_TALLY.DELTA).ne(BigDecimal.ZERO))
                .forEach(row -> counts.put(row.value1(), row.value2().longValueExact()));
        return counts;
    }

    /** Puts rows of tags that have several up to an instant together; how many there were. The definitions are locked. */
    int fold(Instant before, int limit) {
        List<String> tags = session.dsl()
                .select(CRM_TAG_TALLY.TAG_KEY)
                .from(CRM_TAG_TALLY)
                .where(CRM_TAG_TALLY.TENANT_ID.eq(tenant.value()))
                .and(CRM_TAG_TALLY.AT_MS.le(before.toEpochMilli()))
                .groupBy(CRM_TAG_TALLY.TAG_KEY)
                .having(DSL.count().gt(1))
                .orderBy(CRM_TAG_TALLY.TAG_KEY)
                .fetch(CRM_TAG_TALLY.TAG_KEY);
        int folded = 0;
        for (String tag : tags) {
            folded += folded < limit ? fold(tag, before, Math.max(2, limit - folded)) : 0;
        }
        return folded;
    }

    /** Deletes exactly what was read: others may count at the same instants meanwhile. */
    private int fold(String tag, Instant before, int limit) {
        List<Row> rows = session.fetchFresh(session.dsl()
                        .select(CRM_TAG_TALLY.AT_MS, CRM_TAG_TALLY.ENTRY_NO, CRM_TAG_TALLY.DELTA)
                        .from(CRM_TAG_TALLY)
                        .where(CRM_TAG_TALLY.TENANT_ID.eq(tenant.value()))
                        .and(CRM_TAG_TALLY.TAG_KEY.eq(tag))
                        .and(CRM_TAG_TALLY.AT_MS.le(before.toEpochMilli()))
                        .orderBy(CRM_TAG_TALLY.AT_MS, CRM_TAG_TALLY.ENTRY_NO)
                        .limit(limit))
                .map(row -> new Row(tag, row.value1(), row.value2(), row.value3()));
        session.each(
                "DELETE FROM crm_tag_tally WHERE tenant_id = ? AND tag_key = ? AND at_ms = ? AND entry_no = ?",
                rows,
                (statement, row) -> new Bind(statement)
                        .text(tenant.value())
                        .text(tag)
                        .number(row.atMillis())
                        .number(row.number()));
        long total = rows.stream().mapToLong(Row::delta).sum();
        if (total != 0) {
            new BulkInsert(session, CRM_TAG_TALLY)
                    .all(List.of(row(tenant, tag, rows.get(rows.size() - 1).atMillis(), total)));
        }
        return rows.size();
    }
}
