package dev.retailcrm.tck;

import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * The {@link LedgerLaws} on a store, each on as many random sequences as {@link #sequences()} says. The seeds are the same in every
 * run, so that a failure can be repeated.
 */
public abstract class LedgerLawsContract {
    /** A contract. */
    protected LedgerLawsContract() {}

    /** New, empty stores. */
    protected abstract CrmFixture fixture();

    /** How many sequences each law is tried on. Default: 50. */
    protected int sequences() {
        return 50;
    }

    /** How many commands a sequence has. Default: 60. */
    protected int commands() {
        return 60;
    }

    @Test
    public final void everything_is_as_the_model_says() {
        check(LedgerLaws::everythingIsAsTheModelSays);
    }

    @Test
    public final void tenants_are_apart() {
        check(LedgerLaws::tenantsAreApart);
    }

    @Test
    public final void repeating_changes_nothing() {
        check(LedgerLaws::repeatingChangesNothing);
    }

    @Test
    public final void sweeping_changes_no_balance() {
        check(LedgerLaws::sweepingChangesNoBalance);
    }

    @Test
    public final void refunding_is_using_less() {
        check(LedgerLaws::refundingIsUsingLess);
    }

    @Test
    public final void cutting_a_batch_changes_nothing() {
        check(LedgerLaws::cuttingABatchChangesNothing);
    }

    private void check(Consumer<LedgerLaws> law) {
        for (int seed = 1; seed <= sequences(); seed++) {
            try (CrmFixture crm = fixture()) {
                law.accept(LedgerLaws.of(crm, seed * 1_000_003L, commands()));
            }
        }
    }
}
