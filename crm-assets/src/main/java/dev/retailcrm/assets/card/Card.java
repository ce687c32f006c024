package dev.retailcrm.assets.card;

import dev.retailcrm.assets.benefit.BenefitId;
import dev.retailcrm.assets.spi.BenefitRow;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.RequestKey;
import java.time.Instant;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * A card of a customer, for one term: a renewal is another card. Immutable.
 *
 * @param customer who has it by now
 * @param home who had it before she was merged; else the same
 * @param product its key
 * @param version of the product when it was issued
 * @param price what the host says it was sold for; {@code null} if it was given
 * @param uses that came with it; 0 for none
 * @param from since when it is good, inclusive
 * @param until exclusive; {@code null} for ever
 * @param renews the card it goes on from; {@code null} if none
 * @param refundedAt when it was given back; {@code null} if it was not
 * @param refund what is to be paid back for it; {@code null} if it was not given back, or was not paid for
 */
public record Card(
        BenefitId id,
        CustomerId customer,
        CustomerId home,
        String product,
        long version,
        CardSale sale,
        @Nullable Money price,
        long uses,
        Instant from,
        @Nullable Instant until,
        Instant issuedAt,
        @Nullable BenefitId renews,
        @Nullable Instant refundedAt,
        @Nullable Money refund)
        implements BenefitRow {
    /** Refuses what is missing. */
    public Card {
        Check.present(id, "id");
        Check.present(customer, "customer");
        Check.present(home, "customer");
        Check.present(product, "product");
        Check.present(sale, "sale");
        Check.present(from, "instant");
        Check.present(issuedAt, "instant");
    }

    /** Whether it is good at an instant. */
    public boolean isGoodAt(Instant at) {
        return stateAt(at) == CardState.ACTIVE;
    }

    /** Where it stands at an instant; what was given back later is told so as well. */
    public CardState stateAt(Instant at) {
        if (refundedAt != null) {
            return CardState.REFUNDED;
        }
        if (at.isBefore(from)) {
            return CardState.TO_COME;
        }
        return until == null || at.isBefore(until) ? CardState.ACTIVE : CardState.EXPIRED;
    }

    /** The key under which its uses are booked. */
    RequestKey grantKey() {
        return RequestKey.reserved("card/" + id);
    }

    RequestKey refundKey() {
        return RequestKey.reserved("card/" + id + "/refund");
    }

    Card refunded(Instant at, @Nullable Money money) {
        return new Card(
                id, customer, home, product, version, sale, price, uses, from, until, issuedAt, renews, at, money);
    }

    @Override
    public Card of(CustomerId other) {
        return new Card(
                id,
                other,
                home,
                product,
                version,
                sale,
                price,
                uses,
                from,
                until,
                issuedAt,
                renews,
                refundedAt,
                refund);
    }
}
