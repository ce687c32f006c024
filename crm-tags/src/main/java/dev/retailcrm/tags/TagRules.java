package dev.retailcrm.tags;

import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

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
        requireUnused(ofAutoTags(tag, catalog));
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

    static AutoTag define(AutoTag automatic, TagCatalog catalog) {
        if (catalog.autoTags().containsKey(automatic.key())) {
            throw exists(automatic.key());
        }
        requireRoom(catalog.autoTags().size(), AutoTags.MAX_AUTO_TAGS);
        requirePossible(automatic, catalog);
        return automatic.at(1);
    }

    static AutoTag change(AutoTag automatic, TagCatalog catalog) {
        AutoTag before = require(catalog, automatic.key());
        requireVersion(automatic.version(), before.version());
        if (!before.tag().equals(automatic.tag())) {
            throw TagError.TAG_FIXED.with(
                    Map.of("tag", before.tag()), "the automatic tag %s stays with its tag", automatic.key());
        }
        requirePossible(automatic, catalog);
        return automatic.at(before.version() + 1);
    }

    static AutoTag require(TagCatalog catalog, String key) {
        AutoTag automatic = catalog.autoTags().get(key);
        if (automatic == null) {
            throw TagError.UNKNOWN_AUTO_TAG.with(Map.of("automatic", key), "there is no automatic tag %s", key);
        }
        return automatic;
    }

    private static void requirePossible(AutoTag automatic, TagCatalog catalog) {
        TagDefinition tag = catalog.requireOwn(automatic.tag());
        if (tag.mergedInto() != null) {
            throw CoreError.INVALID_VALUE.because("the tag was merged: name the other");
        }
        tag.requireFit(automatic.tagging().value());
        Map<String, AutoTag> all = new TreeMap<>(catalog.autoTags());
        all.put(automatic.key(), automatic);
        requireNoCycle(automatic, all.values(), catalog);
    }

    /** Whatever follows from what it does must not be asked by its own rule. */
    private static void requireNoCycle(AutoTag automatic, Collection<AutoTag> all, TagCatalog catalog) {
        Set<String> reached = new HashSet<>();
        Deque<AutoTag> open = new ArrayDeque<>(List.of(automatic));
        while (!open.isEmpty()) {
            Set<String> touched = catalog.touchedBy(open.remove().tag());
            for (AutoTag next : all) {
                boolean follows = next.rule().requiredFacts().tags().stream().anyMatch(touched::contains);
                if (follows && next.key().equals(automatic.key())) {
                    throw TagError.AUTO_TAG_CYCLE.with(
                            Map.of("automatic", automatic.key()),
                            "what %s asks follows from what it does",
                            automatic.key());
                }
                if (follows && reached.add(next.key())) {
                    open.add(next);
                }
            }
        }
    }

    static void requireUnused(List<TagUse> uses) {
        if (!uses.isEmpty()) {
            throw TagError.TAG_IN_USE.with(
                    Map.of("uses", uses.stream().map(TagUse::toString).sorted().toList()), "it is in use");
        }
    }

    /** The automatic tags that put a tag on customers, or ask about it. */
    static List<TagUse> ofAutoTags(String tag, TagCatalog catalog) {
        return catalog.autoTags().values().stream()
                .filter(it ->
                        it.tag().equals(tag) || it.rule().requiredFacts().tags().contains(tag))
                .map(it -> new TagUse("automatic", it.key()))
                .toList();
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
