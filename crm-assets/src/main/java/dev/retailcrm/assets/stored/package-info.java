/** Stored value and gift cards: the prepaid face of the ledger. */
@NullMarked
package dev.retailcrm.assets.stored;

import org.jspecify.annotations.NullMarked;
