package dev.retailcrm.assets.spi;

import dev.retailcrm.assets.checkout.Basket;
import dev.retailcrm.assets.earn.EarnRule;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CustomerId;
import java.time.Instant;
import java.util.List;

/**
 * The terms on which somebody buys, such as those of members: discounts after the host's own and before coupons, and rules by which the purchase earns
 * points beside those of the programs. Asked before anything is locked, within the unit of work. Thread-safe.
 */
public interface MemberTerms {
    /** The basket as it is for her, each discount naming its source, and what she earns by; the same and nothing if there is nothing. */
    Granted of(CustomerId customer, Basket basket, Instant at);

    /**
     * What is granted. Immutable.
     *
     * @param basket with discounts more
     * @param rewards rules that count in every program of points; one that has a rule of the same key keeps its own
     */
    record Granted(Basket basket, List<EarnRule> rewards) {
        /** Copies the rules. */
        public Granted {
            Check.present(basket, "basket");
            rewards = List.copyOf(rewards);
        }
    }
}
