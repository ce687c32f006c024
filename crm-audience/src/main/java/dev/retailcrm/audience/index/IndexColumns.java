package dev.retailcrm.audience.index;

import dev.retailcrm.core.field.CatalogField;
import dev.retailcrm.core.field.FieldType;
import dev.retailcrm.core.field.FieldValue;
import dev.retailcrm.core.rule.CustomerFacts;
import dev.retailcrm.core.rule.EventFact;
import dev.retailcrm.core.rule.MarkFact;
import dev.retailcrm.core.rule.RequiredFacts;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What the index knows, a column for each field, tag, audience and type of event, by their places. Not thread-safe. */
final class IndexColumns {
    private final RequiredFacts facts;
    private final @Nullable FieldColumn[] fields;
    private final TagColumn[] tags;
    private final TagColumn[] audiences;
    private final EventTable[] events;
    private final FieldType[] types;
    private final int most;
    private final boolean[] fieldsLeft;
    private final boolean[] tagsLeft;

    IndexColumns(IndexScope scope, long builtAt) {
        facts = scope.facts();
        most = scope.maxValues();
        types = new FieldType[facts.fields().size()];
        fields = new FieldColumn[facts.fields().size()];
        for (int i = 0; i < fields.length; i++) {
            CatalogField field = scope.field(facts.fields().get(i));
            types[i] = field.type();
            fields[i] = field.personal() ? null : new FieldColumn(field.type(), most);
        }
        tags = tags(facts.tags().size(), most, builtAt);
        audiences = tags(facts.audiences().size(), most, builtAt);
        events = facts.events().stream()
                .map(type -> new EventTable(facts.properties(type), scope.maxProperties(), scope.countsEvery()))
                .toArray(EventTable[]::new);
        fieldsLeft = new boolean[fields.length];
        tagsLeft = new boolean[tags.length];
    }

    private static TagColumn[] tags(int number, int most, long builtAt) {
        TagColumn[] columns = new TagColumn[number];
        Arrays.setAll(columns, i -> new TagColumn(most, builtAt));
        return columns;
    }

    /**
     * Puts what is known of a customer in the place of what was.
     *
     * @param before whether there may have been something
     */
    void set(int customer, CustomerFacts known, long builtAt, boolean before) {
        var writer = new Writer(customer, builtAt);
        known.tell(writer);
        if (before) {
            writer.clearRest();
        }
    }

    /** Forgets what is known of a customer. */
    void clear(int customer) {
        new Writer(customer, 0).clearRest();
    }

    /** Writes one customer. What is not told is cleared. */
    private final class Writer implements CustomerFacts.Reader {
        private final int customer;
        private final long builtAt;
        private final boolean[] fieldsTold = new boolean[fields.length];
        private final boolean[] tagsTold = new boolean[tags.length];
        private final boolean[] audiencesTold = new boolean[audiences.length];
        private final boolean[] eventsTold = new boolean[events.length];

        Writer(int customer, long builtAt) {
            this.customer = customer;
            this.builtAt = builtAt;
        }

        @Override
        public void field(int place, FieldValue value) {
            FieldColumn column = fields[place];
            fieldsTold[place] = true;
            if (column != null && !fieldsLeft[place]) {
                leaveUnless(column.set(customer, value), place);
            }
        }

        @Override
        public void field(int place, List<MarkFact> values) {
            FieldColumn column = fields[place];
            fieldsTold[place] = true;
            if (column != null && !fieldsLeft[place]) {
                leaveUnless(column.set(customer, values, builtAt), place);
            }
        }

        private void leaveUnless(boolean set, int place) {
            if (!set) {
                leaveField(place);
            }
        }

        @Override
        public void tag(int place, MarkFact mark) {
            tagsTold[place] = true;
            tagsLeft[place] |= !tags[place].set(customer, mark);
        }

        @Override
        public void audience(int place, MarkFact mark) {
            audiencesTold[place] = true;
            audiences[place].set(customer, mark);
        }

        @Override
        public void events(int place, List<EventFact> some) {
            eventsTold[place] = true;
            events[place].set(customer, some);
        }

        void clearRest() {
            for (int i = 0; i < fields.length; i++) {
                FieldColumn column = fields[i];
                if (!fieldsTold[i] && column != null) {
                    column.set(customer, (FieldValue) null);
                }
            }
            clearRest(tags, tagsTold);
            clearRest(audiences, audiencesTold);
            for (int i = 0; i < events.length; i++) {
                if (!eventsTold[i]) {
                    events[i].set(customer, List.of());
                }
            }
        }

        private void clearRest(TagColumn[] columns, boolean[] told) {
            for (int i = 0; i < columns.length; i++) {
                if (!told[i]) {
                    columns[i].set(customer, null);
                }
            }
        }
    }

    /** Nothing is kept of a field any more. */
    void leaveField(int place) {
        fieldsLeft[place] = true;
        fields[place] = new FieldColumn(types[place], most);
    }

    FieldColumn field(String name) {
        return Objects.requireNonNull(fields[facts.fields().indexOf(name)], name);
    }

    TagColumn tag(String key) {
        return tags[facts.tags().indexOf(key)];
    }

    TagColumn audience(String key) {
        return audiences[facts.audiences().indexOf(key)];
    }

    EventTable events(String type) {
        return events[facts.events().indexOf(type)];
    }

    EventTable events(int place) {
        return events[place];
    }

    /** What counts and sums of events take for each customer. */
    long countBytesEach() {
        return Arrays.stream(events).mapToLong(EventTable::countBytesEach).sum();
    }

    /** Why a field is not covered; {@code null} if it is. */
    IndexGap.@Nullable Reason fieldGap(String name) {
        int place = facts.fields().indexOf(name);
        return place < 0
                ? IndexGap.Reason.NOT_INDEXED
                : fields[place] == null
                        ? IndexGap.Reason.PERSONAL
                        : fieldsLeft[place] ? IndexGap.Reason.TOO_MANY_VALUES : null;
    }

    IndexGap.@Nullable Reason tagGap(String key, boolean value) {
        int place = facts.tags().indexOf(key);
        return place < 0
                ? IndexGap.Reason.NOT_INDEXED
                : value && tagsLeft[place] ? IndexGap.Reason.TOO_MANY_VALUES : null;
    }

    IndexGap.@Nullable Reason audienceGap(String key) {
        return facts.audiences().contains(key) ? null : IndexGap.Reason.NOT_INDEXED;
    }

    IndexGap.@Nullable Reason eventGap(String type) {
        return facts.events().contains(type) ? null : IndexGap.Reason.NOT_INDEXED;
    }

    IndexGap.@Nullable Reason propertyGap(String type, String property) {
        if (!facts.properties(type).contains(property)) {
            return IndexGap.Reason.NOT_INDEXED;
        }
        return events(type).property(property) < 0 ? IndexGap.Reason.TOO_MANY_VALUES : null;
    }

    void write(IndexWriter out) throws IOException {
        for (int i = 0; i < fields.length; i++) {
            FieldColumn column = fields[i];
            out.flag(column != null);
            if (column != null) {
                out.text(types[i].name());
                out.flag(fieldsLeft[i]);
                column.write(out);
            }
        }
        for (int i = 0; i < tags.length; i++) {
            out.flag(tagsLeft[i]);
            tags[i].write(out);
        }
        for (TagColumn column : audiences) {
            column.write(out);
        }
        for (EventTable table : events) {
            table.write(out);
        }
    }

    void read(IndexReader in, IndexState state) throws IOException {
        for (int i = 0; i < fields.length; i++) {
            FieldColumn column = fields[i];
            IndexReader.require(in.flag() == (column != null), "another field is personal");
            if (column != null) {
                IndexReader.require(in.text().equals(types[i].name()), "a field is of another type");
                fieldsLeft[i] = in.flag();
                column.read(in);
                state.reserve(0);
            }
        }
        for (int i = 0; i < tags.length; i++) {
            tagsLeft[i] = in.flag();
            tags[i].read(in);
        }
        for (TagColumn column : audiences) {
            column.read(in);
        }
        for (EventTable table : events) {
            table.read(in, state);
        }
    }

    void seal(int size) {
        for (FieldColumn column : fields) {
            if (column != null) {
                column.trim(size);
            }
        }
        for (TagColumn column : tags) {
            column.trim();
        }
        for (TagColumn column : audiences) {
            column.trim();
        }
        for (EventTable table : events) {
            table.seal();
        }
    }

    /** What fields, tags and audiences take. */
    long profileBytes() {
        long bytes = 0;
        for (FieldColumn column : fields) {
            bytes += column == null ? 0 : column.bytes();
        }
        for (TagColumn column : tags) {
            bytes += column.bytes();
        }
        for (TagColumn column : audiences) {
            bytes += column.bytes();
        }
        return bytes;
    }

    long eventBytes() {
        return Arrays.stream(events).mapToLong(EventTable::bytes).sum();
    }

    long eventCount() {
        return Arrays.stream(events).mapToLong(EventTable::size).sum();
    }
}
