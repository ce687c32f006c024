package dev.retailcrm.tck;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** When automatic tags of a customer are due; {@code null} if they are not. */
record TagDueRows(@Nullable Instant due) {}
