/** The ports of tags: what a host implements to keep them elsewhere. */
@NullMarked
package dev.retailcrm.tags.spi;

import org.jspecify.annotations.NullMarked;
