/** Personal data: how it is enciphered at rest, found all the same, and made unreadable for ever. */
@NullMarked
package dev.retailcrm.core.privacy;

import org.jspecify.annotations.NullMarked;
