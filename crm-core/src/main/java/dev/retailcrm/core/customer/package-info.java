/** Customers with their identities, profile, membership and life cycle. */
@NullMarked
package dev.retailcrm.core.customer;

import org.jspecify.annotations.NullMarked;
