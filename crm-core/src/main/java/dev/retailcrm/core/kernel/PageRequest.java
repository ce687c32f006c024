package dev.retailcrm.core.kernel;

import org.jspecify.annotations.Nullable;

/**
 * Asks for one page of a listing in key order; pages are found by key, never by offset. Immutable.
 *
 * @param after the cursor of the page before; {@code null} for the first page
 * @param size 1 to 1,000 items
 */
public record PageRequest(@Nullable String after, int size) {
    /** Refuses a size outside the range, and a cursor of more than 200 characters, with {@link CoreError}. */
    public PageRequest {
        Check.range(size, 1, 1000, "page size");
        if (after != null && after.length() > 200) {
            throw CoreError.INVALID_CURSOR.because("a cursor has at most 200 characters");
        }
    }

    /** The first page. */
    public static PageRequest first(int size) {
        return new PageRequest(null, size);
    }

    /** The page after a cursor. */
    public static PageRequest after(String cursor, int size) {
        return new PageRequest(Check.present(cursor, "cursor"), size);
    }

    /** The cursor as a number, or {@code start} on the first page; {@link CoreError#INVALID_CURSOR} if it is none. */
    public long afterNumber(long start) {
        if (after == null) {
            return start;
        }
        try {
            return Long.parseLong(after);
        } catch (NumberFormatException e) {
            throw CoreError.INVALID_CURSOR.causedBy(e, "not a cursor of this listing");
        }
    }
}
