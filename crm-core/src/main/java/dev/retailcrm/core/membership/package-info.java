/** Membership: becoming a member with a number of one's own, and being frozen, closed and reopened. */
@NullMarked
package dev.retailcrm.core.membership;

import org.jspecify.annotations.NullMarked;
