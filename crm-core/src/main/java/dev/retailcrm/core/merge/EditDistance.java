package dev.retailcrm.core.merge;

/**
 * Optimal string alignment distance: the least number of characters inserted, deleted, replaced, or swapped with their neighbour,
 * no part edited twice (F. J. Damerau, "A technique for computer detection and correction of spelling errors", CACM 7(3), 1964;
 * V. I. Levenshtein, 1966; within a band as E. Ukkonen, 1985). Keeps its working space: not thread-safe, allocates only when
 * longer texts come than before.
 */
final class EditDistance {
    private int[] beforeLast = new int[64];
    private int[] last = new int[64];
    private int[] row = new int[64];

    /** The distance if it is at most {@code limit}, else {@code limit + 1}. */
    int within(String a, String b, int limit) {
        if (Math.abs(a.length() - b.length()) > limit) {
            return limit + 1;
        }
        reserve(b.length() + 1);
        for (int j = 0; j <= b.length(); j++) {
            last[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            if (fill(a, b, i, limit) > limit) {
                return limit + 1;
            }
            int[] free = beforeLast;
            beforeLast = last;
            last = row;
            row = free;
        }
        return Math.min(last[b.length()], limit + 1);
    }

    /** Fills the row of the i-th character of {@code a} within the band, and returns the least distance in it. */
    private int fill(String a, String b, int i, int limit) {
        int from = Math.max(1, i - limit);
        int to = Math.min(b.length(), i + limit);
        row[from - 1] = from == 1 ? i : limit + 1;
        int least = row[from - 1];
        for (int j = from; j <= to; j++) {
            boolean equal = a.charAt(i - 1) == b.charAt(j - 1);
            int distance = last[j - 1] + (equal ? 0 : 1);
            distance = Math.min(distance, row[j - 1] + 1);
            distance = Math.min(distance, last[j] + 1);
            if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                distance = Math.min(distance, beforeLast[j - 2] + 1);
            }
            row[j] = distance;
            least = Math.min(least, distance);
        }
        if (to < b.length()) {
            row[to + 1] = limit + 1;
        }
        return least;
    }

    private void reserve(int length) {
        if (row.length < length) {
            beforeLast = new int[length];
            last = new int[length];
            row = new int[length];
        }
    }
}
