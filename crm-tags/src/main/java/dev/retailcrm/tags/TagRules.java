package dev.retailcrm.tags;

import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What may be defined. Stateless. */
final class TagRules {
    private TagRules() {}

    static TagDefinition define(TagDefinition tag, TagCatalog catalog) {
        if (!tag.isActive()) {
            throw CoreError.INVALID_VALUE.because("a new tag is in use");
        }
        if (catalog.tags().containsKey(tag.key())) {
            throw exists(tag.key());
        }
        requireRoom(catalog.tags().size(), TagDefinitions.MAX_TAGS);
        requireGroup(tag, catalog);
        return tag.at(1);
    }

    static TagDefinition change(TagDefinition tag, TagCatalog catalog) {
        TagDefinition before = catalog.requireOwn(tag.key());
        requireVersion(tag.version(), before.version());
        boolean same = tag.valueType() == before.valueType()
                && tag.status() == before.status()
                && Objects.equals(tag.mergedInto(), before.mergedInto())
                && tag.mergeRule() == before.mergeRule();
        if (!same) {
            throw TagError.TAG_FIXED.with(Map.of("tag", tag.key()), "type and standing of the tag %s stay", tag.key());
        }
        requireGroup(tag, catalog);
        return tag.at(before.version() + 1);
    }

    static TagDefinition merge(String tag, String into, TagMergeRule rule, TagCatalog catalog) {
        TagDefinition target = catalog.require(into);
        TagDefinition source = catalog.requireOwn(tag);
        boolean possible = source.mergedInto() == null
                && !source.key().equals(target.key())
                && source.valueType() == target.valueType()
                && target.maxCustomers() == null;
        if (!possible) {
            throw TagError.TAG_MERGE_REFUSED.with(
                    Map.of("tag", tag, "into", into), "the tags %s and %s cannot become one", tag, into);
        }
        return source.into(target.key(), rule).at(source.version() + 1);
    }

    static TagGroup define(TagGroup group, TagCatalog catalog) {
        if (catalog.groups().containsKey(group.key())) {
            throw exists(group.key());
        }
        requireRoom(catalog.groups().size(), TagDefinitions.MAX_GROUPS);
        return group.at(1);
    }

    static TagGroup change(TagGroup group, TagCatalog catalog) {
        TagGroup before = catalog.requireGroup(group.key());
        requireVersion(group.version(), before.version());
        return group.at(before.version() + 1);
    }

    static TagTemplate define(TagTemplate template, TagCatalog catalog) {
        if (catalog.templates().containsKey(template.key())) {
            throw exists(template.key());
        }
        requireRoom(catalog.templates().size(), TagTemplates.MAX_TEMPLATES);
        return template.at(1);
    }

    static TagTemplate change(TagTemplate template, TagCatalog catalog) {
        TagTemplate before = require(template.key(), catalog);
        requireVersion(template.version(), before.version());
        return template.at(before.version() + 1);
    }

    static TagTemplate require(String key, TagCatalog catalog) {
        TagTemplate template = catalog.templates().get(key);
        if (template == null) {
            throw TagError.UNKNOWN_TEMPLATE.with(Map.of("template", key), "there is no template %s", key);
        }
        return template;
    }

    /** The groups and tags of a template that a tenant has not got. */
    static TagSteps apply(TagTemplate template, TagCatalog catalog) {
        TagSteps steps = TagSteps.none();
        long groups = catalog.groups().size();
        long tags = catalog.tags().size();
        for (TagGroup group : template.groups()) {
            if (!catalog.groups().containsKey(group.key())) {
                requireRoom(groups++, TagDefinitions.MAX_GROUPS);
                steps.add(group.at(1));
            }
        }
        for (TagDefinition tag : template.tags()) {
            if (!catalog.tags().containsKey(tag.key())) {
                requireRoom(tags++, TagDefinitions.MAX_TAGS);
                boolean grouped =
                        template.groups().stream().anyMatch(it -> it.key().equals(tag.group()));
                if (!grouped) {
                    requireGroup(tag, catalog);
                }
                steps.add(tag.at(1));
            }
        }
        return steps;
    }

    static void requireUnused(List<TagUse> uses) {
        if (!uses.isEmpty()) {
            throw TagError.TAG_IN_USE.with(
                    Map.of("uses", uses.stream().map(TagUse::toString).sorted().toList()), "it is in use");
        }
    }

    private static void requireGroup(TagDefinition tag, TagCatalog catalog) {
        if (tag.group() != null) {
            catalog.requireGroup(tag.group());
        }
    }

    private static void requireRoom(long present, int max) {
        if (present >= max) {
            throw TagError.TOO_MANY_TAGS.with(Map.of("max", max), "there are %d already", max);
        }
    }

    private static void requireVersion(long given, long version) {
        if (given != version) {
            throw CoreError.VERSION_CONFLICT.with(
                    Map.of("version", version), "it was changed since version %d was read", given);
        }
    }

    private static CrmException exists(String key) {
        return TagError.TAG_EXISTS.with(Map.of("key", key), "there is %s already", key);
    }
}
