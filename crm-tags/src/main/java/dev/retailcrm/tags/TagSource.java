package dev.retailcrm.tags;

import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import org.jspecify.annotations.Nullable;

/**
 * What assigned a tag, or took it away. Immutable.
 *
 * @param kind what it was
 * @param reference the key of the rule, the name of the import, the channel, 1 to 60 printable ASCII characters; {@code null} for what people
 *     do by hand
 * @param version of the rule; 0 for anything else
 */
public record TagSource(Kind kind, @Nullable String reference, long version) {
    private static final TagSource BY_HAND = new TagSource(Kind.MANUAL, null, 0);

    /** What kinds of source there are. */
    public enum Kind {
        /** Somebody did it. */
        MANUAL,
        /** A rule did. */
        RULE,
        /** It was in a file. */
        IMPORT,
        /** It came from an outside system. */
        SYNC
    }

    /** Refuses malformed parts with {@link CoreError#INVALID_VALUE}. */
    public TagSource {
        Check.present(kind, "kind of source");
        if ((kind == Kind.MANUAL) != (reference == null)) {
            throw CoreError.INVALID_VALUE.because("rules, imports and channels are named, and nothing else");
        }
        if (reference != null) {
            Check.code(reference, TagDefinition.MAX_KEY, "reference");
        }
        if ((kind == Kind.RULE) != (version > 0) || version < 0) {
            throw CoreError.INVALID_VALUE.because("rules have a version, and nothing else");
        }
    }

    /** Somebody, by hand. */
    public static TagSource manual() {
        return BY_HAND;
    }

    /** A version of a rule. */
    public static TagSource rule(String key, long version) {
        return new TagSource(Kind.RULE, Check.present(key, "rule"), version);
    }

    /** An import. */
    public static TagSource imported(String name) {
        return new TagSource(Kind.IMPORT, Check.present(name, "import"), 0);
    }

    /** An outside system. */
    public static TagSource sync(String channel) {
        return new TagSource(Kind.SYNC, Check.present(channel, "channel"), 0);
    }

    /** Whether it was done by hand. */
    public boolean isManual() {
        return kind == Kind.MANUAL;
    }
}
