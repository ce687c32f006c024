/** Stored value of a customer, principal and bonus apart, per currency. */
@NullMarked
package dev.retailcrm.assets.stored;

import org.jspecify.annotations.NullMarked;
