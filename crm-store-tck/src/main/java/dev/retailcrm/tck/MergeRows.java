package dev.retailcrm.tck;

import dev.retailcrm.core.merge.Merge;
import java.util.List;

/** The merges into a customer, the latest first. Immutable. */
record MergeRows(List<Merge> merges) {}
