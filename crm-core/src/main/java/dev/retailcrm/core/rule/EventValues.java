package dev.retailcrm.core.rule;

import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CrmException;
import org.jspecify.annotations.Nullable;

/**
 * The values that a property of her events had, up to now: {@code EventValues.of("purchase", "sku").inLast(days(90))} are the articles she bought.
 * Immutable.
 *
 * @param events which of them
 * @param property of the catalog
 * @param window when they occurred; {@code null} for any time
 */
public record EventValues(
        Events events, String property, @Nullable Window window) {
    /** Refuses what is missing. */
    public EventValues {
        Check.present(events, "events");
        Check.code(property, 60, "property");
    }

    /** Those of all events of a type, at any time. */
    public static EventValues of(String type, String property) {
        return new EventValues(Events.of(type), property, null);
    }

    /** The same of events of which this property passes a test too. */
    public ValueClause<EventValues> where(String name) {
        return ValueClause.of(test -> new EventValues(events.and(name, test), property, window));
    }

    /** Within the last span of time. */
    public EventValues inLast(Span span) {
        return within(new Window.Last(span));
    }

    /** Within a window. */
    public EventValues within(Window when) {
        return new EventValues(events, property, Check.present(when, "window"));
    }

    /** That she had one. */
    EventCondition condition() {
        EventCondition any = Rules.did(events).distinct(property);
        return window == null ? any : any.within(window);
    }

    /**
     * Ready to be asked about facts that are gathered for several rules.
     *
     * @param facts what is known then, at least the events, their tested properties and this one
     * @throws CrmException {@link dev.retailcrm.core.kernel.CoreError#INVALID_RULE} if the catalog has no such events or property, or facts are missing
     */
    public CompiledEventValues compile(RuleCatalog catalog, RuleTime time, RequiredFacts facts) {
        return CompiledEventValues.of(this, catalog, time, facts);
    }

    /** What must be known of a customer. */
    public RequiredFacts requiredFacts() {
        return Rule.of(condition()).requiredFacts();
    }
}
