/** The ports of audiences, to be implemented by stores. */
@NullMarked
package dev.retailcrm.audience.spi;

import org.jspecify.annotations.NullMarked;
