package dev.retailcrm.tags.spi;

import dev.retailcrm.core.kernel.Check;

/**
 * A definition of a tenant's as it is stored. Immutable.
 *
 * @param kind of what
 * @param key its key, 1 to 60 printable ASCII characters
 * @param version counts changes from 1
 * @param definition in JSON, at most 100,000 characters
 */
public record TagItem(Kind kind, String key, long version, String definition) {
    /** What a tenant defines. */
    public enum Kind {
        /** A group of tags. */
        GROUP,
        /** A tag. */
        TAG,
        /** A template of groups and tags. */
        TEMPLATE,
        /** A tag that customers get by a rule. */
        AUTOMATIC
    }

    /** Refuses missing parts with INVALID_VALUE. */
    public TagItem {
        Check.present(kind, "kind");
        Check.code(key, 60, "key");
        Check.positive(version, "version");
        Check.range(Check.present(definition, "definition").length(), 1, 100_000, "length of the definition");
    }
}
