package dev.retailcrm.core.merge;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of one field in a merge. Personal data: {@link #toString()} shows no values. Immutable.
 *
 * @param field its name, as in the history
 * @param rule by which it was decided, unless it was chosen
 * @param side whose value it has afterwards
 * @param survivorValue as text; {@code null} if she has none
 * @param mergedValue as text; {@code null} if the other has none
 * @param survivorStatedAt when hers was stated; {@code null} if not known
 * @param mergedStatedAt when the other's was stated; {@code null} if not known
 */
public record FieldOutcome(
        String field,
        MergeRule rule,
        MergeSide side,
        @Nullable String survivorValue,
        @Nullable String mergedValue,
        @Nullable Instant survivorStatedAt,
        @Nullable Instant mergedStatedAt) {
    /** Decides about a field that holds one value. */
    public static FieldOutcome decide(
            String field,
            MergeStrategy strategy,
            @Nullable String survivorValue,
            @Nullable String mergedValue,
            @Nullable Instant survivorStatedAt,
            @Nullable Instant mergedStatedAt) {
        MergeRule rule = strategy.rule(field);
        boolean same = survivorValue == null ? mergedValue == null : survivorValue.equals(mergedValue);
        MergeSide side = same
                ? sameSide(survivorValue, survivorStatedAt, mergedStatedAt)
                : strategy.choice(field)
                        .orElseGet(() -> differing(rule, survivorValue, mergedValue, survivorStatedAt, mergedStatedAt));
        return new FieldOutcome(field, rule, side, survivorValue, mergedValue, survivorStatedAt, mergedStatedAt);
    }

    /** Of one value that both have, the later statement: it is what a further merge compares. */
    private static MergeSide sameSide(@Nullable String value, @Nullable Instant hers, @Nullable Instant others) {
        if (value == null) {
            return MergeSide.NEITHER;
        }
        return instant(others).isAfter(instant(hers)) ? MergeSide.MERGED : MergeSide.SURVIVOR;
    }

    private static MergeSide differing(
            MergeRule rule,
            @Nullable String hers,
            @Nullable String others,
            @Nullable Instant hersAt,
            @Nullable Instant othersAt) {
        return switch (rule) {
            case SURVIVOR -> MergeSide.SURVIVOR;
            case NON_EMPTY, UNION -> hers == null ? MergeSide.MERGED : MergeSide.SURVIVOR;
            case ASK -> hers == null ? MergeSide.MERGED : others == null ? MergeSide.SURVIVOR : MergeSide.OPEN;
            case MOST_RECENT -> mostRecent(hers, others, hersAt, othersAt);
        };
    }

    private static MergeSide mostRecent(
            @Nullable String hers, @Nullable String others, @Nullable Instant hersAt, @Nullable Instant othersAt) {
        if (hers == null || others == null) {
            return hers == null ? MergeSide.MERGED : MergeSide.SURVIVOR;
        }
        int later = instant(hersAt).compareTo(instant(othersAt));
        boolean survivors = later == 0 ? hers.compareTo(others) < 0 : later > 0;
        return survivors ? MergeSide.SURVIVOR : MergeSide.MERGED;
    }

    private static Instant instant(@Nullable Instant stated) {
        return stated == null ? Instant.MIN : stated;
    }

    /** The value afterwards; empty if there is none. Not for fields of which both sides stay. */
    public Optional<String> value() {
        return Optional.ofNullable(side == MergeSide.MERGED ? mergedValue : survivorValue);
    }

    @Override
    public String toString() {
        return "FieldOutcome[" + field + ", " + rule + ", " + side + "]";
    }
}
