package dev.retailcrm.tags.spi;

import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.spi.RequestStore.Booked;
import dev.retailcrm.tags.TagCatalog;
import dev.retailcrm.tags.TagEntry;
import dev.retailcrm.tags.TagMark;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what tenants define of tags, which tags customers have, and the history of that. Thread-safe; every method joins the current
 * transaction and never ends it. Nothing of one tenant is ever found or changed by a call for another (<b>[TG-1]</b>, <b>[TA-1]</b>). What
 * is found is what is committed, or was written earlier in this transaction (<b>[TG-2]</b>, <b>[TA-2]</b>). Numbered rules are checked by
 * {@code TagStoreContract} under the same numbers.
 */
public interface TagStore {
    /** <b>[TG-3]</b> All that the tenant defined. Asked by every command: what did not change is not read again. */
    TagCatalog catalog(TenantId tenant);

    /**
     * <b>[TG-4]</b> Locks the definitions until the transaction ends, waiting for whoever holds them, and returns them as the holder before
     * left them. Whoever tags customers does not wait for it.
     */
    TagCatalog lockDefinitions(TenantId tenant);

    /** <b>[TG-5]</b> What was booked for the tenant's definitions under this key, for ever. */
    Optional<Booked> booked(TenantId tenant, RequestKey key);

    /**
     * Writes a decision about definitions, all or nothing (<b>[TG-6]</b>), as it was given (<b>[TG-7]</b>). The caller holds the lock, and
     * the key is new.
     */
    void define(TagDefinitionChange change);

    /**
     * <b>[TA-3]</b> Locks the tags of these customers until the transaction ends, ascending by id, waiting for whoever holds them, and
     * returns them as the holders before left them, even where the transaction reads from an older snapshot. Who is no customer is left out.
     * At most 10,000, in a number of round trips that does not grow with them.
     */
    Map<CustomerId, TagSnapshot> lockAll(TenantId tenant, Collection<CustomerId> customers);

    /** <b>[TA-18]</b> The tags of customers who are locked by this transaction already, as {@link #lockAll}; in one round trip. */
    Map<CustomerId, TagSnapshot> held(TenantId tenant, Collection<CustomerId> customers);

    /**
     * Writes a decision, all or nothing. The caller holds the lock.
     *
     * <p><b>[TA-4]</b> If the request key is booked for the customer already, nothing is written and the answer is {@code false}; no unique
     * violation reaches the current transaction. <b>[TA-5]</b> Tags, entries, key and events are kept if and only if this transaction is
     * committed. <b>[TA-6]</b> Everything is kept as it was given, codes byte for byte.
     */
    boolean apply(TagChange change);

    /** <b>[TA-7]</b> Writes decisions without keys, of different customers, as {@link #apply} does each, in few round trips. */
    void applyAll(List<TagChange> changes);

    /**
     * <b>[TA-8]</b> Locks how many have a tag until the transaction ends, waiting for whoever holds it, and returns how many have it at an
     * instant or, by the clock of somebody ahead, right after it, as those before left it. Only whoever assigns a tag with a limit does so,
     * after {@link #lockAll}.
     */
    long lockTag(TenantId tenant, String tag, Instant at);

    /**
     * <b>[TA-9]</b> What each of these customers has of tags, also what is over and what was taken away by hand, ascending by tag; of one who
     * was merged what the customer has whom she was merged into. Who has nothing is left out. Up to 1,000 in one round trip, and one more
     * for each merge on the way.
     */
    Map<CustomerId, List<TagMark>> marks(TenantId tenant, Collection<CustomerId> customers);

    /** <b>[TA-10]</b> The entries with numbers above {@code after}, ascending, at most {@code limit}; none if there is no such customer. */
    List<TagEntry> entries(TenantId tenant, CustomerId customer, long after, int limit);

    /**
     * <b>[TA-11]</b> The customers who have at least one of these tags at an instant, with ids above {@code after}, or all, ascending, at most
     * {@code limit}.
     */
    List<CustomerId> holders(TenantId tenant, Set<String> tags, Instant at, @Nullable CustomerId after, int limit);

    /** <b>[TA-12]</b> The customers with any mark of a tag, also one that is over or a removal, in the order and number of {@link #holders}. */
    List<CustomerId> marked(TenantId tenant, String tag, @Nullable CustomerId after, int limit);

    /** <b>[TA-13]</b> Customers with a tag that was over at {@code at} and whose end was not booked, the longest ago first, each once. */
    List<CustomerId> over(TenantId tenant, Instant at, int limit);

    /**
     * <b>[TA-14]</b> How many customers have at least one of these tags at an instant that is not before the last {@link #fold}, exactly,
     * whatever happens at once, and whether or not ends were booked. Of one tag in time that does not grow with the customers who have it, but
     * with what changed since the last {@link #fold}.
     */
    long count(TenantId tenant, Set<String> tags, Instant at);

    /** <b>[TA-15]</b> The same of each tag of the tenant on its own; tags that nobody has are left out. */
    Map<String, Long> counts(TenantId tenant, Instant at);

    /**
     * <b>[TA-16]</b> Puts together what counts are made of up to an instant, of at most {@code limit} changes; how many there were. It changes
     * no count from that instant on, and waits for nobody who tags.
     */
    int fold(TenantId tenant, Instant before, int limit);

    /** <b>[TA-17]</b> Deletes at most {@code limit} rows of a customer: her tags, and once there are none her entries; how many. The caller holds her lock. */
    int remove(TenantId tenant, CustomerId customer, Instant at, int limit);
}
