package dev.retailcrm.tags.spi;

import dev.retailcrm.core.kernel.Check;
import org.jspecify.annotations.Nullable;

/**
 * A tag as an outside system has it. Immutable.
 *
 * @param id by which the system knows it, 1 to {@value #MAX_ID} printable ASCII characters
 * @param name what people read, 1 to {@value #MAX_NAME} characters
 * @param group the name of the group it is in; {@code null} if the system has no groups
 */
public record ChannelTag(String id, String name, @Nullable String group) {
    /** The most characters of an id. */
    public static final int MAX_ID = 120;

    /** The most characters of a name. */
    public static final int MAX_NAME = 60;

    /** Refuses malformed parts with INVALID_VALUE. */
    public ChannelTag {
        Check.code(id, MAX_ID, "id of the outside tag");
        Check.text(name, MAX_NAME, "name of the outside tag");
        if (group != null) {
            Check.text(group, MAX_NAME, "group of the outside tag");
        }
    }
}
