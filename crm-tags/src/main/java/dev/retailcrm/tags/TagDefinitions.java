package dev.retailcrm.tags;

import dev.retailcrm.core.access.Access;
import dev.retailcrm.core.access.Right;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.Fingerprint;
import dev.retailcrm.core.kernel.Instants;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.tags.spi.TagItem;
import dev.retailcrm.tags.spi.TagPorts;
import dev.retailcrm.tags.spi.TagUsage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The tags and groups of tags that one tenant defined. Commands are repeatable: the same key and content again writes nothing and answers
 * with what is there by then. They join the host's transaction if there is one. New limits bind what is assigned from then on. Thread-safe.
 *
 * <p>Commands take up to seven round trips, questions two, without those that open and commit a transaction.
 */
public final class TagDefinitions {
    /** The most tags of a tenant, retired and merged ones included. */
    public static final int MAX_TAGS = 5_000;

    /** The most groups of a tenant. */
    public static final int MAX_GROUPS = 500;

    private final TenantId tenant;
    private final TagPorts ports;
    private final List<TagUsage> usages;
    private final TagCommands commands;
    private final Access access;

    /** The definitions of a tenant, kept by these ports, and what uses them besides customers and templates. */
    TagDefinitions(TenantId tenant, TagPorts ports, List<TagUsage> usages) {
        this(tenant, ports, usages, Access.unrestricted());
    }

    private TagDefinitions(TenantId tenant, TagPorts ports, List<TagUsage> usages, Access access) {
        this.tenant = tenant;
        this.ports = ports;
        this.usages = usages;
        this.commands = new TagCommands(tenant, ports);
        this.access = access;
    }

    /** The same definitions, as far as this access permits. */
    public TagDefinitions guardedBy(Access granted) {
        return new TagDefinitions(tenant, ports, usages, Check.present(granted, "access"));
    }

    /** All that is defined. */
    public TagCatalog catalog() {
        access.require(Right.READ_DEFINITIONS);
        return commands.catalog();
    }

    /** The tag that answers for a key, over merges; empty if there is none. */
    public Optional<TagDefinition> find(String key) {
        access.require(Right.READ_DEFINITIONS);
        Check.code(key, TagDefinition.MAX_KEY, "key of the tag");
        return commands.catalog().find(key);
    }

    /**
     * Makes a tag.
     *
     * @return the tag, in use, at version 1
     * @throws CrmException {@link TagError#TAG_EXISTS} if there is one with its key, be it retired or merged;
     *     {@link TagError#UNKNOWN_GROUP}; {@link TagError#TOO_MANY_TAGS}; {@link CoreError#REQUEST_KEY_REUSED}
     */
    public TagDefinition define(TagDefinition tag, RequestKey key) {
        access.require(Right.DEFINE);
        Check.present(tag, "tag");
        var content = Fingerprint.of("tags.define").and(TagText.of(tag));
        return tag(commands.run(key, content, catalog -> TagSteps.none().add(TagRules.define(tag, catalog))));
    }

    /**
     * Changes a tag. Key, type of the value and standing stay.
     *
     * @param tag with the version that was read
     * @return the tag, one version further
     * @throws CrmException {@link TagError#UNKNOWN_TAG}; {@link CoreError#VERSION_CONFLICT} if it was changed since;
     *     {@link TagError#TAG_FIXED}; {@link TagError#UNKNOWN_GROUP}; {@link CoreError#REQUEST_KEY_REUSED}
     */
    public TagDefinition change(TagDefinition tag, RequestKey key) {
        access.require(Right.DEFINE);
        Check.present(tag, "tag");
        var content = Fingerprint.of("tags.redefine").and(TagText.of(tag));
        return tag(commands.run(key, content, catalog -> TagSteps.none().add(TagRules.change(tag, catalog))));
    }

    /** Gives a tag another name, whatever its version; its key stays. Refuses with {@link TagError#UNKNOWN_TAG}. */
    public TagDefinition rename(String tag, String name, RequestKey key) {
        access.require(Right.DEFINE);
        Check.code(tag, TagDefinition.MAX_KEY, "key of the tag");
        Check.text(name, TagDefinition.MAX_NAME, "name");
        var content = Fingerprint.of("tags.rename").and(tag).and(name);
        return tag(commands.run(
                key,
                content,
                catalog -> TagSteps.none().add(next(catalog.require(tag)).named(name))));
    }

    /** Lets no more customers get a tag; who has it keeps it. Refuses with {@link TagError#UNKNOWN_TAG}. */
    public TagDefinition retire(String tag, RequestKey key) {
        return standing(tag, TagStatus.RETIRED, key);
    }

    /** Lets customers get a tag again that was retired. Refuses with {@link TagError#UNKNOWN_TAG}. */
    public TagDefinition restore(String tag, RequestKey key) {
        return standing(tag, TagStatus.ACTIVE, key);
    }

    private TagDefinition standing(String tag, TagStatus status, RequestKey key) {
        access.require(Right.DEFINE);
        Check.code(tag, TagDefinition.MAX_KEY, "key of the tag");
        var content = Fingerprint.of("tags.standing").and(tag).and(status.name());
        return tag(commands.run(
                key,
                content,
                catalog -> TagSteps.none().add(next(catalog.require(tag)).being(status))));
    }

    /**
     * Makes one tag of two. From then on the other answers for this one: who has this has the other, and whoever names this names the other,
     * for ever. {@link #move} then moves what is stored.
     *
     * @param tag the one that goes
     * @param into the one that stays
     * @param rule what becomes of customers who have both
     * @return the one that stays
     * @throws CrmException {@link TagError#UNKNOWN_TAG}; {@link TagError#TAG_MERGE_REFUSED}; {@link TagError#TAG_IN_USE} if automatic tags
     *     name the one that goes
     */
    public TagDefinition merge(String tag, String into, TagMergeRule rule, RequestKey key) {
        access.require(Right.DEFINE);
        Check.code(tag, TagDefinition.MAX_KEY, "key of the tag");
        Check.code(into, TagDefinition.MAX_KEY, "key of the tag");
        Check.present(rule, "rule");
        var content = Fingerprint.of("tags.merge").and(tag).and(into).and(rule.name());
        String stays =
                commands.run(key, content, catalog -> TagSteps.none().add(TagRules.merge(tag, into, rule, catalog)));
        return tag(stays);
    }

    /**
     * Moves what customers have of a tag that was merged, in a transaction of its own. To be repeated until nothing is left; answers and
     * counts are the same before it.
     *
     * @param limit the most customers, 1 to {@value Tags#MAX_CUSTOMERS}
     * @return how many customers there were; fewer than the limit if none is left
     * @throws CrmException {@link TagError#UNKNOWN_TAG} if there is no such tag, or it was not merged
     */
    public int move(String tag, int limit) {
        access.require(Right.OPERATE);
        Check.code(tag, TagDefinition.MAX_KEY, "key of the tag");
        Check.range(limit, 1, Tags.MAX_CUSTOMERS, "limit");
        TagDefinition merged = commands.catalog().tags().get(tag);
        if (merged == null || merged.mergedInto() == null) {
            throw TagError.UNKNOWN_TAG.with(Map.of("tag", tag), "there is no tag %s that was merged", tag);
        }
        return new TagSweep(tenant, ports).move(tag, new Instants(ports.clock()).now(), limit);
    }

    /** By what a tag is used: templates, tags merged into it, automatic tags, and whatever else names it. Refuses with {@link TagError#UNKNOWN_TAG}. */
    public List<TagUse> uses(String tag) {
        access.require(Right.READ_DEFINITIONS);
        Check.code(tag, TagDefinition.MAX_KEY, "key of the tag");
        return ports.unitOfWork().read(() -> {
            TagCatalog catalog = ports.store().catalog(tenant);
            return uses(catalog.require(tag).key(), catalog);
        });
    }

    /**
     * Deletes a tag that was retired, is used by nothing and no customer has. Histories keep it.
     *
     * @throws CrmException {@link TagError#UNKNOWN_TAG}; {@link TagError#TAG_IN_USE} if it is used or not retired, whose details list
     *     {@code uses}
     */
    public void delete(String tag, RequestKey key) {
        access.require(Right.DEFINE);
        Check.code(tag, TagDefinition.MAX_KEY, "key of the tag");
        commands.run(key, Fingerprint.of("tags.delete").and(tag), catalog -> {
            TagDefinition found = catalog.requireOwn(tag);
            List<TagUse> uses = new ArrayList<>(uses(tag, catalog));
            if (found.isActive()) {
                uses.add(new TagUse("status", found.status().name()));
            }
            long held = ports.store().count(tenant, Set.of(tag), new Instants(ports.clock()).now());
            if (held > 0) {
                uses.add(new TagUse("customers", Long.toString(held)));
            }
            TagRules.requireUnused(uses);
            return TagSteps.none().delete(TagItem.Kind.TAG, tag, catalog);
        });
    }

    private List<TagUse> uses(String tag, TagCatalog catalog) {
        List<TagUse> uses = new ArrayList<>();
        catalog.templates().values().stream()
                .filter(it -> it.tags().stream().anyMatch(one -> one.key().equals(tag)))
                .forEach(it -> uses.add(new TagUse("template", it.key())));
        catalog.keysOf(tag).stream().filter(it -> !it.equals(tag)).forEach(it -> uses.add(new TagUse("merged", it)));
        uses.addAll(TagRules.ofAutoTags(tag, catalog));
        usages.forEach(it -> uses.addAll(it.of(tenant, tag)));
        return uses;
    }

    /**
     * Makes a group.
     *
     * @return the group at version 1
     * @throws CrmException {@link TagError#TAG_EXISTS}; {@link TagError#TOO_MANY_TAGS}; {@link CoreError#REQUEST_KEY_REUSED}
     */
    public TagGroup defineGroup(TagGroup group, RequestKey key) {
        access.require(Right.DEFINE);
        Check.present(group, "group");
        var content = Fingerprint.of("tags.group").and(TagText.of(group));
        return group(commands.run(key, content, catalog -> TagSteps.none().add(TagRules.define(group, catalog))));
    }

    /**
     * Changes a group.
     *
     * @param group with the version that was read
     * @throws CrmException {@link TagError#UNKNOWN_GROUP}; {@link CoreError#VERSION_CONFLICT}; {@link CoreError#REQUEST_KEY_REUSED}
     */
    public TagGroup changeGroup(TagGroup group, RequestKey key) {
        access.require(Right.DEFINE);
        Check.present(group, "group");
        var content = Fingerprint.of("tags.regroup").and(TagText.of(group));
        return group(commands.run(key, content, catalog -> TagSteps.none().add(TagRules.change(group, catalog))));
    }

    /**
     * Deletes a group without tags.
     *
     * @throws CrmException {@link TagError#UNKNOWN_GROUP}; {@link TagError#TAG_IN_USE} if a tag is in it
     */
    public void deleteGroup(String group, RequestKey key) {
        access.require(Right.DEFINE);
        Check.code(group, TagDefinition.MAX_KEY, "key of the group");
        commands.run(key, Fingerprint.of("tags.ungroup").and(group), catalog -> {
            catalog.requireGroup(group);
            TagRules.requireUnused(catalog.tags().values().stream()
                    .filter(it -> group.equals(it.group()))
                    .map(it -> new TagUse("tag", it.key()))
                    .toList());
            return TagSteps.none().delete(TagItem.Kind.GROUP, group, catalog);
        });
    }

    private TagDefinition tag(String key) {
        return commands.catalog().require(key);
    }

    private TagGroup group(String key) {
        return commands.catalog().requireGroup(key);
    }

    private static TagDefinition next(TagDefinition tag) {
        return tag.at(tag.version() + 1);
    }
}
