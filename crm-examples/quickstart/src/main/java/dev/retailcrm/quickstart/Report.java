package dev.retailcrm.quickstart;

import dev.retailcrm.assets.ledger.AccountSums;
import dev.retailcrm.assets.ledger.Balance;
import dev.retailcrm.assets.ledger.Entry;
import dev.retailcrm.assets.ledger.EntryType;
import dev.retailcrm.assets.ledger.Ledger;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.Page;
import dev.retailcrm.core.kernel.PageRequest;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongFunction;

/** What the ledger says, in a shopkeeper's words, and the proof that it is so. */
final class Report {
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("yyyy-MM-dd", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final PrintStream out;
    private boolean proven = true;
    private long bookings;

    Report(PrintStream out) {
        this.out = out;
    }

    /** Whether every sum agreed so far. */
    boolean isProven() {
        return proven;
    }

    /** How many bookings were added up so far. */
    long bookings() {
        return bookings;
    }

    void points(Ledger ledger) {
        Map<EntryType, Long> flows = ledger.reads().flows(null, null);
        LongFunction<String> points = n -> String.format(Locale.ROOT, "%,14d", n);
        line("Points earned", points.apply(flow(flows, EntryType.EARN)));
        line("  taken back for returns", points.apply(-flow(flows, EntryType.TAKE_BACK)));
        line("  spent at the till", points.apply(-flow(flows, EntryType.SPEND)));
        line("  expired", points.apply(-flow(flows, EntryType.EXPIRE)));
        prove(ledger, flows, points);
    }

    void storedValue(Ledger ledger) {
        Map<EntryType, Long> flows = ledger.reads().flows(null, null);
        LongFunction<String> money = n -> String.format(Locale.ROOT, "%,14.2f", BigDecimal.valueOf(n, 2));
        line("Stored value sold, with bonus", money.apply(flow(flows, EntryType.TOP_UP)));
        line("  spent at the till", money.apply(-flow(flows, EntryType.SPEND)));
        line("  given back for returns", money.apply(flow(flows, EntryType.REFUND)));
        prove(ledger, flows, money);
    }

    /** Adds every account up from its rows: balance = Σ entries = Σ lots, and issued = used + expired + outstanding. */
    private void prove(Ledger ledger, Map<EntryType, Long> flows, LongFunction<String> shown) {
        long accounts = 0;
        long wrong = 0;
        long outstanding = 0;
        Optional<PageRequest> next = Optional.of(PageRequest.first(1000));
        while (next.isPresent()) {
            Page<AccountSums> page = ledger.reads().sums(next.get());
            for (AccountSums account : page.items()) {
                accounts++;
                bookings += account.entries();
                wrong += account.agree() ? 0 : 1;
                outstanding += account.posted();
            }
            next = page.next(1000);
        }
        long issued = flow(flows, EntryType.EARN) + flow(flows, EntryType.TOP_UP) + flow(flows, EntryType.TAKE_BACK);
        long used = -flow(flows, EntryType.SPEND) - flow(flows, EntryType.REFUND);
        long expired = -flow(flows, EntryType.EXPIRE);
        boolean closes = issued == used + expired + outstanding;
        line("  outstanding", shown.apply(outstanding));
        line(
                "  proof",
                String.format(
                        Locale.ROOT,
                        "%,d accounts: balance = sum of entries = sum of lots %s; issued %s = spent %s + expired %s + outstanding %s %s",
                        accounts,
                        wrong == 0 ? "in each" : "NOT in " + wrong,
                        shown.apply(issued).strip(),
                        shown.apply(used).strip(),
                        shown.apply(expired).strip(),
                        shown.apply(outstanding).strip(),
                        closes ? "- it closes" : "- IT DOES NOT CLOSE"));
        proven &= wrong == 0 && closes;
    }

    /** One customer's points, line by line. */
    void statement(Ledger ledger, CustomerId customer, String number, Instant at) {
        out.printf("%nStatement of customer %s (%s)%n", number, customer);
        out.printf("  %-12s%-12s%-22s%12s%12s%n", "date", "booking", "document", "points", "balance");
        for (Entry entry : ledger.reads()
                .entries(customer, null, null, PageRequest.first(12))
                .items()) {
            out.printf(
                    Locale.ROOT,
                    "  %-12s%-12s%-22s%,12d%,12d%n",
                    DAY.format(entry.occurredAt()),
                    entry.type().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                    entry.reference() == null ? "" : entry.reference(),
                    entry.amount(),
                    entry.balanceAfter());
        }
        Balance balance = ledger.reads().balance(customer, at);
        out.printf(Locale.ROOT, "  on %s: %,d points available%n", DAY.format(at), balance.available());
    }

    void line(String what, String value) {
        out.printf("%-32s%s%n", what, value);
    }

    private static long flow(Map<EntryType, Long> flows, EntryType type) {
        return flows.getOrDefault(type, 0L);
    }
}
