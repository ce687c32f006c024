package dev.retailcrm.tck;

import dev.retailcrm.core.kernel.CustomerId;
import org.jspecify.annotations.Nullable;

/** Who has the value of a customer who was merged; {@code null} if she has it again. Immutable. */
record MovedWallet(@Nullable CustomerId survivor) {}
