/** Personal data: how it is enciphered at rest and found all the same, exported to the person it is about, and erased for ever. */
@NullMarked
package dev.retailcrm.core.privacy;

import org.jspecify.annotations.NullMarked;
