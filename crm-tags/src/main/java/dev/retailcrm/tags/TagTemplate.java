package dev.retailcrm.tags;

import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import java.util.List;

/**
 * A set of groups and tags for a scene or an industry, from which a tenant defines those it lacks. Immutable.
 *
 * @param key its code, 1 to 60 printable ASCII characters; stays for ever
 * @param name 1 to 60 characters
 * @param scene what it is for, 1 to 60 characters
 * @param groups at most {@value #MAX}
 * @param tags at most {@value #MAX}, new ones in use; those in a group name one of these groups, or one the tenant has
 * @param version counts changes from 1; 0 before it is made
 */
public record TagTemplate(
        String key, String name, String scene, List<TagGroup> groups, List<TagDefinition> tags, long version) {
    /** The most groups, and the most tags, of a template. */
    public static final int MAX = 100;

    /** Copies the lists; refuses malformed parts with INVALID_VALUE. */
    public TagTemplate {
        Check.code(key, TagDefinition.MAX_KEY, "key of the template");
        Check.text(name, TagDefinition.MAX_NAME, "name");
        Check.text(scene, TagDefinition.MAX_NAME, "scene");
        Check.range(Check.present(groups, "groups").size(), 0, MAX, "number of groups");
        Check.range(Check.present(tags, "tags").size(), 0, MAX, "number of tags");
        groups.forEach(it -> Check.present(it, "group"));
        tags.forEach(it -> Check.present(it, "tag"));
        groups = groups.stream().map(it -> it.at(0)).toList();
        tags = tags.stream().map(it -> it.at(0)).toList();
        boolean distinct = groups.stream().map(TagGroup::key).distinct().count() == groups.size()
                && tags.stream().map(TagDefinition::key).distinct().count() == tags.size();
        if (!distinct || !tags.stream().allMatch(TagDefinition::isActive)) {
            throw CoreError.INVALID_VALUE.because("a template names each group and tag once, and only tags in use");
        }
        TagDefinition.requireVersion(version);
    }

    /** A template with nothing in it yet. */
    public static TagTemplate of(String key, String name, String scene) {
        return new TagTemplate(key, name, scene, List.of(), List.of(), 0);
    }

    /** The same with these groups instead. */
    public TagTemplate groups(TagGroup... others) {
        return new TagTemplate(key, name, scene, List.of(others), tags, version);
    }

    /** The same with these tags instead. */
    public TagTemplate tags(TagDefinition... others) {
        return new TagTemplate(key, name, scene, groups, List.of(others), version);
    }

    TagTemplate at(long number) {
        return new TagTemplate(key, name, scene, groups, tags, number);
    }
}
