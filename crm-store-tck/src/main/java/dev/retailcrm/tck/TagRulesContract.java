package dev.retailcrm.tck;

import static dev.retailcrm.core.rule.Rules.taggedAny;
import static dev.retailcrm.core.rule.Rules.taggedNone;
import static org.assertj.core.api.Assertions.assertThat;

import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.rule.CompiledRule;
import dev.retailcrm.core.rule.Condition;
import dev.retailcrm.core.rule.Rule;
import dev.retailcrm.core.rule.RuleQueries;
import dev.retailcrm.core.rule.RuleTime;
import dev.retailcrm.tags.TagMergeRule;
import dev.retailcrm.tags.TagVocabulary;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What rules find out about tags, whatever the store. */
public abstract class TagRulesContract extends TagFacade {
    private CustomerId bob = nobody();

    /** A contract. */
    protected TagRulesContract() {}

    /** Registers somebody else, and defines two tags. */
    @BeforeEach
    public final void registerBob() {
        bob = crm().newCustomer(ACME);
        flags("vip", "guest");
    }

    @Test
    public final void a_rule_finds_whom_a_tag_was_given_until_it_is_taken_away() {
        assign(ann, "vip");
        assertThat(members(taggedAny("vip"))).containsExactly(ann);
        assertThat(members(taggedNone("vip"))).containsExactly(bob);

        take(ann, "vip");

        assertThat(members(taggedAny("vip"))).isEmpty();
        assertThat(members(taggedNone("vip"))).containsExactlyInAnyOrder(ann, bob);
    }

    @Test
    public final void a_rule_says_until_when_a_tag_lasts() {
        assignFor(ann, "guest", DAY);
        var end = crm().clock().instant().plus(DAY);
        CompiledRule rule = compile(taggedAny("guest"));

        assertThat(rules().evaluate(rule, ann, crm().clock().instant()).validUntil())
                .contains(end);
        assertThat(rules().members(rule, end.minusMillis(1), null, 10)).containsExactly(ann);
        assertThat(rules().members(rule, end, null, 10)).isEmpty();
    }

    @Test
    public final void of_customers_who_were_merged_the_survivor_is_found() {
        assign(bob, "vip");

        merge(ann, bob);

        assertThat(members(taggedAny("vip"))).containsExactly(ann);
    }

    @Test
    public final void a_rule_asks_for_tags_that_there_are_and_that_were_not_merged_into_others() {
        definitions().merge("guest", "vip", TagMergeRule.KEEP_TARGET, key());

        refused(CoreError.INVALID_RULE, () -> compile(taggedAny("guest")));
        refused(CoreError.INVALID_RULE, () -> compile(taggedAny("nobody")));
    }

    private RuleQueries rules() {
        return new RuleQueries(ACME, RuleTime.in(ZONE), crm().rulePorts(), List.of(new TagVocabulary(crm().tags())));
    }

    private CompiledRule compile(Condition condition) {
        return rules().compile(Rule.of(condition));
    }

    private List<CustomerId> members(Condition condition) {
        return rules().members(compile(condition), crm().clock().instant(), null, 10);
    }
}
