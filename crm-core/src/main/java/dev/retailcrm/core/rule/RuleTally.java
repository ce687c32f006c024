package dev.retailcrm.core.rule;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import dev.retailcrm.core.field.FieldValue;
import java.util.Map;

/**
 * How many of the customers for whom a rule holds have which values and tags. Immutable.
 *
 * @param customers for how many the rule holds
 * @param fields by field, how many have each value, and of several options each; who has none is in none
 * @param tags by tag, how many have it; of a tag that nobody has there is nothing
 */
public record RuleTally(long customers, Map<String, Map<FieldValue, Long>> fields, Map<String, Long> tags) {
    /** Copies the maps. */
    public RuleTally {
        fields = ImmutableMap.copyOf(Maps.transformValues(fields, ImmutableMap::copyOf));
        tags = ImmutableMap.copyOf(tags);
    }
}
