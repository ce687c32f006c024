package dev.retailcrm.tck;

import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.rule.EventTally;
import dev.retailcrm.core.rule.RuleTally;
import dev.retailcrm.core.spi.RuleStore;
import dev.retailcrm.tck.FaultyFixture.Call;
import dev.retailcrm.tck.FaultyFixture.Wrong;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The contract of rule stores finds each of these faults, under the number of the rule that forbids it. */
class FaultyRuleStoreTest {
    @TestFactory
    Stream<DynamicTest> rules() {
        return Stream.of(
                fault("leaks other tenants", "rl_1_", call -> call.rightWith(0, TenantId.of("acme"))),
                fault("shows only what is committed", "rl_3_", Call::elsewhere),
                fault(
                        "forgets the limit of a page",
                        "rl_5_",
                        call -> call.is("members") ? call.rightWith(3, 1_000) : call.right()),
                fault(
                        "counts one too many",
                        "rl_5_",
                        call -> call.is("count") ? (Long) call.right() + 1 : call.right()),
                fault(
                        "forgets the tags of a tally",
                        "rl_7_",
                        call -> call.is("tally") ? untagged((RuleTally) call.right()) : call.right()),
                fault(
                        "counts nobody's events",
                        "rl_8_",
                        call -> call.is("tallyEvents")
                                ? new EventTally(((EventTally) call.right()).customers(), Map.of())
                                : call.right()));
    }

    private static RuleTally untagged(RuleTally tally) {
        return new RuleTally(tally.customers(), tally.fields(), Map.of());
    }

    private static DynamicTest fault(String what, String rule, Wrong wrong) {
        return FaultyKit.fault(what, RuleStore.class, CrmContract.RuleStore.class, rule, wrong);
    }
}
