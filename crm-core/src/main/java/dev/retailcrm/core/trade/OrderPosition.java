package dev.retailcrm.core.trade;

import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import java.time.Instant;
import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where an order stands in a listing by time; orders of one millisecond stand by number. Immutable.
 *
 * @param occurredAt when it was bought, in milliseconds
 */
public record OrderPosition(Instant occurredAt, OrderNumber number) implements Comparable<OrderPosition> {
    private static final Pattern FORM = Pattern.compile("(\\d{1,15})/(\\d{1,2})/(.+)");
    private static final Comparator<OrderPosition> ORDER =
            Comparator.comparing(OrderPosition::occurredAt).thenComparing(OrderPosition::number);

    /** Refuses what is missing. */
    public OrderPosition {
        Check.present(occurredAt, "instant of an order");
        Check.present(number, "number of an order");
    }

    /** The position of an order. */
    public static OrderPosition of(OrderHead order) {
        return new OrderPosition(order.occurredAt(), order.number());
    }

    /**
     * The inverse of {@link #toString()}.
     *
     * @throws CrmException {@link CoreError#INVALID_CURSOR} if the text is not of that form
     */
    public static OrderPosition parse(String cursor) {
        Matcher parts = FORM.matcher(cursor);
        if (!parts.matches()) {
            throw CoreError.INVALID_CURSOR.because("not a cursor of this listing");
        }
        int source = Integer.parseInt(parts.group(2));
        String both = parts.group(3);
        if (source >= both.length()) {
            throw CoreError.INVALID_CURSOR.because("not a cursor of this listing");
        }
        try {
            return new OrderPosition(
                    Instant.ofEpochMilli(Long.parseLong(parts.group(1))),
                    OrderNumber.of(both.substring(0, source), both.substring(source)));
        } catch (CrmException e) {
            throw CoreError.INVALID_CURSOR.causedBy(e, "not a cursor of this listing");
        }
    }

    @Override
    public int compareTo(OrderPosition other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return occurredAt.toEpochMilli() + "/" + number.source().length() + "/" + number.source() + number.value();
    }
}
