package dev.retailcrm.assets.coupon;

import com.google.common.collect.ImmutableSortedSet;
import dev.retailcrm.assets.checkout.Basket;
import dev.retailcrm.assets.checkout.BasketLine;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.StoreId;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * What a coupon is good for. A line is in scope if its article, one of its categories or its brand is named; if none of them names anything,
 * every line is. An empty set of stores or channels allows all, and one that is not empty none that is unknown. Immutable; start from
 * {@link #all()} and narrow it.
 */
public record CouponScope(
        SortedSet<String> skus,
        SortedSet<String> categories,
        SortedSet<String> brands,
        SortedSet<StoreId> stores,
        SortedSet<String> channels) {
    /** The most entries of each set. */
    public static final int MOST = 1_000;

    private static final Comparator<StoreId> BY_CODE = Comparator.comparing(StoreId::value);
    private static final CouponScope ALL = new CouponScope(
            none(),
            none(),
            none(),
            ImmutableSortedSet.<StoreId>orderedBy(BY_CODE).build(),
            none());

    /** Copies the sets; refuses malformed and too many codes with {@link CoreError#INVALID_VALUE}. */
    public CouponScope {
        skus = codes(skus, BasketLine.MAX_CODE, "SKUs");
        categories = codes(categories, BasketLine.MAX_CODE, "categories");
        brands = codes(brands, BasketLine.MAX_CODE, "brands");
        channels = codes(channels, Basket.MAX_CHANNEL, "channels");
        Check.range(Check.present(stores, "stores").size(), 0, MOST, "number of stores");
        stores.forEach(it -> Check.present(it, "store"));
        stores = ImmutableSortedSet.copyOf(BY_CODE, stores);
    }

    private static SortedSet<String> none() {
        return ImmutableSortedSet.of();
    }

    private static SortedSet<String> codes(Collection<String> codes, int longest, String name) {
        Check.range(Check.present(codes, name).size(), 0, MOST, "number of " + name);
        codes.forEach(it -> Check.code(it, longest, name));
        return ImmutableSortedSet.copyOf(codes);
    }

    /** Everything, everywhere. */
    public static CouponScope all() {
        return ALL;
    }

    /** The same for these articles too. */
    public CouponScope skus(String... codes) {
        return new CouponScope(
                codes(List.of(codes), BasketLine.MAX_CODE, "SKUs"), categories, brands, stores, channels);
    }

    /** The same for these categories too. */
    public CouponScope categories(String... codes) {
        return new CouponScope(
                skus, codes(List.of(codes), BasketLine.MAX_CODE, "categories"), brands, stores, channels);
    }

    /** The same for these brands too. */
    public CouponScope brands(String... codes) {
        return new CouponScope(
                skus, categories, codes(List.of(codes), BasketLine.MAX_CODE, "brands"), stores, channels);
    }

    /** The same in these stores only. */
    public CouponScope stores(StoreId... only) {
        return new CouponScope(skus, categories, brands, ImmutableSortedSet.copyOf(BY_CODE, List.of(only)), channels);
    }

    /** The same through these channels only. */
    public CouponScope channels(String... only) {
        return new CouponScope(skus, categories, brands, stores, codes(List.of(only), Basket.MAX_CHANNEL, "channels"));
    }

    /** Whether a line is in scope; what kind it is is not asked. */
    public boolean contains(BasketLine line) {
        boolean open = skus.isEmpty() && categories.isEmpty() && brands.isEmpty();
        return open
                || skus.contains(line.sku())
                || line.categories().stream().anyMatch(it -> categories.contains(it))
                || line.brand().filter(it -> brands.contains(it)).isPresent();
    }

    /** Whether it is good in a store; {@code null} if that is unknown. */
    public boolean isIn(@Nullable StoreId store) {
        return stores.isEmpty() || (store != null && stores.contains(store));
    }

    /** Whether it is good through a channel; {@code null} if that is unknown. */
    public boolean isThrough(@Nullable String channel) {
        return channels.isEmpty() || (channel != null && channels.contains(channel));
    }
}
