package dev.retailcrm.audience.portrait;

import com.google.common.collect.ImmutableMap;
import dev.retailcrm.audience.Audiences;
import dev.retailcrm.core.field.FieldValue;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.rule.AllOf;
import dev.retailcrm.core.rule.CompiledRule;
import dev.retailcrm.core.rule.Condition;
import dev.retailcrm.core.rule.EventTally;
import dev.retailcrm.core.rule.EventValues;
import dev.retailcrm.core.rule.Not;
import dev.retailcrm.core.rule.Rule;
import dev.retailcrm.core.rule.RuleQueries;
import dev.retailcrm.core.rule.RuleTally;
import dev.retailcrm.core.rule.Rules;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Draws portraits of customers for whom rules hold, by what the database counts: no list of customers is ever held. Who is in an audience is asked
 * about by {@link Rules#inAudience}. Guarded as the rules are. Immutable, thread-safe.
 */
public final class Portraits {
    /** The most instants of a trend. */
    public static final int MAX_INSTANTS = 1_000;

    /** The most values of events. */
    public static final int MAX_TOP = 1_000;

    private final RuleQueries rules;
    private final int smallest;
    private final ImmutableMap<String, Ranges> ranges;

    private Portraits(RuleQueries rules, int smallest, Map<String, Ranges> ranges) {
        this.rules = rules;
        this.smallest = smallest;
        this.ranges = ImmutableMap.copyOf(ranges);
    }

    /** Portraits of customers of a tenant, of whom groups below {@value Portrait#SMALLEST} are not shown. */
    public static Portraits of(RuleQueries rules) {
        return new Portraits(Check.present(rules, "rules"), Portrait.SMALLEST, Map.of());
    }

    /**
     * The same, with another least group that is shown.
     *
     * @param customers 2 to 1,000,000
     */
    public Portraits smallestGroup(int customers) {
        return new Portraits(rules, Check.range(customers, 2, 1_000_000, "smallest group"), ranges);
    }

    /** The same, with the values of a field counted together in ranges, in the place of one by one. */
    public Portraits ranged(String field, Ranges together) {
        Map<String, Ranges> more = new HashMap<>(ranges);
        more.put(Check.code(field, 60, "field"), Check.present(together, "ranges"));
        return new Portraits(rules, smallest, more);
    }

    /**
     * The portrait of an audience beside all customers. Round trips as {@link RuleQueries#tally}, twice; to compare many audiences with the same
     * base, count that once and use {@link Portrait#of}.
     *
     * @param fields of the rule's catalog, at most {@value RuleQueries#MAX_TALLIED}
     * @throws CrmException {@link dev.retailcrm.audience.AudienceError#GROUP_TOO_SMALL}; otherwise as {@link RuleQueries#tally}
     */
    public Portrait portrait(CompiledRule audience, Instant at, Collection<String> fields, Collection<String> tags) {
        RuleTally members = rules.tally(audience, at, fields, tags);
        CompiledRule everybody = everybody(audience);
        return Portrait.of(members, rules.tally(everybody, at, fields, tags), smallest, ranges);
    }

    /**
     * The values that most of an audience's events had, beside all customers: {@code top(keen, now, EventValues.of("purchase", "sku"), 20)} are the
     * 20 articles that most of its members bought. Round trips as {@link RuleQueries#tally(CompiledRule, Instant, EventValues)}, twice.
     *
     * @param most how many values are shown, 1 to {@value #MAX_TOP}
     * @throws CrmException {@link dev.retailcrm.audience.AudienceError#GROUP_TOO_SMALL}; otherwise as {@link RuleQueries#tally(CompiledRule,
     *     Instant, EventValues)}
     */
    public Spread<FieldValue> top(CompiledRule audience, Instant at, EventValues values, int most) {
        Check.range(most, 1, MAX_TOP, "number of values");
        EventTally members = rules.tally(audience, at, values);
        return Portrait.top(members, rules.tally(everybody(audience), at, values), smallest, most);
    }

    private CompiledRule everybody(CompiledRule audience) {
        return Rule.of(Rules.allOf()).compile(audience.catalog(), rules.time());
    }

    /**
     * How many were in an audience at some instants, by the stays that are kept of it. A round trip for each.
     *
     * @param at at most {@value #MAX_INSTANTS}
     * @throws CrmException as {@link Audiences#count(String, Instant)}
     */
    public static SortedMap<Instant, Long> trend(Audiences audiences, String audience, Collection<Instant> at) {
        Check.present(audiences, "audiences");
        Check.range(Check.present(at, "instants").size(), 0, MAX_INSTANTS, "number of instants");
        SortedMap<Instant, Long> sizes = new TreeMap<>();
        for (Instant instant : at) {
            sizes.put(instant, audiences.count(audience, instant));
        }
        return sizes;
    }

    /**
     * How 2 to 4 audiences overlap; small regions are shown. Round trips as {@link RuleQueries#count}, for each region.
     *
     * @throws CrmException as {@link RuleQueries#count}
     */
    public Overlap overlap(List<CompiledRule> audiences, Instant at) {
        int number = Check.range(
                Check.present(audiences, "audiences").size(), 2, Overlap.MAX_AUDIENCES, "number of audiences");
        List<Long> regions = new ArrayList<>(List.of(0L));
        for (int region = 1; region < 1 << number; region++) {
            List<Condition> parts = new ArrayList<>();
            for (int i = 0; i < number; i++) {
                Condition condition = audiences.get(i).rule().condition();
                parts.add(((region >> i) & 1) != 0 ? condition : new Not(condition));
            }
            CompiledRule rule =
                    Rule.of(new AllOf(parts)).compile(audiences.get(0).catalog(), rules.time());
            regions.add(rules.count(rule, at));
        }
        return new Overlap(number, regions);
    }
}
