/** What audiences are like, beside all customers. */
@NullMarked
package dev.retailcrm.audience.portrait;

import org.jspecify.annotations.NullMarked;
