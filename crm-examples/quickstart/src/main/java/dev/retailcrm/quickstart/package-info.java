/** Replays purchases through the till and shows what the ledger says. */
@NullMarked
package dev.retailcrm.quickstart;

import org.jspecify.annotations.NullMarked;
