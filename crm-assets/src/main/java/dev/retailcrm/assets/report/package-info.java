/** Reports over the ledger: what a retailer owes, what came and went, who settles with whom, and what of it is revenue by now. */
@NullMarked
package dev.retailcrm.assets.report;

import org.jspecify.annotations.NullMarked;
