/** Lifecycle: the stage a customer is at with a retailer, from what she bought and when. */
@NullMarked
package dev.retailcrm.core.lifecycle;

import org.jspecify.annotations.NullMarked;
