/** Earning: programs of rules by which customers are given points and other assets for what they buy and do. */
@NullMarked
package dev.retailcrm.assets.earn;

import org.jspecify.annotations.NullMarked;
