package dev.retailcrm.assets.card;

import dev.retailcrm.assets.benefit.Benefit;
import dev.retailcrm.assets.ledger.Asset;
import dev.retailcrm.assets.ledger.AssetError;
import dev.retailcrm.assets.ledger.Calendar;
import dev.retailcrm.assets.ledger.Expiry;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * A kind of card: a count card has uses, a benefit card gives benefits while it lasts, such as a discount card, and one may do both. Immutable; start from
 * {@link #paid}, {@link #free} or {@link #trial} and add what differs.
 *
 * @param key its code, 1 to 20 characters of {@code a-z 0-9 - _}; stays for ever, and names the {@linkplain Asset#count asset} that counts its uses
 * @param name 1 to 100 characters
 * @param price of {@link CardSale#PAID}, above zero; else {@code null}
 * @param uses 0 for none, to {@value #MAX_USES}
 * @param benefits keys of those it gives, at most {@value #MAX_BENEFITS}; one at least if it has no uses
 * @param count how many units it lasts after the day on which it begins, to the end of the last of those days; 0 for ever
 * @param perCustomer how many a customer may ever get, without those given back; 0 for any number
 * @param retired whether it is issued no more; cards that were issued stay good
 * @param version counts changes from 1; 0 before it is defined
 */
public record CardProduct(
        String key,
        String name,
        CardSale sale,
        @Nullable Money price,
        int uses,
        SortedSet<String> benefits,
        int count,
        Calendar unit,
        int perCustomer,
        boolean retired,
        long version) {
    /** The most uses. */
    public static final int MAX_USES = 1_000_000;

    /** The most benefits. */
    public static final int MAX_BENEFITS = 100;

    static final int MAX_BYTES = 16_384;

    private static final BigDecimal MAX_PRICE = BigDecimal.TEN.pow(12);

    /** Refuses anything else with {@link CoreError#INVALID_VALUE}. */
    public CardProduct {
        Asset.count(key);
        Check.text(name, 100, "name");
        Check.present(sale, "sale");
        if ((sale == CardSale.PAID) != (price != null)) {
            throw CoreError.INVALID_VALUE.because("a card has a price if it is sold");
        }
        requirePrice(price);
        Check.range(uses, 0, MAX_USES, "uses");
        for (Object benefit : Check.present(benefits, "benefits")) {
            Check.code((String) benefit, Benefit.MAX_KEY, "key of the benefit");
        }
        benefits = Collections.unmodifiableSortedSet(new TreeSet<>(benefits));
        Check.range(benefits.size(), uses > 0 ? 0 : 1, MAX_BENEFITS, "number of benefits");
        Check.range(count, 0, 1_200, "units");
        Check.present(unit, "unit");
        Check.range(perCustomer, 0, 1_000, "cards of a customer");
        if (version < 0) {
            throw CoreError.INVALID_VALUE.because("a version must be zero or more");
        }
    }

    static void requirePrice(@Nullable Money price) {
        if (price != null && (!price.isPositive() || price.getAmount().compareTo(MAX_PRICE) > 0)) {
            throw CoreError.INVALID_VALUE.because("a price must be above zero, at most 10^12");
        }
    }

    /** A product that is sold, and lasts for ever. */
    public static CardProduct paid(String key, String name, Money price, int uses, Set<String> benefits) {
        return new CardProduct(
                key,
                name,
                CardSale.PAID,
                Check.present(price, "price"),
                uses,
                sorted(benefits),
                0,
                Calendar.DAY,
                0,
                false,
                0);
    }

    /** A product that is given, and lasts for ever. */
    public static CardProduct free(String key, String name, int uses, Set<String> benefits) {
        return new CardProduct(key, name, CardSale.FREE, null, uses, sorted(benefits), 0, Calendar.DAY, 0, false, 0);
    }

    /** A product that is given for trial, once to a customer, and lasts so many units. */
    public static CardProduct trial(String key, String name, int uses, Set<String> benefits, int count, Calendar unit) {
        return new CardProduct(key, name, CardSale.TRIAL, null, uses, sorted(benefits), count, unit, 1, false, 0);
    }

    private static SortedSet<String> sorted(Set<String> benefits) {
        for (Object benefit : Check.present(benefits, "benefits")) {
            Check.present(benefit, "key of the benefit");
        }
        return new TreeSet<>(benefits);
    }

    /**
     * The product that was written by {@link #toJson}, or by hand.
     *
     * @param json at most 16,384 bytes
     * @throws CrmException {@link AssetError#INVALID_DEFINITION} naming the place in the JSON
     */
    public static CardProduct parse(String json) {
        return CardText.product(json);
    }

    /** Its canonical JSON form: equal products have equal texts, and {@link #parse} gives the product back. */
    public String toJson() {
        return CardText.of(this);
    }

    /** The same, through the day that is so many units after the one on which it begins. */
    public CardProduct lasting(int units, Calendar of) {
        return new CardProduct(key, name, sale, price, uses, benefits, units, of, perCustomer, retired, version);
    }

    /** The same, so many for a customer. */
    public CardProduct perCustomer(int most) {
        return new CardProduct(key, name, sale, price, uses, benefits, count, unit, most, retired, version);
    }

    /** The same at a version, in use or not; {@link Cards} decides on both. */
    public CardProduct at(long number, boolean ended) {
        return new CardProduct(key, name, sale, price, uses, benefits, count, unit, perCustomer, ended, number);
    }

    /** When a card ends that begins then. */
    Expiry expiry() {
        return count == 0 ? Expiry.never() : Expiry.after(count, unit);
    }
}
