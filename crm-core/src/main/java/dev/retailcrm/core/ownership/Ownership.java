package dev.retailcrm.core.ownership;

import dev.retailcrm.core.access.Access;
import dev.retailcrm.core.access.Right;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.Fingerprint;
import dev.retailcrm.core.kernel.Instants;
import dev.retailcrm.core.kernel.Page;
import dev.retailcrm.core.kernel.PageRequest;
import dev.retailcrm.core.kernel.StaffId;
import dev.retailcrm.core.kernel.StoreId;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.spi.OwnershipPorts;
import dev.retailcrm.core.spi.OwnershipStore.Portfolio;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which staff and store the customers of one tenant belong to. A customer has one owner or is in the pool. What happens is dated by the
 * clock and kept for ever. Commands are repeatable: the same key and content again answers with the first entry and writes nothing; they
 * join the host's transaction if there is one. The old id of a customer who was merged answers with the one she was merged into, but for
 * {@link #history}, which stays where it was written. Thread-safe.
 *
 * <p>All commands refuse with {@link CoreError#UNKNOWN_CUSTOMER}, {@link CoreError#REQUEST_KEY_REUSED} and
 * {@link CoreError#INVALID_VALUE}; those by which somebody comes to own her, or is offered her, also with
 * {@link CoreError#CUSTOMER_ERASED} and {@link CoreError#OWNERSHIP_RULE}; those that only some may give with
 * {@link CoreError#NOT_ENTITLED}. A command takes seven round trips without those that open and commit a transaction, one more
 * if it ends an offer by the way; a repetition or refusal up to five.
 */
public final class Ownership {
    /** The most customers whose owners are asked for at once, and of one chunk of a batch. */
    public static final int MAX_CUSTOMERS = 1_000;

    /** The longest an offer may wait, and the longest period of a rule. */
    public static final Duration LONGEST = Duration.ofDays(3_660);

    private final OwnershipBooks books;
    private final OwnershipReads reads;
    private final Instants instants;
    private final Access access;
    private final OwnershipGuard guard;

    /** The ownership of a tenant's customers under these rules. */
    public Ownership(TenantId tenant, OwnershipRules rules, OwnershipPorts ports) {
        Check.present(tenant, "tenant");
        Check.present(ports, "ownership ports");
        this.books = new OwnershipBooks(tenant, Check.present(rules, "ownership rules"), ports);
        this.reads = new OwnershipReads(tenant, ports);
        this.instants = new Instants(ports.clock());
        this.access = Access.unrestricted();
        this.guard = new OwnershipGuard(access, reads);
    }

    private Ownership(Ownership same, Access access) {
        this.books = same.books;
        this.reads = same.reads;
        this.instants = same.instants;
        this.access = access;
        this.guard = new OwnershipGuard(access, reads);
    }

    /**
     * The same ownership, as far as this access permits. A principal gives instructions as herself; as somebody else, or as a manager, only
     * with {@link Right#ASSIGN_OWNERSHIP}. Questions take one round trip more where a right reaches some customers only; pages leave out
     * whom the principal may not see.
     */
    public Ownership guardedBy(Access granted) {
        return new Ownership(this, Check.present(granted, "access"));
    }

    /** Gives her to an owner, whoever had her; an offer that waits is withdrawn. */
    public OwnershipEntry assign(CustomerId customer, Owner to, Instruction instruction) {
        guard.require(Right.ASSIGN_OWNERSHIP, customer, instruction);
        Check.present(to, "owner");
        var request = request("ownership.assign", to, instruction);
        return books.change(customer, request, file -> file.assign(to, request));
    }

    /**
     * Takes her from the pool, or from the pool of the claimer's store. Of several who claim at once exactly one gets her.
     *
     * @param claimer a member of staff, who gives the instruction herself unless a manager does
     * @throws CrmException {@link CoreError#ALREADY_OWNED}, whose details name {@code staff}, {@code store} and {@code since}
     */
    public OwnershipEntry claim(CustomerId customer, Owner claimer, Instruction instruction) {
        guard.require(Right.CLAIM_CUSTOMER, customer, instruction);
        Check.present(claimer, "claimer");
        var request = request("ownership.claim", claimer, instruction);
        return books.change(customer, request, file -> file.claim(claimer, request));
    }

    /**
     * Gives her back to the tenant's pool, or puts her there if nobody ever had her; an offer that waits is withdrawn. Her owner or a manager
     * does so; anybody may where she has no staff. Erased customers can be released.
     *
     * @throws CrmException {@link CoreError#NOT_OWNED} if she is in the pool
     */
    public OwnershipEntry release(CustomerId customer, Instruction instruction) {
        guard.require(Right.TRANSFER_CUSTOMER, customer, instruction);
        var request = request("ownership.release", null, instruction);
        return books.change(customer, request, file -> file.release(null, request));
    }

    /** Gives her back to the pool of a store, as {@link #release}: no staff serves her, and that of the store may claim her. */
    public OwnershipEntry releaseTo(CustomerId customer, StoreId store, Instruction instruction) {
        guard.require(Right.TRANSFER_CUSTOMER, customer, instruction);
        Owner pool = new Owner(null, Check.present(store, "store"));
        var request = request("ownership.release", pool, instruction);
        return books.change(customer, request, file -> file.release(pool, request));
    }

    /**
     * Offers her to another member of staff. Her owner keeps her until that one accepts. Her owner or a manager does so.
     *
     * @param to names a member of staff
     * @param answeredWithin how long the offer waits, 1 second to {@link #LONGEST}; it ends right then, whether or not a sweep runs
     * @return the entry whose {@link OwnershipEntry#seq() number} names the offer
     * @throws CrmException {@link CoreError#NOT_OWNED} if she is in the pool; {@link CoreError#OFFER_OPEN} if another offer waits
     */
    public OwnershipEntry offer(CustomerId customer, Owner to, Duration answeredWithin, Instruction instruction) {
        guard.require(Right.TRANSFER_CUSTOMER, customer, instruction);
        Check.present(to, "owner");
        if (Check.present(answeredWithin, "answer time").compareTo(Duration.ofSeconds(1)) < 0
                || answeredWithin.compareTo(LONGEST) > 0) {
            throw CoreError.INVALID_VALUE.because("an offer waits for 1 second to 3,660 days");
        }
        var content =
                OwnershipRequest.with(Fingerprint.of("ownership.offer"), to).and(answeredWithin.toMillis());
        var request = OwnershipRequest.of(instruction, content, instants.now());
        return books.change(customer, request, file -> file.offer(to, answeredWithin, request));
    }

    /**
     * Whom she was offered to takes her.
     *
     * @param offer its number
     * @throws CrmException {@link CoreError#NO_SUCH_OFFER} if it does not wait for an answer, or not any more
     */
    public OwnershipEntry accept(CustomerId customer, long offer, Instruction instruction) {
        guard.requireAnswer(customer, offer, instruction);
        var request = request("ownership.accept", offer, instruction);
        return books.change(customer, request, file -> file.accept(offer, request));
    }

    /** Whom she was offered to does not want her; refuses as {@link #accept}. */
    public OwnershipEntry reject(CustomerId customer, long offer, Instruction instruction) {
        guard.requireAnswer(customer, offer, instruction);
        var request = request("ownership.reject", offer, instruction);
        return books.change(customer, request, file -> file.reject(offer, request));
    }

    /** The offer is taken back by who made it, her owner or a manager; refuses as {@link #accept}. */
    public OwnershipEntry withdraw(CustomerId customer, long offer, Instruction instruction) {
        guard.require(Right.TRANSFER_CUSTOMER, customer, instruction);
        var request = request("ownership.withdraw", offer, instruction);
        return books.change(customer, request, file -> file.withdraw(offer, request));
    }

    /**
     * Gives customers of a member of staff who leaves to others in turn, as {@link #assign} does; a manager's instruction overrules
     * protection. Each customer is a transaction of its own, or part of the host's; one whom a rule keeps stays and is named. To go on after
     * a crash, repeat with the last cursor that is known: who was given away is not given away again, by this batch's key.
     *
     * @param after where to go on, {@link HandOverProgress#cursor()}; {@code null} to begin
     * @param limit the most customers, 1 to {@value #MAX_CUSTOMERS}
     */
    public HandOverProgress handOver(HandOver batch, @Nullable CustomerId after, int limit) {
        access.require(Right.ASSIGN_OWNERSHIP);
        Check.present(batch, "batch");
        Check.range(limit, 1, MAX_CUSTOMERS, "limit");
        var request = OwnershipRequest.of(batch.instruction(), batch.content(), instants.now());
        return new HandOverRun(batch, request, books, reads).after(after, limit);
    }

    /**
     * Books the ends of offers that nobody answered in time, the longest ago first. Only the history and the
     * events wait for it: an offer whose time is over is not accepted anyway.
     *
     * @param limit the most offers, 1 to {@value #MAX_CUSTOMERS}
     * @return how many were booked; repeat until it is 0
     */
    public int expireOffers(int limit) {
        access.require(Right.OPERATE);
        Check.range(limit, 1, MAX_CUSTOMERS, "limit");
        Instant now = instants.now();
        int booked = 0;
        for (CustomerId customer : reads.expired(now, limit)) {
            booked += books.expire(customer, now) ? 1 : 0;
        }
        return booked;
    }

    /** Whom she belongs to; empty if she is in the pool, erased or unknown. One round trip. */
    public Optional<Tenure> ownerOf(CustomerId customer) {
        access.require(Right.READ_OWNERSHIP, customer);
        return Optional.ofNullable(reads.owners(List.of(customer)).get(customer));
    }

    /**
     * Whom these customers belong to; those in the pool, erased or unknown are left out. One round trip.
     *
     * @param customers at most {@value #MAX_CUSTOMERS}
     */
    public Map<CustomerId, Tenure> ownersOf(List<CustomerId> customers) {
        Check.range(Check.present(customers, "customers").size(), 0, MAX_CUSTOMERS, "number of customers");
        customers.forEach(customer -> Check.present(customer, "customer"));
        access.requireAll(Right.READ_OWNERSHIP, customers);
        return customers.isEmpty() ? Map.of() : reads.owners(new HashSet<>(customers));
    }

    /** The customers of a member of staff, in whatever store, ascending by id. One round trip. */
    public Page<OwnedCustomer> customersOf(StaffId staff, PageRequest page) {
        return owned(Right.READ_OWNERSHIP, Portfolio.of(Check.present(staff, "staff")), page);
    }

    /** The customers of a store, with staff and without, ascending by id. One round trip. */
    public Page<OwnedCustomer> customersIn(StoreId store, PageRequest page) {
        return owned(Right.READ_OWNERSHIP, Portfolio.in(Check.present(store, "store")), page);
    }

    /**
     * The customers in the tenant's pool, ascending by id: those who were released and not taken since. Who never had an owner can be claimed
     * too, but is listed only after she was {@link #release released}. One round trip.
     */
    public Page<OwnedCustomer> pool(PageRequest page) {
        access.require(Right.CLAIM_CUSTOMER);
        return reads.owned(Portfolio.pool(), page);
    }

    /** The customers in the pool of a store, ascending by id. One round trip. */
    public Page<OwnedCustomer> poolOf(StoreId store, PageRequest page) {
        return owned(Right.CLAIM_CUSTOMER, Portfolio.poolOf(Check.present(store, "store")), page);
    }

    /** The offers that wait for the answer of a member of staff now, ascending by customer. One round trip. */
    public Page<WaitingOffer> offersTo(StaffId staff, PageRequest page) {
        access.requireSome(Right.READ_OWNERSHIP);
        var offers = reads.offers(Check.present(staff, "staff"), instants.now(), page);
        return access.isOf(staff) ? offers : access.permitted(Right.READ_OWNERSHIP, offers, WaitingOffer::customer);
    }

    /** Everything that became of her ownership, the first entry first; nothing of a customer who does not exist. One round trip. */
    public Page<OwnershipEntry> history(CustomerId customer, PageRequest page) {
        access.require(Right.READ_OWNERSHIP, customer);
        return reads.history(customer, page);
    }

    private Page<OwnedCustomer> owned(Right right, Portfolio portfolio, PageRequest page) {
        access.requireSome(right);
        return access.permitted(right, reads.owned(portfolio, page), OwnedCustomer::customer);
    }

    private OwnershipRequest request(String command, @Nullable Owner owner, Instruction instruction) {
        return OwnershipRequest.of(instruction, OwnershipRequest.with(Fingerprint.of(command), owner), instants.now());
    }

    private OwnershipRequest request(String command, long offer, Instruction instruction) {
        Check.positive(offer, "offer");
        return OwnershipRequest.of(instruction, Fingerprint.of(command).and(offer), instants.now());
    }
}
