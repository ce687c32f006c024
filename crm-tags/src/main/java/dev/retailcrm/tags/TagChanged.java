package dev.retailcrm.tags;

import dev.retailcrm.core.event.DomainEvent;
import dev.retailcrm.core.kernel.CustomerId;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Something became of a tag of a customer: {@code tag.assigned}, {@code tag.changed}, {@code tag.removed}, {@code tag.lifted}; a tag
 * expires at its end, whenever that was noticed. Data: {@code entry} (its number), {@code tag}, {@code act}, {@code source}; as far as there
 * are any {@code reference}, {@code batch}, {@code until} and {@code reason}. Values are not told. Immutable.
 */
public record TagChanged(CustomerId customer, TagEntry entry) implements DomainEvent {
    /** The stream of a customer's tags. */
    public static final String STREAM = "tags";

    @Override
    public String type() {
        return entry.act() == TagAct.UNDONE ? undone() : entry.act().eventType();
    }

    private String undone() {
        TagMark before = entry.before();
        TagMark after = entry.after();
        boolean had = before != null && before.isAt(entry.at());
        boolean has = after != null && after.isAt(entry.at());
        return has == had ? TagAct.CHANGED.eventType() : (has ? TagAct.ASSIGNED : TagAct.REMOVED).eventType();
    }

    @Override
    public Instant at() {
        return entry.at();
    }

    @Override
    public Map<String, Object> data() {
        Map<String, Object> data = new TreeMap<>();
        data.put("act", entry.act());
        put(data, "batch", entry.batch());
        data.put("entry", entry.seq());
        put(data, "reason", entry.reason());
        put(data, "reference", entry.source().reference());
        data.put("source", entry.source().kind());
        data.put("tag", entry.tag());
        put(data, "until", entry.after() == null ? null : entry.after().until());
        return data;
    }

    private static void put(Map<String, Object> data, String name, @Nullable Object value) {
        if (value != null) {
            data.put(name, value);
        }
    }
}
