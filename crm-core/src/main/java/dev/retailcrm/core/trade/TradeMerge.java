package dev.retailcrm.core.trade;

import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.Instants;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.merge.MergeConflict;
import dev.retailcrm.core.merge.MergePair;
import dev.retailcrm.core.merge.MergePart;
import dev.retailcrm.core.spi.FactObserver;
import dev.retailcrm.core.spi.MergeParticipant;
import dev.retailcrm.core.spi.TradeStore;
import dev.retailcrm.core.spi.UnitOfWork;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Orders and refunds of a merged customer become the survivor's, and the statistics of both are added up anew. An order number that both
 * have stays where it is, and is told. Thread-safe.
 */
public final class TradeMerge implements MergeParticipant {
    private static final String NAME = "trade";
    private static final int PAGE = 500;
    private static final int MOST_TOLD = 20;

    private final TradeBooks books;
    private final TradeRebuild rebuild;

    /** For the trade of a tenant; the zone as in {@link Trade}. */
    public TradeMerge(TenantId tenant, TradeStore store, UnitOfWork work, InstantSource clock, ZoneId zone) {
        this.books = new TradeBooks(tenant, store, work, new Instants(clock), zone, List.of(), FactObserver.NONE);
        this.rebuild = new TradeRebuild(books);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void lock(MergePair pair) {
        books.store().open(books.tenant(), pair.both());
    }

    @Override
    public MergePart preview(MergePair pair) {
        List<MergeConflict> conflicts = new ArrayList<>();
        long moving = 0;
        OrderNumber last = null;
        Set<OrderNumber> page = numbers(pair.merged(), last);
        while (!page.isEmpty()) {
            Map<OrderNumber, OrderFile> both = books.store()
                    .files(books.tenant(), Map.of(pair.survivor(), page))
                    .getOrDefault(pair.survivor(), Map.of());
            for (OrderNumber number : page) {
                OrderFile file = both.getOrDefault(number, OrderFile.EMPTY);
                boolean known = file.order() != null || !file.refunds().isEmpty();
                moving += known ? 0 : 1;
                if (known && conflicts.size() < MOST_TOLD) {
                    conflicts.add(MergeConflict.told(NAME, number.toString(), "ORDER_KNOWN_TO_BOTH", 0));
                }
                last = last == null || number.compareTo(last) > 0 ? number : last;
            }
            page = numbers(pair.merged(), last);
        }
        return MergePart.of(NAME, Map.of("orders", moving), conflicts);
    }

    private Set<OrderNumber> numbers(CustomerId customer, @Nullable OrderNumber after) {
        Set<OrderNumber> numbers = new HashSet<>();
        books.store().history(books.tenant(), customer, after, PAGE).forEach(it -> numbers.add(it.number()));
        return numbers;
    }

    @Override
    public MergePart merge(MergePair pair) {
        List<MergeConflict> conflicts = preview(pair).conflicts();
        long moved = books.store().move(books.tenant(), pair.merged(), pair.survivor());
        restate(pair);
        return MergePart.of(NAME, Map.of("orders", moved), conflicts);
    }

    @Override
    public List<MergeConflict> previewUnmerge(MergePair pair, MergePart merged) {
        return List.of();
    }

    @Override
    public List<MergeConflict> unmerge(MergePair pair, MergePart merged) {
        books.store().moveBack(books.tenant(), pair.survivor(), pair.merged());
        restate(pair);
        return List.of();
    }

    private void restate(MergePair pair) {
        pair.both().forEach(rebuild::correct);
    }
}
