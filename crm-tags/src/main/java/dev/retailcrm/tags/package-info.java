/** Tags that a retailer puts on customers, by hand or by rule. Groups, templates and assignments are bound to one tenant. */
@NullMarked
package dev.retailcrm.tags;

import org.jspecify.annotations.NullMarked;
