package dev.retailcrm.assets.redeem;

import dev.retailcrm.assets.benefit.UseLimit;
import dev.retailcrm.assets.checkout.Block;
import dev.retailcrm.assets.definition.Definitions;
import dev.retailcrm.assets.ledger.Asset;
import dev.retailcrm.assets.ledger.AssetError;
import dev.retailcrm.assets.spi.BenefitPorts;
import dev.retailcrm.assets.spi.DefinitionKind;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.StoreId;
import dev.retailcrm.core.kernel.TenantId;
import java.time.LocalDate;
import java.util.Collections;
import java.util.Comparator;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Goods that customers get for points. Immutable; start from {@link #of} and add what differs.
 *
 * @param key its code, 1 to {@value RedeemItem#MAX_KEY} printable ASCII characters; stays for ever
 * @param name 1 to 100 characters
 * @param sku of the goods, 1 to 64 printable ASCII characters
 * @param program whose points it costs
 * @param block in which pieces are counted: 3 points for each started pair are 3 for 2 pieces and 9 for 5
 * @param points of one block, 1 to 10<sup>9</sup>
 * @param stock how many pieces there are in all, those that are taken already included; 0 for any number
 * @param limit how many pieces a customer gets; {@code null} for any number
 * @param firstDay by the retailer's calendar; {@code null} for any
 * @param lastDay {@code null} for any; not before the first
 * @param stores in which it is good; everywhere if there are none
 * @param retired whether it is in use no more
 * @param version counts changes from 1; 0 before it is defined
 */
public record ExchangeOffer(
        String key,
        String name,
        String sku,
        String program,
        Block block,
        long points,
        long stock,
        @Nullable UseLimit limit,
        @Nullable LocalDate firstDay,
        @Nullable LocalDate lastDay,
        SortedSet<StoreId> stores,
        boolean retired,
        long version) {
    static final int MAX_BYTES = 262_144;
    static final int MAX_STORES = 5_000;

    private static final long MAX_POINTS = 1_000_000_000L;
    private static final long MAX_STOCK = 1_000_000_000_000L;
    private static final Comparator<StoreId> BY_ID = Comparator.comparing(StoreId::value);

    /** How offers are kept. */
    private static final Definitions.Form<ExchangeOffer> FORM = new Definitions.Form<>(
            ExchangeOffer::key, ExchangeOffer::version, ExchangeOffer::at, ExchangeOffer::toJson, ExchangeOffer::parse);

    /** Refuses anything else with {@link CoreError#INVALID_VALUE}. */
    public ExchangeOffer {
        Check.code(key, RedeemItem.MAX_KEY, "key of the offer");
        Check.text(name, 100, "name");
        Check.code(sku, 64, "sku");
        Asset.points(program);
        Check.present(block, "block");
        if (points < 1 || points > MAX_POINTS) {
            throw CoreError.INVALID_VALUE.because("points of a block must be 1 to %d", MAX_POINTS);
        }
        if (stock < 0 || stock > MAX_STOCK) {
            throw CoreError.INVALID_VALUE.because("a stock must be 0 to %d", MAX_STOCK);
        }
        if (firstDay != null && lastDay != null && lastDay.isBefore(firstDay)) {
            throw CoreError.INVALID_VALUE.because("the last day must not lie before the first");
        }
        day(firstDay);
        day(lastDay);
        Check.range(Check.present(stores, "stores").size(), 0, MAX_STORES, "number of stores");
        TreeSet<StoreId> sorted = new TreeSet<>(BY_ID);
        for (Object store : stores) {
            sorted.add((StoreId) Check.present(store, "store"));
        }
        stores = Collections.unmodifiableSortedSet(sorted);
        if (version < 0) {
            throw CoreError.INVALID_VALUE.because("a version must be zero or more");
        }
    }

    private static void day(@Nullable LocalDate day) {
        if (day != null) {
            Check.range(day.getYear(), 1970, 9_998, "year");
        }
    }

    /** An offer of any number of pieces at so many points each. */
    public static ExchangeOffer of(String key, String name, String sku, String program, long points) {
        return new ExchangeOffer(
                key, name, sku, program, Block.whole(1), points, 0, null, null, null, new TreeSet<>(BY_ID), false, 0);
    }

    /** What is defined of offers; for facades of this library. */
    static Definitions<ExchangeOffer> definitions(TenantId tenant, BenefitPorts ports) {
        return new Definitions<>(
                tenant, ports.ledger().unitOfWork(), ports.definitions(), DefinitionKind.EXCHANGE, FORM);
    }

    /**
     * The offer that was written by {@link #toJson}, or by hand.
     *
     * @param json at most 262,144 bytes
     * @throws CrmException {@link AssetError#INVALID_DEFINITION} naming the place in the JSON
     */
    public static ExchangeOffer parse(String json) {
        return ExchangeText.offer(json);
    }

    /** Its canonical JSON form: equal offers have equal texts, and {@link #parse} gives the offer back. */
    public String toJson() {
        return ExchangeText.of(this);
    }

    /** The same, of which the points are for a block of pieces. */
    public ExchangeOffer per(Block pieces) {
        return with(pieces, stock, limit, firstDay, lastDay, stores);
    }

    /** The same with a stock. */
    public ExchangeOffer stock(long pieces) {
        return with(block, pieces, limit, firstDay, lastDay, stores);
    }

    /** The same, so many pieces for a customer. */
    public ExchangeOffer limitedTo(UseLimit most) {
        return with(block, stock, Check.present(most, "limit"), firstDay, lastDay, stores);
    }

    /** The same on these days; {@code null} for no first or last one. */
    public ExchangeOffer between(@Nullable LocalDate first, @Nullable LocalDate last) {
        return with(block, stock, limit, first, last, stores);
    }

    /** The same in these stores only. */
    public ExchangeOffer in(Set<StoreId> only) {
        TreeSet<StoreId> sorted = new TreeSet<>(BY_ID);
        for (Object store : Check.present(only, "stores")) {
            sorted.add((StoreId) Check.present(store, "store"));
        }
        return with(block, stock, limit, firstDay, lastDay, sorted);
    }

    private ExchangeOffer with(
            Block pieces,
            long most,
            @Nullable UseLimit each,
            @Nullable LocalDate first,
            @Nullable LocalDate last,
            SortedSet<StoreId> only) {
        return new ExchangeOffer(
                key, name, sku, program, pieces, points, most, each, first, last, only, retired, version);
    }

    ExchangeOffer at(long number, boolean ended) {
        return new ExchangeOffer(
                key, name, sku, program, block, points, stock, limit, firstDay, lastDay, stores, ended, number);
    }

    /**
     * What a number of pieces costs, in points.
     *
     * @param pieces zero or more
     * @throws CrmException {@link AssetError#AMOUNT_OUT_OF_RANGE} if no account could have as many
     */
    public long cost(long pieces) {
        try {
            return Math.multiplyExact(block.count(pieces), points);
        } catch (ArithmeticException e) {
            throw AssetError.AMOUNT_OUT_OF_RANGE.causedBy(e, "more points than there can be");
        }
    }

    /** Whether it is good on a day in a store. */
    boolean isGood(LocalDate day, @Nullable StoreId store) {
        return !retired
                && (firstDay == null || !day.isBefore(firstDay))
                && (lastDay == null || !day.isAfter(lastDay))
                && (stores.isEmpty() || (store != null && stores.contains(store)));
    }

    /** The stock as a limit. */
    long most() {
        return stock == 0 ? Long.MAX_VALUE : stock;
    }
}
