/** Points: the loyalty face of the ledger. */
@NullMarked
package dev.retailcrm.assets.points;

import org.jspecify.annotations.NullMarked;
