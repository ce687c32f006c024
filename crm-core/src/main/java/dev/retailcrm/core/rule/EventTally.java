package dev.retailcrm.core.rule;

import com.google.common.collect.ImmutableMap;
import dev.retailcrm.core.field.FieldValue;
import java.util.Map;

/**
 * How many of the customers for whom a rule holds have had events with which values of a property. Immutable.
 *
 * @param customers for how many the rule holds
 * @param values how many have had each value; who has had several is counted at each, and who has had none at none
 */
public record EventTally(long customers, Map<FieldValue, Long> values) {
    /** Copies the map. */
    public EventTally {
        values = ImmutableMap.copyOf(values);
    }
}
