package dev.retailcrm.audience.portrait;

import com.google.common.collect.ImmutableMap;
import dev.retailcrm.audience.AudienceError;
import dev.retailcrm.core.field.FieldValue;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.rule.RuleTally;
import java.util.Map;
import java.util.TreeMap;

/**
 * What an audience is like beside a base, usually all customers: for each field how its values are spread, and which tags are had. Groups of fewer
 * than a number of customers are not shown, nor what would tell them by subtraction. Immutable.
 *
 * @param members of the audience
 * @param base of the base
 * @param fields the spread of each field
 * @param tags the spread of tags, each by itself: who has it, and who has not
 * @param numbers of fields of numbers, amounts, days and instants, where enough have one
 */
public record Portrait(
        long members,
        long base,
        Map<String, Spread<FieldValue>> fields,
        Map<String, Spread<Boolean>> tags,
        Map<String, NumberSummary> numbers) {
    /** The least group that is shown if nothing is said. */
    public static final int SMALLEST = 10;

    /** Copies the maps. */
    public Portrait {
        fields = ImmutableMap.copyOf(fields);
        tags = ImmutableMap.copyOf(tags);
        numbers = ImmutableMap.copyOf(numbers);
    }

    /**
     * The portrait of counts, from the database or from an index.
     *
     * @param audience counts of the audience
     * @param base counts of the base, of the same fields and tags; every member of the audience is in it
     * @param smallest the least group that is shown, 2 to 1,000,000
     * @throws CrmException {@link AudienceError#GROUP_TOO_SMALL} if the audience has fewer members than that
     */
    public static Portrait of(RuleTally audience, RuleTally base, int smallest) {
        Check.present(audience, "audience");
        Check.present(base, "base");
        Check.range(smallest, 2, 1_000_000, "smallest group");
        if (audience.customers() < smallest || base.customers() < smallest) {
            throw AudienceError.GROUP_TOO_SMALL.with(
                    Map.of("smallest", smallest), "a portrait is of %d customers at least", smallest);
        }
        long members = audience.customers();
        long all = base.customers();
        Map<String, Spread<FieldValue>> fields = new TreeMap<>();
        Map<String, NumberSummary> numbers = new TreeMap<>();
        audience.fields().forEach((field, counts) -> {
            Map<FieldValue, Long> others = base.fields().getOrDefault(field, Map.of());
            fields.put(field, Spread.of(counts, others, members, all, smallest, isOfSeveral(counts, members)));
            NumberSummary.of(counts, smallest).ifPresent(summary -> numbers.put(field, summary));
        });
        Map<String, Spread<Boolean>> tags = new TreeMap<>();
        base.tags().forEach((tag, count) -> {
            long has = audience.tags().getOrDefault(tag, 0L);
            tags.put(
                    tag,
                    Spread.of(
                            Map.of(true, has, false, members - has),
                            Map.of(true, count, false, all - count),
                            members,
                            all,
                            smallest,
                            false));
        });
        return new Portrait(members, all, fields, tags, numbers);
    }

    /** Of several options more are counted than there are customers. */
    private static boolean isOfSeveral(Map<FieldValue, Long> counts, long members) {
        return counts.values().stream().mapToLong(Long::longValue).sum() > members;
    }
}
