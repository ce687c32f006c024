/** Points of a customer: earn, spend, hold, reverse and expire. */
@NullMarked
package dev.retailcrm.assets.points;

import org.jspecify.annotations.NullMarked;
