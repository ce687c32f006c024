/** Redemption: one path for everything that is used up, and the one-time codes that are shown for it. */
@NullMarked
package dev.retailcrm.assets.redeem;

import org.jspecify.annotations.NullMarked;
