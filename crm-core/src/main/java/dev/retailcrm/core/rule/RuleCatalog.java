package dev.retailcrm.core.rule;

import com.google.common.collect.ImmutableMap;
import dev.retailcrm.core.behavior.BehaviorType;
import dev.retailcrm.core.behavior.Property;
import dev.retailcrm.core.behavior.PropertyKind;
import dev.retailcrm.core.field.CatalogField;
import dev.retailcrm.core.field.FieldCatalog;
import dev.retailcrm.core.field.FieldType;
import dev.retailcrm.core.kernel.Check;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What rules may ask about: fields, events with their properties, tags with the type of their value, audiences. Immutable. */
public final class RuleCatalog {
    private final FieldCatalog fields;
    private final ImmutableMap<String, ImmutableMap<String, FieldType>> events;
    private final ImmutableMap<String, Optional<FieldType>> tags;
    private final ImmutableMap<String, Boolean> audiences;

    private RuleCatalog(
            FieldCatalog fields,
            ImmutableMap<String, ImmutableMap<String, FieldType>> events,
            ImmutableMap<String, Optional<FieldType>> tags,
            ImmutableMap<String, Boolean> audiences) {
        this.fields = fields;
        this.events = events;
        this.tags = tags;
        this.audiences = audiences;
    }

    /** These fields, and nothing else yet. */
    public static RuleCatalog of(FieldCatalog fields) {
        return new RuleCatalog(
                Check.present(fields, "fields"), ImmutableMap.of(), ImmutableMap.of(), ImmutableMap.of());
    }

    /** The fields that may be asked about. */
    public FieldCatalog fields() {
        return fields;
    }

    /** More fields, which another module keeps; of one name those that are here already. */
    public RuleCatalog fields(FieldCatalog more) {
        return new RuleCatalog(fields.or(Check.present(more, "fields")), events, tags, audiences);
    }

    /** Events of a type, with the types of their properties by name; in the place of an earlier type of this name. */
    public RuleCatalog event(String type, Map<String, FieldType> properties) {
        return new RuleCatalog(
                fields,
                with(events, Check.code(type, 60, "event type"), ImmutableMap.copyOf(properties)),
                tags,
                audiences);
    }

    /** Events of a type of behaviour. */
    public RuleCatalog event(BehaviorType type) {
        Map<String, FieldType> properties = new LinkedHashMap<>();
        for (Property property : type.properties()) {
            properties.put(property.name(), type(property.kind()));
        }
        return event(type.name(), properties);
    }

    /** These tags, each with the type of its value if it has one; for many at once. */
    public RuleCatalog tags(Map<String, Optional<FieldType>> all) {
        ImmutableMap.Builder<String, Optional<FieldType>> more = ImmutableMap.builder();
        more.putAll(tags);
        all.forEach((key, value) -> more.put(Check.code(key, 60, "tag"), value));
        return new RuleCatalog(fields, events, more.buildKeepingLast(), audiences);
    }

    /** A tag without a value. */
    public RuleCatalog tag(String key) {
        return new RuleCatalog(fields, events, with(tags, Check.code(key, 60, "tag"), Optional.empty()), audiences);
    }

    /** A tag with a value. */
    public RuleCatalog tag(String key, FieldType value) {
        return new RuleCatalog(fields, events, with(tags, Check.code(key, 60, "tag"), Optional.of(value)), audiences);
    }

    /** These audiences; for many at once. */
    public RuleCatalog audiences(Collection<String> keys) {
        ImmutableMap.Builder<String, Boolean> more = ImmutableMap.builder();
        more.putAll(audiences);
        keys.forEach(key -> more.put(Check.code(key, 60, "audience"), true));
        return new RuleCatalog(fields, events, tags, more.buildKeepingLast());
    }

    /** An audience. */
    public RuleCatalog audience(String key) {
        return new RuleCatalog(fields, events, tags, with(audiences, Check.code(key, 60, "audience"), true));
    }

    /** The field of this name; empty if there is none. */
    public Optional<CatalogField> field(String name) {
        return fields.find(name);
    }

    /** Whether time alone can change what is asked about a field: what it is, or how long ago or ahead. */
    public boolean isTimed(String field) {
        return FieldSpace.of(field).isTimed()
                || field(field)
                        .filter(it -> it.type() != FieldType.DATE && it.type() != FieldType.INSTANT)
                        .isEmpty();
    }

    /** Whether case and width of a field's text do not count: so of custom fields, while the others are codes; personal ones are compared as they are. */
    static boolean isFolded(CatalogField field) {
        return field.type() == FieldType.TEXT && field.isCustom() && !field.personal();
    }

    /** The types of the properties of an event, by name; empty if there is no such event. */
    public Optional<Map<String, FieldType>> properties(String event) {
        return Optional.ofNullable(events.get(event));
    }

    boolean hasTag(String key) {
        return tags.containsKey(key);
    }

    /** The type of a tag's value; empty if it has none. */
    Optional<FieldType> tagValue(String key) {
        return tags.getOrDefault(key, Optional.empty());
    }

    boolean hasAudience(String key) {
        return audiences.containsKey(key);
    }

    private static FieldType type(PropertyKind kind) {
        return switch (kind) {
            case TEXT -> FieldType.TEXT;
            case NUMBER -> FieldType.LONG;
            case DECIMAL -> FieldType.DECIMAL;
            case MONEY -> FieldType.MONEY;
            case INSTANT -> FieldType.INSTANT;
            case DATE -> FieldType.DATE;
            case BOOLEAN -> FieldType.BOOLEAN;
        };
    }

    private static <T> ImmutableMap<String, T> with(Map<String, T> known, String key, T value) {
        return ImmutableMap.<String, T>builder().putAll(known).put(key, value).buildKeepingLast();
    }
}
