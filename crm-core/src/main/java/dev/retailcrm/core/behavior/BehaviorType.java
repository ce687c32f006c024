package dev.retailcrm.core.behavior;

import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A type of events that a tenant defines: what is known of each. A change of it is a new version. Immutable.
 *
 * @param name lower-case words of {@code a-z 0-9 _} joined by points, such as {@code product.viewed}; at most {@value #MAX_NAME} characters
 * @param version counted from 1
 * @param properties by ascending name, at most {@value Properties#MAX_PROPERTIES}
 * @param retentionDays for how many days of 24 hours an event is kept after it occurred, 1 to 36,500; {@code null} for ever
 * @param retired whether new events of it are refused
 */
public record BehaviorType(
        String name,
        int version,
        List<Property> properties,
        @Nullable Integer retentionDays,
        boolean retired) {
    /** The most characters of a name. */
    public static final int MAX_NAME = 60;

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]*(\\.[a-z][a-z0-9_]*)*");

    /** Refuses anything else, and two properties of one name, with {@link CoreError#INVALID_VALUE}. */
    public BehaviorType {
        requireName(name);
        Check.range(version, 1, Integer.MAX_VALUE, "version of an event type");
        Check.range(
                Check.present(properties, "properties").size(), 0, Properties.MAX_PROPERTIES, "number of properties");
        for (Object property : properties) {
            Check.present(property, "property");
        }
        properties =
                properties.stream().sorted(Comparator.comparing(Property::name)).toList();
        if (properties.stream().map(Property::name).distinct().count() < properties.size()) {
            throw CoreError.INVALID_VALUE.because("two properties have one name");
        }
        if (retentionDays != null) {
            Check.range(retentionDays, 1, 36_500, "days of retention");
        }
    }

    /** The first version of a type without properties, whose events are kept for ever. */
    public static BehaviorType of(String name) {
        return new BehaviorType(name, 1, List.of(), null, false);
    }

    /** Returns the name if it is one of a type, else refuses it with {@link CoreError#INVALID_VALUE}. */
    static String requireName(String name) {
        if (Check.present(name, "name of an event type").length() > MAX_NAME
                || !NAME.matcher(name).matches()) {
            throw CoreError.INVALID_VALUE.because(
                    "the name of an event type is words of a-z 0-9 _ joined by points, at most %d characters",
                    MAX_NAME);
        }
        return name;
    }

    /** With one more property. */
    public BehaviorType with(Property property) {
        List<Property> more = new ArrayList<>(properties);
        more.add(property);
        return new BehaviorType(name, version, more, retentionDays, retired);
    }

    /** As this version. Default: 1. */
    public BehaviorType version(int number) {
        return new BehaviorType(name, number, properties, retentionDays, retired);
    }

    /** Whose events are kept for so many days. Default: for ever. */
    public BehaviorType keptFor(int days) {
        return new BehaviorType(name, version, properties, days, retired);
    }

    /** Of which no more events are taken. */
    public BehaviorType retire() {
        return new BehaviorType(name, version, properties, retentionDays, true);
    }

    /** Which events of this type are past their retention; empty if they are kept for ever. */
    public Optional<Retention> retention(Instant now) {
        return Optional.ofNullable(retentionDays).map(days -> new Retention(name, now.minus(Duration.ofDays(days))));
    }

    /**
     * Refuses a next version under which an event kept under this one would be wrong.
     *
     * @throws CrmException {@link CoreError#BEHAVIOR_TYPE_INCOMPATIBLE}; {@link CoreError#VERSION_CONFLICT} if it is not the next one
     */
    void requireFollowedBy(BehaviorType next) {
        if (next.version != version + 1) {
            throw CoreError.VERSION_CONFLICT.because("version %d is followed by %d", version, version + 1);
        }
        for (Property property : properties) {
            if (next.property(property.name())
                    .filter(later -> later.admitsAllOf(property))
                    .isEmpty()) {
                throw CoreError.BEHAVIOR_TYPE_INCOMPATIBLE.because(
                        "the next version must keep property %s, its kind, and all its values", property.name());
            }
        }
        for (Property property : next.properties) {
            if (property.required() && property(property.name()).isEmpty()) {
                throw CoreError.BEHAVIOR_TYPE_INCOMPATIBLE.because(
                        "property %s is new and must be optional", property.name());
            }
        }
    }

    private Optional<Property> property(String wanted) {
        return properties.stream()
                .filter(property -> property.name().equals(wanted))
                .findFirst();
    }

    /**
     * Refuses an event that is not one of this type.
     *
     * @throws CrmException {@link CoreError#BEHAVIOR_TYPE_RETIRED}; {@link CoreError#BEHAVIOR_EXPIRED};
     *     {@link CoreError#PROPERTY_MISMATCH}
     */
    void admit(BehaviorEvent event, Instant now) {
        if (retired) {
            throw CoreError.BEHAVIOR_TYPE_RETIRED.because("event type %s is retired", name);
        }
        if (retention(now).filter(limit -> limit.isPast(event.occurredAt())).isPresent()) {
            throw CoreError.BEHAVIOR_EXPIRED.because("events of %s are not kept for so long", name);
        }
        Properties given = event.properties();
        int known = 0;
        for (Property property : properties) {
            boolean present = given.names().contains(property.name());
            known += present ? 1 : 0;
            if (present ? !given.suits(property) : property.required()) {
                throw CoreError.PROPERTY_MISMATCH.because(
                        "property %s of %s must be a %s", property.name(), name, property.kind());
            }
        }
        if (known < given.names().size()) {
            // Their names come from outside and may be anything.
            throw CoreError.PROPERTY_MISMATCH.because("event type %s does not define all these properties", name);
        }
    }
}
