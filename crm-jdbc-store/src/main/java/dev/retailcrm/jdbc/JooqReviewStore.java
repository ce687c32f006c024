package dev.retailcrm.jdbc;

import static dev.retailcrm.jdbc.schema.Tables.CRM_CUSTOMER;
import static dev.retailcrm.jdbc.schema.Tables.CRM_REVIEW;
import static dev.retailcrm.jdbc.schema.Tables.CRM_REVIEW_ENTRY;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.row;

import dev.retailcrm.core.customer.CustomerStatus;
import dev.retailcrm.core.history.Actor;
import dev.retailcrm.core.history.ActorKind;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.StaffId;
import dev.retailcrm.core.kernel.StoreId;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.merge.Review;
import dev.retailcrm.core.merge.ReviewAct;
import dev.retailcrm.core.merge.ReviewDecision;
import dev.retailcrm.core.merge.ReviewEntry;
import dev.retailcrm.core.merge.ReviewStatus;
import dev.retailcrm.core.merge.ReviewText;
import dev.retailcrm.core.merge.Verdict;
import dev.retailcrm.core.spi.ReviewStore;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/** Reviews in {@code crm_review} and {@code crm_review_entry}. Thread-safe. */
final class JooqReviewStore implements ReviewStore {
    private static final List<Field<Long>> NOW = List.of(CRM_REVIEW.ONE_ID, CRM_REVIEW.TWO_ID);

    private final JdbcUnitOfWork work;

    JooqReviewStore(JdbcUnitOfWork work) {
        this.work = work;
    }

    @Override
    public List<Review> of(TenantId tenant, Collection<CustomerId> customers) {
        return either(work.session(), tenant, customers, false);
    }

    @Override
    public List<Review> lock(TenantId tenant, Collection<CustomerId> customers) {
        Session session = work.session();
        session.markLocking();
        return either(session, tenant, customers, true);
    }

    /** By either column in a statement of its own, so that each reads, and locks, a range of its index and nothing else. */
    private static List<Review> either(
            Session session, TenantId tenant, Collection<CustomerId> customers, boolean locking) {
        Set<Review> found = new LinkedHashSet<>();
        for (Field<Long> column : NOW) {
            var query = session.dsl()
                    .selectFrom(CRM_REVIEW)
                    .where(CRM_REVIEW.TENANT_ID.eq(tenant.value()))
                    .and(column.in(customers.stream().map(CustomerId::value).toList()))
                    .orderBy(CRM_REVIEW.CUSTOMER_ID, CRM_REVIEW.OTHER_ID);
            (locking ? query.forUpdate().fetch() : query.fetch()).forEach(row -> found.add(review(row)));
        }
        return List.copyOf(found);
    }

    @Override
    public Set<CustomerId> lockLiving(TenantId tenant, Collection<CustomerId> customers) {
        Session session = work.session();
        session.markLocking();
        Set<CustomerId> living = new TreeSet<>();
        session.dsl()
                .select(CRM_CUSTOMER.CUSTOMER_ID, CRM_CUSTOMER.STATUS, CRM_CUSTOMER.MERGED_INTO)
                .from(CRM_CUSTOMER)
                .where(CRM_CUSTOMER.TENANT_ID.eq(tenant.value()))
                .and(CRM_CUSTOMER.CUSTOMER_ID.in(
                        customers.stream().map(CustomerId::value).toList()))
                .orderBy(CRM_CUSTOMER.CUSTOMER_ID)
                .forUpdate()
                .forEach(it -> {
                    if (it.value3() == null && !it.value2().equals(CustomerStatus.ERASED.name())) {
                        living.add(CustomerId.of(it.value1()));
                    }
                });
        return living;
    }

    @Override
    public void write(TenantId tenant, List<Review> added, List<Review> changed, List<ReviewEntry> entries) {
        Session session = work.session();
        new BulkInsert(session, CRM_REVIEW)
                .all(added.stream().map(it -> columns(tenant, it)).toList());
        session.each(
                "UPDATE crm_review SET one_id = ?, two_id = ?, decision = ?, status = ?, staff_id = ?, last_seq = ?"
                        + " WHERE tenant_id = ? AND customer_id = ? AND other_id = ?",
                changed,
                (statement, review) -> new Bind(statement)
                        .number(review.one().value())
                        .number(review.two().value())
                        .text(review.decision().name())
                        .text(review.status().name())
                        .text(code(review.assignee()))
                        .number(review.lastSeq())
                        .text(tenant.value())
                        .number(review.first().value())
                        .number(review.second().value()));
        new BulkInsert(session, CRM_REVIEW_ENTRY)
                .all(entries.stream().map(it -> columns(tenant, it)).toList());
    }

    /** Closes the reviews of somebody who is erased, under her lock. */
    static void close(Session session, TenantId tenant, CustomerId customer) {
        for (Field<Long> column : NOW) {
            session.dsl()
                    .update(CRM_REVIEW)
                    .set(CRM_REVIEW.STATUS, ReviewStatus.ERASED.name())
                    .where(CRM_REVIEW.TENANT_ID.eq(tenant.value()))
                    .and(column.eq(customer.value()))
                    .and(CRM_REVIEW.STATUS.in(ReviewStatus.OPEN.name(), ReviewStatus.LATER.name()))
                    .execute();
        }
    }

    @Override
    public List<Review> queue(
            TenantId tenant, ReviewStatus status, @Nullable StaffId assignee, @Nullable Place after, int limit) {
        Condition asked = CRM_REVIEW.TENANT_ID.eq(tenant.value()).and(CRM_REVIEW.STATUS.eq(status.name()));
        if (assignee != null) {
            asked = asked.and(CRM_REVIEW.STAFF_ID.eq(assignee.value()));
        }
        if (after != null) {
            asked = asked.and(row(CRM_REVIEW.RANK_NO, CRM_REVIEW.CUSTOMER_ID, CRM_REVIEW.OTHER_ID)
                    .gt(
                            rank(after.millionths()),
                            after.first().value(),
                            after.second().value()));
        }
        return work.session()
                .dsl()
                .selectFrom(CRM_REVIEW)
                .where(asked)
                .orderBy(CRM_REVIEW.RANK_NO, CRM_REVIEW.CUSTOMER_ID, CRM_REVIEW.OTHER_ID)
                .limit(limit)
                .fetch(JooqReviewStore::review);
    }

    @Override
    public Map<ReviewStatus, Long> counts(TenantId tenant) {
        Map<ReviewStatus, Long> counts = new EnumMap<>(ReviewStatus.class);
        work.session()
                .dsl()
                .select(CRM_REVIEW.STATUS, count())
                .from(CRM_REVIEW)
                .where(CRM_REVIEW.TENANT_ID.eq(tenant.value()))
                .groupBy(CRM_REVIEW.STATUS)
                .forEach(it -> counts.put(
                        ReviewStatus.valueOf(it.value1()), it.value2().longValue()));
        return counts;
    }

    @Override
    public List<ReviewEntry> entries(TenantId tenant, CustomerId first, CustomerId second, long after, int limit) {
        return work.session()
                .dsl()
                .selectFrom(CRM_REVIEW_ENTRY)
                .where(CRM_REVIEW_ENTRY.TENANT_ID.eq(tenant.value()))
                .and(CRM_REVIEW_ENTRY.CUSTOMER_ID.eq(first.value()))
                .and(CRM_REVIEW_ENTRY.OTHER_ID.eq(second.value()))
                .and(CRM_REVIEW_ENTRY.SEQ.gt(after))
                .orderBy(CRM_REVIEW_ENTRY.SEQ)
                .limit(limit)
                .fetch(JooqReviewStore::entry);
    }

    private static NewRow columns(TenantId tenant, Review review) {
        NewRow columns = new NewRow();
        columns.put(CRM_REVIEW.TENANT_ID, tenant.value());
        columns.put(CRM_REVIEW.CUSTOMER_ID, review.first().value());
        columns.put(CRM_REVIEW.OTHER_ID, review.second().value());
        columns.put(CRM_REVIEW.ONE_ID, review.one().value());
        columns.put(CRM_REVIEW.TWO_ID, review.two().value());
        columns.put(CRM_REVIEW.RANK_NO, rank(review.millionths()));
        columns.put(CRM_REVIEW.VERDICT, review.verdict().name());
        columns.put(CRM_REVIEW.EVIDENCE, ReviewText.of(review.evidence()));
        columns.put(CRM_REVIEW.DECISION, review.decision().name());
        columns.put(CRM_REVIEW.STATUS, review.status().name());
        columns.put(CRM_REVIEW.STAFF_ID, code(review.assignee()));
        columns.put(CRM_REVIEW.PROPOSED_MS, review.proposedAt().toEpochMilli());
        columns.put(CRM_REVIEW.LAST_SEQ, review.lastSeq());
        return columns;
    }

    private static NewRow columns(TenantId tenant, ReviewEntry entry) {
        Actor actor = entry.actor();
        StoreId store = actor.store();
        NewRow columns = new NewRow();
        columns.put(CRM_REVIEW_ENTRY.TENANT_ID, tenant.value());
        columns.put(CRM_REVIEW_ENTRY.CUSTOMER_ID, entry.first().value());
        columns.put(CRM_REVIEW_ENTRY.OTHER_ID, entry.second().value());
        columns.put(CRM_REVIEW_ENTRY.SEQ, entry.seq());
        columns.put(CRM_REVIEW_ENTRY.ACT, entry.act().name());
        columns.put(CRM_REVIEW_ENTRY.ACTOR_KIND, actor.kind().name());
        columns.put(CRM_REVIEW_ENTRY.ACTOR_ID, actor.id());
        columns.put(CRM_REVIEW_ENTRY.STORE_ID, store == null ? null : store.value());
        columns.put(CRM_REVIEW_ENTRY.CHANNEL, actor.channel());
        columns.put(CRM_REVIEW_ENTRY.STAFF_ID, code(entry.assignee()));
        columns.put(CRM_REVIEW_ENTRY.AT_MS, entry.at().toEpochMilli());
        return columns;
    }

    private static Review review(Record row) {
        String staff = row.get(CRM_REVIEW.STAFF_ID);
        return new Review(
                CustomerId.of(row.get(CRM_REVIEW.CUSTOMER_ID)),
                CustomerId.of(row.get(CRM_REVIEW.OTHER_ID)),
                CustomerId.of(row.get(CRM_REVIEW.ONE_ID)),
                CustomerId.of(row.get(CRM_REVIEW.TWO_ID)),
                rank(row.get(CRM_REVIEW.RANK_NO)),
                Verdict.valueOf(row.get(CRM_REVIEW.VERDICT)),
                ReviewText.parse(row.get(CRM_REVIEW.EVIDENCE)),
                ReviewDecision.valueOf(row.get(CRM_REVIEW.DECISION)),
                ReviewStatus.valueOf(row.get(CRM_REVIEW.STATUS)),
                staff == null ? null : StaffId.of(staff),
                Instant.ofEpochMilli(row.get(CRM_REVIEW.PROPOSED_MS)),
                row.get(CRM_REVIEW.LAST_SEQ));
    }

    private static ReviewEntry entry(Record row) {
        String store = row.get(CRM_REVIEW_ENTRY.STORE_ID);
        String staff = row.get(CRM_REVIEW_ENTRY.STAFF_ID);
        return new ReviewEntry(
                CustomerId.of(row.get(CRM_REVIEW_ENTRY.CUSTOMER_ID)),
                CustomerId.of(row.get(CRM_REVIEW_ENTRY.OTHER_ID)),
                row.get(CRM_REVIEW_ENTRY.SEQ),
                ReviewAct.valueOf(row.get(CRM_REVIEW_ENTRY.ACT)),
                new Actor(
                        ActorKind.valueOf(row.get(CRM_REVIEW_ENTRY.ACTOR_KIND)),
                        row.get(CRM_REVIEW_ENTRY.ACTOR_ID),
                        store == null ? null : StoreId.of(store),
                        row.get(CRM_REVIEW_ENTRY.CHANNEL)),
                staff == null ? null : StaffId.of(staff),
                Instant.ofEpochMilli(row.get(CRM_REVIEW_ENTRY.AT_MS)));
    }

    /** The likeliest come first: what is missing to certainty, and back. */
    private static int rank(int millionths) {
        return Review.CERTAIN - millionths;
    }

    private static @Nullable String code(@Nullable StaffId staff) {
        return staff == null ? null : staff.value();
    }
}
