/** Definitions of tenants that are kept as JSON: reading them strictly, and the commands that change them. */
@NullMarked
package dev.retailcrm.assets.definition;

import org.jspecify.annotations.NullMarked;
