package dev.retailcrm.assets.earn;

import dev.retailcrm.assets.checkout.Purchase;
import dev.retailcrm.assets.definition.Definitions;
import dev.retailcrm.assets.ledger.Asset;
import dev.retailcrm.assets.ledger.AssetError;
import dev.retailcrm.assets.ledger.EntryType;
import dev.retailcrm.assets.ledger.Grant;
import dev.retailcrm.assets.ledger.Ledger;
import dev.retailcrm.assets.ledger.OpenWallet;
import dev.retailcrm.assets.ledger.Posting;
import dev.retailcrm.assets.ledger.Terms;
import dev.retailcrm.assets.spi.DefinitionKind;
import dev.retailcrm.assets.spi.EarnChange;
import dev.retailcrm.assets.spi.EarnPorts;
import dev.retailcrm.assets.spi.LedgerPorts;
import dev.retailcrm.assets.tier.Tiers;
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
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.kernel.Survivors;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.rule.RuleQueries;
import dev.retailcrm.core.spi.RequestStore.Booked;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * By what the customers of one tenant earn, what they earned, and why. All programs count side by side, each into its asset. Thread-safe.
 *
 * <p>Commands join the host's transaction if there is one, are booked once per request key, and book nothing, or everything: what was earned, how
 * much of caps that uses, and the value in the ledger. One customer's commands wait for one another in her wallet, so caps hold. A repetition is
 * answered with what is kept by then.
 *
 * <p>Earning takes, on PostgreSQL, a round trip for the programs, four for what was earned, three more where caps are counted, and two for each program
 * that gives something; where a rule asks about a tier, two more, and where one asks about customers, those of {@link RuleQueries#catalog} and
 * {@link RuleQueries#facts(dev.retailcrm.core.rule.CompiledRule, java.util.Collection)} before anything is locked.
 */
public final class Earning {
    /** How programs are kept. */
    private static final Definitions.Form<EarningProgram> FORM = new Definitions.Form<>(
            EarningProgram::key,
            EarningProgram::version,
            EarningProgram::at,
            EarningProgram::toJson,
            EarningProgram::parse);

    private final TenantId tenant;
    private final Terms terms;
    private final EarnPorts ports;
    private final RuleQueries rules;
    private final Tiers tiers;
    private final Definitions<EarningProgram> programs;
    private final Instants clock;
    private final Access access;

    /**
     * The earning of a tenant.
     *
     * @param terms on which value is booked, in every asset; caps count by their zone
     * @param rules of the same tenant over the same unit of work, not guarded
     * @param tiers likewise
     */
    public Earning(TenantId tenant, Terms terms, EarnPorts ports, RuleQueries rules, Tiers tiers) {
        this(
                Check.present(tenant, "tenant"),
                Check.present(terms, "terms"),
                Check.present(ports, "ports"),
                Check.present(rules, "rules"),
                Check.present(tiers, "tiers"),
                Access.unrestricted());
    }

    private Earning(TenantId tenant, Terms terms, EarnPorts ports, RuleQueries rules, Tiers tiers, Access access) {
        this.tenant = tenant;
        this.terms = terms;
        this.ports = ports;
        this.rules = rules;
        this.tiers = tiers;
        this.programs = new Definitions<>(
                tenant, ports.ledger().unitOfWork(), ports.definitions(), DefinitionKind.EARNING, FORM);
        this.clock = new Instants(ports.ledger().clock());
        this.access = access;
    }

    /** The same earning, as far as this access permits. */
    public Earning guardedBy(Access granted) {
        return new Earning(tenant, terms, ports, rules, tiers, Check.present(granted, "access"));
    }

    /**
     * Makes a program, or changes one: with version 0 there must be none of its key, else that version must be the latest. A program that was retired
     * is in use again. It counts from now on for whatever is earned, also for what happened before.
     *
     * @return it, at the next version
     * @throws CrmException {@link CoreError#VERSION_CONFLICT}; {@link CoreError#INVALID_RULE} naming the place in the rule of an audience;
     *     {@link AssetError#TOO_MANY_DEFINITIONS}; {@link CoreError#REQUEST_KEY_REUSED}; {@link AssetError#INVALID_DEFINITION} if its JSON form is
     *     longer than {@value EarningProgram#MAX_BYTES} bytes
     */
    public EarningProgram define(EarningProgram program, RequestKey key) {
        access.require(Right.DEFINE);
        Check.present(program, "program");
        Check.present(key, "request key");
        return programs.define(program, key, it -> Audiences.of(List.of(it)).forEach(rules::compile));
    }

    /**
     * Takes a program out of use. What was earned by it stays, and is given back as before.
     *
     * @throws CrmException {@link AssetError#UNKNOWN_DEFINITION}; {@link CoreError#REQUEST_KEY_REUSED}
     */
    public EarningProgram retire(String program, RequestKey key) {
        access.require(Right.DEFINE);
        Check.code(program, EarningProgram.MAX_KEY, "key of the program");
        return programs.retire(program, key);
    }

    /** A program, retired or not; empty if there is none. One round trip. */
    public Optional<EarningProgram> find(String program) {
        access.require(Right.READ_DEFINITIONS);
        Check.code(program, EarningProgram.MAX_KEY, "key of the program");
        return Optional.ofNullable(programs.all().get(program));
    }

    /** A program as it was at a version; empty if there is none. One round trip. */
    public Optional<EarningProgram> find(String program, long version) {
        access.require(Right.READ_DEFINITIONS);
        Check.code(program, EarningProgram.MAX_KEY, "key of the program");
        return programs.version(program, Check.positive(version, "version"));
    }

    /** All programs by key, retired ones among them. One round trip. */
    public SortedMap<String, EarningProgram> all() {
        access.require(Right.READ_DEFINITIONS);
        return programs.all();
    }

    /**
     * What a customer would earn for a purchase. Nothing is written or locked.
     *
     * @param at from 1970, at most 36 hours ahead of the clock
     */
    public Simulation simulate(CustomerId customer, Purchase purchase, Instant at) {
        access.require(Right.READ_ASSETS, Check.present(customer, "customer"));
        Check.present(purchase, "purchase");
        return simulate(customer, Merit.of(purchase), clock.orNow(Check.present(at, "instant")));
    }

    /** What a customer would earn for an event. See {@link #simulate(CustomerId, Purchase, Instant)}. */
    public Simulation simulate(CustomerId customer, EarnEvent event, Instant at) {
        access.require(Right.READ_ASSETS, Check.present(customer, "customer"));
        Check.present(event, "event");
        return simulate(customer, Merit.of(event), clock.orNow(Check.present(at, "instant")));
    }

    private Simulation simulate(CustomerId customer, Merit merit, Instant at) {
        return ports.ledger().unitOfWork().read(() -> {
            CustomerId current =
                    Survivors.current(customer, id -> ports.ledger().owners().survivor(tenant, id));
            Judgement judgement = judgement(current, merit, at);
            return new Simulation(
                    at, judgement.calculate(uses(current, judgement)).programs());
        });
    }

    /**
     * Gives what a purchase earns. It is told beside the posting's reference by its key alone; whether the order is kept as trade is another matter.
     *
     * @param posting its store is the basket's, whatever it says
     * @return what was given, and why; also if it is nothing
     * @throws CrmException {@link CoreError#UNKNOWN_CUSTOMER}; {@link CoreError#REQUEST_KEY_REUSED}; {@link AssetError#CAP_EXCEEDED} if an
     *     account would rise above what its terms allow; {@link AssetError#AMOUNT_OUT_OF_RANGE}
     */
    public Earned earn(CustomerId customer, Purchase purchase, Posting posting) {
        Check.present(purchase, "purchase");
        return earn(customer, Merit.of(purchase), posting);
    }

    /** Gives what an event earns. See {@link #earn(CustomerId, Purchase, Posting)}. */
    public Earned earn(CustomerId customer, EarnEvent event, Posting posting) {
        Check.present(event, "event");
        return earn(customer, Merit.of(event), posting);
    }

    private Earned earn(CustomerId customer, Merit merit, Posting posting) {
        access.require(Right.BOOK_ASSETS, Check.present(customer, "customer"));
        Instant at = clock.orNow(Check.present(posting, "posting").at());
        long fingerprint = merit.addTo(content("earn", posting)).value();
        return Survivors.follow(
                customer, current -> watched(current, () -> earn(current, merit, posting, at, fingerprint)));
    }

    /** In a unit of work, telling once of all that is booked. */
    private Earned watched(CustomerId customer, Supplier<Earned> command) {
        LedgerPorts ledger = ports.ledger();
        return ledger.unitOfWork().run(() -> ledger.watching(tenant, customer, command));
    }

    private Earned earn(CustomerId customer, Merit merit, Posting posting, Instant at, long fingerprint) {
        Judgement judgement = judgement(customer, merit, at);
        ledger(judgement.asset()).lockWallet(customer);
        EarnOutcome outcome = judgement.calculate(uses(customer, judgement));
        Earned earned = earned(customer, last(customer) + 1, merit, at, outcome, posting);
        try {
            requireRoom(customer, earned, posting);
        } catch (CrmException refusal) {
            if (ports.ledger().requests().find(tenant, customer, posting.key()).isPresent()) {
                return answered(customer, posting.key(), fingerprint);
            }
            throw refusal;
        }
        Booked booked = new Booked(fingerprint, answer(earned));
        if (!ports.store()
                .apply(new EarnChange(tenant, customer, true, earned, outcome.uses(), posting.key(), booked))) {
            return answered(customer, posting.key(), fingerprint);
        }
        grant(earned, posting, (ledger, grant, key) -> ledger.grant(customer, EntryType.EARN, grant, key));
        return earned;
    }

    /** How value is booked. */
    private interface Granting {
        void grant(Ledger ledger, Grant grant, Posting posting);
    }

    private void grant(Earned earned, Posting posting, Granting granting) {
        Posting booking = earned.store() == null ? posting : posting.in(earned.store());
        for (ProgramEarning given : earned.programs()) {
            if (given.points() > 0) {
                granting.grant(ledger(given.asset()), grant(given), under(earned.ledgerKey(given), booking));
            }
        }
    }

    static Earned earned(CustomerId customer, long no, Merit merit, Instant at, EarnOutcome outcome, Posting posting) {
        return new Earned(
                customer,
                no,
                posting.key(),
                merit.occasion(),
                at,
                merit.store(),
                posting.reference(),
                outcome,
                new TreeMap<>(),
                null);
    }

    long last(CustomerId customer) {
        return ports.store().last(tenant, customer);
    }

    List<CapUse> uses(CustomerId customer, Collection<String> periods) {
        return ports.store().uses(tenant, customer, periods);
    }

    void lock(CustomerId customer, Judgement judgement) {
        ledger(judgement.asset()).lockWallet(customer);
    }

    Terms terms() {
        return terms;
    }

    OpenEarning open(CustomerId customer, Purchase purchase, List<EarnRule> rewards, @Nullable Instant at) {
        access.require(Right.READ_ASSETS, customer);
        return new OpenEarning(this, customer, judgement(customer, Merit.of(purchase), rewards, clock.orNow(at)));
    }

    EarnChange booking(Earned earned, List<CapUse> uses, OpenWallet wallet, Posting posting) {
        access.require(Right.BOOK_ASSETS, earned.customer());
        Booked booked = new Booked(content("earn", posting).value(), answer(earned));
        grant(earned, posting, wallet::grant);
        return new EarnChange(tenant, earned.customer(), true, earned, uses, posting.key(), booked);
    }

    /** Refuses what the ledger would, before anything is written that a host could commit all the same. */
    void requireRoom(CustomerId customer, Earned earned, Posting posting) {
        Map<Asset, Long> sums = new HashMap<>();
        earned.programs().forEach(it -> sums.merge(it.asset(), it.points(), Long::sum));
        sums.forEach((asset, points) -> {
            if (points > Ledger.MAX_AMOUNT) {
                throw AssetError.AMOUNT_OUT_OF_RANGE.because("at most %d can be earned at once", Ledger.MAX_AMOUNT);
            }
            if (points > 0 && terms.cap() < Terms.NO_CAP) {
                ledger(asset)
                        .rehearsal()
                        .grant(
                                customer,
                                EntryType.EARN,
                                Grant.of(points),
                                under(earned.booking("earn", asset.unit()), posting));
            }
        });
    }

    private static Grant grant(ProgramEarning given) {
        Grant grant = Grant.of(given.points());
        return given.availableFrom() == null ? grant : grant.availableFrom(given.availableFrom());
    }

    /**
     * Makes what was earned usable before its time: the goods were received, the review was accepted. What is pending of it is taken back and given
     * anew, available at once, so that its expiry counts from now. Up to sixteen round trips a program.
     *
     * @param original the key under which it was earned
     * @throws CrmException {@link AssetError#UNKNOWN_EARNING}; {@link AssetError#NOT_PENDING} if it was released, or all of it can be used
     */
    public Earned release(CustomerId customer, RequestKey original, Posting posting) {
        access.require(Right.BOOK_ASSETS, Check.present(customer, "customer"));
        Check.present(original, "key of the earning");
        Instant at = clock.orNow(Check.present(posting, "posting").at());
        long fingerprint =
                content("earn.release", posting).and(original.value()).value();
        return change(
                customer,
                original,
                posting,
                fingerprint,
                earned -> {
                    List<ProgramEarning> pending = earned.programs().stream()
                            .filter(it -> it.availableFrom() != null
                                    && it.availableFrom().isAfter(at)
                                    && it.points() > 0)
                            .toList();
                    if (earned.releasedAt() != null || pending.isEmpty()) {
                        throw AssetError.NOT_PENDING.because("nothing of it is pending");
                    }
                    return new Step(earned.released(at), List.of());
                },
                (current, before, after, rehearsing) -> {
                    for (ProgramEarning given : before.programs()) {
                        RequestKey booked = before.ledgerKey(given);
                        long left = given.points() - Return.of(before).back(given, before.returned());
                        if (left > 0 && !booked.equals(after.ledgerKey(given))) {
                            Ledger ledger = ledger(given.asset());
                            (rehearsing ? ledger.rehearsal() : ledger)
                                    .takeBack(
                                            current,
                                            booked,
                                            left,
                                            under(before.booking("unpend", given.program()), posting));
                            if (!rehearsing) {
                                ledger.grant(
                                        current,
                                        EntryType.EARN,
                                        Grant.of(left),
                                        under(after.ledgerKey(given), posting));
                            }
                        }
                    }
                });
    }

    /**
     * Takes back what goods earned that are returned, and gives back what they used of caps: of each line in proportion to what was paid for it,
     * rounded down, and the rest with the last of it. Any number of times, in any order: when all of a line is returned, exactly all it earned is
     * taken back. If less is left by then, the {@link dev.retailcrm.assets.ledger.ShortfallPolicy} decides.
     *
     * @param original the key under which it was earned
     * @param returned what is paid back of each line, by its number, 1 to 1,000 lines; above zero, or zero for a line that cost nothing
     * @throws CrmException {@link AssetError#UNKNOWN_EARNING}; {@link AssetError#RETURN_EXCEEDS_EARNING} also for a line that is not of the
     *     purchase; {@link AssetError#WRONG_CURRENCY}; {@link AssetError#INSUFFICIENT_VALUE}
     */
    public Earned takeBack(CustomerId customer, RequestKey original, Map<Integer, Money> returned, Posting posting) {
        return takeBack(customer, original, returned, List.of(), posting);
    }

    /** The same, adding to the uses of caps. */
    Earned takeBack(
            CustomerId customer,
            RequestKey original,
            Map<Integer, Money> returned,
            Collection<CapUse> more,
            Posting posting) {
        access.require(Right.BOOK_ASSETS, Check.present(customer, "customer"));
        Check.present(original, "key of the earning");
        SortedMap<Integer, Long> amounts = Return.amounts(returned);
        Check.present(posting, "posting");
        Fingerprint content = content("earn.takeBack", posting).and(original.value());
        new TreeMap<>(returned).forEach((line, amount) -> content.and(line).and(amount.toString()));
        return takeBack(
                customer,
                original,
                posting,
                content,
                more,
                it -> it.in(returned.values()).and(amounts));
    }

    /**
     * Takes back all that is left of what was earned, and gives back what it used of caps: the order was cancelled, the review withdrawn. Otherwise as
     * {@link #takeBack(CustomerId, RequestKey, Map, Posting)}.
     */
    public Earned cancel(CustomerId customer, RequestKey original, Posting posting) {
        access.require(Right.BOOK_ASSETS, Check.present(customer, "customer"));
        Check.present(original, "key of the earning");
        Check.present(posting, "posting");
        Fingerprint content = content("earn.cancel", posting).and(original.value());
        return takeBack(customer, original, posting, content, List.of(), Return::everything);
    }

    private Earned takeBack(
            CustomerId customer,
            RequestKey original,
            Posting posting,
            Fingerprint content,
            Collection<CapUse> more,
            Function<Return, SortedMap<Integer, Long>> decision) {
        String act =
                "back-" + Long.toHexString(Fingerprint.of(posting.key().value()).value());
        return change(
                customer,
                original,
                posting,
                content.value(),
                earned -> {
                    Return back = Return.of(earned);
                    SortedMap<Integer, Long> all = decision.apply(back);
                    List<CapUse> uses = new ArrayList<>(back.uses(all));
                    uses.addAll(more);
                    return new Step(earned.returning(all), uses);
                },
                (current, before, after, rehearsing) -> {
                    for (ProgramEarning given : after.programs()) {
                        Return back = Return.of(after);
                        long less = back.back(given, after.returned()) - back.back(given, before.returned());
                        if (less > 0) {
                            Ledger ledger = ledger(given.asset());
                            (rehearsing ? ledger.rehearsal() : ledger)
                                    .takeBack(
                                            current,
                                            after.ledgerKey(given),
                                            less,
                                            under(after.booking(act, given.program()), posting));
                        }
                    }
                });
    }

    /** What a command makes of something earned, and what that adds to the uses of caps. */
    private record Step(Earned next, List<CapUse> uses) {}

    /** What is booked in the ledger with a command: rehearsed before anything is written, since it may be refused. */
    private interface Bookings {
        void book(CustomerId customer, Earned before, Earned after, boolean rehearsing);
    }

    private Earned change(
            CustomerId customer,
            RequestKey original,
            Posting posting,
            long fingerprint,
            Function<Earned, Step> decision,
            Bookings bookings) {
        clock.orNow(posting.at());
        return Survivors.follow(
                customer,
                current -> watched(current, () -> {
                    ledger(asset(required(current, original))).lockWallet(current);
                    Earned earned = required(current, original);
                    if (ports.ledger()
                            .requests()
                            .find(tenant, current, posting.key())
                            .isPresent()) {
                        return answered(current, posting.key(), fingerprint);
                    }
                    Step step = decision.apply(earned);
                    bookings.book(current, earned, step.next(), true);
                    Booked booked = new Booked(fingerprint, answer(step.next()));
                    var change =
                            new EarnChange(tenant, current, false, step.next(), step.uses(), posting.key(), booked);
                    if (!ports.store().apply(change)) {
                        return answered(current, posting.key(), fingerprint);
                    }
                    bookings.book(current, earned, step.next(), false);
                    return step.next();
                }));
    }

    private Earned required(CustomerId customer, RequestKey original) {
        return found(customer, original)
                .orElseThrow(
                        () -> AssetError.UNKNOWN_EARNING.because("nothing was earned here under key %s", original));
    }

    private static Asset asset(Earned earned) {
        return earned.programs().stream().map(ProgramEarning::asset).findFirst().orElse(Asset.points("standard"));
    }

    /** What was earned under a key; empty if nothing was. Two round trips. */
    public Optional<Earned> earned(CustomerId customer, RequestKey original) {
        access.require(Right.READ_ASSETS, Check.present(customer, "customer"));
        Check.present(original, "key of the earning");
        return ports.ledger()
                .unitOfWork()
                .read(() -> found(
                        Survivors.current(
                                customer, id -> ports.ledger().owners().survivor(tenant, id)),
                        original));
    }

    /** What a customer earned, in the order of booking, without what others earned who were merged into her. One round trip. */
    public Page<Earned> earned(CustomerId customer, PageRequest page) {
        access.require(Right.READ_ASSETS, Check.present(customer, "customer"));
        long after = Check.present(page, "page").afterNumber(0);
        return Page.of(
                ports.ledger().unitOfWork().read(() -> ports.store().list(tenant, customer, after, page.size() + 1)),
                page.size(),
                last -> Long.toString(last.no()));
    }

    private Optional<Earned> found(CustomerId customer, RequestKey key) {
        return ports.ledger().requests().find(tenant, customer, key).flatMap(this::found);
    }

    private Optional<Earned> found(Booked booked) {
        if (!booked.answer().startsWith(ANSWER)) {
            return Optional.empty();
        }
        String[] parts = booked.answer().substring(ANSWER.length()).split("#", -1);
        return ports.store().find(tenant, CustomerId.parse(parts[0]), Long.parseLong(parts[1]));
    }

    private static final String ANSWER = "earned#";

    private static String answer(Earned earned) {
        return ANSWER + earned.customer() + "#" + earned.no();
    }

    private Earned answered(CustomerId customer, RequestKey key, long fingerprint) {
        return ports.ledger()
                .requests()
                .find(tenant, customer, key)
                .filter(booked -> booked.fingerprint() == fingerprint)
                .flatMap(this::found)
                .orElseThrow(() ->
                        CoreError.REQUEST_KEY_REUSED.because("the request key was used before for other content"));
    }

    private static Fingerprint content(String command, Posting posting) {
        return posting.fingerprint(command, Asset.points("all"));
    }

    private static Posting under(RequestKey key, Posting posting) {
        return new Posting(key, posting.at(), posting.store(), posting.staff(), posting.reference());
    }

    private Ledger ledger(Asset asset) {
        return new Ledger(tenant, asset, terms, ports.ledger().unobserved());
    }

    private Judgement judgement(CustomerId customer, Merit merit, Instant at) {
        return judgement(customer, merit, List.of(), at);
    }

    private Judgement judgement(CustomerId customer, Merit merit, List<EarnRule> rewards, Instant at) {
        return new Judgement(
                programs.all().values().stream()
                        .filter(it -> !it.retired())
                        .map(it -> it.rewarding(rewards))
                        .toList(),
                merit,
                at,
                terms.zone(),
                asked -> Audiences.holding(rules, asked, customer, at),
                asked -> tiers.levels(customer, asked, at));
    }

    private CapUses uses(CustomerId customer, Judgement judgement) {
        List<String> periods = judgement.periods();
        return new CapUses(periods.isEmpty() ? List.of() : ports.store().uses(tenant, customer, periods));
    }
}
