package dev.retailcrm.tck;

import java.time.Instant;
import java.util.Map;

/** When rules are to be asked about a customer again, by what they are of. */
record DueRows(Map<InMemoryDueStore.Kind, Instant> due) {}
