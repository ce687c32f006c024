package dev.retailcrm.jdbc;

import static dev.retailcrm.jdbc.schema.Tables.CRM_CONSENT;
import static dev.retailcrm.jdbc.schema.Tables.CRM_CONSENT_PROOF;

import com.google.common.base.Splitter;
import dev.retailcrm.core.consent.Channel;
import dev.retailcrm.core.consent.Confirmation;
import dev.retailcrm.core.consent.ConsentAct;
import dev.retailcrm.core.consent.ConsentHistory;
import dev.retailcrm.core.consent.ConsentProof;
import dev.retailcrm.core.consent.ConsentScope;
import dev.retailcrm.core.consent.Origin;
import dev.retailcrm.core.consent.Provenance;
import dev.retailcrm.core.consent.Purpose;
import dev.retailcrm.core.customer.CustomerStatus;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.StaffId;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.spi.ConsentSnapshot;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jooq.Field;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/** Between the consent of a customer and its rows. */
final class ConsentRows {
    private static final Splitter ORIGINS = Splitter.on(' ').omitEmptyStrings();

    private ConsentRows() {}

    /** Of an active customer, from the rows of head and proofs together, ascending; a row without proof where there is none, no row where there is no head. */
    static ConsentSnapshot snapshot(TenantId tenant, CustomerId customer, List<? extends Record> rows) {
        if (rows.isEmpty() || rows.get(0).get(CRM_CONSENT.LAST_SEQ) == null) {
            return ConsentSnapshot.none(tenant, customer);
        }
        List<ConsentProof> proofs = rows.stream()
                .filter(row -> row.get(CRM_CONSENT_PROOF.SEQ) != null)
                .map(ConsentRows::proof)
                .toList();
        Record head = rows.get(0);
        return new ConsentSnapshot(
                tenant,
                customer,
                CustomerStatus.ACTIVE,
                head.get(CRM_CONSENT.LAST_SEQ),
                head.get(CRM_CONSENT.EVENT_SEQ),
                new ConsentHistory(proofs));
    }

    static ConsentProof proof(Record row) {
        String purpose = row.get(CRM_CONSENT_PROOF.PURPOSE);
        var scope = new ConsentScope(
                purpose == null ? null : Purpose.of(purpose),
                Channel.valueOf(row.get(CRM_CONSENT_PROOF.CHANNEL)),
                row.get(CRM_CONSENT_PROOF.ADDRESS));
        String staff = row.get(CRM_CONSENT_PROOF.STAFF_ID);
        var provenance = new Provenance(
                staff == null ? null : StaffId.of(staff),
                row.get(CRM_CONSENT_PROOF.SOURCE),
                row.get(CRM_CONSENT_PROOF.TEXT_VERSION),
                row.get(CRM_CONSENT_PROOF.EVIDENCE));
        return new ConsentProof(
                row.get(CRM_CONSENT_PROOF.SEQ),
                ConsentAct.valueOf(row.get(CRM_CONSENT_PROOF.ACT)),
                scope,
                provenance,
                Instant.ofEpochMilli(row.get(CRM_CONSENT_PROOF.OCCURRED_MS)),
                Instant.ofEpochMilli(row.get(CRM_CONSENT_PROOF.RECORDED_MS)),
                confirmation(row),
                origins(row.get(CRM_CONSENT_PROOF.ORIGIN)));
    }

    /** The columns of a proof but those that say whose it is. */
    static Map<Field<?>, @Nullable Object> columns(ConsentProof proof) {
        Purpose purpose = proof.scope().purpose();
        StaffId staff = proof.provenance().by();
        Confirmation confirmation = proof.confirmation();
        Map<Field<?>, @Nullable Object> columns = new LinkedHashMap<>();
        columns.put(CRM_CONSENT_PROOF.SEQ, proof.seq());
        columns.put(CRM_CONSENT_PROOF.ACT, proof.act().name());
        columns.put(CRM_CONSENT_PROOF.PURPOSE, purpose == null ? null : purpose.code());
        columns.put(CRM_CONSENT_PROOF.CHANNEL, proof.scope().channel().name());
        columns.put(CRM_CONSENT_PROOF.ADDRESS, proof.scope().address());
        columns.put(CRM_CONSENT_PROOF.STAFF_ID, staff == null ? null : staff.value());
        columns.put(CRM_CONSENT_PROOF.SOURCE, proof.provenance().source());
        columns.put(CRM_CONSENT_PROOF.TEXT_VERSION, proof.provenance().textVersion());
        columns.put(CRM_CONSENT_PROOF.EVIDENCE, proof.provenance().evidence());
        columns.put(CRM_CONSENT_PROOF.OCCURRED_MS, proof.occurredAt().toEpochMilli());
        columns.put(CRM_CONSENT_PROOF.RECORDED_MS, proof.recordedAt().toEpochMilli());
        columns.put(CRM_CONSENT_PROOF.TOKEN_HASH, confirmation == null ? null : confirmation.tokenHash());
        columns.put(
                CRM_CONSENT_PROOF.EXPIRES_MS,
                confirmation == null ? null : confirmation.expiresAt().toEpochMilli());
        columns.put(CRM_CONSENT_PROOF.ORIGIN, proof.origins().isEmpty() ? null : text(proof.origins()));
        return columns;
    }

    private static @Nullable Confirmation confirmation(Record row) {
        String hash = row.get(CRM_CONSENT_PROOF.TOKEN_HASH);
        return hash == null
                ? null
                : new Confirmation(hash, Instant.ofEpochMilli(row.get(CRM_CONSENT_PROOF.EXPIRES_MS)));
    }

    private static String text(List<Origin> origins) {
        return origins.stream()
                .map(origin -> origin.customer() + ":" + origin.seq())
                .collect(Collectors.joining(" "));
    }

    private static List<Origin> origins(@Nullable String text) {
        return ORIGINS.splitToStream(text == null ? "" : text)
                .map(origin -> origin.split(":", 2))
                .map(parts -> new Origin(CustomerId.parse(parts[0]), Long.parseLong(parts[1])))
                .toList();
    }
}
