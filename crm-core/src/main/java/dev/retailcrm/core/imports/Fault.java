package dev.retailcrm.core.imports;

import dev.retailcrm.core.kernel.CrmException;
import org.jspecify.annotations.Nullable;

/**
 * Why a record is refused. Immutable.
 *
 * @param line where, from 1
 * @param column of which value; the number of a character, from 1, if the line cannot be read; {@code null} if it is about all
 */
record Fault(long line, @Nullable String column, CrmException refusal) {}
