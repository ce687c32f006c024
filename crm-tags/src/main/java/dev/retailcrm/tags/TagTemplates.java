package dev.retailcrm.tags;

import dev.retailcrm.core.access.Access;
import dev.retailcrm.core.access.Right;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.Fingerprint;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.tags.spi.TagItem;
import dev.retailcrm.tags.spi.TagPorts;
import java.util.List;
import java.util.Optional;

/**
 * Templates of one tenant: sets of groups and tags for a scene or an industry. Commands are repeatable as those of {@link TagDefinitions},
 * and take as many round trips. Thread-safe.
 */
public final class TagTemplates {
    /** The most templates of a tenant. */
    public static final int MAX_TEMPLATES = 200;

    private final TenantId tenant;
    private final TagPorts ports;
    private final TagCommands commands;
    private final Access access;

    TagTemplates(TenantId tenant, TagPorts ports) {
        this(tenant, ports, Access.unrestricted());
    }

    private TagTemplates(TenantId tenant, TagPorts ports, Access access) {
        this.tenant = tenant;
        this.ports = ports;
        this.commands = new TagCommands(tenant, ports);
        this.access = access;
    }

    /** The same templates, as far as this access permits. */
    public TagTemplates guardedBy(Access granted) {
        return new TagTemplates(tenant, ports, Check.present(granted, "access"));
    }

    /** All templates, ascending by key. */
    public List<TagTemplate> all() {
        access.require(Right.READ_DEFINITIONS);
        return List.copyOf(commands.catalog().templates().values());
    }

    /** A template by its key; empty if there is none. */
    public Optional<TagTemplate> find(String key) {
        access.require(Right.READ_DEFINITIONS);
        Check.code(key, TagDefinition.MAX_KEY, "key of the template");
        return Optional.ofNullable(commands.catalog().templates().get(key));
    }

    /**
     * Makes a template.
     *
     * @return the template at version 1
     * @throws CrmException {@link TagError#TAG_EXISTS}; {@link TagError#TOO_MANY_TAGS}; {@link CoreError#REQUEST_KEY_REUSED}
     */
    public TagTemplate create(TagTemplate template, RequestKey key) {
        access.require(Right.DEFINE);
        Check.present(template, "template");
        var content = Fingerprint.of("tags.template").and(TagText.of(template));
        return template(commands.run(key, content, catalog -> TagSteps.none().add(TagRules.define(template, catalog))));
    }

    /**
     * Changes a template; what was defined from it stays.
     *
     * @param template with the version that was read
     * @throws CrmException {@link TagError#UNKNOWN_TEMPLATE}; {@link CoreError#VERSION_CONFLICT}; {@link CoreError#REQUEST_KEY_REUSED}
     */
    public TagTemplate edit(TagTemplate template, RequestKey key) {
        access.require(Right.DEFINE);
        Check.present(template, "template");
        var content = Fingerprint.of("tags.retemplate").and(TagText.of(template));
        return template(commands.run(key, content, catalog -> TagSteps.none().add(TagRules.change(template, catalog))));
    }

    /** Deletes a template; what was defined from it stays. Refuses with {@link TagError#UNKNOWN_TEMPLATE}. */
    public void delete(String template, RequestKey key) {
        access.require(Right.DEFINE);
        Check.code(template, TagDefinition.MAX_KEY, "key of the template");
        commands.run(key, Fingerprint.of("tags.untemplate").and(template), catalog -> {
            TagRules.require(template, catalog);
            return TagSteps.none().delete(TagItem.Kind.TEMPLATE, template, catalog);
        });
    }

    /**
     * Defines the groups and tags of a template that the tenant has not got, all or nothing; those it has stay as they are.
     *
     * @return all that is defined by then
     * @throws CrmException {@link TagError#UNKNOWN_TEMPLATE}; {@link TagError#UNKNOWN_GROUP} if a tag is in a group that neither has;
     *     {@link TagError#TOO_MANY_TAGS}; {@link CoreError#REQUEST_KEY_REUSED}
     */
    public TagCatalog apply(String template, RequestKey key) {
        access.require(Right.DEFINE);
        Check.code(template, TagDefinition.MAX_KEY, "key of the template");
        commands.run(
                key,
                Fingerprint.of("tags.apply").and(template),
                catalog -> TagRules.apply(TagRules.require(template, catalog), catalog));
        return commands.catalog();
    }

    private TagTemplate template(String key) {
        return TagRules.require(key, commands.catalog());
    }
}
