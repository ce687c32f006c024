package dev.retailcrm.core.rule;

import dev.retailcrm.core.field.FieldType;
import dev.retailcrm.core.field.FieldValue;
import dev.retailcrm.core.spi.EventQuestion;
import java.time.Instant;
import java.util.Map;
import java.util.Set;

/** {@link EventValues} that are ready to be asked about customers. Immutable, thread-safe. */
public final class CompiledEventValues {
    private final EventValues values;
    private final CompiledRule rule;
    private final EventNode node;
    private final EventQuestion.Part property;

    private CompiledEventValues(EventValues values, CompiledRule rule, EventNode node, EventQuestion.Part property) {
        this.values = values;
        this.rule = rule;
        this.node = node;
        this.property = property;
    }

    static CompiledEventValues of(EventValues values, RuleCatalog catalog, RuleTime time, RequiredFacts facts) {
        CompiledRule rule = Rule.of(values.condition()).compile(catalog, time, facts);
        if (!(rule.node() instanceof EventNode node)) {
            throw RuleProblem.of("no values of events");
        }
        FieldType type =
                catalog.properties(values.events().type()).orElse(Map.of()).get(values.property());
        if (type == null) {
            throw RuleProblem.of("there is no such property");
        }
        return new CompiledEventValues(values, rule, node, new EventQuestion.Part(values.property(), type, null, true));
    }

    /** As they were given. */
    public EventValues values() {
        return values;
    }

    /** What must be known of a customer. */
    public RequiredFacts requiredFacts() {
        return rule.requiredFacts();
    }

    /** Which events are asked about at an instant. */
    public EventQuestion events(Instant asOf) {
        return node.question(rule.now(asOf));
    }

    /** Which property of theirs, where it is there. */
    public EventQuestion.Part property() {
        return property;
    }

    /**
     * The different values that a customer's events had.
     *
     * @param facts gathered for the {@link #requiredFacts}
     * @param asOf from 1970 to 9999
     */
    public Set<FieldValue> of(CustomerFacts facts, Instant asOf) {
        rule.requireMine(facts);
        return node.values(facts, rule.now(asOf), property.property());
    }
}
