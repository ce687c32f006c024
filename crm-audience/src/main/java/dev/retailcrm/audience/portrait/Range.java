package dev.retailcrm.audience.portrait;

import dev.retailcrm.core.field.FieldValue;
import org.jspecify.annotations.Nullable;

/**
 * Values that lie together. Immutable.
 *
 * @param from the least, inclusive; {@code null} for no bound
 * @param to exclusive; {@code null} for no bound
 */
public record Range(@Nullable FieldValue from, @Nullable FieldValue to) {}
