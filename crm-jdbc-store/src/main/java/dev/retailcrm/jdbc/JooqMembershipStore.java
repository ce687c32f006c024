package dev.retailcrm.jdbc;

import static dev.retailcrm.jdbc.schema.Tables.CRM_CUSTOMER;
import static dev.retailcrm.jdbc.schema.Tables.CRM_MEMBERSHIP;
import static dev.retailcrm.jdbc.schema.Tables.CRM_MEMBERSHIP_ENTRY;
import static org.jooq.impl.DSL.max;

import dev.retailcrm.core.customer.CustomerStatus;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.StaffId;
import dev.retailcrm.core.kernel.StoreId;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.membership.Member;
import dev.retailcrm.core.membership.MembershipAct;
import dev.retailcrm.core.membership.MembershipEntry;
import dev.retailcrm.core.membership.MembershipStatus;
import dev.retailcrm.core.spi.MembershipChange;
import dev.retailcrm.core.spi.MembershipSnapshot;
import dev.retailcrm.core.spi.MembershipStore;
import dev.retailcrm.core.spi.OwnershipChange.Booking;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/**
 * Members in {@code crm_membership} and {@code crm_membership_entry}. A customer's membership is locked with her record in
 * {@code crm_customer}. Thread-safe.
 */
final class JooqMembershipStore implements MembershipStore {
    private final JdbcUnitOfWork work;

    JooqMembershipStore(JdbcUnitOfWork work) {
        this.work = work;
    }

    @Override
    public Optional<Member> find(TenantId tenant, CustomerId customer) {
        Record row = work.session()
                .dsl()
                .select(CRM_CUSTOMER.MERGED_INTO)
                .select(CRM_MEMBERSHIP.fields())
                .from(CRM_CUSTOMER)
                .leftJoin(CRM_MEMBERSHIP)
                .on(CRM_MEMBERSHIP.TENANT_ID.eq(CRM_CUSTOMER.TENANT_ID))
                .and(CRM_MEMBERSHIP.CUSTOMER_ID.eq(CRM_CUSTOMER.CUSTOMER_ID))
                .where(CRM_CUSTOMER.TENANT_ID.eq(tenant.value()))
                .and(CRM_CUSTOMER.CUSTOMER_ID.eq(customer.value()))
                .fetchOne();
        if (row == null) {
            return Optional.empty();
        }
        CustomerId survivor = Column.customer(row.get(CRM_CUSTOMER.MERGED_INTO));
        return survivor == null ? Optional.ofNullable(member(row)) : find(tenant, survivor);
    }

    /**
     * {@inheritDoc}
     *
     * <p>Two statements: one that waited for the lock would show PostgreSQL's membership as it was before waiting.
     */
    @Override
    public Optional<MembershipSnapshot> lock(TenantId tenant, CustomerId customer) {
        Session session = work.session();
        return RecordLock.on(session, tenant, customer)
                .map(record ->
                        locked(session, tenant, customer, record.status()).of(record.status(), record.mergedInto()));
    }

    private static MembershipSnapshot locked(
            Session session, TenantId tenant, CustomerId customer, CustomerStatus status) {
        var rows = session.fetchFresh(session.dsl().selectFrom(CRM_MEMBERSHIP).where(isHers(tenant, customer)));
        if (rows.isEmpty()) {
            return MembershipSnapshot.none(tenant, customer, status);
        }
        Record row = rows.get(0);
        return new MembershipSnapshot(
                tenant,
                customer,
                status,
                row.get(CRM_MEMBERSHIP.LAST_SEQ),
                row.get(CRM_MEMBERSHIP.EVENT_SEQ),
                member(row));
    }

    @Override
    public boolean apply(MembershipChange change) {
        Session session = work.session();
        TenantId tenant = change.tenant();
        CustomerId customer = change.customer();
        Booking booking = change.booking();
        if (booking != null && !JooqRequestStore.book(session, tenant, customer, booking.key(), booking.booked())) {
            return false;
        }
        write(session, change);
        MembershipEntry entry = change.entry();
        StaffId by = entry.by();
        session.dsl()
                .insertInto(CRM_MEMBERSHIP_ENTRY)
                .set(CRM_MEMBERSHIP_ENTRY.TENANT_ID, tenant.value())
                .set(CRM_MEMBERSHIP_ENTRY.CUSTOMER_ID, customer.value())
                .set(CRM_MEMBERSHIP_ENTRY.SEQ, entry.seq())
                .set(CRM_MEMBERSHIP_ENTRY.ACT, entry.act().name())
                .set(CRM_MEMBERSHIP_ENTRY.BY_STAFF, by == null ? null : by.value())
                .set(CRM_MEMBERSHIP_ENTRY.REASON, entry.reason())
                .set(CRM_MEMBERSHIP_ENTRY.AT_MS, entry.at().toEpochMilli())
                .execute();
        JooqOutboxStore.append(session, change.event());
        return true;
    }

    /** Writes the member; the first entry of a customer makes her row. */
    private static void write(Session session, MembershipChange change) {
        long lastSeq = change.entry().seq() - 1;
        TenantId tenant = change.tenant();
        CustomerId customer = change.customer();
        int written = lastSeq == 0
                ? session.dsl()
                        .insertInto(CRM_MEMBERSHIP)
                        .set(CRM_MEMBERSHIP.TENANT_ID, tenant.value())
                        .set(CRM_MEMBERSHIP.CUSTOMER_ID, customer.value())
                        .set(columns(change))
                        .execute()
                : session.dsl()
                        .update(CRM_MEMBERSHIP)
                        .set(columns(change))
                        .where(isHers(tenant, customer))
                        .and(CRM_MEMBERSHIP.LAST_SEQ.eq(lastSeq))
                        .execute();
        if (written != 1) {
            throw CoreError.STORE_FAILED.because("the membership was changed without its lock");
        }
    }

    private static Map<Field<?>, @Nullable Object> columns(MembershipChange change) {
        Member member = change.after();
        StoreId store = member == null ? null : member.store();
        CustomerId referrer = member == null ? null : member.referrer();
        Map<Field<?>, @Nullable Object> columns = new LinkedHashMap<>();
        columns.put(CRM_MEMBERSHIP.LAST_SEQ, change.entry().seq());
        columns.put(CRM_MEMBERSHIP.EVENT_SEQ, change.event().seq());
        columns.put(
                CRM_MEMBERSHIP.STATUS, member == null ? null : member.status().name());
        columns.put(
                CRM_MEMBERSHIP.SINCE_MS, member == null ? null : member.since().toEpochMilli());
        columns.put(
                CRM_MEMBERSHIP.JOINED_MS,
                member == null ? null : member.joinedAt().toEpochMilli());
        columns.put(CRM_MEMBERSHIP.JOINED_STORE, store == null ? null : store.value());
        columns.put(CRM_MEMBERSHIP.CHANNEL, member == null ? null : member.channel());
        columns.put(CRM_MEMBERSHIP.REFERRER_ID, referrer == null ? null : referrer.value());
        return columns;
    }

    @Override
    public List<MembershipEntry> entries(TenantId tenant, CustomerId customer, long after, int limit) {
        Session session = work.session();
        return session.fetchFresh(session.dsl()
                        .selectFrom(CRM_MEMBERSHIP_ENTRY)
                        .where(CRM_MEMBERSHIP_ENTRY.TENANT_ID.eq(tenant.value()))
                        .and(CRM_MEMBERSHIP_ENTRY.CUSTOMER_ID.eq(customer.value()))
                        .and(CRM_MEMBERSHIP_ENTRY.SEQ.gt(after))
                        .orderBy(CRM_MEMBERSHIP_ENTRY.SEQ)
                        .limit(limit))
                .map(JooqMembershipStore::entry);
    }

    @Override
    public List<Member> referred(TenantId tenant, CustomerId referrer, @Nullable CustomerId after, int limit) {
        return work
                .session()
                .dsl()
                .select(CRM_MEMBERSHIP.fields())
                .from(CRM_MEMBERSHIP)
                .join(CRM_CUSTOMER)
                .on(CRM_CUSTOMER.TENANT_ID.eq(CRM_MEMBERSHIP.TENANT_ID))
                .and(CRM_CUSTOMER.CUSTOMER_ID.eq(CRM_MEMBERSHIP.CUSTOMER_ID))
                .where(CRM_MEMBERSHIP.TENANT_ID.eq(tenant.value()))
                .and(CRM_CUSTOMER.MERGED_INTO.isNull())
                .and(CRM_MEMBERSHIP.REFERRER_ID.eq(referrer.value()))
                .and(CRM_MEMBERSHIP.CUSTOMER_ID.gt(after == null ? 0 : after.value()))
                .orderBy(CRM_MEMBERSHIP.CUSTOMER_ID)
                .limit(limit)
                .stream()
                .flatMap(row -> Optional.ofNullable(member(row)).stream())
                .toList();
    }

    @Override
    public Map<CustomerId, Instant> latest(TenantId tenant, Collection<CustomerId> customers) {
        Map<CustomerId, Instant> latest = new HashMap<>();
        work.session()
                .dsl()
                .select(CRM_MEMBERSHIP_ENTRY.CUSTOMER_ID, max(CRM_MEMBERSHIP_ENTRY.AT_MS))
                .from(CRM_MEMBERSHIP_ENTRY)
                .where(CRM_MEMBERSHIP_ENTRY.TENANT_ID.eq(tenant.value()))
                .and(CRM_MEMBERSHIP_ENTRY.CUSTOMER_ID.in(Column.ids(customers)))
                .groupBy(CRM_MEMBERSHIP_ENTRY.CUSTOMER_ID)
                .forEach(row -> latest.put(CustomerId.of(row.value1()), Instant.ofEpochMilli(row.value2())));
        return latest;
    }

    /** The member; {@code null} if she is none. */
    static @Nullable Member member(Record row) {
        if (row.get(CRM_MEMBERSHIP.STATUS) == null) {
            return null;
        }
        String store = row.get(CRM_MEMBERSHIP.JOINED_STORE);
        return new Member(
                CustomerId.of(row.get(CRM_MEMBERSHIP.CUSTOMER_ID)),
                MembershipStatus.valueOf(row.get(CRM_MEMBERSHIP.STATUS)),
                Instant.ofEpochMilli(row.get(CRM_MEMBERSHIP.SINCE_MS)),
                Instant.ofEpochMilli(row.get(CRM_MEMBERSHIP.JOINED_MS)),
                store == null ? null : StoreId.of(store),
                row.get(CRM_MEMBERSHIP.CHANNEL),
                Column.customer(row.get(CRM_MEMBERSHIP.REFERRER_ID)));
    }

    private static MembershipEntry entry(Record row) {
        String by = row.get(CRM_MEMBERSHIP_ENTRY.BY_STAFF);
        return new MembershipEntry(
                row.get(CRM_MEMBERSHIP_ENTRY.SEQ),
                MembershipAct.valueOf(row.get(CRM_MEMBERSHIP_ENTRY.ACT)),
                by == null ? null : StaffId.of(by),
                row.get(CRM_MEMBERSHIP_ENTRY.REASON),
                Instant.ofEpochMilli(row.get(CRM_MEMBERSHIP_ENTRY.AT_MS)));
    }

    private static Condition isHers(TenantId tenant, CustomerId customer) {
        return CRM_MEMBERSHIP.TENANT_ID.eq(tenant.value()).and(CRM_MEMBERSHIP.CUSTOMER_ID.eq(customer.value()));
    }
}
