package dev.retailcrm.core.rule;

import dev.retailcrm.core.field.FieldType;
import dev.retailcrm.core.field.FieldValue;
import dev.retailcrm.core.kernel.Check;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is known of a customer, as far as {@link RequiredFacts} ask for it. Immutable; has no text form, for it is personal. */
public final class CustomerFacts {
    private final RequiredFacts required;
    private final @Nullable FieldValue[] fields;
    private final MarkFact @Nullable [][] timed;
    private final @Nullable String[] folded;
    private final @Nullable MarkFact[] tags;
    private final EventFact[][] events;
    private final long[][] times;
    private final @Nullable MarkFact[] audiences;

    private CustomerFacts(Builder built) {
        this.required = built.required;
        this.fields = built.fields.clone();
        this.timed = built.timed == null ? null : built.timed.clone();
        this.tags = built.tags.clone();
        this.audiences = built.audiences.clone();
        this.folded = new String[fields.length];
        for (int i = 0; i < fields.length; i++) {
            FieldValue value = fields[i];
            folded[i] = value != null && value.type() == FieldType.TEXT ? Folding.of(value.asText()) : null;
        }
        this.events = new EventFact[built.events.size()][];
        this.times = new long[events.length][];
        for (int i = 0; i < events.length; i++) {
            List<EventFact> facts = built.events.get(i);
            facts.sort(Comparator.comparing(EventFact::at));
            events[i] = facts.toArray(EventFact[]::new);
            times[i] = facts.stream().mapToLong(EventFact::millis).toArray();
        }
    }

    /** Starts with nothing known. */
    public static Builder of(RequiredFacts required) {
        return new Builder(required);
    }

    /** What they were gathered for, by whose places they are told. */
    public RequiredFacts required() {
        return required;
    }

    /** Tells a reader all that is known: fields and marks by their places in {@link RequiredFacts}, then events. */
    public void tell(Reader reader) {
        for (int i = 0; i < fields.length; i++) {
            FieldValue value = fields[i];
            MarkFact[] values = timed == null ? null : timed[i];
            if (values != null) {
                reader.field(i, List.of(values));
            } else if (value != null) {
                reader.field(i, value);
            }
        }
        for (int i = 0; i < tags.length; i++) {
            MarkFact mark = tags[i];
            if (mark != null) {
                reader.tag(i, mark);
            }
        }
        for (int i = 0; i < audiences.length; i++) {
            MarkFact mark = audiences[i];
            if (mark != null) {
                reader.audience(i, mark);
            }
        }
        for (int i = 0; i < events.length; i++) {
            reader.events(i, List.of(events[i]));
        }
    }

    /** Is told facts, to keep them in another form. */
    public interface Reader {
        /** The value of a field. */
        void field(int place, FieldValue value);

        /** The values of a field that time alone changes: the first that is at an instant is its value. */
        void field(int place, List<MarkFact> values);

        /** That she has a tag. */
        void tag(int place, MarkFact mark);

        /** That she is in an audience. */
        void audience(int place, MarkFact mark);

        /** Her events of a type, the earliest first; of one instant in their order. */
        void events(int place, List<EventFact> events);
    }

    /** The value of a field at an instant. */
    @Nullable
    FieldValue field(int place, Now now) {
        if (timed != null && timed[place] != null) {
            for (MarkFact value : timed[place]) {
                if (value.isAt(now.millis)) {
                    return value.value();
                }
            }
            return null;
        }
        return fields[place];
    }

    /** The next instant at which time alone gives a field another value. */
    long next(int place, Now now) {
        long next = Now.NEVER;
        if (timed != null && timed[place] != null) {
            for (MarkFact value : timed[place]) {
                next = Math.min(next, value.next(now.millis));
            }
        }
        return next;
    }

    /** The text of a field without case and width. */
    @Nullable
    String folded(int place) {
        return folded[place];
    }

    @Nullable
    MarkFact tag(int place) {
        return tags[place];
    }

    @Nullable
    MarkFact audience(int place) {
        return audiences[place];
    }

    /** The events of a type, the earliest first; not to be changed. */
    EventFact[] events(int place) {
        return events[place];
    }

    /** When the events of a type occurred, in milliseconds, in their order: what windows look through. */
    long[] times(int place) {
        return times[place];
    }

    /** Facts to be. What is not required is left out. Not thread-safe. */
    public static final class Builder {
        private final RequiredFacts required;
        private final @Nullable FieldValue[] fields;
        private MarkFact @Nullable [][] timed;
        private final @Nullable MarkFact[] tags;
        private final List<List<EventFact>> events = new ArrayList<>();
        private final @Nullable MarkFact[] audiences;

        private Builder(RequiredFacts required) {
            this.required = Check.present(required, "required facts");
            this.fields = new FieldValue[required.fields().size()];
            this.tags = new MarkFact[required.tags().size()];
            this.audiences = new MarkFact[required.audiences().size()];
            required.events().forEach(type -> events.add(new ArrayList<>()));
        }

        /** The value of a field. */
        public Builder field(String name, FieldValue value) {
            set(fields, required.field(name), Check.present(value, "value"));
            return this;
        }

        /**
         * The values of a field that time alone changes.
         *
         * @param values each from when until when
         */
        public Builder field(String name, List<MarkFact> values) {
            int place = required.field(name);
            if (place >= 0) {
                MarkFact[][] all = timed == null ? new MarkFact[fields.length][] : timed;
                all[place] = values.toArray(MarkFact[]::new);
                timed = all;
            }
            return this;
        }

        /** That she has a tag. */
        public Builder tag(String key, MarkFact mark) {
            set(tags, required.tag(key), Check.present(mark, "mark"));
            return this;
        }

        /** That she is in an audience. */
        public Builder audience(String key, MarkFact mark) {
            set(audiences, required.audience(key), Check.present(mark, "mark"));
            return this;
        }

        /** One event more, in any order. */
        public Builder event(String type, EventFact fact) {
            int place = required.event(type);
            if (place >= 0) {
                events.get(place).add(Check.present(fact, "event"));
            }
            return this;
        }

        private static <T> void set(@Nullable T[] values, int place, T value) {
            if (place >= 0) {
                values[place] = value;
            }
        }

        /** The facts. */
        public CustomerFacts build() {
            return new CustomerFacts(this);
        }
    }
}
