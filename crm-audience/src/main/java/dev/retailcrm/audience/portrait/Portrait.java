package dev.retailcrm.audience.portrait;

import com.google.common.collect.ImmutableMap;
import dev.retailcrm.audience.AudienceError;
import dev.retailcrm.core.field.FieldValue;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.rule.EventTally;
import dev.retailcrm.core.rule.RuleTally;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What an audience is like beside a base, usually all customers: for each field how its values are spread, and which tags are had. Groups of fewer
 * than a number of customers are not shown, nor what would tell them by subtraction. Immutable.
 *
 * @param members of the audience
 * @param base of the base
 * @param fields the spread of each field but those in ranges
 * @param tags the spread of tags, each by itself: who has it, and who has not
 * @param numbers of fields of numbers, amounts, days and instants, where enough have one
 * @param ranges the spread of ranges, of the fields for which there are any
 */
public record Portrait(
        long members,
        long base,
        Map<String, Spread<FieldValue>> fields,
        Map<String, Spread<Boolean>> tags,
        Map<String, NumberSummary> numbers,
        Map<String, Spread<Range>> ranges) {
    /** The least group that is shown if nothing is said. */
    public static final int SMALLEST = 10;

    /** Copies the maps. */
    public Portrait {
        fields = ImmutableMap.copyOf(fields);
        tags = ImmutableMap.copyOf(tags);
        numbers = ImmutableMap.copyOf(numbers);
        ranges = ImmutableMap.copyOf(ranges);
    }

    /** The spread of a field of the portrait; INVALID_VALUE if it is none, or in ranges. */
    public Spread<FieldValue> field(String field) {
        return asked(fields, field);
    }

    /** The spread of a field's ranges; INVALID_VALUE if there are none of it. */
    public Spread<Range> ranges(String field) {
        return asked(ranges, field);
    }

    /** Where the values of a field lie; empty if that is not told. */
    public Optional<NumberSummary> numbers(String field) {
        return Optional.ofNullable(numbers.get(Check.present(field, "field")));
    }

    private static <T> Spread<T> asked(Map<String, Spread<T>> spreads, String field) {
        Spread<T> spread = spreads.get(Check.present(field, "field"));
        if (spread == null) {
            throw CoreError.INVALID_VALUE.because("the portrait has no such field");
        }
        return spread;
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
        return of(audience, base, smallest, Map.of());
    }

    /**
     * The same, with the values of some fields counted together in ranges; values of these are not shown one by one, for that would tell small
     * groups by subtraction.
     *
     * @param ranges by field
     * @throws CrmException as {@link #of(RuleTally, RuleTally, int)}
     */
    public static Portrait of(RuleTally audience, RuleTally base, int smallest, Map<String, Ranges> ranges) {
        Check.present(audience, "audience");
        Check.present(base, "base");
        Check.present(ranges, "ranges");
        requireEnough(audience.customers(), base.customers(), smallest);
        long members = audience.customers();
        long all = base.customers();
        Map<String, Spread<FieldValue>> fields = new TreeMap<>();
        Map<String, NumberSummary> numbers = new TreeMap<>();
        Map<String, Spread<Range>> ranged = new TreeMap<>();
        audience.fields().forEach((field, counts) -> {
            Map<FieldValue, Long> others = base.fields().getOrDefault(field, Map.of());
            Ranges together = ranges.get(field);
            if (together == null) {
                fields.put(field, Spread.of(counts, others, members, all, smallest, isOfSeveral(counts, members)));
            } else {
                ranged.put(
                        field,
                        Spread.of(together.counted(counts), together.counted(others), members, all, smallest, false));
            }
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
        return new Portrait(members, all, fields, tags, numbers, ranged);
    }

    /**
     * The values that most of an audience's events had, such as the articles most of its members bought, from the database or from an index.
     * Values of small groups are not shown, as in a portrait.
     *
     * @param audience counts of the audience
     * @param base counts of the base, of the same values; every member of the audience is in it
     * @param smallest the least group that is shown, 2 to 1,000,000
     * @param most how many values are shown, 1 to {@value Portraits#MAX_TOP}
     * @return the most frequent first; of who has none of them nothing is told
     * @throws CrmException {@link AudienceError#GROUP_TOO_SMALL} if the audience has fewer members than the least group
     */
    public static Spread<FieldValue> top(EventTally audience, EventTally base, int smallest, int most) {
        Check.range(most, 1, Portraits.MAX_TOP, "number of values");
        requireEnough(
                Check.present(audience, "audience").customers(),
                Check.present(base, "base").customers(),
                smallest);
        return Spread.of(audience.values(), base.values(), audience.customers(), base.customers(), smallest, true)
                .first(most);
    }

    private static void requireEnough(long members, long all, int smallest) {
        Check.range(smallest, 2, 1_000_000, "smallest group");
        if (members < smallest || all < smallest) {
            throw AudienceError.GROUP_TOO_SMALL.with(
                    Map.of("smallest", smallest), "a portrait is of %d customers at least", smallest);
        }
    }

    /** Of several options more are counted than there are customers. */
    private static boolean isOfSeveral(Map<FieldValue, Long> counts, long members) {
        return counts.values().stream().mapToLong(Long::longValue).sum() > members;
    }
}
