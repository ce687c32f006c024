package dev.retailcrm.tck;

import dev.retailcrm.core.merge.Review;
import dev.retailcrm.core.merge.ReviewEntry;
import java.util.List;

/** A review and its history, in memory. Immutable. */
record ReviewRows(Review review, List<ReviewEntry> entries) {
    ReviewRows {
        entries = List.copyOf(entries);
    }
}
