package dev.retailcrm.tck;

import dev.retailcrm.core.field.FieldDefinition;
import dev.retailcrm.core.field.FieldDefinitionJson;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.spi.FieldDefinitionChange;
import dev.retailcrm.core.spi.RequestStore.Booked;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The custom fields of a tenant as they are defined, and the request keys of that. Replaced as a whole. */
final class DefinitionRows extends LockableRow {
    private static final State NONE = new State(new TreeMap<>(), Map.of());

    private volatile State committed = NONE;
    private @Nullable State staged;

    /** Neither map is changed once it is here. */
    private record State(SortedMap<String, FieldDefinition> definitions, Map<RequestKey, Booked> keys) {}

    /** All definitions as this reader sees them, by ascending key. */
    List<FieldDefinition> definitions(@Nullable InMemoryTransaction reader) {
        return List.copyOf(seen(reader).definitions().values());
    }

    /** What was booked under a key, as this reader sees it. */
    Optional<Booked> booked(@Nullable InMemoryTransaction reader, RequestKey key) {
        return Optional.ofNullable(seen(reader).keys().get(key));
    }

    private State seen(@Nullable InMemoryTransaction reader) {
        State mine = isOwnedBy(reader) ? staged : null;
        return mine == null ? committed : mine;
    }

    /** Stages a change by the owner. */
    void apply(FieldDefinitionChange change) {
        State before = seen(owner());
        SortedMap<String, FieldDefinition> definitions = new TreeMap<>(before.definitions());
        definitions.put(change.after().key(), change.after());
        Map<RequestKey, Booked> keys = new TreeMap<>((a, b) -> a.value().compareTo(b.value()));
        keys.putAll(before.keys());
        keys.put(change.key(), change.booked());
        staged = new State(definitions, keys);
    }

    @Override
    void publish() {
        State next = staged;
        if (next != null) {
            committed = next;
            staged = null;
        }
    }

    @Override
    void forget() {
        staged = null;
    }

    /** Every committed row as text. */
    List<String> dump() {
        List<String> rows = new ArrayList<>();
        committed.definitions().values().forEach(it -> rows.add("field " + FieldDefinitionJson.of(it)));
        committed.keys().forEach((key, booked) -> rows.add("field key '" + key + "' " + booked));
        return rows;
    }
}
