package dev.retailcrm.core.merge;

/**
 * What a search looked at. Immutable.
 *
 * @param records records given
 * @param allPairs pairs there are
 * @param candidatePairs pairs that share a key and were compared
 * @param largeBlocks keys shared by more records than the limit: there each record was compared with its neighbours only
 * @param largestBlock records that share the most common key
 * @param skippedPairs pairs that share such a key and are no neighbours: not compared unless they share another key too
 */
public record Coverage(
        long records, long allPairs, long candidatePairs, int largeBlocks, int largestBlock, long skippedPairs) {
    /** The share of all pairs that were compared, 0 to 1; 0 if there are none. */
    public double candidateShare() {
        return allPairs == 0 ? 0 : (double) candidatePairs / allPairs;
    }
}
