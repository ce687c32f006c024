/** Tiers: programs of levels that customers reach, keep and lose. */
@NullMarked
package dev.retailcrm.assets.tier;

import org.jspecify.annotations.NullMarked;
