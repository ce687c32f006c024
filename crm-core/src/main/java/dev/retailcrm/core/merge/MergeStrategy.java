package dev.retailcrm.core.merge;

import com.google.common.collect.ImmutableSortedMap;
import dev.retailcrm.core.customer.FieldNames;
import dev.retailcrm.core.customer.ProfileField;
import dev.retailcrm.core.history.FieldChange;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.Fingerprint;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which value each field has after a merge. Fields are named as in the history: {@code profile.name}, {@code identity.email},
 * {@code identity.external.sap}, {@code custom.shoe_size}. Immutable.
 */
public final class MergeStrategy {
    private static final String IDENTITY = "identity.";
    private static final String ADDRESSES = FieldNames.of(ProfileField.ADDRESSES);
    private static final MergeStrategy STANDARD = of(MergeRule.MOST_RECENT).rule(ADDRESSES, MergeRule.UNION);

    private final MergeRule others;
    private final SortedMap<String, MergeRule> rules;
    private final SortedMap<String, MergeSide> choices;

    private MergeStrategy(MergeRule others, Map<String, MergeRule> rules, Map<String, MergeSide> choices) {
        this.others = others;
        this.rules = ImmutableSortedMap.copyOf(rules);
        this.choices = ImmutableSortedMap.copyOf(choices);
    }

    /** The value stated last; all identities and postal addresses of both. */
    public static MergeStrategy standard() {
        return STANDARD;
    }

    /**
     * This rule for every field; all identities of both.
     *
     * @throws dev.retailcrm.core.kernel.CrmException {@link CoreError#INVALID_VALUE} for {@link MergeRule#UNION}
     */
    public static MergeStrategy of(MergeRule every) {
        if (Check.present(every, "merge rule") == MergeRule.UNION) {
            throw CoreError.INVALID_VALUE.because("most fields hold one value and cannot be united");
        }
        return new MergeStrategy(every, Map.of(), Map.of());
    }

    /**
     * The same with a rule of its own for a field.
     *
     * @throws dev.retailcrm.core.kernel.CrmException {@link CoreError#INVALID_VALUE} for {@link MergeRule#UNION} of a field of the profile
     *     that holds one value
     */
    public MergeStrategy rule(String field, MergeRule rule) {
        Check.code(field, FieldChange.MAX_FIELD, "field");
        Check.present(rule, "merge rule");
        if (rule == MergeRule.UNION && field.startsWith("profile.") && !field.equals(ADDRESSES)) {
            throw CoreError.INVALID_VALUE.because("%s holds one value and cannot be united", field);
        }
        SortedMap<String, MergeRule> more = new TreeMap<>(rules);
        more.put(field, rule);
        return new MergeStrategy(others, more, choices);
    }

    /** The same with a rule of its own for a field of the profile. */
    public MergeStrategy rule(ProfileField field, MergeRule rule) {
        return rule(FieldNames.of(Check.present(field, "field")), rule);
    }

    /**
     * The same with a choice for one field, which counts whatever its rule.
     *
     * @param side {@link MergeSide#SURVIVOR} or {@link MergeSide#MERGED}
     */
    public MergeStrategy choose(String field, MergeSide side) {
        Check.code(field, FieldChange.MAX_FIELD, "field");
        if (Check.present(side, "side") != MergeSide.SURVIVOR && side != MergeSide.MERGED) {
            throw CoreError.INVALID_VALUE.because("a choice is for one of the two customers");
        }
        SortedMap<String, MergeSide> more = new TreeMap<>(choices);
        more.put(field, side);
        return new MergeStrategy(others, rules, more);
    }

    /** The rule of a field. */
    public MergeRule rule(String field) {
        MergeRule own = rules.get(field);
        return own != null ? own : field.startsWith(IDENTITY) ? MergeRule.UNION : others;
    }

    /** What was chosen for a field; empty if nothing. */
    public Optional<MergeSide> choice(String field) {
        return Optional.ofNullable(choices.get(field));
    }

    Fingerprint addTo(Fingerprint content) {
        content.and(others.name()).and(rules.size());
        rules.forEach((field, rule) -> content.and(field).and(rule.name()));
        choices.forEach((field, side) -> content.and(field).and(side.name()));
        return content;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MergeStrategy that
                && others == that.others
                && rules.equals(that.rules)
                && choices.equals(that.choices);
    }

    @Override
    public int hashCode() {
        return others.hashCode() * 31 + rules.hashCode() * 17 + choices.hashCode();
    }

    @Override
    public String toString() {
        return "MergeStrategy[" + others + ", " + rules + ", " + choices + "]";
    }
}
