package dev.retailcrm.jdbc.broken.core;

import dev.retailcrm.jdbc.broken.assets.manager.BrokenDto;

/** A port outside {@code spi} that looks up the module graph. */
interface UpwardStore {
    BrokenDto find(long id);
}
