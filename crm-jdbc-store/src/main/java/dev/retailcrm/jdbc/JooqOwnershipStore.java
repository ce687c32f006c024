package dev.retailcrm.jdbc;

import static dev.retailcrm.jdbc.schema.Tables.CRM_CUSTOMER;
import static dev.retailcrm.jdbc.schema.Tables.CRM_OWNERSHIP;
import static dev.retailcrm.jdbc.schema.Tables.CRM_OWNERSHIP_ENTRY;

import dev.retailcrm.core.customer.CustomerStatus;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.StaffId;
import dev.retailcrm.core.kernel.StoreId;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.ownership.OwnedCustomer;
import dev.retailcrm.core.ownership.OwnershipAct;
import dev.retailcrm.core.ownership.OwnershipEntry;
import dev.retailcrm.core.ownership.Proposal;
import dev.retailcrm.core.ownership.Tenure;
import dev.retailcrm.core.ownership.WaitingOffer;
import dev.retailcrm.core.spi.OwnershipChange;
import dev.retailcrm.core.spi.OwnershipChange.Booking;
import dev.retailcrm.core.spi.OwnershipSnapshot;
import dev.retailcrm.core.spi.OwnershipStore;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jooq.Condition;
import org.jooq.Record;
import org.jooq.SelectConditionStep;
import org.jspecify.annotations.Nullable;

/**
 * Ownership in {@code crm_ownership} and {@code crm_ownership_entry}. A customer's ownership is locked with her record in
 * {@code crm_customer}. Thread-safe.
 */
final class JooqOwnershipStore implements OwnershipStore {
    private static final List<String> TRANSFERS = Arrays.stream(OwnershipAct.values())
            .filter(OwnershipAct::isTransfer)
            .map(Enum::name)
            .toList();

    private final JdbcUnitOfWork work;

    JooqOwnershipStore(JdbcUnitOfWork work) {
        this.work = work;
    }

    @Override
    public Map<CustomerId, Tenure> owners(TenantId tenant, Collection<CustomerId> customers) {
        Map<CustomerId, Tenure> found = new LinkedHashMap<>();
        Map<CustomerId, CustomerId> survivors = new HashMap<>();
        work.session()
                .dsl()
                .select(CRM_CUSTOMER.CUSTOMER_ID, CRM_CUSTOMER.MERGED_INTO)
                .select(CRM_OWNERSHIP.fields())
                .from(CRM_CUSTOMER)
                .leftJoin(CRM_OWNERSHIP)
                .on(CRM_OWNERSHIP.TENANT_ID.eq(CRM_CUSTOMER.TENANT_ID))
                .and(CRM_OWNERSHIP.CUSTOMER_ID.eq(CRM_CUSTOMER.CUSTOMER_ID))
                .where(CRM_CUSTOMER.TENANT_ID.eq(tenant.value()))
                .and(CRM_CUSTOMER.CUSTOMER_ID.in(
                        customers.stream().map(CustomerId::value).toList()))
                .and(CRM_CUSTOMER.STATUS.ne(CustomerStatus.ERASED.name()))
                .forEach(row -> {
                    CustomerId customer = CustomerId.of(row.get(CRM_CUSTOMER.CUSTOMER_ID));
                    Long survivor = row.get(CRM_CUSTOMER.MERGED_INTO);
                    Tenure tenure = OwnershipRows.tenure(row);
                    if (survivor != null) {
                        survivors.put(customer, CustomerId.of(survivor));
                    } else if (tenure != null) {
                        found.put(customer, tenure);
                    }
                });
        if (!survivors.isEmpty()) {
            Map<CustomerId, Tenure> theirs = owners(tenant, Set.copyOf(survivors.values()));
            survivors.forEach((customer, survivor) -> {
                Tenure tenure = theirs.get(survivor);
                if (tenure != null) {
                    found.put(customer, tenure);
                }
            });
        }
        return found;
    }

    /**
     * {@inheritDoc}
     *
     * <p>Separate statements: one that waited for the lock would show PostgreSQL's ownership as it was before waiting.
     */
    @Override
    public Optional<OwnershipSnapshot> lock(TenantId tenant, CustomerId customer) {
        Session session = work.session();
        return RecordLock.on(session, tenant, customer)
                .map(record ->
                        locked(session, tenant, customer, record.status()).of(record.status(), record.mergedInto()));
    }

    private static OwnershipSnapshot locked(
            Session session, TenantId tenant, CustomerId customer, CustomerStatus status) {
        var head = session.fetchFresh(session.dsl().selectFrom(CRM_OWNERSHIP).where(isHers(tenant, customer)));
        if (head.isEmpty()) {
            return OwnershipSnapshot.none(tenant, customer, status);
        }
        var transfers = session.fetchFresh(session.dsl()
                .select(CRM_OWNERSHIP_ENTRY.AT_MS)
                .from(CRM_OWNERSHIP_ENTRY)
                .where(entries(tenant, customer))
                .and(CRM_OWNERSHIP_ENTRY.ACT.in(TRANSFERS))
                .orderBy(CRM_OWNERSHIP_ENTRY.SEQ.desc())
                .limit(Proposal.MAX_TRANSFERS));
        return OwnershipRows.snapshot(
                tenant, customer, status, head.get(0), transfers.map(row -> Instant.ofEpochMilli(row.value1())));
    }

    @Override
    public boolean apply(OwnershipChange change) {
        Session session = work.session();
        OwnershipSnapshot after = change.after();
        Booking booking = change.booking();
        if (booking != null
                && !JooqRequestStore.book(session, after.tenant(), after.customer(), booking.key(), booking.booked())) {
            return false;
        }
        write(session, after, after.lastSeq() - change.entries().size());
        for (OwnershipEntry entry : change.entries()) {
            session.dsl()
                    .insertInto(CRM_OWNERSHIP_ENTRY)
                    .set(CRM_OWNERSHIP_ENTRY.TENANT_ID, after.tenant().value())
                    .set(CRM_OWNERSHIP_ENTRY.CUSTOMER_ID, after.customer().value())
                    .set(OwnershipRows.columns(entry))
                    .execute();
        }
        JooqOutboxStore.appendAll(session, change.events());
        return true;
    }

    /** Writes the head; the first entry of a customer makes her row. */
    private static void write(Session session, OwnershipSnapshot after, long lastSeq) {
        int written = lastSeq == 0
                ? session.dsl()
                        .insertInto(CRM_OWNERSHIP)
                        .set(CRM_OWNERSHIP.TENANT_ID, after.tenant().value())
                        .set(CRM_OWNERSHIP.CUSTOMER_ID, after.customer().value())
                        .set(OwnershipRows.columns(after))
                        .execute()
                : session.dsl()
                        .update(CRM_OWNERSHIP)
                        .set(OwnershipRows.columns(after))
                        .where(isHers(after.tenant(), after.customer()))
                        .and(CRM_OWNERSHIP.LAST_SEQ.eq(lastSeq))
                        .execute();
        if (written != 1) {
            throw CoreError.STORE_FAILED.because("the ownership was changed without its lock");
        }
    }

    @Override
    public List<OwnershipEntry> entries(TenantId tenant, CustomerId customer, long after, int limit) {
        Session session = work.session();
        return session.fetchFresh(session.dsl()
                        .selectFrom(CRM_OWNERSHIP_ENTRY)
                        .where(entries(tenant, customer))
                        .and(CRM_OWNERSHIP_ENTRY.SEQ.gt(after))
                        .orderBy(CRM_OWNERSHIP_ENTRY.SEQ)
                        .limit(limit))
                .map(OwnershipRows::entry);
    }

    @Override
    public List<OwnedCustomer> owned(TenantId tenant, Portfolio portfolio, @Nullable CustomerId after, int limit) {
        return page(heads(tenant).and(asked(portfolio)), after, limit).stream()
                .map(row -> new OwnedCustomer(customer(row), OwnershipRows.tenure(row)))
                .toList();
    }

    private static Condition asked(Portfolio portfolio) {
        StaffId staff = portfolio.staff();
        if (staff != null) {
            return CRM_OWNERSHIP.STAFF_ID.eq(staff.value());
        }
        StoreId store = portfolio.store();
        Condition there = store == null ? CRM_OWNERSHIP.STORE_ID.isNull() : CRM_OWNERSHIP.STORE_ID.eq(store.value());
        return portfolio.unserved() ? there.and(CRM_OWNERSHIP.STAFF_ID.isNull()) : there;
    }

    @Override
    public List<WaitingOffer> offers(TenantId tenant, StaffId to, Instant at, @Nullable CustomerId after, int limit) {
        var waiting = heads(tenant)
                .and(CRM_OWNERSHIP.OFFER_STAFF.eq(to.value()))
                .and(CRM_OWNERSHIP.OFFER_EXPIRES_MS.gt(at.toEpochMilli()));
        return page(waiting, after, limit).stream()
                .map(row -> new WaitingOffer(
                        customer(row), Objects.requireNonNull(OwnershipRows.offer(row), "the row has an offer")))
                .toList();
    }

    @Override
    public List<CustomerId> expired(TenantId tenant, Instant at, int limit) {
        return work.session()
                .dsl()
                .select(CRM_OWNERSHIP.CUSTOMER_ID)
                .from(CRM_OWNERSHIP)
                .where(CRM_OWNERSHIP.TENANT_ID.eq(tenant.value()))
                .and(CRM_OWNERSHIP.OFFER_EXPIRES_MS.le(at.toEpochMilli()))
                .orderBy(CRM_OWNERSHIP.OFFER_EXPIRES_MS, CRM_OWNERSHIP.CUSTOMER_ID)
                .limit(limit)
                .fetch(row -> CustomerId.of(row.value1()));
    }

    /** The heads of the customers of a tenant who were neither erased nor merged into another. */
    private SelectConditionStep<Record> heads(TenantId tenant) {
        return work.session()
                .dsl()
                .select(CRM_OWNERSHIP.fields())
                .from(CRM_OWNERSHIP)
                .join(CRM_CUSTOMER)
                .on(CRM_CUSTOMER.TENANT_ID.eq(CRM_OWNERSHIP.TENANT_ID))
                .and(CRM_CUSTOMER.CUSTOMER_ID.eq(CRM_OWNERSHIP.CUSTOMER_ID))
                .where(CRM_OWNERSHIP.TENANT_ID.eq(tenant.value()))
                .and(CRM_CUSTOMER.STATUS.ne(CustomerStatus.ERASED.name()))
                .and(CRM_CUSTOMER.MERGED_INTO.isNull());
    }

    private static List<Record> page(SelectConditionStep<Record> heads, @Nullable CustomerId after, int limit) {
        var rest = after == null ? heads : heads.and(CRM_OWNERSHIP.CUSTOMER_ID.gt(after.value()));
        return rest.orderBy(CRM_OWNERSHIP.CUSTOMER_ID).limit(limit).fetch();
    }

    private static CustomerId customer(Record row) {
        return CustomerId.of(row.get(CRM_OWNERSHIP.CUSTOMER_ID));
    }

    private static Condition isHers(TenantId tenant, CustomerId customer) {
        return CRM_OWNERSHIP.TENANT_ID.eq(tenant.value()).and(CRM_OWNERSHIP.CUSTOMER_ID.eq(customer.value()));
    }

    private static Condition entries(TenantId tenant, CustomerId customer) {
        return CRM_OWNERSHIP_ENTRY
                .TENANT_ID
                .eq(tenant.value())
                .and(CRM_OWNERSHIP_ENTRY.CUSTOMER_ID.eq(customer.value()));
    }
}
