package dev.retailcrm.tck;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

class LedgerLawsPropertyTest {
    @Property(tries = 1000, shrinking = ShrinkingMode.OFF)
    void everything_is_as_the_model_says(@ForAll long seed) {
        laws(seed, 60).everythingIsAsTheModelSays();
    }

    @Property(tries = 1000, shrinking = ShrinkingMode.OFF)
    void tenants_are_apart(@ForAll long seed) {
        laws(seed, 30).tenantsAreApart();
    }

    @Property(tries = 1000, shrinking = ShrinkingMode.OFF)
    void repeating_changes_nothing(@ForAll long seed) {
        laws(seed, 30).repeatingChangesNothing();
    }

    @Property(tries = 1000, shrinking = ShrinkingMode.OFF)
    void sweeping_changes_no_balance(@ForAll long seed) {
        laws(seed, 30).sweepingChangesNoBalance();
    }

    @Property(tries = 1000, shrinking = ShrinkingMode.OFF)
    void refunding_is_using_less(@ForAll long seed) {
        laws(seed, 30).refundingIsUsingLess();
    }

    @Property(tries = 1000, shrinking = ShrinkingMode.OFF)
    void cutting_a_batch_changes_nothing(@ForAll long seed) {
        laws(seed, 30).cuttingABatchChangesNothing();
    }

    private static LedgerLaws laws(long seed, int length) {
        return LedgerLaws.of(new InMemoryFixture(), seed, length);
    }
}
