package dev.retailcrm.jdbc;

import static dev.retailcrm.jdbc.schema.Tables.CRM_CUSTOMER;
import static dev.retailcrm.jdbc.schema.Tables.CRM_IDENTITY;
import static org.jooq.impl.DSL.row;

import dev.retailcrm.core.customer.Identity;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.spi.CustomerChange;
import dev.retailcrm.core.spi.CustomerSnapshot;
import dev.retailcrm.core.spi.CustomerStore;
import dev.retailcrm.core.spi.LookupKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.Record;

/** Customers in {@code crm_customer}, {@code crm_identity} and {@code crm_identity_lookup}. Thread-safe. */
final class JooqCustomerStore implements CustomerStore {
    private final JdbcUnitOfWork work;

    JooqCustomerStore(JdbcUnitOfWork work) {
        this.work = work;
    }

    @Override
    public Optional<CustomerSnapshot> find(TenantId tenant, CustomerId customer) {
        var rows = work.session()
                .dsl()
                .select(CRM_CUSTOMER.fields())
                .select(CRM_IDENTITY.KIND, CRM_IDENTITY.ISSUER, CRM_IDENTITY.TOKEN)
                .from(CRM_CUSTOMER)
                .leftJoin(CRM_IDENTITY)
                .on(CRM_IDENTITY.TENANT_ID.eq(CRM_CUSTOMER.TENANT_ID))
                .and(CRM_IDENTITY.CUSTOMER_ID.eq(CRM_CUSTOMER.CUSTOMER_ID))
                .where(isCustomer(tenant, customer))
                .fetch();
        List<Identity> identities = rows.stream()
                .filter(row -> row.get(CRM_IDENTITY.KIND) != null)
                .map(CustomerRows::identity)
                .toList();
        return rows.stream().findFirst().map(row -> CustomerRows.snapshot(row, identities));
    }

    /**
     * {@inheritDoc}
     *
     * <p>Two statements: one that waited for the lock would show PostgreSQL's identities as they were before waiting.
     */
    @Override
    public Optional<CustomerSnapshot> lock(TenantId tenant, CustomerId customer) {
        Session session = work.session();
        Optional<Record> row = session.dsl()
                .selectFrom(CRM_CUSTOMER)
                .where(isCustomer(tenant, customer))
                .forUpdate()
                .fetchOptional();
        session.markLocking();
        return row.map(locked -> CustomerRows.snapshot(locked, identities(session, tenant, customer)));
    }

    @Override
    public Optional<CustomerId> holder(TenantId tenant, LookupKey key) {
        return new IdentityLookup(work.session(), tenant).holder(key);
    }

    @Override
    public Applied apply(CustomerChange change) {
        Session session = work.session();
        TenantId tenant = change.after().tenant();
        CustomerId customer = change.after().id();
        if (!JooqRequestStore.book(session, tenant, customer, change.key(), change.booked())) {
            return Applied.repeated();
        }
        var lookup = new IdentityLookup(session, tenant);
        Map<LookupKey, CustomerId> taken = lookup.claim(customer, change.claims());
        if (!taken.isEmpty()) {
            JooqRequestStore.unbook(session, tenant, customer, change.key());
            return Applied.taken(taken);
        }
        change.happened().ifPresent(event -> {
            write(session, change);
            lookup.release(customer, change.releases());
            JooqOutboxStore.append(session, event);
        });
        return Applied.done();
    }

    private static void write(Session session, CustomerChange change) {
        CustomerSnapshot after = change.after();
        if (change.created()) {
            session.dsl()
                    .insertInto(CRM_CUSTOMER)
                    .set(CRM_CUSTOMER.TENANT_ID, after.tenant().value())
                    .set(CRM_CUSTOMER.CUSTOMER_ID, after.id().value())
                    .set(CustomerRows.columns(after))
                    .execute();
        } else {
            update(session, after);
        }
        insertIdentities(session, after, change.added());
        deleteIdentities(session, after, change.removed());
    }

    private static void update(Session session, CustomerSnapshot after) {
        int updated = session.dsl()
                .update(CRM_CUSTOMER)
                .set(CustomerRows.columns(after))
                .where(isCustomer(after.tenant(), after.id()))
                .and(CRM_CUSTOMER.VERSION.eq(after.version() - 1))
                .execute();
        if (updated != 1) {
            throw CoreError.STORE_FAILED.because("the customer was changed without her lock");
        }
    }

    private static void insertIdentities(Session session, CustomerSnapshot owner, List<Identity> added) {
        if (added.isEmpty()) {
            return;
        }
        var insert = session.dsl().insertQuery(CRM_IDENTITY);
        for (Identity identity : added) {
            insert.newRecord();
            insert.addValue(CRM_IDENTITY.TENANT_ID, owner.tenant().value());
            insert.addValue(CRM_IDENTITY.CUSTOMER_ID, owner.id().value());
            insert.addValue(CRM_IDENTITY.KIND, identity.kind().name());
            insert.addValue(CRM_IDENTITY.ISSUER, identity.system());
            insert.addValue(CRM_IDENTITY.TOKEN, identity.value());
        }
        insert.execute();
    }

    private static void deleteIdentities(Session session, CustomerSnapshot owner, List<Identity> removed) {
        if (removed.isEmpty()) {
            return;
        }
        session.dsl()
                .deleteFrom(CRM_IDENTITY)
                .where(isOwner(owner.tenant(), owner.id()))
                .and(row(CRM_IDENTITY.KIND, CRM_IDENTITY.ISSUER, CRM_IDENTITY.TOKEN)
                        .in(removed.stream()
                                .map(it -> row(it.kind().name(), it.system(), it.value()))
                                .toList()))
                .execute();
    }

    private static List<Identity> identities(Session session, TenantId tenant, CustomerId customer) {
        var query = session.dsl().selectFrom(CRM_IDENTITY).where(isOwner(tenant, customer));
        var found = session.mustReadFresh() ? query.forShare().fetch() : query.fetch();
        return found.map(CustomerRows::identity);
    }

    private static Condition isCustomer(TenantId tenant, CustomerId customer) {
        return CRM_CUSTOMER.TENANT_ID.eq(tenant.value()).and(CRM_CUSTOMER.CUSTOMER_ID.eq(customer.value()));
    }

    private static Condition isOwner(TenantId tenant, CustomerId customer) {
        return CRM_IDENTITY.TENANT_ID.eq(tenant.value()).and(CRM_IDENTITY.CUSTOMER_ID.eq(customer.value()));
    }
}
