package dev.retailcrm.audience;

import dev.retailcrm.core.rule.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Why a customer is in an audience, or out of it. Personal as far as the values are that the rule looks at. Immutable.
 *
 * @param audience the definition
 * @param stay her last stay in it, which has no end if she is in; {@code null} if she was never in
 * @param belongs whether she is to be in by the definition as of now; another answer than {@link #isIn} comes true when it is computed next
 * @param choice what was said by hand, which beats everything else; {@code null} if nothing was
 * @param listed whether the list names her
 * @param verdict what the rule says as of now, with the leaves that decided and their values; {@code null} of lists
 * @param excludedBy the excluded audiences that she is in, ascending
 */
public record AudienceExplanation(
        AudienceRule audience,
        @Nullable AudienceStay stay,
        boolean belongs,
        @Nullable AudienceChoice choice,
        boolean listed,
        @Nullable Verdict verdict,
        List<String> excludedBy) {
    /** Copies the list. */
    public AudienceExplanation {
        excludedBy = List.copyOf(excludedBy);
    }

    /** Whether she is in. */
    public boolean isIn() {
        return stay != null && stay.isOpen();
    }

    /** Since when she is in, or out; empty if she was never in. */
    public Optional<Instant> since() {
        if (stay == null) {
            return Optional.empty();
        }
        AudienceStay.End end = stay.end();
        return Optional.of(end == null ? stay.from() : end.at());
    }

    /**
     * Until when {@link #belongs} stays as it is if nothing new is known of her, but for what becomes of audiences that are asked about and of
     * others under a limit; empty if for ever.
     */
    public Optional<Instant> validUntil() {
        Verdict said = choice == null && excludedBy.isEmpty() ? verdict : null;
        return said == null ? Optional.empty() : said.validUntil();
    }
}
