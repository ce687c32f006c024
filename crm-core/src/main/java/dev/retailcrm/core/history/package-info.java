/** What was changed, by whom, from where. */
@NullMarked
package dev.retailcrm.core.history;

import org.jspecify.annotations.NullMarked;
