package dev.retailcrm.core.consent;

import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.kernel.StaffId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * By whom, where, when and under which key something about consent is declared. Immutable; start from {@link #ofCustomer} or
 * {@link #ofStaff} and add what is known.
 *
 * @param key names the business fact
 * @param provenance where the proof comes from
 * @param at when it happened, at most 36 hours ahead of the clock; {@code null} for now. What happened earlier never overrides what
 *     happened later, whenever it is recorded. Not part of the content a repeated key is compared by
 */
public record Declaration(
        RequestKey key, Provenance provenance, @Nullable Instant at) {
    /** Refuses missing parts with {@link CoreError#INVALID_VALUE}. */
    public Declaration {
        Check.present(key, "request key");
        Check.present(provenance, "provenance");
    }

    /** The customer's own word: she ticked a box, answered a message, signed a form. */
    public static Declaration ofCustomer(String key, String source) {
        return new Declaration(RequestKey.of(key), new Provenance(null, source, null, null), null);
    }

    /** The word of a person or program of the tenant, such as an operator who notes what she says or a mail gateway. */
    public static Declaration ofStaff(StaffId staff, String key, String source) {
        var provenance = new Provenance(Check.present(staff, "staff"), source, null, null);
        return new Declaration(RequestKey.of(key), provenance, null);
    }

    /** The same with the version of the text that was shown. */
    public Declaration text(String version) {
        var shown = Check.present(version, "text version");
        return with(new Provenance(provenance.by(), provenance.source(), shown, provenance.evidence()));
    }

    /** The same with a reference to the evidence in the host's files. */
    public Declaration evidence(String reference) {
        var kept = Check.present(reference, "evidence");
        return with(new Provenance(provenance.by(), provenance.source(), provenance.textVersion(), kept));
    }

    /** The same at an instant. */
    public Declaration at(Instant instant) {
        return new Declaration(key, provenance, instant);
    }

    private Declaration with(Provenance other) {
        return new Declaration(key, other, at);
    }
}
