package dev.retailcrm.core.customer;

import dev.retailcrm.core.access.Access;
import dev.retailcrm.core.access.Right;
import dev.retailcrm.core.history.Actor;
import dev.retailcrm.core.history.ActorQuery;
import dev.retailcrm.core.history.FieldChange;
import dev.retailcrm.core.history.HistoryQuery;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.CustomerIds;
import dev.retailcrm.core.kernel.Fingerprint;
import dev.retailcrm.core.kernel.Instants;
import dev.retailcrm.core.kernel.Page;
import dev.retailcrm.core.kernel.PageRequest;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.kernel.Survivors;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.rule.FactTopic;
import dev.retailcrm.core.spi.CustomerChange;
import dev.retailcrm.core.spi.CustomerSnapshot;
import dev.retailcrm.core.spi.CustomerStore;
import dev.retailcrm.core.spi.CustomerStore.Applied;
import dev.retailcrm.core.spi.CustomerStore.Place;
import dev.retailcrm.core.spi.CustomerStore.Position;
import dev.retailcrm.core.spi.FactObserver;
import dev.retailcrm.core.spi.LookupKey;
import dev.retailcrm.core.spi.RequestStore;
import dev.retailcrm.core.spi.RequestStore.Booked;
import dev.retailcrm.core.spi.UnitOfWork;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The customers of one tenant. Every command is repeatable: the same key and content again writes nothing and answers with the
 * customer as she is by then. Commands join the host's transaction if there is one. Thread-safe.
 *
 * <p>Round trips are counted without those that open and commit a transaction; a repetition or refusal takes up to three more, a change
 * of enciphered data one or two more.
 */
public final class Customers {
    /** The most people {@link #registerAll} registers in one transaction. */
    public static final int CHUNK = 500;

    private static final Set<FactTopic> TOPICS = Set.of(FactTopic.RECORD);

    /** What is new of a customer who is new, or active again. */
    private static final Set<FactTopic> STANDING = Set.of(FactTopic.RECORD, FactTopic.STANDING);

    /** The most people of one batch. */
    public static final int MAX_BATCH = 10_000;

    private final TenantId tenant;
    private final CustomerStore store;
    private final RequestStore requests;
    private final UnitOfWork work;
    private final Instants instants;
    private final CustomerIds ids;
    private final @Nullable String region;
    private final Actor actor;
    private final FactObserver observer;
    private final Access access;

    private Customers(Builder settings, CustomerStore store, RequestStore requests, UnitOfWork work) {
        this.tenant = settings.tenant;
        this.store = store;
        this.requests = requests;
        this.work = work;
        this.instants = new Instants(settings.clock);
        this.ids = settings.ids == null ? CustomerIds.on(settings.clock) : settings.ids;
        this.region = settings.region;
        this.actor = Actor.UNKNOWN;
        this.observer = FactObserver.NONE;
        this.access = Access.unrestricted();
    }

    private Customers(Customers same, Actor actor, FactObserver observer, Access access) {
        this.tenant = same.tenant;
        this.store = same.store;
        this.requests = same.requests;
        this.work = same.work;
        this.instants = same.instants;
        this.ids = same.ids;
        this.region = same.region;
        this.actor = actor;
        this.observer = observer;
        this.access = access;
    }

    /** Starts the customers of a tenant, on the clock that dates what is not dated by its command. */
    public static Builder builder(TenantId tenant, InstantSource clock) {
        return new Builder(tenant, clock);
    }

    /** The same customers, changed by this actor: histories name it. Who does it is no part of what a repeated key is compared by. */
    public Customers as(Actor who) {
        return new Customers(this, Check.present(who, "actor"), observer, access);
    }

    /** The same customers, of whom this is told as they are registered and changed. */
    public Customers observedBy(FactObserver watcher) {
        return new Customers(this, actor, Check.present(watcher, "observer"), access);
    }

    /**
     * The same customers, as far as this access permits, and changed by its principal. What shows personal data in clear is recorded, if
     * the access is, by one round trip more.
     */
    public Customers guardedBy(Access granted) {
        Check.present(granted, "access");
        return new Customers(this, granted.actor().orElse(actor), observer, granted);
    }

    /**
     * Makes somebody a customer. Of several registrations of one identity at the same time one wins. Six round trips.
     *
     * @return the new customer; on a repetition the one registered first
     * @throws CrmException {@link CoreError#INVALID_VALUE}, {@link CoreError#TOO_MANY_IDENTITIES} or
     *     {@link CoreError#INSTANT_OUT_OF_RANGE} for input that is refused before anything is read;
     *     {@link CoreError#IDENTITY_TAKEN} if an identity belongs to a customer already;
     *     {@link CoreError#REQUEST_KEY_REUSED} if the key registered other content
     */
    public Customer register(Registration registration) {
        access.require(Right.REGISTER_CUSTOMER);
        var intake = Intake.of(Check.present(registration, "registration"), region, instants, actor);
        return work.run(() -> {
            CustomerChange change = intake.decide(tenant, ids.next());
            Applied applied = store.apply(change);
            if (applied.written()) {
                told(Set.of(change.after().id()));
                return Customer.of(change.after());
            }
            CustomerId first = applied.taken().get(LookupKey.registration(change.key()));
            if (first == null) {
                throw taken(change, applied);
            }
            Customer now = repeated(locked(first), intake.request()).orElseThrow(Customers::unbooked);
            access.shown(Right.REGISTER_CUSTOMER, List.of(now.id()));
            return now;
        });
    }

    /**
     * Makes many people customers, {@value #CHUNK} a transaction, or all in the host's if there is one. What becomes of each is what
     * {@link #register} would do with one after the other, so it does not depend on how a list is cut. Seven round trips a chunk on
     * PostgreSQL, however many they are; one more if some are repeated, two more with a cipher.
     *
     * @param registrations at most {@value #MAX_BATCH}
     * @return what became of each, in the order of the list; one refused does not refuse the others
     * @throws CrmException {@link CoreError#INVALID_VALUE} if a registration is missing or there are more, before anything is written
     */
    public List<RegistrationOutcome> registerAll(List<Registration> registrations) {
        access.require(Right.REGISTER_CUSTOMER);
        return new RegistrationBatch(tenant, store, requests).register(intakes(registrations), ids, work, this::told);
    }

    /**
     * Starts a rehearsal of {@link #registerAll}: it tells what would become of people, and writes nothing. It remembers those it was
     * given, in 16 to 48 bytes for each identity and key.
     */
    public Rehearsal rehearsal() {
        access.require(Right.REGISTER_CUSTOMER);
        return new Rehearsal(new RegistrationBatch(tenant, store, requests), this);
    }

    /** Tells beforehand what {@link Customers#registerAll} would do. Not thread-safe. */
    public static final class Rehearsal {
        private final RegistrationBatch batch;
        private final Customers customers;
        private final ClaimedKeys claimed = new ClaimedKeys();

        private Rehearsal(RegistrationBatch batch, Customers customers) {
            this.batch = batch;
            this.customers = customers;
        }

        /**
         * What {@link Customers#registerAll} would do with these people, had all those before them been given to it. Nobody gets an id:
         * outcomes name no customer but those who are in the store. One round trip, two if some are repeated.
         *
         * @throws CrmException as {@link Customers#registerAll}
         */
        public List<RegistrationOutcome> registerAll(List<Registration> registrations) {
            List<RegistrationBatch.Reading> people = customers.intakes(registrations);
            return customers.work.read(() -> batch.rehearse(people, claimed));
        }
    }

    private List<RegistrationBatch.Reading> intakes(List<Registration> registrations) {
        Check.range(Check.present(registrations, "registrations").size(), 0, MAX_BATCH, "number of registrations");
        for (Object registration : registrations) {
            Check.present(registration, "registration");
        }
        return registrations.stream()
                .map(registration -> RegistrationBatch.read(() -> Intake.of(registration, region, instants, actor)))
                .toList();
    }

    /**
     * The customer, or empty if there is none with this id; for the old id of one who was merged, the survivor. One round trip, and one
     * more for each merge.
     */
    public Optional<Customer> find(CustomerId customer) {
        access.require(Right.SEE_PERSONAL_DATA, customer);
        return access.show(
                Right.SEE_PERSONAL_DATA,
                work,
                () -> survivor(customer, store::find).map(Customer::of),
                Customers::shownIds);
    }

    /**
     * The customer known by this identity, or empty if nobody is. One round trip.
     *
     * @throws CrmException {@link CoreError#ACCESS_DENIED} by {@link #guardedBy} for somebody else's customer, and for nobody's alike
     */
    public Optional<Customer> findBy(Identity identity) {
        LookupKey key = LookupKey.of(Check.present(identity, "identity"));
        access.requireSome(Right.SEE_PERSONAL_DATA);
        return access.show(
                Right.SEE_PERSONAL_DATA,
                work,
                () -> lookedUp(Right.SEE_PERSONAL_DATA, key).map(Customer::of),
                Customers::shownIds);
    }

    /**
     * The customer known by this phone number, as it is dialled in the tenant's region or in international form; empty if nobody
     * is. One round trip.
     *
     * @throws CrmException {@link CoreError#INVALID_VALUE} if no such number is possible
     */
    public Optional<Customer> findByPhone(String number) {
        return findBy(phone(number));
    }

    /**
     * The customer with her personal data masked, as the access policy shows it to the principal; empty if there is none with this id; for an
     * old id, the survivor. Round trips as {@link #find}, one more if something is in clear, which is recorded.
     */
    public Optional<CustomerView> view(CustomerId customer) {
        access.require(Right.READ_CUSTOMER, customer);
        return new CustomerViews(access, work).of(work.read(() -> survivor(customer, store::find)));
    }

    /**
     * The customer known by this identity with her personal data masked, or empty if nobody is. One round trip.
     *
     * @throws CrmException {@link CoreError#ACCESS_DENIED} as of {@link #findBy}
     */
    public Optional<CustomerView> viewBy(Identity identity) {
        LookupKey key = LookupKey.of(Check.present(identity, "identity"));
        access.requireSome(Right.READ_CUSTOMER);
        return new CustomerViews(access, work).of(work.read(() -> lookedUp(Right.READ_CUSTOMER, key)));
    }

    /**
     * The customers with a phone number or member card of eight characters or more that ends in these four, as {@link #view} shows them, by
     * ascending id. Those the principal may not see are left out, so a page may be short before the last. One round trip, and one more if
     * something is in clear.
     *
     * @param four digits or letters of ASCII; case counts
     * @throws CrmException {@link CoreError#INVALID_VALUE}; {@link CoreError#INVALID_CURSOR}
     */
    public Page<CustomerView> viewByLastFour(String four, PageRequest page) {
        access.requireSome(Right.READ_CUSTOMER);
        boolean isFirst = Check.present(page, "page").after() == null;
        CustomerId after = isFirst ? null : CustomerId.of(page.afterNumber(0));
        String asked = LookupKey.lastFour(four, CustomerId.of(1)).token();
        List<CustomerSnapshot> found = work.read(() -> store.findByLastFour(tenant, asked, after, page.size() + 1));
        List<CustomerSnapshot> shown = found.subList(0, Math.min(page.size(), found.size()));
        List<CustomerView> views =
                new CustomerViews(access, work).of(access.permitted(Right.READ_CUSTOMER, shown, CustomerSnapshot::id));
        boolean more = found.size() > page.size();
        return new Page<>(
                views, more ? Long.toString(shown.get(page.size() - 1).id().value()) : null);
    }

    /**
     * Who is known by each of these identities; those of nobody are absent. One round trip.
     *
     * @param identities at most {@value #MAX_BATCH}
     */
    public Map<Identity, CustomerId> holders(Set<Identity> identities) {
        access.require(Right.READ_CUSTOMER);
        Check.range(Check.present(identities, "identities").size(), 0, MAX_BATCH, "number of identities");
        Map<LookupKey, Identity> keys = new HashMap<>(2 * identities.size());
        identities.forEach(identity -> keys.put(LookupKey.of(Check.present(identity, "identity")), identity));
        Map<Identity, CustomerId> holders = new HashMap<>(2 * keys.size());
        if (!keys.isEmpty()) {
            work.read(() -> store.holders(tenant, keys.keySet()))
                    .forEach((key, holder) -> holders.put(Objects.requireNonNull(keys.get(key)), holder));
        }
        return holders;
    }

    /**
     * The customer that each of these ids stands for by now: of somebody who was merged, the survivor. Ids of nobody are absent. One round
     * trip, and one more for each merge in a row.
     *
     * @param ids at most {@value #MAX_BATCH}
     */
    public Map<CustomerId, CustomerId> current(Set<CustomerId> ids) {
        access.require(Right.READ_CUSTOMER);
        Check.range(Check.present(ids, "ids").size(), 0, MAX_BATCH, "number of ids");
        ids.forEach(id -> Check.present(id, "id"));
        return work.read(
                () -> Survivors.of(ids, asked -> store.standings(tenant, asked), CustomerStore.Standing::mergedInto));
    }

    /** A phone number as it is dialled in the tenant's region, or in international form; see {@link Identity#phone(String)}. */
    public Identity phone(String number) {
        return region == null ? Identity.phone(number) : Identity.phone(number, region);
    }

    /**
     * Changes a profile; an update that changes nothing leaves version and events as they are. Six round trips.
     *
     * @return the customer after it
     * @throws CrmException {@link CoreError#UNKNOWN_CUSTOMER}; {@link CoreError#VERSION_CONFLICT};
     *     {@link CoreError#REQUEST_KEY_REUSED}; {@link CoreError#INVALID_VALUE} if the date of birth lies in the future
     */
    public Customer update(ProfileUpdate update) {
        ProfilePatch patch = Check.present(update, "update").patch();
        access.require(Right.CHANGE_CUSTOMER, update.customer());
        var at = instants.now();
        patch.requireBornBefore(at);
        var content = patch.addTo(
                Fingerprint.of("customer.update").and(update.expected().orElse(0)));
        var request = Request.of(update.key(), content, at, actor);
        return change(
                Right.CHANGE_CUSTOMER, update.customer(), request, it -> it.update(patch, update.expected(), request));
    }

    /**
     * Gives a customer one more identity; one that she has already is left as it is. Eight round trips.
     *
     * @return the customer after it
     * @throws CrmException {@link CoreError#UNKNOWN_CUSTOMER}; {@link CoreError#IDENTITY_TAKEN} if it belongs to another customer;
     *     {@link CoreError#TOO_MANY_IDENTITIES}; {@link CoreError#REQUEST_KEY_REUSED}
     */
    public Customer addIdentity(CustomerId customer, Identity identity, RequestKey key) {
        access.require(Right.CHANGE_CUSTOMER, customer);
        var request = request("customer.add-identity", identity, key);
        return change(Right.CHANGE_CUSTOMER, customer, request, it -> it.add(identity, request));
    }

    /**
     * Takes an identity from a customer; somebody else may have it then. Eight round trips.
     *
     * @return the customer after it
     * @throws CrmException {@link CoreError#UNKNOWN_CUSTOMER}; {@link CoreError#UNKNOWN_IDENTITY} if she does not have it;
     *     {@link CoreError#REQUEST_KEY_REUSED}
     */
    public Customer removeIdentity(CustomerId customer, Identity identity, RequestKey key) {
        access.require(Right.CHANGE_CUSTOMER, customer);
        var request = request("customer.remove-identity", identity, key);
        return change(Right.CHANGE_CUSTOMER, customer, request, it -> it.remove(identity, request));
    }

    /**
     * Notes that an identity was seen to be the customer's own; one that was verified before is verified anew. Forgotten when she loses
     * it. Seven round trips.
     *
     * @return the customer after it, see {@link Customer#verification}
     * @throws CrmException {@link CoreError#UNKNOWN_CUSTOMER}; {@link CoreError#UNKNOWN_IDENTITY} if she does not have it;
     *     {@link CoreError#CUSTOMER_ERASED}; {@link CoreError#REQUEST_KEY_REUSED}
     */
    public Customer verifyIdentity(CustomerId customer, Identity identity, VerificationMethod method, RequestKey key) {
        access.require(Right.CHANGE_CUSTOMER, customer);
        var content = identified("customer.verify-identity", identity)
                .and(Check.present(method, "verification method").name());
        var request = Request.of(key, content, instants.now(), actor);
        return change(Right.CHANGE_CUSTOMER, customer, request, it -> it.verify(identity, method, request));
    }

    /**
     * Keeps a customer's data from being processed, or lets it be again. Six round trips.
     *
     * @param to {@link CustomerStatus#RESTRICTED} or {@link CustomerStatus#ACTIVE}
     * @return the customer after it
     * @throws CrmException {@link CoreError#UNKNOWN_CUSTOMER}; {@link CoreError#CUSTOMER_ERASED}; {@link CoreError#REQUEST_KEY_REUSED};
     *     {@link CoreError#INVALID_VALUE} for another status
     */
    public Customer changeStatus(CustomerId customer, CustomerStatus to, RequestKey key) {
        access.require(Right.RESTRICT_CUSTOMER, customer);
        if (Check.present(to, "status") != CustomerStatus.ACTIVE && to != CustomerStatus.RESTRICTED) {
            throw CoreError.INVALID_VALUE.because("a customer becomes %s by a command of its own", to);
        }
        var content = Fingerprint.of("customer.become").and(to.name());
        var request = Request.of(key, content, instants.now(), actor);
        return change(Right.RESTRICT_CUSTOMER, customer, request, STANDING, it -> it.become(to, request));
    }

    /**
     * Stores personal data anew with the newest key, after a key was rotated or a cipher given, while tills work: a transaction each. Can
     * be stopped and resumed by its cursor; once it came to the end, older keys can be taken away. Three round trips a customer, more for
     * those renewed.
     *
     * @param after the cursor to go on from; {@code null} to begin
     * @param limit at most so many customers, 1 to 10,000
     */
    public RenewalProgress renew(@Nullable CustomerId after, int limit) {
        access.require(Right.OPERATE);
        Check.range(limit, 1, 10_000, "limit");
        List<CustomerId> found = work.read(() -> store.customers(tenant, after, limit));
        int renewed = 0;
        for (CustomerId customer : found) {
            boolean changed = work.run(() -> store.lock(tenant, customer).isPresent() && store.renew(tenant, customer));
            renewed += changed ? 1 : 0;
        }
        return new RenewalProgress(found.size(), renewed, found.size() < limit ? null : found.get(found.size() - 1));
    }

    /**
     * What was changed of a customer, the latest first; kept for ever. One round trip.
     *
     * @throws CrmException {@link CoreError#INVALID_CURSOR}
     */
    public Page<FieldChange> history(HistoryQuery query, PageRequest page) {
        Position before = HistoryCursor.parse(Check.present(page, "page").after());
        access.require(Right.SEE_PERSONAL_DATA, Check.present(query, "query").customer());
        List<FieldChange> found = access.show(
                Right.SEE_PERSONAL_DATA,
                work,
                () -> store.changes(tenant, query, before, page.size() + 1),
                changes -> changes.isEmpty() ? List.of() : List.of(query.customer()));
        return HistoryCursor.page(found, page.size());
    }

    /**
     * What an actor changed of all the tenant's customers, the latest first. Values of customers who were erased are empty. One round
     * trip.
     *
     * @throws CrmException {@link CoreError#INVALID_CURSOR}
     */
    public Page<FieldChange> changesBy(ActorQuery query, PageRequest page) {
        Place before = HistoryCursor.parseOfMany(Check.present(page, "page").after());
        Check.present(query, "query");
        access.require(Right.SEE_PERSONAL_DATA);
        return access.show(
                Right.SEE_PERSONAL_DATA,
                work,
                () -> HistoryCursor.pageOfMany(store.changesBy(tenant, query, before, page.size() + 1), page.size()),
                changes -> changes.items().stream()
                        .map(FieldChange::customer)
                        .distinct()
                        .toList());
    }

    /**
     * A profile as it was at an instant: after the last change that is not later. One round trip for the profile, and one for every 500
     * changes since.
     *
     * @return empty if there is no such customer, or she was none yet
     */
    public Optional<Profile> profileAt(CustomerId customer, Instant at) {
        Check.present(at, "instant");
        access.require(Right.SEE_PERSONAL_DATA, customer);
        return access.show(
                Right.SEE_PERSONAL_DATA,
                work,
                () -> store.find(tenant, customer)
                        .flatMap(record -> new PastProfile(record)
                                .at(
                                        at,
                                        before -> store.changes(
                                                tenant, HistoryQuery.of(customer), before, PastProfile.PART))),
                profile -> profile.isEmpty() ? List.of() : List.of(customer));
    }

    private Optional<CustomerSnapshot> lookedUp(Right right, LookupKey key) {
        Optional<CustomerSnapshot> found = store.findBy(tenant, key);
        access.requireFound(right, found.map(CustomerSnapshot::id));
        return found;
    }

    private static List<CustomerId> shownIds(Optional<Customer> found) {
        return found.stream().map(Customer::id).toList();
    }

    private Request request(String command, Identity identity, RequestKey key) {
        return Request.of(key, identified(command, identity), instants.now(), actor);
    }

    private static Fingerprint identified(String command, Identity identity) {
        var given = Check.present(identity, "identity");
        return Fingerprint.of(command)
                .and(given.kind().name())
                .and(given.system())
                .and(given.value());
    }

    /** Runs a command within a unit of work, and records that its answer shows the customer. */
    private Customer change(Right right, CustomerId id, Request request, Function<Customer, CustomerChange> command) {
        return change(right, id, request, TOPICS, command);
    }

    private Customer change(
            Right right,
            CustomerId id,
            Request request,
            Set<FactTopic> topics,
            Function<Customer, CustomerChange> command) {
        Check.present(id, "customer");
        return work.run(() -> {
            boolean awaited = observer.awaits(tenant, Set.of(id), topics);
            Customer after = changed(locked(id), request, command);
            if (awaited) {
                observer.written(tenant, Set.of(after.id()), topics, instants.now());
            }
            access.shown(right, List.of(after.id()));
            return after;
        });
    }

    /** Of new customers, whom nobody else can have locked. */
    private void told(Set<CustomerId> registered) {
        if (observer.awaits(tenant, registered, STANDING)) {
            observer.written(tenant, registered, STANDING, instants.now());
        }
    }

    /** Decides and writes. Whether the key is booked is asked only when that fails: it seldom is. */
    private Customer changed(Customer before, Request request, Function<Customer, CustomerChange> command) {
        CustomerChange change;
        try {
            change = command.apply(before);
        } catch (CrmException refusal) {
            return repeated(before, request).orElseThrow(() -> refusal);
        }
        Applied applied = store.apply(change);
        if (applied.written()) {
            return Customer.of(change.after());
        }
        if (!applied.taken().isEmpty()) {
            throw taken(change, applied);
        }
        return repeated(before, request).orElseThrow(Customers::unbooked);
    }

    private Customer locked(CustomerId id) {
        return survivor(id, store::lock).map(Customer::of).orElseThrow(() -> unknown(id));
    }

    /** The record of a customer or, if she was merged, of the one she is by now. */
    private Optional<CustomerSnapshot> survivor(
            CustomerId id, BiFunction<TenantId, CustomerId, Optional<CustomerSnapshot>> query) {
        Optional<CustomerSnapshot> found = query.apply(tenant, id);
        while (found.isPresent() && found.get().mergedInto() != null) {
            found = query.apply(tenant, found.get().mergedInto());
        }
        return found;
    }

    private static CrmException unknown(CustomerId id) {
        return CoreError.UNKNOWN_CUSTOMER.because("there is no customer %s", id);
    }

    /** The customer if the request was booked for her, empty if its key is new; refuses a key of other content. */
    private Optional<Customer> repeated(Customer now, Request request) {
        Optional<Booked> booked = requests.find(tenant, now.id(), request.key());
        if (booked.isPresent() && booked.get().fingerprint() != request.fingerprint()) {
            throw reused();
        }
        return booked.map(it -> now);
    }

    static CrmException reused() {
        return CoreError.REQUEST_KEY_REUSED.because("the request key was used for other content");
    }

    static CrmException taken(CustomerChange change, Applied applied) {
        LookupKey first = change.claims().stream()
                .filter(applied.taken()::containsKey)
                .findFirst()
                .orElseThrow(() -> CoreError.STORE_FAILED.because("the store names keys taken that were not claimed"));
        return CoreError.IDENTITY_TAKEN.with(
                Map.of("holder", applied.taken().get(first), "kind", first.kind()),
                "the %s belongs to another customer",
                first.kind());
    }

    static CrmException unbooked() {
        return CoreError.STORE_FAILED.because("the store names a request as booked and does not find it");
    }

    /** Settings of a tenant's customers. Not thread-safe. */
    public static final class Builder {
        private final TenantId tenant;
        private final InstantSource clock;
        private @Nullable CustomerIds ids;
        private @Nullable String region;

        private Builder(TenantId tenant, InstantSource clock) {
            this.tenant = Check.present(tenant, "tenant");
            this.clock = Check.present(clock, "clock");
        }

        /** Where ids come from. Default: the clock, as a node picked at random. */
        public Builder ids(CustomerIds source) {
            ids = Check.present(source, "ids");
            return this;
        }

        /**
         * The region in which phone numbers are read that have no country code. Default: none, so that such numbers are refused.
         *
         * @param code ISO 3166 code of two capital letters, such as {@code CN}
         * @throws CrmException {@link CoreError#INVALID_VALUE} if there is no such region
         */
        public Builder region(String code) {
            region = PhoneNumbers.region(code);
            return this;
        }

        /** The customers kept in this store. */
        public Customers in(CustomerStore store, RequestStore requests, UnitOfWork work) {
            return new Customers(
                    this,
                    Check.present(store, "customer store"),
                    Check.present(requests, "request store"),
                    Check.present(work, "unit of work"));
        }
    }
}
