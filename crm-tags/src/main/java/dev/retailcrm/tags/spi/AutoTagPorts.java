package dev.retailcrm.tags.spi;

import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.rule.RuleIndexes;
import dev.retailcrm.core.spi.DueStore;
import dev.retailcrm.tags.AutoTag;
import dev.retailcrm.tags.TagCatalog;

/**
 * Everything automatic tags need of their host. Immutable.
 *
 * @param tags the ports of tags
 * @param store keeps what is due
 * @param indexes shared by all who use these stores
 */
public record AutoTagPorts(TagPorts tags, DueStore store, RuleIndexes<TagCatalog, AutoTag> indexes) {
    /** Refuses what is missing. */
    public AutoTagPorts {
        Check.present(tags, "tag ports");
        Check.present(store, "store of what is due");
        Check.present(indexes, "indexes");
    }
}
