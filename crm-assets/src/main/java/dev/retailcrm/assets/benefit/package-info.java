/** Benefits: what a retailer grants to customers, who has which now and why. */
@NullMarked
package dev.retailcrm.assets.benefit;

import org.jspecify.annotations.NullMarked;
