package dev.retailcrm.core.spi;

import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.Page;
import dev.retailcrm.core.kernel.PageRequest;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.privacy.Erased;
import dev.retailcrm.core.privacy.ErasureStep;
import dev.retailcrm.core.privacy.ExportRow;
import dev.retailcrm.core.privacy.Ties;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;

/**
 * What a feature does with its rows when a person asks what is kept of her, or asks for it to be erased. Every feature that keeps rows of a
 * customer has one. Thread-safe; every method joins the current transaction and never ends it. Each is asked for one id at a time: those of
 * customers who were merged into her are asked for on their own.
 *
 * <p><b>[PP-1]</b> The pages of an export hold everything the feature keeps under the id, in clear and once each, and nothing of anybody
 * else. <b>[PP-2]</b> After erasure nothing is left under the id by which she could be known, whatever else is kept. <b>[PP-3]</b> Erasure
 * may be stopped after any step, and done again: a step that finds nothing changes nothing. <b>[PP-4]</b> Ties of many are found in a number
 * of round trips that does not grow with them. {@code PrivacyContract} checks these rules for all participants of this library.
 */
public interface PrivacyParticipant {
    /** The feature's name, 1 to 20 characters of {@code a-z 0-9 -}; its place in an export. */
    String name();

    /**
     * A page of what is kept under this id. Rows of one list follow one another, also from page to page.
     *
     * @param page its size is how many rows a page has at most; more where a feature keeps few
     */
    Page<ExportRow> export(TenantId tenant, CustomerId customer, PageRequest page);

    /**
     * Erases what is personal, or as much of it as a step may. The record of the customer is locked, and {@code ERASED} already.
     *
     * @param limit the most rows, 1 or more
     */
    Erased erase(ErasureStep step, int limit);

    /**
     * What ties these customers to the retailer. Those who have none may be absent.
     *
     * @param customers at most 1,000
     * @param at an instant by which what ends by itself may have ended
     */
    Map<CustomerId, Ties> ties(TenantId tenant, Collection<CustomerId> customers, Instant at);
}
