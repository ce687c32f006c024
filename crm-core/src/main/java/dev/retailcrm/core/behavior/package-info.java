/** What customers and anonymous visitors do: typed events, timelines, statistics, retention. */
@NullMarked
package dev.retailcrm.core.behavior;

import org.jspecify.annotations.NullMarked;
