package dev.retailcrm.core.consent;

import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.Page;
import dev.retailcrm.core.kernel.PageRequest;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.privacy.Erased;
import dev.retailcrm.core.privacy.ErasureStep;
import dev.retailcrm.core.privacy.ExportRow;
import dev.retailcrm.core.privacy.Ties;
import dev.retailcrm.core.spi.ConsentStore;
import dev.retailcrm.core.spi.PrivacyParticipant;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * Proofs of consent are exported. When their customer is erased they are kept as proof of what she allowed, when and how; the address they
 * are about, the evidence they refer to and the tokens of double opt-ins are emptied. Thread-safe.
 */
public final class ConsentPrivacy implements PrivacyParticipant {
    private final ConsentStore store;

    /** On this store. */
    public ConsentPrivacy(ConsentStore store) {
        this.store = store;
    }

    @Override
    public String name() {
        return "consent";
    }

    /** {@inheritDoc} Of an address only that there is one: it is not known here. */
    @Override
    public Page<ExportRow> export(TenantId tenant, CustomerId customer, PageRequest page) {
        return Page.of(
                        store.proofs(tenant, customer, page.afterNumber(0), page.size() + 1),
                        page.size(),
                        last -> Long.toString(last.seq()))
                .map(ConsentPrivacy::row);
    }

    private static ExportRow row(ConsentProof proof) {
        Purpose purpose = proof.scope().purpose();
        Provenance provenance = proof.provenance();
        return ExportRow.of("proofs")
                .and("act", proof.act())
                .and("purpose", purpose == null ? null : purpose.code())
                .and("channel", proof.scope().channel().toString())
                .and("oneAddress", proof.scope().address() == null ? null : true)
                .and("source", provenance.source())
                .and("textVersion", provenance.textVersion())
                .and("evidence", provenance.evidence())
                .and("byHerself", provenance.isHerOwn())
                .and("occurredAt", proof.occurredAt())
                .and("recordedAt", proof.recordedAt());
    }

    @Override
    public Erased erase(ErasureStep step, int limit) {
        store.lock(step.tenant(), step.customer());
        return new Erased(store.forgetAddresses(step.tenant(), step.customer()), true);
    }

    /** {@inheritDoc} Of proofs that came with a merge, when they were recorded. */
    @Override
    public Map<CustomerId, Ties> ties(TenantId tenant, Collection<CustomerId> customers, Instant at) {
        Map<CustomerId, Ties> ties = new HashMap<>();
        store.findAll(tenant, customers)
                .forEach((customer, consent) -> consent.history().proofs().stream()
                        .filter(proof -> proof.provenance().isHerOwn())
                        .map(ConsentProof::recordedAt)
                        .max(Instant::compareTo)
                        .ifPresent(latest -> ties.put(customer, Ties.active(latest))));
        return ties;
    }
}
