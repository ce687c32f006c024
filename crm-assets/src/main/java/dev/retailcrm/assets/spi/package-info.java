/** The ports of this module, for stores to implement. */
@NullMarked
package dev.retailcrm.assets.spi;

import org.jspecify.annotations.NullMarked;
