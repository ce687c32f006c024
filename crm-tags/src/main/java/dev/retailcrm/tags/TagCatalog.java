package dev.retailcrm.tags;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSetMultimap;
import com.google.common.collect.ImmutableSortedMap;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.tags.spi.TagItem;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** All that a tenant defined of tags. Immutable. */
public final class TagCatalog {
    private static final TagCatalog EMPTY = of(List.of());

    private final ImmutableList<TagItem> items;
    private final ImmutableSortedMap<String, TagGroup> groups;
    private final ImmutableSortedMap<String, TagDefinition> tags;
    private final ImmutableSortedMap<String, TagTemplate> templates;
    private final ImmutableSortedMap<String, AutoTag> autoTags;
    private final ImmutableSetMultimap<String, String> sources;

    private TagCatalog(
            List<TagItem> items,
            Map<String, TagGroup> groups,
            Map<String, TagDefinition> tags,
            Map<String, TagTemplate> templates,
            Map<String, AutoTag> autoTags) {
        this.items = ImmutableList.copyOf(items);
        this.groups = ImmutableSortedMap.copyOf(groups);
        this.tags = ImmutableSortedMap.copyOf(tags);
        this.templates = ImmutableSortedMap.copyOf(templates);
        this.autoTags = ImmutableSortedMap.copyOf(autoTags);
        ImmutableSetMultimap.Builder<String, String> merged = ImmutableSetMultimap.builder();
        for (TagDefinition tag : tags.values()) {
            if (tag.mergedInto() != null) {
                merged.put(last(tags, tag).key(), tag.key());
            }
        }
        this.sources = merged.build();
    }

    /** Of a tenant that defined nothing. */
    public static TagCatalog empty() {
        return EMPTY;
    }

    /** What was stored of a tenant's definitions. */
    public static TagCatalog of(Collection<TagItem> stored) {
        List<TagItem> sorted = stored.stream()
                .sorted(Comparator.comparing(TagItem::kind).thenComparing(TagItem::key))
                .toList();
        SortedMap<String, TagGroup> groups = new TreeMap<>();
        SortedMap<String, TagDefinition> tags = new TreeMap<>();
        SortedMap<String, TagTemplate> templates = new TreeMap<>();
        SortedMap<String, AutoTag> autoTags = new TreeMap<>();
        for (TagItem item : sorted) {
            switch (item.kind()) {
                case GROUP -> groups.put(item.key(), TagText.group(item.definition()));
                case TAG -> tags.put(item.key(), TagText.tag(item.definition()));
                case TEMPLATE -> templates.put(item.key(), TagText.template(item.definition()));
                case AUTOMATIC -> autoTags.put(item.key(), TagText.autoTag(item.definition()));
            }
        }
        return new TagCatalog(sorted, groups, tags, templates, autoTags);
    }

    /** The tags by their keys, those that were merged among them. */
    public SortedMap<String, TagDefinition> tags() {
        return tags;
    }

    /** The groups by their keys. */
    public SortedMap<String, TagGroup> groups() {
        return groups;
    }

    /** The templates by their keys. */
    public SortedMap<String, TagTemplate> templates() {
        return templates;
    }

    /** The automatic tags by their keys. */
    public SortedMap<String, AutoTag> autoTags() {
        return autoTags;
    }

    /** Everything as it is stored, by kind and key. */
    public List<TagItem> items() {
        return items;
    }

    /** The tag that answers for a key: the one with it, or the one that was merged into, over any number of merges. */
    public Optional<TagDefinition> find(String key) {
        TagDefinition tag = tags.get(Check.present(key, "key of the tag"));
        return tag == null ? Optional.empty() : Optional.of(last(tags, tag));
    }

    /** The key of a tag and those of all that were merged into it. */
    public Set<String> keysOf(String key) {
        Set<String> keys = new TreeSet<>(sources.get(key));
        keys.add(key);
        return keys;
    }

    /** The tag that answers for a key, or {@link TagError#UNKNOWN_TAG}. */
    TagDefinition require(String key) {
        return find(key).orElseThrow(() -> unknown(key));
    }

    /** The tag with a key, be it merged, or {@link TagError#UNKNOWN_TAG}. */
    TagDefinition requireOwn(String key) {
        TagDefinition tag = tags.get(key);
        if (tag == null) {
            throw unknown(key);
        }
        return tag;
    }

    private static CrmException unknown(String key) {
        return TagError.UNKNOWN_TAG.with(Map.of("tag", key), "there is no tag %s", key);
    }

    /** The group with a key, or {@link TagError#UNKNOWN_GROUP}. */
    TagGroup requireGroup(String key) {
        TagGroup group = groups.get(Check.present(key, "key of the group"));
        if (group == null) {
            throw TagError.UNKNOWN_GROUP.with(Map.of("group", key), "there is no group %s", key);
        }
        return group;
    }

    /** The keys of what may become another's when somebody gets a tag: the tag, and those that it excludes. */
    Set<String> touchedBy(String key) {
        TagDefinition tag = tags.get(key);
        Set<String> keys = new TreeSet<>();
        keys.add(key);
        if (tag != null) {
            tags.values().stream().filter(it -> exclude(tag, it)).forEach(it -> keys.add(it.key()));
        }
        return keys;
    }

    /** Whether two tags are in one exclusive group. */
    boolean exclude(TagDefinition one, TagDefinition other) {
        TagGroup group = one.group() == null ? null : groups.get(one.group());
        return group != null
                && group.exclusive()
                && group.key().equals(other.group())
                && !one.key().equals(other.key());
    }

    private static TagDefinition last(Map<String, TagDefinition> tags, TagDefinition first) {
        TagDefinition tag = first;
        while (tag.mergedInto() != null) {
            TagDefinition next = tags.get(tag.mergedInto());
            if (next == null) {
                return tag;
            }
            tag = next;
        }
        return tag;
    }
}
