package dev.retailcrm.tags.spi;

import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.tags.AutoTagIndexes;

/**
 * Everything automatic tags need of their host. Immutable.
 *
 * @param tags the ports of tags
 * @param store keeps what is due
 * @param indexes shared by all who use these stores
 */
public record AutoTagPorts(TagPorts tags, AutoTagStore store, AutoTagIndexes indexes) {
    /** Refuses what is missing. */
    public AutoTagPorts {
        Check.present(tags, "tag ports");
        Check.present(store, "store of automatic tags");
        Check.present(indexes, "indexes");
    }
}
