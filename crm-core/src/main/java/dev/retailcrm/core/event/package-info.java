/** Domain events and the outbox that delivers them. */
@NullMarked
package dev.retailcrm.core.event;

import org.jspecify.annotations.NullMarked;
