package dev.retailcrm.assets.card;

import dev.retailcrm.core.kernel.Check;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * Which card to issue. Immutable; start from {@link #of}.
 *
 * @param product its key
 * @param price what it was sold for, above zero; {@code null} for the product's price
 */
public record CardIssue(String product, @Nullable Money price) {
    /** Refuses anything else. */
    public CardIssue {
        Check.code(product, 20, "key of the product");
        CardProduct.requirePrice(price);
    }

    /** At the product's price. */
    public static CardIssue of(String product) {
        return new CardIssue(product, null);
    }

    /** At another price. */
    public CardIssue soldFor(Money other) {
        return new CardIssue(product, Check.present(other, "price"));
    }
}
