package dev.retailcrm.audience.index;

import dev.retailcrm.core.field.FieldType;
import dev.retailcrm.core.field.FieldValue;
import dev.retailcrm.core.spi.EventQuestion;
import dev.retailcrm.core.spi.ValueQuestion;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which events of a table count: each value is tested once, when it is first met. Not thread-safe. */
final class EventFilter {
    private static final byte YES = 1;
    private static final byte NO = 2;

    private final Part[] parts;

    /** A test of one property. */
    static final class Part {
        private final int place;
        private final Dictionary dictionary;
        private final FieldType type;
        private final @Nullable ValueQuestion question;
        private final byte[] known;

        Part(EventTable table, EventQuestion.Part asked) {
            this.place = table.property(asked.property());
            this.dictionary = table.dictionary(place);
            this.type = asked.type();
            this.question = asked.question();
            this.known = new byte[dictionary.bound()];
            known[0] = question == null && !asked.there() ? YES : NO;
            if (question == null) {
                Arrays.fill(known, 1, known.length, asked.there() ? YES : NO);
            }
        }

        int place() {
            return place;
        }

        boolean passes(int code) {
            byte answer = known[code];
            return answer == 0 ? test(code) : answer == YES;
        }

        private boolean test(int code) {
            FieldValue value = dictionary.value(code);
            boolean passes =
                    value != null && question != null && value.type() == type && Asked.holds(question, value, null);
            known[code] = passes ? YES : NO;
            return passes;
        }
    }

    EventFilter(EventTable table, List<EventQuestion.Part> asked) {
        parts = asked.stream().map(part -> new Part(table, part)).toArray(Part[]::new);
    }

    boolean isOpen() {
        return parts.length == 0;
    }

    boolean passes(Day day, int row) {
        for (Part part : parts) {
            if (!part.passes(day.code(part.place, row))) {
                return false;
            }
        }
        return true;
    }

    boolean passes(Segment segment, int row) {
        for (Part part : parts) {
            if (!part.passes(segment.code(part.place, row))) {
                return false;
            }
        }
        return true;
    }
}
