package dev.retailcrm.audience.spi;

import dev.retailcrm.core.kernel.Check;

/**
 * A definition of a tenant's as it is stored. Immutable.
 *
 * @param kind of what
 * @param key its key, 1 to 60 printable ASCII characters
 * @param version counts changes from 1
 * @param definition in JSON, at most 100,000 characters
 */
public record AudienceItem(Kind kind, String key, long version, String definition) {
    /** The most characters of a definition. */
    public static final int MAX_DEFINITION = 100_000;

    /** What a tenant defines. */
    public enum Kind {
        /** An audience. */
        AUDIENCE,
        /** A template of audiences. */
        TEMPLATE
    }

    /** Refuses missing parts with INVALID_VALUE. */
    public AudienceItem {
        Check.present(kind, "kind");
        Check.code(key, 60, "key");
        Check.positive(version, "version");
        Check.range(Check.present(definition, "definition").length(), 1, MAX_DEFINITION, "length of the definition");
    }
}
