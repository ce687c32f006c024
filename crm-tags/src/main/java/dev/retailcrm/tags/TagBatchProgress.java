package dev.retailcrm.tags;

import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far a batch has come. Immutable.
 *
 * @param batch what it does
 * @param state where it is
 * @param place behind which it goes on, in the form of what gives its customers; {@code null} before it began
 * @param undonePlace behind which customer its undoing goes on; {@code null} before that began
 * @param changed how many customers' tags it changed
 * @param unchanged how many had what they were to have
 * @param refused for how many nothing was done
 * @param undone for how many what it did was taken back
 * @param startedAt when it was started, in milliseconds
 * @param endedAt when it was done with, or undone; {@code null} before
 */
public record TagBatchProgress(
        TagBatch batch,
        State state,
        @Nullable String place,
        @Nullable String undonePlace,
        long changed,
        long unchanged,
        long refused,
        long undone,
        Instant startedAt,
        @Nullable Instant endedAt) {
    /** Where a batch can be. */
    public enum State {
        /** Customers are still to come. */
        RUNNING,
        /** All customers were there. */
        DONE,
        /** What it did is being taken back. */
        UNDOING,
        /** What it did was taken back, but for what was changed since. */
        UNDONE
    }

    /** Refuses missing parts and numbers below zero with {@link CoreError#INVALID_VALUE}. */
    public TagBatchProgress {
        Check.present(batch, "batch");
        Check.present(state, "state");
        Check.present(startedAt, "instant");
        if (changed < 0 || unchanged < 0 || refused < 0 || undone < 0) {
            throw CoreError.INVALID_VALUE.because("the numbers of a progress are not negative");
        }
    }

    static TagBatchProgress started(TagBatch batch, Instant at) {
        return new TagBatchProgress(batch, State.RUNNING, null, null, 0, 0, 0, 0, at, null);
    }

    /** The same, so much further. */
    TagBatchProgress and(long moreChanged, long moreUnchanged, long moreRefused) {
        return new TagBatchProgress(
                batch,
                state,
                place,
                undonePlace,
                changed + moreChanged,
                unchanged + moreUnchanged,
                refused + moreRefused,
                undone,
                startedAt,
                endedAt);
    }

    TagBatchProgress at(@Nullable String next) {
        return new TagBatchProgress(
                batch, state, next, undonePlace, changed, unchanged, refused, undone, startedAt, endedAt);
    }

    TagBatchProgress undone(long more, @Nullable String next) {
        return new TagBatchProgress(
                batch, state, place, next, changed, unchanged, refused, undone + more, startedAt, endedAt);
    }

    TagBatchProgress being(State other, @Nullable Instant end) {
        return new TagBatchProgress(
                batch, other, place, undonePlace, changed, unchanged, refused, undone, startedAt, end);
    }
}
