/** Kills, cuts and lock conflicts: what is left of the ledger, and what the caller is told. */
@NullMarked
package dev.retailcrm.jdbc.fault;

import org.jspecify.annotations.NullMarked;
