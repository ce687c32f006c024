package dev.retailcrm.tags;

import dev.retailcrm.core.history.Actor;
import org.jspecify.annotations.Nullable;

/** What changes a customer's tags, and why. Immutable. */
record TagCause(
        TagSource source,
        @Nullable String batch,
        Actor actor,
        @Nullable String reason) {}
