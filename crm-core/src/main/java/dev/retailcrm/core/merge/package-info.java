/** Finding customers who were registered more than once. */
@NullMarked
package dev.retailcrm.core.merge;

import org.jspecify.annotations.NullMarked;
