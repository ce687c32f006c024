package dev.retailcrm.core.event;

import com.google.common.base.CharMatcher;
import com.google.common.base.Splitter;
import com.google.common.primitives.Longs;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.CustomerId;
import java.util.Comparator;
import java.util.List;

/**
 * Names one event of a tenant, shown as {@code 0HMX8K2ZPQ9TR/wallet/17}. Ordered by customer, source and number. Immutable.
 *
 * @param customer whom the event is about
 * @param source the stream of the customer: 1 to 16 characters of {@code a-z 0-9 -}, starting with a letter
 * @param seq the number in that stream, from 1 without gaps
 */
public record EventKey(CustomerId customer, String source, long seq) implements Comparable<EventKey> {
    /** What sources, and the words of event types, are made of. */
    static final CharMatcher WORD =
            CharMatcher.inRange('a', 'z').or(CharMatcher.inRange('0', '9')).or(CharMatcher.is('-'));

    private static final Splitter PARTS = Splitter.on('/');
    private static final Comparator<EventKey> ORDER = Comparator.comparing(EventKey::customer)
            .thenComparing(EventKey::source)
            .thenComparingLong(EventKey::seq);

    /** Refuses anything else with {@link CoreError#INVALID_VALUE}. */
    public EventKey {
        check(customer, source, seq);
    }

    static void check(CustomerId customer, String source, long seq) {
        Check.present(customer, "customer");
        if (!isSource(Check.present(source, "event source"))) {
            throw CoreError.INVALID_VALUE.because("event source must be 1 to 16 characters of a-z 0-9 -");
        }
        Check.positive(seq, "event number");
    }

    private static boolean isSource(String source) {
        return !source.isEmpty()
                && source.length() <= 16
                && Character.isLetter(source.charAt(0))
                && WORD.matchesAllOf(source);
    }

    /**
     * The inverse of {@link #toString()}.
     *
     * @throws CrmException {@link CoreError#INVALID_VALUE} if the text is not of that form
     */
    public static EventKey parse(String shown) {
        List<String> parts = PARTS.splitToList(Check.present(shown, "event key"));
        Long seq = parts.size() == 3 ? Longs.tryParse(parts.get(2)) : null;
        if (seq == null) {
            throw CoreError.INVALID_VALUE.because("event key must be customer/source/number");
        }
        return new EventKey(CustomerId.parse(parts.get(0)), parts.get(1), seq);
    }

    @Override
    public int compareTo(EventKey other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return customer + "/" + source + "/" + seq;
    }
}
