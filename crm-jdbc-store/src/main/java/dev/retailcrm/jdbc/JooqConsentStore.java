package dev.retailcrm.jdbc;

import static dev.retailcrm.jdbc.schema.Tables.CRM_CONSENT;
import static dev.retailcrm.jdbc.schema.Tables.CRM_CONSENT_PROOF;
import static dev.retailcrm.jdbc.schema.Tables.CRM_CUSTOMER;

import dev.retailcrm.core.consent.ConsentProof;
import dev.retailcrm.core.customer.CustomerStatus;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.spi.ConsentChange;
import dev.retailcrm.core.spi.ConsentSnapshot;
import dev.retailcrm.core.spi.ConsentStore;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.Record;

/**
 * Consent in {@code crm_consent} and {@code crm_consent_proof}. A customer's consent is locked with her record in {@code crm_customer}.
 * Thread-safe.
 */
final class JooqConsentStore implements ConsentStore {
    private final JdbcUnitOfWork work;

    JooqConsentStore(JdbcUnitOfWork work) {
        this.work = work;
    }

    @Override
    public Map<CustomerId, ConsentSnapshot> findAll(TenantId tenant, Collection<CustomerId> customers) {
        Map<CustomerId, List<Record>> rows = new LinkedHashMap<>();
        work.session()
                .dsl()
                .select(CRM_CUSTOMER.CUSTOMER_ID, CRM_CUSTOMER.STATUS, CRM_CONSENT.LAST_SEQ, CRM_CONSENT.EVENT_SEQ)
                .select(CRM_CONSENT_PROOF.fields())
                .from(CRM_CUSTOMER)
                .leftJoin(CRM_CONSENT)
                .on(CRM_CONSENT.TENANT_ID.eq(CRM_CUSTOMER.TENANT_ID))
                .and(CRM_CONSENT.CUSTOMER_ID.eq(CRM_CUSTOMER.CUSTOMER_ID))
                .leftJoin(CRM_CONSENT_PROOF)
                .on(CRM_CONSENT_PROOF.TENANT_ID.eq(CRM_CONSENT.TENANT_ID))
                .and(CRM_CONSENT_PROOF.CUSTOMER_ID.eq(CRM_CONSENT.CUSTOMER_ID))
                .where(CRM_CUSTOMER.TENANT_ID.eq(tenant.value()))
                .and(CRM_CUSTOMER.CUSTOMER_ID.in(
                        customers.stream().map(CustomerId::value).toList()))
                .orderBy(CRM_CUSTOMER.CUSTOMER_ID, CRM_CONSENT_PROOF.SEQ)
                .forEach(row -> rows.computeIfAbsent(
                                CustomerId.of(row.get(CRM_CUSTOMER.CUSTOMER_ID)), first -> new ArrayList<>())
                        .add(row));
        Map<CustomerId, ConsentSnapshot> found = new LinkedHashMap<>();
        rows.forEach((customer, hers) -> {
            CustomerStatus status = CustomerStatus.valueOf(hers.get(0).get(CRM_CUSTOMER.STATUS));
            found.put(customer, ConsentRows.snapshot(tenant, customer, status, hers));
        });
        return found;
    }

    /**
     * {@inheritDoc}
     *
     * <p>Two statements: one that waited for the lock would show PostgreSQL's proofs as they were before waiting.
     */
    @Override
    public Optional<ConsentSnapshot> lock(TenantId tenant, CustomerId customer) {
        Session session = work.session();
        Optional<CustomerStatus> status = session.dsl()
                .select(CRM_CUSTOMER.STATUS)
                .from(CRM_CUSTOMER)
                .where(CRM_CUSTOMER.TENANT_ID.eq(tenant.value()))
                .and(CRM_CUSTOMER.CUSTOMER_ID.eq(customer.value()))
                .forUpdate()
                .fetchOptional(row -> CustomerStatus.valueOf(row.value1()));
        session.markLocking();
        return status.map(current -> locked(session, tenant, customer, current));
    }

    private static ConsentSnapshot locked(
            Session session, TenantId tenant, CustomerId customer, CustomerStatus status) {
        var query = session.dsl()
                .select(CRM_CONSENT.LAST_SEQ, CRM_CONSENT.EVENT_SEQ)
                .select(CRM_CONSENT_PROOF.fields())
                .from(CRM_CONSENT)
                .leftJoin(CRM_CONSENT_PROOF)
                .on(CRM_CONSENT_PROOF.TENANT_ID.eq(CRM_CONSENT.TENANT_ID))
                .and(CRM_CONSENT_PROOF.CUSTOMER_ID.eq(CRM_CONSENT.CUSTOMER_ID))
                .where(isHers(tenant, customer))
                .orderBy(CRM_CONSENT_PROOF.SEQ);
        var rows = session.fetchFresh(query);
        return ConsentRows.snapshot(tenant, customer, status, rows);
    }

    @Override
    public boolean apply(ConsentChange change) {
        Session session = work.session();
        if (!JooqRequestStore.book(session, change.tenant(), change.customer(), change.key(), change.booked())) {
            return false;
        }
        count(session, change);
        session.dsl()
                .insertInto(CRM_CONSENT_PROOF)
                .set(CRM_CONSENT_PROOF.TENANT_ID, change.tenant().value())
                .set(CRM_CONSENT_PROOF.CUSTOMER_ID, change.customer().value())
                .set(ConsentRows.columns(change.proof()))
                .execute();
        JooqOutboxStore.append(session, change.event());
        return true;
    }

    /** Counts the proof and the event on; the first of a customer makes her row. */
    private static void count(Session session, ConsentChange change) {
        long seq = change.proof().seq();
        long eventSeq = change.event().seq();
        int counted = seq == 1
                ? session.dsl()
                        .insertInto(CRM_CONSENT)
                        .set(CRM_CONSENT.TENANT_ID, change.tenant().value())
                        .set(CRM_CONSENT.CUSTOMER_ID, change.customer().value())
                        .set(CRM_CONSENT.LAST_SEQ, seq)
                        .set(CRM_CONSENT.EVENT_SEQ, eventSeq)
                        .execute()
                : session.dsl()
                        .update(CRM_CONSENT)
                        .set(CRM_CONSENT.LAST_SEQ, seq)
                        .set(CRM_CONSENT.EVENT_SEQ, eventSeq)
                        .where(isHers(change.tenant(), change.customer()))
                        .and(CRM_CONSENT.LAST_SEQ.eq(seq - 1))
                        .and(CRM_CONSENT.EVENT_SEQ.eq(eventSeq - 1))
                        .execute();
        if (counted != 1) {
            throw CoreError.STORE_FAILED.because("the consent was changed without its lock");
        }
    }

    @Override
    public List<ConsentProof> proofs(TenantId tenant, CustomerId customer, long after, int limit) {
        return work.session()
                .dsl()
                .selectFrom(CRM_CONSENT_PROOF)
                .where(CRM_CONSENT_PROOF.TENANT_ID.eq(tenant.value()))
                .and(CRM_CONSENT_PROOF.CUSTOMER_ID.eq(customer.value()))
                .and(CRM_CONSENT_PROOF.SEQ.gt(after))
                .orderBy(CRM_CONSENT_PROOF.SEQ)
                .limit(limit)
                .fetch(ConsentRows::proof);
    }

    private static Condition isHers(TenantId tenant, CustomerId customer) {
        return CRM_CONSENT.TENANT_ID.eq(tenant.value()).and(CRM_CONSENT.CUSTOMER_ID.eq(customer.value()));
    }
}
