package dev.retailcrm.audience;

import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.rule.Condition;
import dev.retailcrm.core.rule.Rule;
import dev.retailcrm.core.rule.Rules;

/**
 * Customers who are in some audiences and not in others, such as {@code in("a").or(in("b").and(in("c")))}. Only active customers are in any.
 * Immutable.
 */
public final class AudienceSet {
    private final Condition condition;

    private AudienceSet(Condition condition) {
        this.condition = condition;
    }

    /** The members of an audience. */
    public static AudienceSet in(String audience) {
        return new AudienceSet(Rules.inAudience(Check.code(audience, AudienceRule.MAX_KEY, "key of the audience")));
    }

    /** Those who are in both. */
    public AudienceSet and(AudienceSet other) {
        return new AudienceSet(Rules.allOf(condition, Check.present(other, "set").condition));
    }

    /** Those who are in one of both at least. */
    public AudienceSet or(AudienceSet other) {
        return new AudienceSet(Rules.anyOf(condition, Check.present(other, "set").condition));
    }

    /** Those who are in this and not in the other. */
    public AudienceSet minus(AudienceSet other) {
        return new AudienceSet(Rules.allOf(condition, Rules.not(Check.present(other, "set").condition)));
    }

    /**
     * The same as a rule, which may become an audience of its own.
     *
     * @throws dev.retailcrm.core.kernel.CrmException {@link dev.retailcrm.core.kernel.CoreError#INVALID_RULE} if it is too deep or too long
     */
    public Rule rule() {
        return Rule.of(condition);
    }
}
