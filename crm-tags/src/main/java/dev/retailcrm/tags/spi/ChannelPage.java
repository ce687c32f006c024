package dev.retailcrm.tags.spi;

import dev.retailcrm.core.kernel.Check;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of what an outside system has. Immutable.
 *
 * @param items of any number that the system likes; none does not mean that there are no more
 * @param next where the next page starts, 1 to {@value #MAX_CURSOR} characters without personal data; {@code null} if this was the last
 */
public record ChannelPage<T>(List<T> items, @Nullable String next) {
    /** The most characters of a cursor. */
    public static final int MAX_CURSOR = 1_000;

    /** Copies the items. */
    public ChannelPage {
        items = List.copyOf(Check.present(items, "items"));
        if (next != null) {
            Check.text(next, MAX_CURSOR, "cursor");
        }
    }
}
