package dev.retailcrm.core.rule;

import dev.retailcrm.core.field.FieldValue;
import dev.retailcrm.core.kernel.Check;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes a {@link RuleTally} of facts, one customer after another: for stores that cannot count by themselves. Not thread-safe. */
public final class TallyCounter {
    private final long millis;
    private final Map<String, Map<FieldValue, Long>> fields = new LinkedHashMap<>();
    private final Map<String, Long> tags = new HashMap<>();
    private final Set<String> counted;
    private long customers;

    /** Counts the values of these fields and who has these tags, at an instant. */
    public TallyCounter(Collection<String> fields, Collection<String> tags, Instant at) {
        fields.forEach(field -> this.fields.put(field, new HashMap<>()));
        this.counted = Set.copyOf(tags);
        this.millis = Check.present(at, "instant").toEpochMilli();
    }

    /** One customer more for whom the rule holds. */
    public void add(CustomerFacts facts) {
        customers++;
        facts.tell(new CustomerFacts.Reader() {
            @Override
            public void field(int place, FieldValue value) {
                Map<FieldValue, Long> counts =
                        fields.get(facts.required().fields().get(place));
                if (counts != null) {
                    value.items().forEach(item -> counts.merge(item, 1L, Long::sum));
                }
            }

            @Override
            public void field(int place, List<MarkFact> values) {
                for (MarkFact mark : values) {
                    FieldValue value = mark.value();
                    if (mark.isAt(millis) && value != null) {
                        field(place, value);
                        return;
                    }
                }
            }

            @Override
            public void tag(int place, MarkFact mark) {
                String tag = facts.required().tags().get(place);
                if (counted.contains(tag) && mark.isAt(millis)) {
                    tags.merge(tag, 1L, Long::sum);
                }
            }

            @Override
            public void audience(int place, MarkFact mark) {
                // is no value
            }

            @Override
            public void events(int place, List<EventFact> events) {
                // are no values
            }
        });
    }

    /** What was counted. */
    public RuleTally tally() {
        return new RuleTally(customers, fields, tags);
    }
}
