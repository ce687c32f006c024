package dev.retailcrm.tck;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

class LedgerLawsPropertyTest {
    @Property(tries = 1000, shrinking = ShrinkingMode.OFF)
    void everything_is_as_the_model_says(@ForAll long seed) {
        LedgerLaws.of(new InMemoryFixture(), seed, 60).everythingIsAsTheModelSays();
    }
}
