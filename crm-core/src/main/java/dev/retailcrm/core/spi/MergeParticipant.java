package dev.retailcrm.core.spi;

import dev.retailcrm.core.merge.MergeConflict;
import dev.retailcrm.core.merge.MergePair;
import dev.retailcrm.core.merge.MergePart;
import java.util.List;

/**
 * What a feature does with its rows when two customers become one, and two again. Every feature that keeps rows of a customer has one.
 * Thread-safe; every method joins the current transaction and never ends it. When a command runs, the records of both customers are locked
 * already and {@link #lock} was called.
 *
 * <p><b>[MP-1]</b> After a merge all that the merged customer had is the survivor's, and nothing is lost or counted twice. <b>[MP-2]</b>
 * A merge that is taken apart at once leaves both as they were before it. <b>[MP-3]</b> What was done since stays with the survivor; what
 * therefore cannot be given back is listed. <b>[MP-4]</b> Commands that name the merged customer reach the survivor, or are refused with
 * {@link dev.retailcrm.core.kernel.CoreError#CUSTOMER_MERGED}, and never change rows of the merged one. {@code MergeContract} and {@code MergeLawsContract}
 * check these rules for all participants of this library.
 */
public interface MergeParticipant {
    /** The feature's name, 1 to 20 characters of {@code a-z 0-9 -}; kept with every merge. */
    String name();

    /** Locks what the feature has of both, in the order of {@link MergePair#both()}. */
    void lock(MergePair pair);

    /** What {@link #merge} would move, and what stands against it. Writes nothing. */
    MergePart preview(MergePair pair);

    /** Moves everything to the survivor. */
    MergePart merge(MergePair pair);

    /**
     * What {@link #unmerge} could not give back, and what stands against it. Writes nothing.
     *
     * @param merged what {@link #merge} answered
     */
    List<MergeConflict> previewUnmerge(MergePair pair, MergePart merged);

    /** Gives back what the merge moved; what could not be given back. */
    List<MergeConflict> unmerge(MergePair pair, MergePart merged);
}
