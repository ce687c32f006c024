package dev.retailcrm.assets.earn;

import dev.retailcrm.assets.checkout.Basket;
import dev.retailcrm.assets.checkout.BasketLine;
import dev.retailcrm.assets.tier.TierLevel;
import dev.retailcrm.assets.tier.TierProgram;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.rule.Rule;
import java.util.Collection;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * For what, where, for whom and when a rule counts. Immutable; start from {@link #everything()} and add what narrows it: a line must be of one of
 * the SKUs, in one of the categories and of one of the brands where such are said, and none of what is excluded.
 *
 * @param goods what a line must be
 * @param except what a line must not be
 * @param stores codes of stores; empty for any
 * @param channels codes of channels; empty for any
 * @param tier at which levels; {@code null} for any
 * @param audience for whom; {@code null} for everybody. Not of customers whose data are restricted
 * @param time when
 */
public record EarnScope(
        Goods goods,
        Goods except,
        SortedSet<String> stores,
        SortedSet<String> channels,
        @Nullable Tier tier,
        @Nullable Rule audience,
        EarnTime time) {
    /** The most codes of one list. */
    public static final int MAX_CODES = 10_000;

    private static final EarnScope EVERYTHING =
            new EarnScope(Goods.NONE, Goods.NONE, new TreeSet<>(), new TreeSet<>(), null, null, EarnTime.always());

    /** Refuses malformed codes, and lists of more than {@value #MAX_CODES}. */
    public EarnScope {
        Check.present(goods, "goods");
        Check.present(except, "excluded goods");
        stores = codes(stores, 40, "store");
        channels = codes(channels, Basket.MAX_CHANNEL, "channel");
        Check.present(time, "time");
    }

    /**
     * Levels of a program of tiers.
     *
     * @param levels one or more
     */
    public record Tier(String program, SortedSet<String> levels) {
        /** Refuses malformed codes, and no level. */
        public Tier {
            Check.code(program, TierProgram.MAX_KEY, "key of the program");
            levels = codes(levels, TierLevel.MAX_KEY, "level");
            Check.range(levels.size(), 1, TierProgram.MAX_LEVELS, "number of levels");
        }
    }

    /** Lists of articles. Empty ones say nothing. */
    public record Goods(SortedSet<String> skus, SortedSet<String> categories, SortedSet<String> brands) {
        static final Goods NONE =
                new Goods(Collections.emptySortedSet(), Collections.emptySortedSet(), Collections.emptySortedSet());

        /** Refuses malformed codes, and lists of more than {@value EarnScope#MAX_CODES}. */
        public Goods {
            skus = codes(skus, BasketLine.MAX_CODE, "SKU");
            categories = codes(categories, BasketLine.MAX_CODE, "category");
            brands = codes(brands, BasketLine.MAX_CODE, "brand");
        }

        boolean isEmpty() {
            return skus.isEmpty() && categories.isEmpty() && brands.isEmpty();
        }

        boolean isAll(BasketLine line) {
            return (skus.isEmpty() || skus.contains(line.sku()))
                    && (categories.isEmpty() || !Collections.disjoint(categories, line.categories()))
                    && (brands.isEmpty() || isOf(line));
        }

        private boolean isOf(BasketLine line) {
            String brand = line.brand().orElse("");
            return brands.contains(brand);
        }

        boolean isAny(BasketLine line) {
            return skus.contains(line.sku()) || !Collections.disjoint(categories, line.categories()) || isOf(line);
        }
    }

    private static SortedSet<String> codes(Collection<String> given, int length, String name) {
        SortedSet<String> sorted = new TreeSet<>();
        for (String one : Check.present(given, name)) {
            sorted.add(Check.code(one, length, name));
        }
        Check.range(sorted.size(), 0, MAX_CODES, "number of codes");
        return Collections.unmodifiableSortedSet(sorted);
    }

    /** Everything, for everybody, at any time. */
    public static EarnScope everything() {
        return EVERYTHING;
    }

    /** The same for these SKUs. */
    public EarnScope skus(Collection<String> codes) {
        return goods(new Goods(codes(codes, BasketLine.MAX_CODE, "SKU"), goods.categories(), goods.brands()));
    }

    /** The same in these categories. */
    public EarnScope categories(Collection<String> codes) {
        return goods(new Goods(goods.skus(), codes(codes, BasketLine.MAX_CODE, "category"), goods.brands()));
    }

    /** The same of these brands. */
    public EarnScope brands(Collection<String> codes) {
        return goods(new Goods(goods.skus(), goods.categories(), codes(codes, BasketLine.MAX_CODE, "brand")));
    }

    private EarnScope goods(Goods other) {
        return new EarnScope(other, except, stores, channels, tier, audience, time);
    }

    /** The same without these articles. */
    public EarnScope except(Goods others) {
        return new EarnScope(goods, others, stores, channels, tier, audience, time);
    }

    /** The same in these stores. */
    public EarnScope stores(Collection<String> codes) {
        return new EarnScope(goods, except, codes(codes, 40, "store"), channels, tier, audience, time);
    }

    /** The same through these channels. */
    public EarnScope channels(Collection<String> codes) {
        return new EarnScope(goods, except, stores, codes(codes, Basket.MAX_CHANNEL, "channel"), tier, audience, time);
    }

    /** The same for who is at one of these levels when she earns. */
    public EarnScope tier(String program, Collection<String> levels) {
        Tier wanted = new Tier(program, codes(levels, TierLevel.MAX_KEY, "level"));
        return new EarnScope(goods, except, stores, channels, wanted, audience, time);
    }

    /** The same for whom a rule holds, by what is known of her when she earns. */
    public EarnScope audience(Rule rule) {
        return new EarnScope(goods, except, stores, channels, tier, Check.present(rule, "audience"), time);
    }

    /** The same at these times. */
    public EarnScope time(EarnTime when) {
        return new EarnScope(goods, except, stores, channels, tier, audience, when);
    }

    boolean covers(BasketLine line) {
        return goods.isAll(line) && !except.isAny(line);
    }

    boolean isAt(@Nullable String store, @Nullable String channel) {
        return (stores.isEmpty() || (store != null && stores.contains(store)))
                && (channels.isEmpty() || (channel != null && channels.contains(channel)));
    }
}
