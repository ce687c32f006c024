package dev.retailcrm.tags;

import dev.retailcrm.core.kernel.Check;
import org.jspecify.annotations.Nullable;

/**
 * A group of tags. Immutable.
 *
 * @param key its code, 1 to 60 printable ASCII characters; stays for ever
 * @param name 1 to 60 characters
 * @param exclusive whether a customer has at most one tag of it; binds what is assigned from then on
 * @param description 1 to 500 characters; {@code null} if there is none
 * @param version counts changes from 1; 0 before it is defined
 */
public record TagGroup(
        String key,
        String name,
        boolean exclusive,
        @Nullable String description,
        long version) {
    /** Refuses malformed parts with INVALID_VALUE. */
    public TagGroup {
        Check.code(key, TagDefinition.MAX_KEY, "key of the group");
        Check.text(name, TagDefinition.MAX_NAME, "name");
        if (description != null) {
            Check.text(description, TagDefinition.MAX_DESCRIPTION, "description");
        }
        TagDefinition.requireVersion(version);
    }

    /** A group whose tags go together. */
    public static TagGroup of(String key, String name) {
        return new TagGroup(key, name, false, null, 0);
    }

    /** The same, of whose tags a customer has at most one. */
    public TagGroup asExclusive() {
        return new TagGroup(key, name, true, description, version);
    }

    /** The same, described. */
    public TagGroup describedAs(String text) {
        return new TagGroup(key, name, exclusive, Check.present(text, "description"), version);
    }

    /** The same by another name. */
    public TagGroup named(String other) {
        return new TagGroup(key, other, exclusive, description, version);
    }

    TagGroup at(long number) {
        return new TagGroup(key, name, exclusive, description, number);
    }
}
