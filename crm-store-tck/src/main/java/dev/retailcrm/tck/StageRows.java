package dev.retailcrm.tck;

import dev.retailcrm.core.spi.StageSnapshot;

/** The stage of one customer. Immutable. */
record StageRows(StageSnapshot stage) {}
