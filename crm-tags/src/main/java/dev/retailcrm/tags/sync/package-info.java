/** Tags kept the same here and in outside systems. */
@NullMarked
package dev.retailcrm.tags.sync;

import org.jspecify.annotations.NullMarked;
