/** Personal data under keysets of Google Tink. */
@NullMarked
package dev.retailcrm.tink;

import org.jspecify.annotations.NullMarked;
