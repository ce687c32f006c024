/** The one engine behind every countable asset: accounts, lots, entries and holds. */
@NullMarked
package dev.retailcrm.assets.ledger;

import org.jspecify.annotations.NullMarked;
