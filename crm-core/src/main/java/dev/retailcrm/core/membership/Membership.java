package dev.retailcrm.core.membership;

import dev.retailcrm.core.access.Access;
import dev.retailcrm.core.access.Right;
import dev.retailcrm.core.customer.Customers;
import dev.retailcrm.core.customer.Identity;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.Fingerprint;
import dev.retailcrm.core.kernel.Instants;
import dev.retailcrm.core.kernel.Page;
import dev.retailcrm.core.kernel.PageRequest;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.kernel.Survivors;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.rule.FactTopic;
import dev.retailcrm.core.spi.FactObserver;
import dev.retailcrm.core.spi.MembershipChange;
import dev.retailcrm.core.spi.MembershipPorts;
import dev.retailcrm.core.spi.MembershipSnapshot;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which customers of one tenant are members. A member has a number, an identity of kind {@code MEMBER_CARD}, by which she is found at the
 * till; it stays hers when she is frozen or closed. What happens is dated by the clock and kept for ever. Commands are repeatable: the same
 * key and content again answers with the first entry and writes nothing; they join the host's transaction if there is one. The old id of a
 * customer who was merged answers with the one she was merged into, but for {@link #history}. Thread-safe.
 *
 * <p>All commands refuse with {@link CoreError#UNKNOWN_CUSTOMER}, {@link CoreError#REQUEST_KEY_REUSED} and {@link CoreError#INVALID_VALUE},
 * and all but {@link #close} with {@link CoreError#CUSTOMER_ERASED}. Moves that are not allowed from where she stands are refused with
 * {@link CoreError#MEMBERSHIP_STATUS}, and who never was a member with {@link CoreError#NOT_MEMBER}. A move takes six round trips without
 * those that open and commit a transaction.
 */
public final class Membership {
    private static final Set<FactTopic> TOPICS = Set.of(FactTopic.MEMBERSHIP);

    private final TenantId tenant;
    private final MemberCards cards;
    private final MembershipPorts ports;
    private final Instants instants;
    private final FactObserver observer;
    private final Access access;

    /**
     * The membership of a tenant's customers.
     *
     * @param numbers how members are numbered; numbers given under another numbering stay
     * @param customers the same tenant's, over the same unit of work, and not guarded
     */
    public Membership(TenantId tenant, MemberNumbers numbers, Customers customers, MembershipPorts ports) {
        this.tenant = Check.present(tenant, "tenant");
        this.ports = Check.present(ports, "membership ports");
        this.cards = new MemberCards(Check.present(customers, "customers"), Check.present(numbers, "member numbers"));
        this.instants = new Instants(ports.clock());
        this.observer = FactObserver.NONE;
        this.access = Access.unrestricted();
    }

    private Membership(Membership same, FactObserver observer, Access access) {
        this.tenant = same.tenant;
        this.ports = same.ports;
        this.cards = access.actor().map(same.cards::as).orElse(same.cards);
        this.instants = same.instants;
        this.observer = observer;
        this.access = access;
    }

    /** The same membership, of which this is told as it changes. */
    public Membership observedBy(FactObserver watcher) {
        return new Membership(this, Check.present(watcher, "observer"), access);
    }

    /**
     * The same membership, as far as this access permits; numbers are given to customers by its principal. What shows a number in clear is
     * recorded, if the access is, by one round trip more.
     */
    public Membership guardedBy(Access granted) {
        return new Membership(this, observer, Check.present(granted, "access"));
    }

    /**
     * Makes her a member, with the number of the enrolment, or the one she has, or a new one. Sixteen round trips, one more with a
     * referrer, four more for each number that was taken; eight if she has her number already; five for a repetition.
     *
     * @throws CrmException {@link CoreError#ALREADY_MEMBER} if she is or was one: {@link #reopen} a closed membership;
     *     {@link CoreError#IDENTITY_TAKEN} if the number is somebody else's; {@link CoreError#TOO_MANY_IDENTITIES};
     *     {@link CoreError#INSTANT_OUT_OF_RANGE}; {@link CoreError#UNKNOWN_CUSTOMER} also for a referrer there is not;
     *     {@link CoreError#INVALID_VALUE} also if she refers herself, or the number is none of the tenant's numbering
     */
    public Joined join(CustomerId customer, Enrolment enrolment) {
        access.require(Right.ENROL_MEMBER, customer);
        Check.present(enrolment, "enrolment");
        cards.requireValid(enrolment.number());
        Instant joinedAt = instants.orNow(enrolment.at());
        var request =
                new MembershipRequest(enrolment.notice(), enrolment.content().value(), instants.now());
        return shown(Right.ENROL_MEMBER, customer, current -> {
            MembershipSnapshot before = lock(current);
            Optional<MembershipEntry> first = repeated(current, request);
            if (first.isPresent()) {
                return new Joined(first.get(), cards.of(current));
            }
            MembershipChange change = new MembershipFile(before).join(enrolment, joinedAt, request);
            cards.requireKnown(enrolment.referrer());
            return enter(change, enrolment.number());
        });
    }

    /** Lets her membership rest. Allowed while it is {@link MembershipStatus#ACTIVE}. */
    public MembershipEntry freeze(CustomerId customer, Notice notice) {
        return move(MembershipAct.FROZEN, customer, notice);
    }

    /** Lets it rest no more. Allowed while it is {@link MembershipStatus#FROZEN}. */
    public MembershipEntry unfreeze(CustomerId customer, Notice notice) {
        return move(MembershipAct.UNFROZEN, customer, notice);
    }

    /** Ends her membership; her number stays hers. Allowed unless it is {@link MembershipStatus#CLOSED}, also after she was erased. */
    public MembershipEntry close(CustomerId customer, Notice notice) {
        return move(MembershipAct.CLOSED, customer, notice);
    }

    /**
     * Makes her a member again, with her number, or a new one if that was taken from her meanwhile. Allowed while it is
     * {@link MembershipStatus#CLOSED}. Eight round trips, sixteen with a new number.
     */
    public Joined reopen(CustomerId customer, Notice notice) {
        access.require(Right.MANAGE_MEMBERSHIP, customer);
        var request = request(MembershipAct.REOPENED, notice);
        return shown(Right.MANAGE_MEMBERSHIP, customer, current -> {
            MembershipSnapshot before = lock(current);
            Optional<MembershipEntry> first = repeated(current, request);
            return first.isPresent()
                    ? new Joined(first.get(), cards.of(current))
                    : enter(new MembershipFile(before).move(MembershipAct.REOPENED, request), null);
        });
    }

    /** The member; empty if she is none. One round trip. */
    public Optional<Member> find(CustomerId customer) {
        access.require(Right.READ_MEMBERSHIP, customer);
        return ports.unitOfWork().read(() -> ports.store().find(tenant, customer));
    }

    /** Her member number of this numbering; empty if she has none. One round trip. */
    public Optional<Identity> cardOf(CustomerId customer) {
        access.require(Right.SEE_PERSONAL_DATA, customer);
        return access.show(
                Right.SEE_PERSONAL_DATA,
                ports.unitOfWork(),
                () -> cards.of(customer),
                card -> card.isEmpty() ? List.of() : List.of(customer));
    }

    /** The members brought by the customer of this id, ascending by id; a merge leaves them where they are. One round trip. */
    public Page<Member> referredBy(CustomerId referrer, PageRequest page) {
        access.require(Right.READ_MEMBERSHIP, referrer);
        boolean isFirst = Check.present(page, "page").after() == null;
        CustomerId after = isFirst ? null : CustomerId.of(page.afterNumber(0));
        List<Member> found =
                ports.unitOfWork().read(() -> ports.store().referred(tenant, referrer, after, page.size() + 1));
        boolean more = found.size() > page.size();
        List<Member> shown = more ? found.subList(0, page.size()) : found;
        return new Page<>(
                access.permitted(Right.READ_MEMBERSHIP, shown, Member::customer),
                more ? Long.toString(shown.get(page.size() - 1).customer().value()) : null);
    }

    /** Everything that became of her membership, the first entry first; nothing of who never was a member. One round trip. */
    public Page<MembershipEntry> history(CustomerId customer, PageRequest page) {
        access.require(Right.READ_MEMBERSHIP, customer);
        long after = Check.present(page, "page").afterNumber(0);
        List<MembershipEntry> found =
                ports.unitOfWork().read(() -> ports.store().entries(tenant, customer, after, page.size() + 1));
        boolean more = found.size() > page.size();
        List<MembershipEntry> shown = more ? found.subList(0, page.size()) : found;
        return new Page<>(shown, more ? Long.toString(shown.get(page.size() - 1).seq()) : null);
    }

    private MembershipRequest request(MembershipAct act, Notice notice) {
        Check.present(notice, "notice");
        return new MembershipRequest(
                notice, notice.addTo(Fingerprint.of(act.eventType())).value(), instants.now());
    }

    /** Whether the key is booked is asked only when deciding or writing fails: it seldom is. */
    private MembershipEntry move(MembershipAct act, CustomerId customer, Notice notice) {
        access.require(Right.MANAGE_MEMBERSHIP, customer);
        var request = request(act, notice);
        return command(customer, current -> {
            MembershipSnapshot before = lock(current);
            MembershipChange change;
            try {
                change = new MembershipFile(before).move(act, request);
            } catch (CrmException refusal) {
                return repeated(current, request).orElseThrow(() -> refusal);
            }
            return ports.store().apply(change)
                    ? change.entry()
                    : repeated(current, request).orElseThrow(Membership::unbooked);
        });
    }

    /** Writes that she is a member from now on, with her number. */
    private Joined enter(MembershipChange change, @Nullable String number) {
        CustomerId customer = change.customer();
        Identity card = cards.give(
                customer,
                number,
                RequestKey.reserved(
                        "membership/card/" + customer + "/" + change.entry().seq()));
        if (!ports.store().apply(change)) {
            throw unbooked();
        }
        return new Joined(change.entry(), Optional.of(card));
    }

    /** Runs a command whose answer shows her number. */
    private Joined shown(Right right, CustomerId customer, Function<CustomerId, Joined> command) {
        return command(customer, current -> {
            Joined joined = command.apply(current);
            access.shown(right, joined.card().isEmpty() ? List.of() : List.of(current));
            return joined;
        });
    }

    /** Runs a command for her, or for the customer she was merged into. */
    private <T> T command(CustomerId customer, Function<CustomerId, T> command) {
        Check.present(customer, "customer");
        Instant at = instants.now();
        return ports.unitOfWork()
                .run(() -> Survivors.follow(
                        customer,
                        current -> observer.watching(tenant, current, TOPICS, at, () -> command.apply(current))));
    }

    private MembershipSnapshot lock(CustomerId customer) {
        MembershipSnapshot found = ports.store()
                .lock(tenant, customer)
                .orElseThrow(() -> CoreError.UNKNOWN_CUSTOMER.because("there is no customer %s", customer));
        if (found.mergedInto() != null) {
            throw Survivors.mergedInto(customer, found.mergedInto());
        }
        return found;
    }

    /** The entry that was booked under the request's key; empty if the key is new. */
    private Optional<MembershipEntry> repeated(CustomerId customer, MembershipRequest request) {
        return ports.requests()
                .find(tenant, customer, request.notice().key())
                .flatMap(booked -> ports
                        .store()
                        .entries(
                                tenant, booked.home() == null ? customer : booked.home(), request.answer(booked) - 1, 1)
                        .stream()
                        .findFirst());
    }

    private static CrmException unbooked() {
        return CoreError.STORE_FAILED.because("the store names a request as booked and does not find it");
    }
}
