/** What is bought: baskets, their lines, and how amounts fall on them. */
@NullMarked
package dev.retailcrm.assets.checkout;

import org.jspecify.annotations.NullMarked;
