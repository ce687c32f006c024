package dev.retailcrm.core.merge;

import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;

/**
 * What cannot be made one, or apart again, as one would expect. Holds no personal data. Immutable.
 *
 * @param part whose rows it is about, see {@link MergePart#name()}
 * @param subject which of them: a field, an asset, an order; 1 to 120 printable ASCII characters
 * @param reason a code of words in capitals, such as {@code HOLD_OPEN}
 * @param missing how much could not be given back, in the subject's smallest unit; 0 if nothing is counted
 * @param blocking whether nothing is done until it is mended
 */
public record MergeConflict(String part, String subject, String reason, long missing, boolean blocking) {
    /** Refuses missing parts with INVALID_VALUE. */
    public MergeConflict {
        Check.code(part, 20, "part");
        Check.code(subject, 120, "subject");
        Check.code(reason, 40, "reason");
        if (missing < 0) {
            throw CoreError.INVALID_VALUE.because("missing must not be negative");
        }
    }

    /** Keeps the two from being merged, or from being taken apart. */
    public static MergeConflict blocking(String part, String subject, String reason) {
        return new MergeConflict(part, subject, reason, 0, true);
    }

    /** Is only told. */
    public static MergeConflict told(String part, String subject, String reason, long missing) {
        return new MergeConflict(part, subject, reason, missing, false);
    }
}
