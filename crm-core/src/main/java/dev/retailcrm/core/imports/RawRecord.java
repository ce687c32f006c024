package dev.retailcrm.core.imports;

import org.jspecify.annotations.Nullable;

/**
 * A record as it stands in its file. Immutable.
 *
 * @param line on which it begins, from 1
 * @param text without the line break at its end; {@code null} if it cannot be read
 * @param fault why not; {@code null} if it can
 * @param endLine the number of the last line read
 * @param end where the next record begins, in bytes
 */
record RawRecord(long line, @Nullable String text, @Nullable Fault fault, long endLine, long end) {}
