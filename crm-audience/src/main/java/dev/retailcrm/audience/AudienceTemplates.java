package dev.retailcrm.audience;

import dev.retailcrm.audience.spi.AudiencePorts;
import dev.retailcrm.core.access.Access;
import dev.retailcrm.core.access.Right;
import dev.retailcrm.core.field.FieldValue;
import dev.retailcrm.core.history.Actor;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.Fingerprint;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.rule.Rule;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Templates of audiences: those that every tenant has for retail, and its own. Immutable, thread-safe. */
public final class AudienceTemplates {
    /** The most templates of a tenant's own. */
    public static final int MAX_TEMPLATES = 1_000;

    private final TenantId tenant;
    private final AudiencePorts ports;
    private final AudienceCommands commands;
    private final Actor actor;
    private final Access access;

    AudienceTemplates(TenantId tenant, AudiencePorts ports, Actor actor, Access access) {
        this.tenant = tenant;
        this.ports = ports;
        this.commands = new AudienceCommands(tenant, ports, actor);
        this.actor = actor;
        this.access = access;
    }

    /** The same templates, as far as this access permits. */
    public AudienceTemplates guardedBy(Access granted) {
        return new AudienceTemplates(tenant, ports, actor, Check.present(granted, "access"));
    }

    /** Those that every tenant has, by key. */
    public static SortedMap<String, AudienceTemplate> retail() {
        return RetailTemplates.ALL;
    }

    /** All by key, those that every tenant has among them. Two round trips. */
    public SortedMap<String, AudienceTemplate> all() {
        access.require(Right.READ_DEFINITIONS);
        SortedMap<String, AudienceTemplate> all = new TreeMap<>(RetailTemplates.ALL);
        all.putAll(commands.catalog().templates());
        return all;
    }

    /**
     * The rule that a template makes of these values, to become an audience or be asked.
     *
     * @param values by the names of the parameters; the standard values fill in the rest
     * @throws CrmException {@link AudienceError#UNKNOWN_AUDIENCE_TEMPLATE}; {@link AudienceError#PARAMETER_REFUSED};
     *     {@link CoreError#INVALID_RULE}
     */
    public Rule rule(String template, Map<String, FieldValue> values) {
        AudienceTemplate found = all().get(Check.code(template, AudienceRule.MAX_KEY, "key of the template"));
        if (found == null) {
            throw AudienceError.UNKNOWN_AUDIENCE_TEMPLATE.with(
                    Map.of("template", template), "there is no template %s", template);
        }
        return found.rule(values);
    }

    /**
     * Makes a template of the tenant's own.
     *
     * @return it at version 1
     * @throws CrmException {@link AudienceError#AUDIENCE_EXISTS}; {@link AudienceError#TOO_MANY_AUDIENCES};
     *     {@link CoreError#REQUEST_KEY_REUSED}
     */
    public AudienceTemplate define(AudienceTemplate template, RequestKey key) {
        access.require(Right.DEFINE);
        Check.present(template, "template");
        var content = Fingerprint.of("audiences.template").and(AudienceText.of(template));
        return written(commands.run(
                key, content, catalog -> AudienceSteps.write(AudienceDecisions.define(template, catalog))));
    }

    /**
     * Changes a template; what was made of it stays as it is.
     *
     * @param template with the version that was read
     * @throws CrmException {@link AudienceError#UNKNOWN_AUDIENCE_TEMPLATE}; {@link CoreError#VERSION_CONFLICT};
     *     {@link CoreError#REQUEST_KEY_REUSED}
     */
    public AudienceTemplate change(AudienceTemplate template, RequestKey key) {
        access.require(Right.DEFINE);
        Check.present(template, "template");
        var content = Fingerprint.of("audiences.retemplate").and(AudienceText.of(template));
        return written(commands.run(
                key, content, catalog -> AudienceSteps.write(AudienceDecisions.change(template, catalog))));
    }

    /** Deletes a template of the tenant's own. Refuses with {@link AudienceError#UNKNOWN_AUDIENCE_TEMPLATE}. */
    public void delete(String template, RequestKey key) {
        access.require(Right.DEFINE);
        Check.code(template, AudienceRule.MAX_KEY, "key of the template");
        commands.run(
                key,
                Fingerprint.of("audiences.untemplate").and(template),
                catalog -> AudienceSteps.delete(AudienceDecisions.requireOwn(template, catalog), catalog));
    }

    private AudienceTemplate written(String key) {
        return AudienceDecisions.requireOwn(key, commands.catalog());
    }
}
