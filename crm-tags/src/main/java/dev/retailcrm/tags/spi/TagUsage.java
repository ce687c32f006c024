package dev.retailcrm.tags.spi;

import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.tags.TagUse;
import java.util.List;

/**
 * Whatever uses tags besides customers: rules, audiences, a host's own lists. A tag that is used is not deleted. Thread-safe; joins the
 * current transaction.
 */
@FunctionalInterface
public interface TagUsage {
    /**
     * By what a tag is used, in any order; none if it is not. <b>[TG-8]</b> Answered under the lock of the definitions, so what keeps a tag
     * in use must have been committed, or be written in the same transaction.
     */
    List<TagUse> of(TenantId tenant, String tag);
}
