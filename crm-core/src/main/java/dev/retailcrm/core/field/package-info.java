/** Fields that a tenant defines for its customers: definitions, values, search, and the catalog that rules are checked against. */
@NullMarked
package dev.retailcrm.core.field;

import org.jspecify.annotations.NullMarked;
