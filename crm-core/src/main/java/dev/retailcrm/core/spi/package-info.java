/** The ports of this module, for stores to implement. */
@NullMarked
package dev.retailcrm.core.spi;

import org.jspecify.annotations.NullMarked;
