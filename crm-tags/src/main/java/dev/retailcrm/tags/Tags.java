package dev.retailcrm.tags;

import dev.retailcrm.core.access.Access;
import dev.retailcrm.core.access.Right;
import dev.retailcrm.core.history.Actor;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.Fingerprint;
import dev.retailcrm.core.kernel.Instants;
import dev.retailcrm.core.kernel.Page;
import dev.retailcrm.core.kernel.PageRequest;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.spi.FactObserver;
import dev.retailcrm.tags.spi.TagPorts;
import dev.retailcrm.tags.spi.TagUsage;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * Which tags the customers of one tenant have. What happens is dated by the clock, and kept until a customer is erased. Commands are
 * repeatable: the same key and content again answers with the first entries and writes nothing; they join the host's transaction if there
 * is one. The old id of a customer who was merged answers with the one she was merged into, but for {@link #history}, which stays where it
 * was written. A tag that was merged is named by its old key too. Thread-safe.
 *
 * <p>All commands refuse with {@link CoreError#UNKNOWN_CUSTOMER}, {@link CoreError#CUSTOMER_ERASED}, {@link CoreError#REQUEST_KEY_REUSED},
 * {@link CoreError#INVALID_VALUE} and {@link TagError#UNKNOWN_TAG}; those that assign a tag also with {@link TagError#TAG_RETIRED},
 * {@link TagError#TAG_VALUE_REFUSED}, {@link TagError#TAG_OUT_OF_SCOPE} and {@link TagError#TAG_FULL}, and if a rule does with
 * {@link TagError#REMOVED_BY_HAND}. A command takes up to six round trips on PostgreSQL and up to eight elsewhere, without those that open and
 * commit a transaction, and two more for each tag with a limit; a repetition or refusal up to six.
 */
public final class Tags {
    /** The most customers whose tags are asked for at once, and of one chunk of a sweep. */
    public static final int MAX_CUSTOMERS = 1_000;

    private static final int MAX_FOLDED = 100_000;

    private final TenantId tenant;
    private final TagPorts ports;
    private final List<TagUsage> usages;
    private final TagBooks books;
    private final TagReads reads;
    private final Instants instants;
    private final Actor actor;
    private final FactObserver observer;
    private final Access access;

    /**
     * The tags of a tenant, kept by these ports.
     *
     * @param usages what uses tags besides customers and templates
     */
    public Tags(TenantId tenant, TagPorts ports, List<TagUsage> usages) {
        this(
                Check.present(tenant, "tenant"),
                Check.present(ports, "ports"),
                List.copyOf(Check.present(usages, "usages")),
                Actor.UNKNOWN,
                FactObserver.NONE,
                Access.unrestricted());
    }

    private Tags(
            TenantId tenant, TagPorts ports, List<TagUsage> usages, Actor actor, FactObserver observer, Access access) {
        this.tenant = tenant;
        this.ports = ports;
        this.usages = usages;
        this.books = new TagBooks(tenant, ports, observer);
        this.reads = new TagReads(tenant, ports);
        this.instants = new Instants(ports.clock());
        this.actor = actor;
        this.observer = observer;
        this.access = access;
    }

    /** The same tags, put on customers by this actor: histories name it. */
    public Tags as(Actor who) {
        return new Tags(tenant, ports, usages, Check.present(who, "actor"), observer, access);
    }

    /** The same tags, of which this is told as customers get and lose them. */
    public Tags observedBy(FactObserver watcher) {
        return new Tags(tenant, ports, usages, actor, Check.present(watcher, "observer"), access);
    }

    /** The same tags, as far as this access permits, and put on customers by its principal. */
    public Tags guardedBy(Access granted) {
        Check.present(granted, "access");
        return new Tags(tenant, ports, usages, granted.actor().orElse(actor), observer, granted);
    }

    /** What the tenant defined. */
    public TagDefinitions definitions() {
        return new TagDefinitions(tenant, ports, usages).guardedBy(access);
    }

    /** Sets of tags and groups to be defined at once. */
    public TagTemplates templates() {
        return new TagTemplates(tenant, ports).guardedBy(access);
    }

    /** Changes of the tags of many customers. */
    public TagBatches batches() {
        return new TagBatches(tenant, ports, observer, actor, access);
    }

    /** Puts a tag on a customer by hand; see {@link #change}. */
    public List<TagEntry> assign(CustomerId customer, Tagging tagging, RequestKey key) {
        return change(customer, TagPatch.none().assign(tagging), key);
    }

    /** Takes a tag from a customer by hand, which rules respect until {@link #lift}, or until she gets it otherwise; see {@link #change}. */
    public List<TagEntry> remove(CustomerId customer, String tag, RequestKey key) {
        return change(customer, TagPatch.none().remove(tag), key);
    }

    /**
     * Changes a customer's tags in one step, all or nothing. Of an exclusive group the tag she gets takes the place of the one she had. What
     * she has already, with the same value and end, stays as it is, and so does what she has not.
     *
     * @return what became of her tags, in order; the ends of tags that were over are among it; none if nothing did
     * @throws CrmException {@link TagError#TAGS_EXCLUSIVE} if she would get two tags of an exclusive group;
     *     {@link TagError#UNKNOWN_GROUP}
     */
    public List<TagEntry> change(CustomerId customer, TagPatch patch, RequestKey key) {
        access.require(Right.ASSIGN_TAGS, customer);
        Check.present(patch, "patch");
        var request = TagRequest.of(key, patch.addTo(Fingerprint.of("tags.change")));
        var cause = new TagCause(patch.source(), null, actor, patch.reason());
        Instant now = instants.now();
        return books.change(customer, request, file -> file.change(patch, now, cause));
    }

    /** Lets rules put a tag on a customer again that was taken from her by hand; nothing happens if it was not. */
    public List<TagEntry> lift(CustomerId customer, String tag, RequestKey key) {
        access.require(Right.ASSIGN_TAGS, customer);
        Check.code(tag, TagDefinition.MAX_KEY, "key of the tag");
        var request = TagRequest.of(key, Fingerprint.of("tags.lift").and(tag));
        var cause = new TagCause(TagSource.manual(), null, actor, null);
        Instant now = instants.now();
        return books.change(customer, request, file -> file.lift(tag, now, cause));
    }

    /** The tags that a customer has now, ascending by key; none of a customer who does not exist. Two round trips. */
    public List<TagMark> of(CustomerId customer) {
        Check.present(customer, "customer");
        return ofAll(List.of(customer)).getOrDefault(customer, List.of());
    }

    /**
     * The tags that customers have now, ascending by key; those without any are left out. Two round trips, and one more for each merge on
     * the way of an old id.
     *
     * @param customers at most {@value #MAX_CUSTOMERS}
     */
    public Map<CustomerId, List<TagMark>> ofAll(Collection<CustomerId> customers) {
        access.requireAll(Right.READ_TAGS, Check.present(customers, "customers"));
        Instant now = instants.now();
        return TagSight.only(reads.marks(customers), it -> it.isAt(now));
    }

    /** The tags that were taken from a customer by hand and that rules leave so, ascending by key. Two round trips. */
    public List<TagMark> removedByHand(CustomerId customer) {
        access.require(Right.READ_TAGS, customer);
        return TagSight.only(reads.marks(List.of(customer)), TagMark::isRemoval).getOrDefault(customer, List.of());
    }

    /** The customers who have a tag now, ascending by id. Two round trips. */
    public Page<CustomerId> holders(String tag, PageRequest page) {
        access.requireSome(Right.READ_TAGS);
        Check.code(tag, TagDefinition.MAX_KEY, "key of the tag");
        Check.present(page, "page");
        return access.permitted(Right.READ_TAGS, reads.holders(tag, instants.now(), page), it -> it);
    }

    /** How many customers have a tag now, exactly. Two round trips. */
    public long count(String tag) {
        access.require(Right.READ_TAGS);
        return reads.count(Check.code(tag, TagDefinition.MAX_KEY, "key of the tag"), instants.now());
    }

    /** How many customers have each tag now, exactly, by key; retired tags are among them. Two round trips. */
    public SortedMap<String, Long> counts() {
        access.require(Right.READ_TAGS);
        return reads.counts(instants.now());
    }

    /** Everything that became of a customer's tags, the first entry first; nothing of a customer who does not exist. One round trip. */
    public Page<TagEntry> history(CustomerId customer, PageRequest page) {
        access.require(Right.READ_TAGS, customer);
        return reads.history(customer, Check.present(page, "page"));
    }

    /**
     * Books the ends of tags that are over, for histories and events: who has a tag, and how many, does not depend on it.
     *
     * @param limit the most customers, 1 to {@value #MAX_CUSTOMERS}
     * @return how many customers there were; fewer than the limit if no more are waiting
     */
    public int expire(int limit) {
        access.require(Right.OPERATE);
        Check.range(limit, 1, MAX_CUSTOMERS, "limit");
        return new TagSweep(tenant, ports).expire(instants.now(), limit);
    }

    /**
     * Keeps counts quick by putting together what they are made of, but for the last day; counts are the same without it. Four round trips
     * and more for each tag.
     *
     * @param limit about how many changes, 1 to 100,000
     * @return how many there were; fewer than the limit if no more are waiting
     */
    public int fold(int limit) {
        access.require(Right.OPERATE);
        Check.range(limit, 1, MAX_FOLDED, "limit");
        Instant before = instants.now().minus(TagSweep.UNFOLDED);
        return ports.unitOfWork().run(() -> ports.store().fold(tenant, before, limit));
    }
}
