package dev.retailcrm.core.ownership;

import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a tenant allows when customers change hands: every rule must have nothing against it. Immutable; start from {@link #standard} or
 * {@link #none} and add rules, of the host's own as well. Days are 24 hours; a period ends at its end, exclusively.
 */
public final class OwnershipRules {
    private static final OwnershipRules NONE = new OwnershipRules(List.of());

    private final List<OwnershipRule> rules;

    private OwnershipRules(List<OwnershipRule> rules) {
        this.rules = rules;
    }

    /** At most 2 transfers in 90 days, none to who serves her already, and 30 days of protection. */
    public static OwnershipRules standard() {
        return none().atMost(2, Duration.ofDays(90)).notToWhoServesHer().protectedFor(Duration.ofDays(30));
    }

    /** Everything is allowed. */
    public static OwnershipRules none() {
        return NONE;
    }

    /**
     * Also: no transfer is offered, accepted or made by an operator after so many within the period before, whoever acts. Refused as
     * {@code TRANSFER_LIMIT} with {@code transfers} and {@code until}, from when on it is allowed.
     *
     * @param transfers 1 to {@value Proposal#MAX_TRANSFERS}
     * @param period longer than nothing
     */
    public OwnershipRules atMost(int transfers, Duration period) {
        Check.range(transfers, 1, Proposal.MAX_TRANSFERS, "number of transfers");
        Duration window = positive(period);
        return and(proposal -> {
            boolean counts = proposal.act().isTransfer() || proposal.act() == OwnershipAct.OFFERED;
            if (!counts || proposal.transfers().size() < transfers) {
                return Optional.empty();
            }
            Instant until = proposal.transfers().get(transfers - 1).plus(window);
            return before(proposal.at(), until, "TRANSFER_LIMIT", Map.of("transfers", transfers));
        });
    }

    /** Also: nobody is given a customer whom she serves already. Refused as {@code ALREADY_SERVES}. */
    public OwnershipRules notToWhoServesHer() {
        return and(proposal -> {
            Tenure current = proposal.current();
            return current != null && current.owner().serves(proposal.to())
                    ? Optional.of(new Objection("ALREADY_SERVES", Map.of()))
                    : Optional.empty();
        });
    }

    /**
     * Also: an operator who is neither her owner nor a manager takes no customer from a member of staff who has had her for less than this
     * period. Refused as {@code PROTECTED} with {@code until}.
     *
     * @param period longer than nothing
     */
    public OwnershipRules protectedFor(Duration period) {
        Duration protection = positive(period);
        return and(proposal -> {
            Tenure current = proposal.current();
            if (proposal.act() != OwnershipAct.REASSIGNED
                    || current == null
                    || proposal.asManager()
                    || current.owner().isStaff(proposal.by())) {
                return Optional.empty();
            }
            return before(proposal.at(), current.since().plus(protection), "PROTECTED", Map.of());
        });
    }

    /** Also this rule. */
    public OwnershipRules and(OwnershipRule rule) {
        return new OwnershipRules(Stream.concat(rules.stream(), Stream.of(Check.present(rule, "rule")))
                .toList());
    }

    /**
     * Refuses with the first objection.
     *
     * @throws CrmException {@link CoreError#OWNERSHIP_RULE}
     */
    void require(Proposal proposal) {
        for (OwnershipRule rule : rules) {
            rule.objection(proposal).ifPresent(objection -> {
                Map<String, Object> details = new HashMap<>(objection.figures());
                details.put("rule", objection.rule());
                throw CoreError.OWNERSHIP_RULE.with(details, "the rule %s does not allow it", objection.rule());
            });
        }
    }

    private static Optional<Objection> before(Instant at, Instant until, String rule, Map<String, Object> figures) {
        if (!at.isBefore(until)) {
            return Optional.empty();
        }
        Map<String, Object> all = new HashMap<>(figures);
        all.put("until", until);
        return Optional.of(new Objection(rule, all));
    }

    private static Duration positive(Duration period) {
        if (Check.present(period, "period").isNegative()
                || period.isZero()
                || period.compareTo(Ownership.LONGEST) > 0) {
            throw CoreError.INVALID_VALUE.because("a period lasts longer than nothing and at most 3,660 days");
        }
        return period;
    }
}
