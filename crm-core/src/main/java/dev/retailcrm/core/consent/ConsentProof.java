package dev.retailcrm.core.consent;

import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One line of a customer's consent history; never changed but by {@link #withoutAddress}, never deleted. Immutable.
 *
 * @param seq the number in the history, from 1, ascending in the order of recording
 * @param act what it proves
 * @param scope what it is about
 * @param provenance where it comes from
 * @param occurredAt when it happened, in milliseconds: what counts
 * @param recordedAt when it was recorded, in milliseconds
 * @param confirmation the token of a double opt-in; {@code null} for other acts
 * @param origins where it was before customers were merged, the first history first; empty if it was always here. At most
 *     {@value #MAX_ORIGINS}
 */
public record ConsentProof(
        long seq,
        ConsentAct act,
        ConsentScope scope,
        Provenance provenance,
        Instant occurredAt,
        Instant recordedAt,
        @Nullable Confirmation confirmation,
        List<Origin> origins) {
    /** What stands for an address, or a token, that was erased. */
    public static final String ERASED = "erased";

    /** The most merges a proof can have gone through. */
    public static final int MAX_ORIGINS = 10;

    /** Refuses an act with the wrong scope or confirmation, and too many origins, with {@link CoreError#INVALID_VALUE}. */
    public ConsentProof {
        Check.positive(seq, "proof number");
        Check.present(act, "act");
        Check.present(scope, "scope");
        Check.present(provenance, "provenance");
        Check.present(occurredAt, "instant of the act");
        Check.present(recordedAt, "instant of recording");
        origins = List.copyOf(origins);
        Check.range(origins.size(), 0, MAX_ORIGINS, "number of origins");
        if (act.isAboutAddress() != (scope.purpose() == null)) {
            throw CoreError.INVALID_VALUE.because("%s has a purpose if and only if it is a word of consent", act);
        }
        if (act.isByToken() != (confirmation != null)) {
            throw CoreError.INVALID_VALUE.because("%s names a token if and only if it belongs to a double opt-in", act);
        }
    }

    /** Whether it had happened by then. */
    boolean isKnownAt(Instant at) {
        return !occurredAt.isAfter(at);
    }

    /** Whether it is about the address with one of these tokens as such. */
    boolean isAbout(Channel channel, List<String> address) {
        return act.isAboutAddress()
                && channel == scope.channel()
                && scope.address() != null
                && address.contains(scope.address());
    }

    /** The same in another history. */
    ConsentProof moved(long number, List<Origin> from) {
        return new ConsentProof(number, act, scope, provenance, occurredAt, recordedAt, confirmation, from);
    }

    /**
     * The same after its customer was erased: {@value #ERASED} stands for an address and for a token, and there is no evidence to refer to.
     */
    public ConsentProof withoutAddress() {
        return new ConsentProof(
                seq,
                act,
                scope.address() == null ? scope : new ConsentScope(scope.purpose(), scope.channel(), ERASED),
                new Provenance(provenance.by(), provenance.source(), provenance.textVersion(), null),
                occurredAt,
                recordedAt,
                confirmation == null ? null : new Confirmation(ERASED, confirmation.expiresAt()),
                origins);
    }
}
