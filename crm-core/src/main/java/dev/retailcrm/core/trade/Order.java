package dev.retailcrm.core.trade;

import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.Fingerprint;
import dev.retailcrm.core.kernel.StoreId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * An order as the host knows it: a receipt of a till, an order of a web shop. Start from {@link #of} and add what is known. An order
 * that changes later is given again, whole, with a higher revision. Immutable.
 *
 * @param customer who bought
 * @param number the host's number, which names the order among those of the customer
 * @param revision counts the host's versions of this order, from 1; the highest counts, whichever arrives last
 * @param occurredAt when it was bought, cut to milliseconds
 * @param channel how, by the host's code of 1 to 20 printable ASCII characters, such as {@code app}; {@code null} if not known
 * @param store where; {@code null} if not known
 * @param lines what was bought, 1 to {@value #MAX_LINES}, all in one currency
 * @param cancelled whether nothing of it counts any more
 */
public record Order(
        CustomerId customer,
        OrderNumber number,
        long revision,
        Instant occurredAt,
        @Nullable String channel,
        @Nullable StoreId store,
        List<OrderLine> lines,
        boolean cancelled) {
    /** The most lines of an order. */
    public static final int MAX_LINES = 1_000;

    /** The most characters of a channel. */
    public static final int MAX_CHANNEL = 20;

    /** Refuses anything else, and a sum of more than 10^13 of the currency's smallest unit, with {@link CoreError#INVALID_VALUE}. */
    public Order {
        Check.present(customer, "customer");
        Check.present(number, "number of an order");
        Check.positive(revision, "revision");
        occurredAt = Check.present(occurredAt, "instant of an order").truncatedTo(ChronoUnit.MILLIS);
        if (channel != null) {
            Check.code(channel, MAX_CHANNEL, "channel");
        }
        for (OrderLine line : Check.present(lines, "lines")) {
            Check.present(line, "line");
        }
        lines = List.copyOf(lines);
        Check.range(lines.size(), 1, MAX_LINES, "number of lines");
        CurrencyUnit currency = lines.get(0).amount().getCurrencyUnit();
        for (OrderLine line : lines) {
            if (!line.amount().getCurrencyUnit().equals(currency)) {
                throw CoreError.INVALID_VALUE.because("all lines of an order must be in one currency");
            }
        }
        Amounts.requireInRange(minor(lines), 0, "amount of an order");
    }

    /** The first revision of an order. */
    public static Order of(CustomerId customer, OrderNumber number, Instant occurredAt, List<OrderLine> lines) {
        return new Order(customer, number, 1, occurredAt, null, null, lines, false);
    }

    /** The same through a channel. */
    public Order through(String code) {
        Check.present(code, "channel");
        return new Order(customer, number, revision, occurredAt, code, store, lines, cancelled);
    }

    /** The same in a store. */
    public Order in(StoreId where) {
        Check.present(where, "store");
        return new Order(customer, number, revision, occurredAt, channel, where, lines, cancelled);
    }

    /** The same as another revision. */
    public Order revision(long version) {
        return new Order(customer, number, version, occurredAt, channel, store, lines, cancelled);
    }

    /** The same, cancelled: it stays known and counts for nothing. */
    public Order cancel() {
        return new Order(customer, number, revision, occurredAt, channel, store, lines, true);
    }

    /** The channel; empty if not known. */
    public Optional<String> boughtThrough() {
        return Optional.ofNullable(channel);
    }

    /** The store; empty if not known. */
    public Optional<StoreId> boughtIn() {
        return Optional.ofNullable(store);
    }

    /** The currency of all lines. */
    public CurrencyUnit currency() {
        return lines.get(0).amount().getCurrencyUnit();
    }

    /** The sum of the lines, cancelled or not. */
    public Money amount() {
        return Amounts.of(currency(), minor(lines));
    }

    /** The sum of the lines in the currency's smallest unit. */
    long amountMinor() {
        return minor(lines);
    }

    /** The sum of the quantities in thousandths of a unit. */
    long unitsMilli() {
        long units = 0;
        for (OrderLine line : lines) {
            units += line.quantityMilli();
        }
        return units;
    }

    /** The order without its lines. */
    public OrderHead head() {
        return new OrderHead(
                number,
                revision,
                occurredAt,
                channel,
                store,
                amount(),
                Quantity.ofMilli(unitsMilli()),
                lines.size(),
                cancelled,
                fingerprint());
    }

    /** The same of another customer. */
    public Order of(CustomerId buyer) {
        return new Order(buyer, number, revision, occurredAt, channel, store, lines, cancelled);
    }

    /** A hash of the content, to tell a repetition from a contradiction. */
    public long fingerprint() {
        var content = Fingerprint.of("trade.order")
                .and(number.source())
                .and(number.value())
                .and(revision)
                .and(occurredAt)
                .and(channel)
                .and(store == null ? null : store.value())
                .and(currency().getCode())
                .and(cancelled ? 1 : 0);
        for (OrderLine line : lines) {
            content.and(line.sku())
                    .and(line.category())
                    .and(line.brand())
                    .and(line.quantityMilli())
                    .and(line.amount().getAmountMinorLong());
        }
        return content.value();
    }

    private static long minor(List<OrderLine> lines) {
        long minor = 0;
        for (OrderLine line : lines) {
            minor += line.amount().getAmountMinorLong();
        }
        return minor;
    }
}
