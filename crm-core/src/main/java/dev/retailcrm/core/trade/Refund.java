package dev.retailcrm.core.trade;

import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.Fingerprint;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.joda.money.Money;

/**
 * Money given back for an order, all of it or a part. An order may have many, and a refund may arrive before its order. Immutable.
 *
 * @param customer who bought
 * @param order the number of the order
 * @param number the host's number of the refund, unique among those of the order: 1 to 64 printable ASCII characters without blanks at
 *     the ends
 * @param occurredAt when it was given back, cut to milliseconds
 * @param amount more than zero, at most 10^13 of the currency's smallest unit
 * @param units units brought back, zero or more, at most 1,000,000, with at most three decimals; kept with three
 */
public record Refund(
        CustomerId customer, OrderNumber order, String number, Instant occurredAt, Money amount, BigDecimal units) {
    /** Refuses anything else with {@link CoreError#INVALID_VALUE}. */
    public Refund {
        Check.present(customer, "customer");
        Check.present(order, "number of an order");
        Check.code(number, OrderNumber.MAX_LENGTH, "number of a refund");
        occurredAt = Check.present(occurredAt, "instant of a refund").truncatedTo(ChronoUnit.MILLIS);
        Amounts.toMinor(amount, 1, "amount of a refund");
        units = Quantity.ofMilli(Quantity.toMilli(units, 0));
    }

    /** A refund of money; how many units came back is not known. */
    public static Refund of(CustomerId customer, OrderNumber order, String number, Instant occurredAt, Money amount) {
        return new Refund(customer, order, number, occurredAt, amount, BigDecimal.ZERO);
    }

    /** The same with units that came back. */
    public Refund units(BigDecimal quantity) {
        return new Refund(customer, order, number, occurredAt, amount, quantity);
    }

    /** The units in thousandths. */
    public long unitsMilli() {
        return units.unscaledValue().longValueExact();
    }

    /** A hash of the content, to tell a repetition from a contradiction. */
    public long fingerprint() {
        return Fingerprint.of("trade.refund")
                .and(order.source())
                .and(order.value())
                .and(number)
                .and(occurredAt)
                .and(amount.getCurrencyUnit().getCode())
                .and(amount.getAmountMinorLong())
                .and(unitsMilli())
                .value();
    }

    /** The same of another customer. */
    public Refund of(CustomerId buyer) {
        return new Refund(buyer, order, number, occurredAt, amount, units);
    }
}
