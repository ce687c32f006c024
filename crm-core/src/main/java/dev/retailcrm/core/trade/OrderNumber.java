package dev.retailcrm.core.trade;

import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import java.util.Comparator;

/**
 * The host's number of an order. Compared character for character. Ordered by source and value. Immutable.
 *
 * @param source the system that gave the number, such as {@code pos} or {@code web}: 1 to 20 printable ASCII characters without blanks
 *     at the ends
 * @param value unique per customer and source: 1 to 64 printable ASCII characters without blanks at the ends
 */
public record OrderNumber(String source, String value) implements Comparable<OrderNumber> {
    /** The most characters of a value. */
    public static final int MAX_LENGTH = 64;

    private static final Comparator<OrderNumber> ORDER =
            Comparator.comparing(OrderNumber::source).thenComparing(OrderNumber::value);

    /** Refuses anything else with {@link CoreError#INVALID_VALUE}. */
    public OrderNumber {
        Check.code(source, 20, "source of an order");
        Check.code(value, MAX_LENGTH, "number of an order");
    }

    /** The number a system gave. */
    public static OrderNumber of(String source, String value) {
        return new OrderNumber(source, value);
    }

    @Override
    public int compareTo(OrderNumber other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return source + "/" + value;
    }
}
