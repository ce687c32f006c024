/** Ownership: which staff and store a customer belongs to, how she is handed on, and all of its past. */
@NullMarked
package dev.retailcrm.core.ownership;

import org.jspecify.annotations.NullMarked;
