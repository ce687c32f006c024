/** Who may do what: rights of principals, and what facades ask before they read or write. */
@NullMarked
package dev.retailcrm.core.access;

import org.jspecify.annotations.NullMarked;
