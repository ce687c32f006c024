/** Contracts of the ports, and in-memory stores that keep them. */
@NullMarked
package dev.retailcrm.tck;

import org.jspecify.annotations.NullMarked;
