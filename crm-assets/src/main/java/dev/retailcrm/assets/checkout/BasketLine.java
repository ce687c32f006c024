package dev.retailcrm.assets.checkout;

import dev.retailcrm.assets.ledger.AssetError;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.Fingerprint;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * What a basket holds of one article; start from {@link #of} and add what is known. Immutable; equal when everything is.
 *
 * <p>The gross amount is what the whole line costs before any discount. Discounts never exceed it. Goods given back have no line: a
 * basket is what is bought.
 */
public final class BasketLine {
    /** The most characters of a SKU, category, brand or source of a discount. */
    public static final int MAX_CODE = 64;

    /** The most categories of a line. */
    public static final int MAX_CATEGORIES = 20;

    /** The most discounts of a line. */
    public static final int MAX_DISCOUNTS = 50;

    /** The greatest line number. */
    public static final int MAX_NO = 1_000_000;

    /** The greatest quantity of a line, in units. */
    public static final long MAX_UNITS = 1_000_000;

    private static final int QUANTITY_SCALE = 3;

    /** More digits before the point would not fit into 64 bits in every currency. */
    private static final int MAX_DIGITS = 14;

    private final int no;
    private final String sku;
    private final SortedSet<String> categories;
    private final @Nullable String brand;
    private final BigDecimal quantity;
    private final Money gross;
    private final List<LineDiscount> discounts;
    private final LineKind kind;

    private BasketLine(
            int no,
            String sku,
            SortedSet<String> categories,
            @Nullable String brand,
            BigDecimal quantity,
            Money gross,
            List<LineDiscount> discounts,
            LineKind kind) {
        this.no = no;
        this.sku = sku;
        this.categories = categories;
        this.brand = brand;
        this.quantity = quantity;
        this.gross = gross;
        this.discounts = discounts;
        this.kind = kind;
    }

    /**
     * One unit of an article, in no category and of no brand.
     *
     * @param no names the line within its basket: 0 to {@value #MAX_NO}
     * @param sku the article by the host's code, 1 to {@value #MAX_CODE} printable ASCII characters
     * @param gross what the whole line costs before discounts, 0 to {@value Basket#MAX_MINOR} of the currency's smallest unit
     * @throws CrmException {@link CoreError#INVALID_VALUE}
     */
    public static BasketLine of(int no, String sku, Money gross) {
        minor(gross, 0, "amount of a line");
        return new BasketLine(
                Check.range(no, 0, MAX_NO, "number of a line"),
                Check.code(sku, MAX_CODE, "SKU"),
                Collections.emptySortedSet(),
                null,
                new BigDecimal("1.000"),
                gross,
                List.of(),
                LineKind.GOODS);
    }

    /**
     * The same with another quantity; the amount stays.
     *
     * @param units above zero, at most {@value #MAX_UNITS}, with at most three decimals
     */
    public BasketLine quantity(BigDecimal units) {
        BigDecimal given = Check.present(units, "quantity");
        boolean inRange = given.signum() > 0 && given.compareTo(BigDecimal.valueOf(MAX_UNITS)) <= 0;
        if (!inRange || given.stripTrailingZeros().scale() > QUANTITY_SCALE) {
            throw CoreError.INVALID_VALUE.because(
                    "a quantity must be above zero, at most %d, with at most %d decimals", MAX_UNITS, QUANTITY_SCALE);
        }
        BigDecimal exact = given.setScale(QUANTITY_SCALE, RoundingMode.UNNECESSARY);
        return new BasketLine(no, sku, categories, brand, exact, gross, discounts, kind);
    }

    /** The same with another whole quantity; the amount stays. */
    public BasketLine quantity(long units) {
        return quantity(BigDecimal.valueOf(units));
    }

    /** The same in these categories, at most {@value #MAX_CATEGORIES}: its own and, as the host likes, those above it. */
    public BasketLine categories(Collection<String> codes) {
        SortedSet<String> checked = new TreeSet<>();
        for (String code : Check.present(codes, "categories")) {
            checked.add(Check.code(code, MAX_CODE, "category"));
        }
        Check.range(checked.size(), 0, MAX_CATEGORIES, "number of categories");
        return new BasketLine(
                no, sku, Collections.unmodifiableSortedSet(checked), brand, quantity, gross, discounts, kind);
    }

    /** The same in one category. */
    public BasketLine category(String code) {
        return categories(List.of(Check.present(code, "category")));
    }

    /** The same of a brand. */
    public BasketLine brand(String code) {
        return new BasketLine(
                no, sku, categories, Check.code(code, MAX_CODE, "brand"), quantity, gross, discounts, kind);
    }

    /** The same for another purpose. */
    public BasketLine kind(LineKind what) {
        return new BasketLine(
                no, sku, categories, brand, quantity, gross, discounts, Check.present(what, "kind of a line"));
    }

    /**
     * The same with one discount more.
     *
     * @throws CrmException {@link AssetError#WRONG_CURRENCY}; {@link AssetError#INVALID_BASKET} if the discounts would exceed the gross
     *     amount or number more than {@value #MAX_DISCOUNTS}
     */
    public BasketLine discount(LineDiscount discount) {
        Check.present(discount, "discount");
        if (!discount.amount().getCurrencyUnit().equals(gross.getCurrencyUnit())) {
            throw AssetError.WRONG_CURRENCY.because("a discount must be in the currency of its line");
        }
        if (discounts.size() == MAX_DISCOUNTS || discount.amount().isGreaterThan(net())) {
            throw AssetError.INVALID_BASKET.because(
                    "the discounts of line %d exceed its amount, or are more than %d", no, MAX_DISCOUNTS);
        }
        List<LineDiscount> more = new ArrayList<>(discounts);
        more.add(discount);
        return new BasketLine(no, sku, categories, brand, quantity, gross, List.copyOf(more), kind);
    }

    /** The same with one discount more; see {@link #discount(LineDiscount)}. */
    public BasketLine discount(String source, Money amount) {
        return discount(new LineDiscount(source, amount));
    }

    /** What names the line within its basket. */
    public int no() {
        return no;
    }

    /** The article. */
    public String sku() {
        return sku;
    }

    /** The categories, ascending; empty if none. */
    public SortedSet<String> categories() {
        return categories;
    }

    /** The brand; empty if none. */
    public Optional<String> brand() {
        return Optional.ofNullable(brand);
    }

    /** The quantity in units, with three decimals. */
    public BigDecimal quantity() {
        return quantity;
    }

    /** The quantity in thousandths of a unit. */
    public long quantityMilli() {
        return quantity.unscaledValue().longValueExact();
    }

    /** What the whole line costs before discounts. */
    public Money gross() {
        return gross;
    }

    /** What is taken off, in the order it was given. */
    public List<LineDiscount> discounts() {
        return discounts;
    }

    /** What is taken off altogether. */
    public Money discounted() {
        return gross.minus(net());
    }

    /** What is left after discounts, zero or more. */
    public Money net() {
        Money net = gross;
        for (LineDiscount discount : discounts) {
            net = net.minus(discount.amount());
        }
        return net;
    }

    /** What it is for. */
    public LineKind kind() {
        return kind;
    }

    /** Adds everything to the content of a command. */
    void addTo(Fingerprint content) {
        content.and(no).and(sku).and(categories.size());
        categories.forEach(content::and);
        content.and(brand).and(quantityMilli()).and(gross.getAmountMinorLong()).and(kind.name());
        content.and(discounts.size());
        for (LineDiscount discount : discounts) {
            content.and(discount.source()).and(discount.amount().getAmountMinorLong());
        }
    }

    /** The amount in the smallest unit; refuses less than {@code min} and more than a basket may come to. */
    static long minor(Money amount, long min, String name) {
        Money given = Check.present(amount, name);
        boolean small = given.getAmount().precision() - given.getScale() <= MAX_DIGITS;
        long minor = small ? given.getAmountMinorLong() : Long.MAX_VALUE;
        if (minor < min || minor > Basket.MAX_MINOR) {
            throw CoreError.INVALID_VALUE.because(
                    "%s must be %d to %d of the currency's smallest unit", name, min, Basket.MAX_MINOR);
        }
        return minor;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BasketLine line
                && no == line.no
                && sku.equals(line.sku)
                && categories.equals(line.categories)
                && brand().equals(line.brand())
                && quantity.equals(line.quantity)
                && gross.equals(line.gross)
                && discounts.equals(line.discounts)
                && kind == line.kind;
    }

    @Override
    public int hashCode() {
        return 31 * sku.hashCode() + no;
    }

    @Override
    public String toString() {
        return "BasketLine[" + no + ", " + sku + ", " + quantity + ", " + gross + ", discounts " + discounts + ", "
                + kind + "]";
    }
}
