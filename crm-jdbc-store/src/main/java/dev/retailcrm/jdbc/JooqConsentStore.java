package dev.retailcrm.jdbc;

import static dev.retailcrm.jdbc.schema.Tables.CRM_CONSENT;
import static dev.retailcrm.jdbc.schema.Tables.CRM_CONSENT_PROOF;
import static dev.retailcrm.jdbc.schema.Tables.CRM_CUSTOMER;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.or;
import static org.jooq.impl.DSL.when;

import com.google.common.collect.Sets;
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
import java.util.Set;
import java.util.stream.Collectors;
import org.jooq.Condition;
import org.jooq.Field;
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
                .select(CRM_CUSTOMER.CUSTOMER_ID, CRM_CUSTOMER.STATUS, CRM_CUSTOMER.MERGED_INTO)
                .select(CRM_CONSENT.LAST_SEQ, CRM_CONSENT.EVENT_SEQ)
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
            Record first = hers.get(0);
            ConsentSnapshot consent = ConsentRows.snapshot(tenant, customer, hers);
            found.put(
                    customer,
                    consent.of(
                            CustomerStatus.valueOf(first.get(CRM_CUSTOMER.STATUS)),
                            Column.customer(first.get(CRM_CUSTOMER.MERGED_INTO))));
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
        return RecordLock.on(session, tenant, customer)
                .map(record -> locked(session, tenant, customer).of(record.status(), record.mergedInto()));
    }

    private static ConsentSnapshot locked(Session session, TenantId tenant, CustomerId customer) {
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
        return ConsentRows.snapshot(tenant, customer, rows);
    }

    @Override
    public boolean apply(ConsentChange change) {
        Session session = work.session();
        if (!JooqRequestStore.book(session, change.tenant(), change.customer(), change.key(), change.booked())) {
            return false;
        }
        count(session, change);
        insert(session, change.tenant(), change.customer(), change.proof());
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
    public void restate(ConsentSnapshot after) {
        Session session = work.session();
        TenantId tenant = after.tenant();
        ConsentSnapshot before = locked(session, tenant, after.customer());
        Set<Long> kept =
                after.history().proofs().stream().map(ConsentProof::seq).collect(Collectors.toSet());
        Set<Long> had =
                before.history().proofs().stream().map(ConsentProof::seq).collect(Collectors.toSet());
        session.dsl()
                .deleteFrom(CRM_CONSENT_PROOF)
                .where(CRM_CONSENT_PROOF.TENANT_ID.eq(tenant.value()))
                .and(CRM_CONSENT_PROOF.CUSTOMER_ID.eq(after.customer().value()))
                .and(CRM_CONSENT_PROOF.SEQ.in(Sets.difference(had, kept)))
                .execute();
        for (ConsentProof proof : after.history().proofs()) {
            if (!had.contains(proof.seq())) {
                insert(session, tenant, after.customer(), proof);
            }
        }
        count(session, after);
    }

    private static void insert(Session session, TenantId tenant, CustomerId customer, ConsentProof proof) {
        session.dsl()
                .insertInto(CRM_CONSENT_PROOF)
                .set(CRM_CONSENT_PROOF.TENANT_ID, tenant.value())
                .set(CRM_CONSENT_PROOF.CUSTOMER_ID, customer.value())
                .set(ConsentRows.columns(proof))
                .execute();
    }

    /** Notes the number of the last proof; makes the row of a customer about whom nothing was recorded before. */
    private static void count(Session session, ConsentSnapshot after) {
        if (after.lastSeq() == 0) {
            return;
        }
        int counted = session.dsl()
                .update(CRM_CONSENT)
                .set(CRM_CONSENT.LAST_SEQ, after.lastSeq())
                .where(isHers(after.tenant(), after.customer()))
                .execute();
        if (counted == 0) {
            session.dsl()
                    .insertInto(CRM_CONSENT)
                    .set(CRM_CONSENT.TENANT_ID, after.tenant().value())
                    .set(CRM_CONSENT.CUSTOMER_ID, after.customer().value())
                    .set(CRM_CONSENT.LAST_SEQ, after.lastSeq())
                    .set(CRM_CONSENT.EVENT_SEQ, after.eventSeq())
                    .execute();
        }
    }

    /** {@inheritDoc} One statement. */
    @Override
    public int forgetAddresses(TenantId tenant, CustomerId customer) {
        return work.session()
                .dsl()
                .update(CRM_CONSENT_PROOF)
                .set(CRM_CONSENT_PROOF.ADDRESS, ifKept(CRM_CONSENT_PROOF.ADDRESS))
                .set(CRM_CONSENT_PROOF.TOKEN_HASH, ifKept(CRM_CONSENT_PROOF.TOKEN_HASH))
                .setNull(CRM_CONSENT_PROOF.EVIDENCE)
                .where(CRM_CONSENT_PROOF.TENANT_ID.eq(tenant.value()))
                .and(CRM_CONSENT_PROOF.CUSTOMER_ID.eq(customer.value()))
                .and(or(
                        CRM_CONSENT_PROOF.ADDRESS.ne(ConsentProof.ERASED),
                        CRM_CONSENT_PROOF.TOKEN_HASH.ne(ConsentProof.ERASED),
                        CRM_CONSENT_PROOF.EVIDENCE.isNotNull()))
                .execute();
    }

    private static Field<String> ifKept(Field<String> column) {
        return when(column.isNotNull(), inline(ConsentProof.ERASED));
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
