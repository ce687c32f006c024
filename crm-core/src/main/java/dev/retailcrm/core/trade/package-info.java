/** Trade: orders, refunds, and the statistics of customers that follow from them, whatever the order in which they arrive. */
@NullMarked
package dev.retailcrm.core.trade;

import org.jspecify.annotations.NullMarked;
