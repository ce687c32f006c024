package dev.retailcrm.tags;

import dev.retailcrm.core.kernel.Check;

/**
 * Something that uses a tag. Immutable.
 *
 * @param kind such as {@code rule} or {@code audience}, 1 to 20 printable ASCII characters
 * @param key which of them, 1 to 120 printable ASCII characters
 */
public record TagUse(String kind, String key) {
    /** Refuses malformed parts with INVALID_VALUE. */
    public TagUse {
        Check.code(kind, 20, "kind of use");
        Check.code(key, 120, "key of the use");
    }

    @Override
    public String toString() {
        return kind + " " + key;
    }
}
