package dev.retailcrm.core.trade;

import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.spi.TradeStore.Arrived;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Adds statistics up anew from orders and refunds, a customer a transaction. */
final class TradeRebuild {
    private static final int PAGE = 500;

    private final TradeBooks books;

    TradeRebuild(TradeBooks books) {
        this.books = books;
    }

    RebuildProgress after(@Nullable CustomerId customer, int limit) {
        List<CustomerId> found = books.work().read(() -> books.store().customers(books.tenant(), customer, limit));
        int corrected = 0;
        for (CustomerId next : found) {
            corrected += books.work().run(() -> correctAndTell(next)) ? 1 : 0;
        }
        boolean more = found.size() == limit;
        return new RebuildProgress(found.size(), corrected, more ? found.get(limit - 1) : null);
    }

    private boolean correctAndTell(CustomerId customer) {
        boolean corrected = correct(customer);
        if (corrected) {
            books.tell(Set.of(customer), books.instants().now());
        }
        return corrected;
    }

    /** Whether the statistics were others than those added up anew. */
    boolean correct(CustomerId customer) {
        books.prepare(Set.of(customer));
        TradeHead head = books.store().lock(books.tenant(), Set.of(customer)).get(customer);
        TradeSums right = sums(customer);
        boolean wrong = head == null
                || head.pendingRefunds() != right.pendingRefunds()
                || !books.store().sums(books.tenant(), customer).equals(right);
        if (wrong) {
            books.store().restate(books.tenant(), customer, right);
        }
        return wrong;
    }

    private TradeSums sums(CustomerId customer) {
        var tally = new Tally(books.zone());
        OrderNumber last = null;
        while (true) {
            List<Arrived> page = books.store().history(books.tenant(), customer, last, PAGE);
            if (page.isEmpty()) {
                return tally.sums();
            }
            page.forEach(arrived -> add(tally, arrived));
            last = page.get(page.size() - 1).number();
        }
    }

    private static void add(Tally tally, Arrived arrived) {
        Order order = arrived.order();
        if (order != null) {
            tally.add(order);
        }
        var file = new OrderFile(order == null ? null : order.head(), arrived.refunds());
        file.refunds().forEach(refund -> tally.add(refund, file.isPending(refund)));
    }
}
