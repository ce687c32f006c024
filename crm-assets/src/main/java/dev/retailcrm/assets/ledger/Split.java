package dev.retailcrm.assets.ledger;

import java.util.List;

/**
 * Divides an amount over the parts an entry used, such that using n and giving back m always equals having used n − m: the parts kept
 * depend on the amount kept alone.
 */
final class Split {
    private Split() {}

    /** What each movement used or reserved. */
    static long[] amounts(List<Movement> parts) {
        return parts.stream()
                .mapToLong(part -> part.heldDelta() > 0 ? part.heldDelta() : part.used())
                .toArray();
    }

    /** The first {@code kept} of the parts, in order. */
    static long[] prefix(long[] parts, long kept) {
        long[] result = new long[parts.length];
        long left = kept;
        for (int i = 0; i < parts.length; i++) {
            result[i] = Math.min(parts[i], left);
            left -= result[i];
        }
        return result;
    }

    /** The first {@code kept} of the parts, principal and bonus each bearing their proportion; the bonus bears the remainder. */
    static long[] proRata(long[] parts, boolean[] bonus, long kept) {
        long total = 0;
        long principal = 0;
        for (int i = 0; i < parts.length; i++) {
            total += parts[i];
            principal += bonus[i] ? 0 : parts[i];
        }
        long left = total == 0 ? 0 : Lot.shareDown(principal, kept, total);
        long leftBonus = kept - left;
        long[] result = new long[parts.length];
        for (int i = 0; i < parts.length; i++) {
            result[i] = Math.min(parts[i], bonus[i] ? leftBonus : left);
            if (bonus[i]) {
                leftBonus -= result[i];
            } else {
                left -= result[i];
            }
        }
        return result;
    }
}
