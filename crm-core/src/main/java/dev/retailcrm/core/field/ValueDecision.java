package dev.retailcrm.core.field;

import dev.retailcrm.core.event.EventEnvelope;
import dev.retailcrm.core.history.Actor;
import dev.retailcrm.core.history.FieldChange;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.spi.CustomerChange;
import dev.retailcrm.core.spi.CustomerSnapshot;
import dev.retailcrm.core.spi.FieldWrite;
import dev.retailcrm.core.spi.LookupKey;
import dev.retailcrm.core.spi.RequestStore.Booked;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a patch makes of a customer's values: what is written, and what is told of it. Immutable.
 *
 * @param writes the values that change
 * @param before all her values until now
 * @param after all her values then, those of retired fields included
 */
record ValueDecision(List<FieldWrite> writes, Map<String, FieldValue> before, Map<String, FieldValue> after) {
    /**
     * Decides. Who has no value yet gets the initial values as well.
     *
     * @param definitions all of the tenant, by key
     */
    static ValueDecision of(
            Map<String, FieldDefinition> definitions, Map<String, FieldValue> before, FieldPatch patch) {
        Map<String, Optional<FieldValue>> wanted = new TreeMap<>(patch.values());
        wanted.forEach((key, value) -> requireAccepted(definitions.get(key), key, value, before.get(key)));
        if (before.isEmpty()) {
            definitions.values().stream()
                    .filter(field -> field.isActive() && field.initial() != null)
                    .forEach(field -> wanted.putIfAbsent(field.key(), Optional.ofNullable(field.initial())));
        }
        Map<String, FieldValue> after = new TreeMap<>(before);
        List<FieldWrite> writes = new ArrayList<>();
        for (FieldDefinition field : definitions.values()) {
            Optional<FieldValue> value = wanted.get(field.key());
            if (value != null && !value.equals(Optional.ofNullable(before.get(field.key())))) {
                writes.add(new FieldWrite(field, value));
                value.ifPresentOrElse(it -> after.put(field.key(), it), () -> after.remove(field.key()));
            }
        }
        if (!writes.isEmpty()) {
            requireComplete(definitions, after);
        }
        return new ValueDecision(List.copyOf(writes), Map.copyOf(before), Map.copyOf(after));
    }

    private static void requireAccepted(
            @Nullable FieldDefinition field, String key, Optional<FieldValue> value, @Nullable FieldValue before) {
        if (field == null) {
            throw CoreError.UNKNOWN_FIELD.with(Map.of("field", key), "there is no field %s", key);
        }
        if (!field.isActive()) {
            throw CoreError.FIELD_RETIRED.with(Map.of("field", key), "field %s is retired", key);
        }
        value.flatMap(it -> it.type() == field.type() ? field.rules().brokenBy(it, before) : Optional.of("type"))
                .ifPresent(rule -> {
                    throw CoreError.FIELD_VALUE_REFUSED.with(
                            Map.of("field", key, "rule", rule), "field %s does not accept the value: %s", key, rule);
                });
    }

    private static void requireComplete(Map<String, FieldDefinition> definitions, Map<String, FieldValue> after) {
        List<String> missing = missing(definitions, after);
        if (!missing.isEmpty()) {
            throw CoreError.FIELD_REQUIRED.with(
                    Map.of("fields", missing), "values are required: %s", String.join(", ", missing));
        }
    }

    /** The keys of the required fields in use without a value, ascending. */
    static List<String> missing(Map<String, FieldDefinition> definitions, Map<String, FieldValue> values) {
        return definitions.values().stream()
                .filter(field -> field.isActive() && field.required() && !values.containsKey(field.key()))
                .map(FieldDefinition::key)
                .toList();
    }

    /** What is written of the customer's record: history, event and the look-up keys of unique values. */
    CustomerChange change(CustomerSnapshot customer, RequestKey key, long fingerprint, Instant at, Actor actor) {
        return change(customer, key, fingerprint, at, actor, field -> null);
    }

    /**
     * The same of values that were stated before.
     *
     * @param stated when the value of a field was stated; {@code null} if by this
     */
    CustomerChange change(
            CustomerSnapshot customer,
            RequestKey key,
            long fingerprint,
            Instant at,
            Actor actor,
            Function<String, @Nullable Instant> stated) {
        if (writes.isEmpty()) {
            return new CustomerChange(
                    customer, false, List.of(), List.of(), null, key, booked(fingerprint, customer.version()));
        }
        CustomerSnapshot next = customer.changed(at);
        List<FieldChange> changes = new ArrayList<>();
        List<LookupKey> claimed = new ArrayList<>();
        List<LookupKey> released = new ArrayList<>();
        for (FieldWrite write : writes) {
            String field = write.field().key();
            FieldValue was = before.get(field);
            changes.add(new FieldChange(
                    next.id(),
                    next.version(),
                    changes.size() + 1,
                    CustomFields.PREFIX + field,
                    was == null ? null : FieldText.of(was),
                    write.value().map(FieldText::of).orElse(null),
                    actor,
                    at,
                    stated.apply(CustomFields.PREFIX + field)));
            if (write.field().unique()) {
                Optional.ofNullable(was).ifPresent(it -> released.add(LookupKey.field(field, it)));
                write.value().ifPresent(it -> claimed.add(LookupKey.field(field, it)));
            }
        }
        var event = new FieldsChanged(
                next.id(), writes.stream().map(it -> it.field().key()).toList(), next.version(), at);
        return new CustomerChange(
                        next,
                        false,
                        List.of(),
                        List.of(),
                        changes,
                        EventEnvelope.of(next.tenant(), EventEnvelope.CUSTOMER, next.eventSeq(), event),
                        key,
                        booked(fingerprint, next.version()))
                .lookedUpBy(claimed, released);
    }

    /** A change of nothing but what is looked up, told of these fields. */
    static CustomerChange told(CustomerSnapshot customer, List<String> fields, RequestKey key, Instant at) {
        CustomerSnapshot next = customer.changed(at);
        var event = new FieldsChanged(next.id(), fields, next.version(), at);
        return new CustomerChange(
                next,
                false,
                List.of(),
                List.of(),
                EventEnvelope.of(next.tenant(), EventEnvelope.CUSTOMER, next.eventSeq(), event),
                key,
                booked(0, next.version()));
    }

    private static Booked booked(long fingerprint, long version) {
        return new Booked(fingerprint, "customer#" + version);
    }
}
