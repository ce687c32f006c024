package dev.retailcrm.jdbc;

import static dev.retailcrm.jdbc.schema.tables.CrmCustomer.CRM_CUSTOMER;
import static dev.retailcrm.jdbc.schema.tables.CrmDataKey.CRM_DATA_KEY;
import static dev.retailcrm.jdbc.schema.tables.CrmIdentity.CRM_IDENTITY;
import static dev.retailcrm.jdbc.schema.tables.CrmIdentityLookup.CRM_IDENTITY_LOOKUP;
import static dev.retailcrm.jdbc.schema.tables.CrmMerge.CRM_MERGE;

import dev.retailcrm.core.customer.CustomerStatus;
import dev.retailcrm.core.customer.Identity;
import dev.retailcrm.core.history.ActorQuery;
import dev.retailcrm.core.history.FieldChange;
import dev.retailcrm.core.history.HistoryQuery;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.spi.CustomerChange;
import dev.retailcrm.core.spi.CustomerSnapshot;
import dev.retailcrm.core.spi.CustomerStore;
import dev.retailcrm.core.spi.LookupKey;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Customers in {@code crm_customer}, {@code crm_data_key}, {@code crm_identity} and {@code crm_identity_lookup}. The statements that
 * look a customer up are rendered once. Who holds an identity is a scalar sub-select of the same statement, so that PostgreSQL leaves
 * out the partitions she is not in. Thread-safe.
 */
final class JooqCustomerStore implements CustomerStore {
    private final JdbcUnitOfWork work;
    private final Sealing sealing;
    private final String find;
    private final String findBy;
    private final String lock;

    JooqCustomerStore(JdbcUnitOfWork work, Settings settings, Sealing sealing) {
        this.work = work;
        this.sealing = sealing;
        DSLContext render = settings.renderer();
        Condition ofCustomer = CRM_CUSTOMER.TENANT_ID.eq((String) null).and(CRM_CUSTOMER.CUSTOMER_ID.eq((Long) null));
        Condition sameKey = CRM_DATA_KEY
                .TENANT_ID
                .eq(CRM_CUSTOMER.TENANT_ID)
                .and(CRM_DATA_KEY.CUSTOMER_ID.eq(CRM_CUSTOMER.CUSTOMER_ID));
        Condition sameOwner = CRM_IDENTITY
                .TENANT_ID
                .eq(CRM_CUSTOMER.TENANT_ID)
                .and(CRM_IDENTITY.CUSTOMER_ID.eq(CRM_CUSTOMER.CUSTOMER_ID));
        var joined = Stream.concat(CustomerRows.RECORD.stream(), CustomerRows.IDENTITY.stream())
                .toList();
        find = render.select(joined)
                .from(CRM_CUSTOMER)
                .leftJoin(CRM_DATA_KEY)
                .on(sameKey)
                .leftJoin(CRM_IDENTITY)
                .on(sameOwner)
                .where(ofCustomer)
                .getSQL();
        findBy = render.select(joined)
                .from(CRM_CUSTOMER)
                .leftJoin(CRM_DATA_KEY)
                .on(sameKey)
                .leftJoin(CRM_IDENTITY)
                .on(sameOwner)
                .where(CRM_CUSTOMER.TENANT_ID.eq((String) null))
                .and(CRM_CUSTOMER.CUSTOMER_ID.eq(render.select(CRM_IDENTITY_LOOKUP.CUSTOMER_ID)
                        .from(CRM_IDENTITY_LOOKUP)
                        .where(CRM_IDENTITY_LOOKUP.TENANT_ID.eq((String) null))
                        .and(CRM_IDENTITY_LOOKUP.KIND.eq((String) null))
                        .and(CRM_IDENTITY_LOOKUP.ISSUER.eq((String) null))
                        .and(CRM_IDENTITY_LOOKUP.TOKEN.eq((String) null))))
                .getSQL();
        lock = render.select(CRM_CUSTOMER.CUSTOMER_ID)
                .from(CRM_CUSTOMER)
                .where(ofCustomer)
                .forUpdate()
                .getSQL();
    }

    @Override
    public Optional<CustomerSnapshot> find(TenantId tenant, CustomerId customer) {
        return whole(work.session(), tenant, find, statement -> bind(statement, tenant, customer));
    }

    /**
     * {@inheritDoc}
     *
     * <p>Two statements: one that waited for the lock would show PostgreSQL's identities as they were before waiting.
     */
    @Override
    public Optional<CustomerSnapshot> lock(TenantId tenant, CustomerId customer) {
        Session session = work.session();
        List<Long> locked = session.query(lock, statement -> bind(statement, tenant, customer), row -> row.getLong(1));
        session.markLocking();
        return locked.isEmpty()
                ? Optional.empty()
                : whole(session, tenant, fresh(session, find), statement -> bind(statement, tenant, customer));
    }

    @Override
    public Optional<CustomerId> holder(TenantId tenant, LookupKey key) {
        return new IdentityLookup(work.session(), tenant).holder(sealing.candidates(tenant, key));
    }

    /** {@inheritDoc} One statement if the identity was written with the newest key, else one more for each older. */
    @Override
    public Optional<CustomerSnapshot> findBy(TenantId tenant, LookupKey key) {
        Session session = work.session();
        for (LookupKey candidate : sealing.candidates(tenant, key)) {
            Optional<CustomerSnapshot> found = whole(
                    session,
                    tenant,
                    findBy,
                    statement -> new Bind(statement)
                            .text(tenant.value())
                            .text(tenant.value())
                            .text(candidate.kind())
                            .text(candidate.issuer())
                            .text(candidate.token()));
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    @Override
    public List<CustomerSnapshot> findByLastFour(TenantId tenant, String four, @Nullable CustomerId after, int limit) {
        return new CustomerPages(work.session(), sealing, tenant).byLastFour(four, after, limit);
    }

    @Override
    public List<CustomerSnapshot> records(TenantId tenant, @Nullable CustomerId after, int limit) {
        return new CustomerPages(work.session(), sealing, tenant).all(after, limit);
    }

    @Override
    public List<CustomerSnapshot> bornOn(TenantId tenant, LocalDate day, int limit) {
        return new CustomerPages(work.session(), sealing, tenant).bornOn(day, limit);
    }

    @Override
    public Map<LookupKey, CustomerId> holders(TenantId tenant, Set<LookupKey> keys) {
        Session session = work.session();
        return new IdentityClaims(new IdentityLookup(session, tenant), sealing, tenant).holders(keys, false);
    }

    @Override
    public Map<CustomerId, Standing> standings(TenantId tenant, Collection<CustomerId> customers) {
        return RecordLock.standings(work.session(), tenant, customers);
    }

    /** {@inheritDoc} A statement a table, on H2 and MariaDB one for each {@value BulkInsert#ROWS} rows. */
    @Override
    public List<Applied> applyAll(List<CustomerChange> changes) {
        return changes.isEmpty()
                ? List.of()
                : new NewCustomers(
                                work.session(), sealing, changes.get(0).after().tenant())
                        .apply(changes);
    }

    @Override
    public Applied apply(CustomerChange change) {
        Session session = work.session();
        TenantId tenant = change.after().tenant();
        CustomerId customer = change.after().id();
        if (!JooqRequestStore.book(session, tenant, customer, change.key(), change.booked())) {
            return Applied.repeated();
        }
        var claims = new IdentityClaims(new IdentityLookup(session, tenant), sealing, tenant);
        Map<LookupKey, CustomerId> taken = claims.claim(customer, change.claims(), change.listed());
        if (!taken.isEmpty()) {
            JooqRequestStore.unbook(session, tenant, customer, change.key());
            return Applied.taken(taken);
        }
        change.happened().ifPresent(event -> {
            write(session, change);
            claims.release(
                    customer,
                    Stream.concat(change.releases().stream(), change.unlisted().stream())
                            .toList());
            JooqOutboxStore.append(session, event);
        });
        return Applied.done();
    }

    @Override
    public List<FieldChange> changes(TenantId tenant, HistoryQuery query, @Nullable Position before, int limit) {
        return new CustomerHistory(work.session(), sealing, tenant).changes(query, before, limit);
    }

    @Override
    public List<FieldChange> changesBy(TenantId tenant, ActorQuery query, @Nullable Place before, int limit) {
        return new CustomerHistory(work.session(), sealing, tenant).changesBy(query, before, limit);
    }

    @Override
    public List<CustomerId> customers(TenantId tenant, @Nullable CustomerId after, int limit) {
        return work.session()
                .dsl()
                .select(CRM_CUSTOMER.CUSTOMER_ID)
                .from(CRM_CUSTOMER)
                .where(CRM_CUSTOMER.TENANT_ID.eq(tenant.value()))
                .and(CRM_CUSTOMER.CUSTOMER_ID.gt(after == null ? 0 : after.value()))
                .orderBy(CRM_CUSTOMER.CUSTOMER_ID)
                .limit(limit)
                .fetch(row -> CustomerId.of(row.value1()));
    }

    @Override
    public List<CustomerId> mergedInto(TenantId tenant, CustomerId survivor) {
        return work.session()
                .dsl()
                .select(CRM_MERGE.MERGED_ID)
                .from(CRM_MERGE)
                .where(CRM_MERGE.TENANT_ID.eq(tenant.value()))
                .and(CRM_MERGE.CUSTOMER_ID.eq(survivor.value()))
                .and(CRM_MERGE.ENDED_MS.isNull())
                .orderBy(CRM_MERGE.MERGED_ID)
                .fetch(row -> CustomerId.of(row.value1()));
    }

    @Override
    public boolean renew(TenantId tenant, CustomerId customer) {
        Session session = work.session();
        return sealing.isOn()
                && find(tenant, customer)
                        .filter(record -> record.status() != CustomerStatus.ERASED)
                        .map(record -> new Renewal(session, sealing, record).run())
                        .orElse(false);
    }

    private void write(Session session, CustomerChange change) {
        CustomerSnapshot after = change.after();
        var history = new CustomerHistory(session, sealing, after.tenant());
        boolean erased = after.status() == CustomerStatus.ERASED;
        var keys = new DataKeys(session, after.tenant(), after.id());
        byte[] key = sealing.isOn() && !erased ? key(keys, after, change.created()) : null;
        var columns =
                new CustomerRows(sealing, after.tenant()).columns(after, key).map();
        if (change.created()) {
            session.dsl()
                    .insertInto(CRM_CUSTOMER)
                    .set(CRM_CUSTOMER.TENANT_ID, after.tenant().value())
                    .set(CRM_CUSTOMER.CUSTOMER_ID, after.id().value())
                    .set(columns)
                    .execute();
        } else {
            int updated = session.dsl()
                    .update(CRM_CUSTOMER)
                    .set(columns)
                    .where(CRM_CUSTOMER.TENANT_ID.eq(after.tenant().value()))
                    .and(CRM_CUSTOMER.CUSTOMER_ID.eq(after.id().value()))
                    .and(CRM_CUSTOMER.VERSION.eq(after.version() - 1))
                    .execute();
            if (updated != 1) {
                throw CoreError.STORE_FAILED.because("the customer was changed without her lock");
            }
        }
        if (erased) {
            history.forget(after.id());
            new FieldRows(session, sealing, after.tenant()).forget(after.id());
            new SyncMarkRows(session, sealing, after.tenant()).forget(after.id());
            keys.delete();
            JooqReviewStore.close(session, after.tenant(), after.id());
        }
        history.write(change.changes(), key);
        var identities = new IdentityRows(session, sealing, after.tenant(), after.id());
        identities.insert(change.added(), after.verifications(), key);
        for (Identity identity : change.verified()) {
            List<LookupKey> stored = sealing.candidates(after.tenant(), LookupKey.of(identity));
            Optional.ofNullable(after.verifications().get(identity)).ifPresent(it -> identities.verify(stored, it));
        }
        identities.delete(change.removed().stream()
                .flatMap(it -> sealing.candidates(after.tenant(), LookupKey.of(it)).stream())
                .toList());
    }

    /** Her data key; a new one if she is new, or was written before there was a cipher. */
    private byte[] key(DataKeys keys, CustomerSnapshot owner, boolean isNew) {
        Optional<byte[]> known = isNew ? Optional.empty() : keys.find();
        return known.orElseGet(() -> {
            byte[] key = sealing.newKey(owner.tenant(), owner.id());
            keys.insert(key);
            return key;
        });
    }

    private Optional<CustomerSnapshot> whole(Session session, TenantId tenant, String sql, Session.Binder binder) {
        CustomerRows.Joined joined = new CustomerRows(sealing, tenant).joined();
        session.query(sql, binder, joined::add);
        return joined.whole();
    }

    /** A statement that reads what the customer's lock protects. */
    private static String fresh(Session session, String query) {
        return session.mustReadFresh() ? query + " lock in share mode" : query;
    }

    private static void bind(PreparedStatement statement, TenantId tenant, CustomerId customer) throws SQLException {
        new Bind(statement).text(tenant.value()).number(customer.value());
    }
}
