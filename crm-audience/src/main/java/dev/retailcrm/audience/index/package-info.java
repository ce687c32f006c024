/** An index of customers in memory, which answers rules over all of them within a frame. */
@NullMarked
package dev.retailcrm.audience.index;

import org.jspecify.annotations.NullMarked;
