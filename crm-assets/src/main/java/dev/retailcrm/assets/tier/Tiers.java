package dev.retailcrm.assets.tier;

import dev.retailcrm.assets.definition.Definitions;
import dev.retailcrm.assets.ledger.Asset;
import dev.retailcrm.assets.ledger.AssetError;
import dev.retailcrm.assets.ledger.Posting;
import dev.retailcrm.assets.spi.DefinitionKind;
import dev.retailcrm.assets.spi.DefinitionStore;
import dev.retailcrm.assets.spi.LedgerPorts;
import dev.retailcrm.assets.spi.TierChange;
import dev.retailcrm.assets.spi.TierPorts;
import dev.retailcrm.assets.spi.TierSnapshot;
import dev.retailcrm.assets.tier.TierStanding.Bound;
import dev.retailcrm.core.access.Access;
import dev.retailcrm.core.access.Right;
import dev.retailcrm.core.customer.CustomerStatus;
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
import dev.retailcrm.core.spi.MergeParticipant;
import dev.retailcrm.core.spi.RequestStore.Booked;
import dev.retailcrm.core.spi.UnitOfWork;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * At which levels the customers of one tenant are. A level is worked out from what was booked and what was measured since, so that it is right at every
 * instant, whether or not {@link #advance} ever ran; that only books what happened, for histories and events. Thread-safe. Commands join the host's
 * transaction if there is one and are booked once per request key.
 *
 * <p>A question takes a round trip for the programs, one for the standing and one for what is measured; a command ten, nine on PostgreSQL.
 */
public final class Tiers {
    /** The most customers of a step. */
    public static final int MAX_CUSTOMERS = 1_000;

    private static final Set<FactTopic> TOPICS = Set.of(FactTopic.TIERS);
    private static final String ANSWER = "tier#";
    private static final int ENTRIES = 500;

    /** How programs are kept. */
    private static final Definitions.Form<TierProgram> FORM = new Definitions.Form<>(
            TierProgram::key, TierProgram::version, TierProgram::at, TierProgram::toJson, TierProgram::parse);

    private final TenantId tenant;
    private final TierPorts ports;
    private final TierBooks books;
    private final Definitions<TierProgram> programs;
    private final Instants clock;
    private final Access access;

    /**
     * The tiers of a tenant.
     *
     * @param zone the retailer's, by which days are counted
     */
    public Tiers(TenantId tenant, ZoneId zone, TierPorts ports) {
        this(tenant, Check.present(zone, "zone"), Check.present(ports, "ports"), Access.unrestricted());
    }

    private Tiers(TenantId tenant, ZoneId zone, TierPorts ports, Access access) {
        this.tenant = Check.present(tenant, "tenant");
        this.ports = ports;
        this.books = new TierBooks(tenant, zone, ports.store());
        this.programs = programs(tenant, ports.ledger().unitOfWork(), ports.definitions());
        this.clock = new Instants(ports.ledger().clock());
        this.access = access;
    }

    static Definitions<TierProgram> programs(TenantId tenant, UnitOfWork work, DefinitionStore definitions) {
        return new Definitions<>(tenant, work, definitions, DefinitionKind.TIER, FORM);
    }

    /** The same tiers, as far as this access permits. */
    public Tiers guardedBy(Access granted) {
        return new Tiers(tenant, books.zone, ports, Check.present(granted, "access"));
    }

    /** Keeps the higher of two tiers when customers are merged. */
    public MergeParticipant mergeParticipant() {
        return new TierMerge(books, programs);
    }

    /**
     * Makes a program, or changes one: with version 0 there must be none of its key, else that version must be the latest. A customer whose level is
     * no more has the lowest until she reaches another.
     *
     * @return it, at the next version
     * @throws CrmException {@link CoreError#VERSION_CONFLICT}; {@link AssetError#TOO_MANY_DEFINITIONS}; {@link CoreError#REQUEST_KEY_REUSED}
     */
    public TierProgram define(TierProgram program, RequestKey key) {
        access.require(Right.DEFINE);
        Check.present(program, "program");
        return programs.define(program, Check.present(key, "request key"), it -> {});
    }

    /**
     * Takes a program out of use: nobody has a level of it any more.
     *
     * @throws CrmException {@link AssetError#UNKNOWN_DEFINITION}; {@link CoreError#REQUEST_KEY_REUSED}
     */
    public TierProgram retire(String program, RequestKey key) {
        access.require(Right.DEFINE);
        Check.code(program, TierProgram.MAX_KEY, "key of the program");
        return programs.retire(program, key);
    }

    /** A program, retired or not; empty if there is none. One round trip. */
    public Optional<TierProgram> find(String program) {
        access.require(Right.READ_DEFINITIONS);
        Check.code(program, TierProgram.MAX_KEY, "key of the program");
        return Optional.ofNullable(programs.all().get(program));
    }

    /** All programs by key, retired ones among them. One round trip. */
    public SortedMap<String, TierProgram> all() {
        access.require(Right.READ_DEFINITIONS);
        return programs.all();
    }

    private TierProgram required(String key) {
        Check.code(key, TierProgram.MAX_KEY, "key of the program");
        TierProgram program = programs.require(key);
        if (program.retired()) {
            throw AssetError.UNKNOWN_DEFINITION.with(Map.of("key", key), "the program %s is not in use", key);
        }
        return program;
    }

    /**
     * The level a customer has in a program at an instant: one to come if nothing is added until then; one that is past by the history, where that
     * was booked since.
     *
     * @param at from 1970 to 9999
     * @throws CrmException {@link AssetError#UNKNOWN_DEFINITION}; {@link CoreError#UNKNOWN_CUSTOMER}
     */
    public TierLevel level(CustomerId customer, String program, Instant at) {
        access.require(Right.READ_ASSETS, Check.present(customer, "customer"));
        Instants.requireStorable(Check.present(at, "instant"));
        return ports.ledger().unitOfWork().read(() -> {
            TierProgram asked = required(program);
            return level(asked, snapshot(customer), at);
        });
    }

    /**
     * The keys of the levels a customer has at an instant in these programs; without those that are not in use, and none of who is no customer.
     * Two round trips, and one for each program.
     *
     * @param at from 1970 to 9999
     */
    public Map<String, String> levels(CustomerId customer, Collection<String> programKeys, Instant at) {
        access.require(Right.READ_ASSETS, Check.present(customer, "customer"));
        Instants.requireStorable(Check.present(at, "instant"));
        Check.range(Check.present(programKeys, "programs").size(), 0, Definitions.MAX, "number of programs");
        return ports.ledger().unitOfWork().read(() -> {
            Map<String, String> levels = new HashMap<>();
            Optional<TierSnapshot> snapshot = known(customer);
            for (String key : programKeys) {
                Check.code(key, TierProgram.MAX_KEY, "key of the program");
                TierProgram program = programs.all().get(key);
                if (snapshot.isPresent() && program != null && !program.retired()) {
                    levels.put(key, level(program, snapshot.get(), at).key());
                }
            }
            return levels;
        });
    }

    private TierLevel level(TierProgram program, TierSnapshot snapshot, Instant at) {
        return at.isBefore(books.booked(program, snapshot).asOf())
                ? past(program, snapshot.customer(), at)
                : course(program, snapshot)
                        .to(at.truncatedTo(ChronoUnit.MILLIS))
                        .level(program);
    }

    private TierLevel past(TierProgram program, CustomerId customer, Instant at) {
        String level = program.levels().get(0).key();
        long after = 0;
        while (true) {
            List<TierEntry> page = ports.store().entries(tenant, customer, after, ENTRIES);
            for (TierEntry entry : page) {
                boolean counts =
                        entry.program().equals(program.key()) && !entry.at().isAfter(at);
                level = counts ? entry.after() : level;
            }
            if (page.size() < ENTRIES) {
                return program.levels().get(Math.max(0, program.index(level)));
            }
            after = page.get(page.size() - 1).seq();
        }
    }

    /**
     * Where a customer stands in a program now, what is missing to the next level and to keep this one, and what will become of it.
     *
     * @throws CrmException {@link AssetError#UNKNOWN_DEFINITION}; {@link CoreError#UNKNOWN_CUSTOMER}
     */
    public TierOutlook outlook(CustomerId customer, String program) {
        access.require(Right.READ_ASSETS, Check.present(customer, "customer"));
        Instant now = clock.now();
        return ports.ledger().unitOfWork().read(() -> {
            TierProgram asked = required(program);
            TierCourse course = course(asked, snapshot(customer));
            TierStanding standing = course.to(now);
            int reached = asked.index(standing.reached());
            long value = course.value(now.plusMillis(1));
            TierLevel next =
                    reached + 1 < asked.levels().size() ? asked.levels().get(reached + 1) : null;
            Instant end = standing.grace() == null ? standing.until() : standing.grace();
            long kept = end == null ? 0 : course.value(end);
            long toKeep =
                    end == null ? 0 : Math.max(0, asked.levels().get(reached).threshold() - kept);
            TierLevel projected = end == null || end.isAfter(Instants.LAST)
                    ? standing.level(asked)
                    : course.to(end).level(asked);
            return new TierOutlook(
                    standing,
                    standing.level(asked),
                    value,
                    next,
                    next == null ? 0 : Math.max(0, next.threshold() - value),
                    toKeep,
                    projected,
                    TierCourse.due(standing));
        });
    }

    private TierCourse course(TierProgram program, TierSnapshot snapshot) {
        return Check.present(books.courses(program, List.of(snapshot)).get(snapshot.customer()), "course");
    }

    private TierSnapshot snapshot(CustomerId customer) {
        return known(customer).orElseThrow(() -> CoreError.UNKNOWN_CUSTOMER.because("no customer %s", customer));
    }

    private Optional<TierSnapshot> known(CustomerId customer) {
        TierSnapshot found = ports.store().find(tenant, List.of(customer)).get(customer);
        if (found == null) {
            return Optional.empty();
        }
        return found.mergedInto() == null ? Optional.of(found) : known(found.mergedInto());
    }

    /**
     * Gives a customer a level at least, until an end or until it is {@linkplain #unfloor taken away}; takes the place of a floor before.
     *
     * @param until exclusive, in the future; {@code null} for no end
     * @param posting names who does it
     * @throws CrmException {@link AssetError#UNKNOWN_DEFINITION}; {@link AssetError#UNKNOWN_LEVEL}; {@link AssetError#INVALID_TERM};
     *     {@link CoreError#UNKNOWN_CUSTOMER}; {@link CoreError#REQUEST_KEY_REUSED}
     */
    public TierStanding floor(
            CustomerId customer, String program, String level, @Nullable Instant until, Posting posting) {
        access.require(Right.CORRECT_ASSETS, Check.present(customer, "customer"));
        Bound bound = bound(level, until);
        var content = content("tier.floor", program, posting).and(level).and(until);
        return command(customer, program, posting, content, TierAct.FLOOR_SET, it -> it.floor(bound));
    }

    /** Takes a floor away; nothing happens if there is none. See {@link #floor}. */
    public TierStanding unfloor(CustomerId customer, String program, Posting posting) {
        access.require(Right.CORRECT_ASSETS, Check.present(customer, "customer"));
        var content = content("tier.unfloor", program, posting);
        return command(customer, program, posting, content, TierAct.FLOOR_ENDED, it -> it.floor(null));
    }

    /**
     * Gives a customer a level that was paid for, until it ends; takes the place of what was paid for before. Whether she has it free by then is no
     * matter.
     *
     * @param until exclusive, in the future
     * @throws CrmException as {@link #floor}
     */
    public TierStanding pay(CustomerId customer, String program, String level, Instant until, Posting posting) {
        access.require(Right.BOOK_ASSETS, Check.present(customer, "customer"));
        Bound bound = bound(level, Check.present(until, "end"));
        var content = content("tier.pay", program, posting).and(level).and(until);
        return command(customer, program, posting, content, TierAct.PAID, it -> it.paid(bound));
    }

    /** Takes back what was paid for; nothing happens if there is nothing. See {@link #pay}. */
    public TierStanding unpay(CustomerId customer, String program, Posting posting) {
        access.require(Right.BOOK_ASSETS, Check.present(customer, "customer"));
        var content = content("tier.unpay", program, posting);
        return command(customer, program, posting, content, TierAct.PAID_ENDED, it -> it.paid(null));
    }

    /**
     * Keeps what a customer reached from being raised and lowered, until an end or until it is {@linkplain #unlock unlocked}. Floors, and what is paid
     * for, are not locked.
     *
     * @param until exclusive, in the future; {@code null} for no end
     * @throws CrmException as {@link #floor}
     */
    public TierStanding lock(CustomerId customer, String program, @Nullable Instant until, Posting posting) {
        access.require(Right.CORRECT_ASSETS, Check.present(customer, "customer"));
        Instant end = end(until);
        var content = content("tier.lock", program, posting).and(until);
        return command(customer, program, posting, content, TierAct.LOCKED, it -> it.locked(end));
    }

    /** Ends a lock; what it kept away happens now. Nothing happens if there is none. See {@link #lock}. */
    public TierStanding unlock(CustomerId customer, String program, Posting posting) {
        access.require(Right.CORRECT_ASSETS, Check.present(customer, "customer"));
        var content = content("tier.unlock", program, posting);
        return command(customer, program, posting, content, TierAct.UNLOCKED, it -> it.locked(null));
    }

    private Bound bound(String level, @Nullable Instant until) {
        Check.code(level, TierLevel.MAX_KEY, "key of the level");
        return new Bound(level, end(until));
    }

    private Instant end(@Nullable Instant until) {
        if (until == null) {
            return Instants.LAST;
        }
        if (!until.isAfter(clock.now()) || until.isAfter(Instants.LAST)) {
            throw AssetError.INVALID_TERM.because("an end must lie in the future, before 10000");
        }
        return until.truncatedTo(ChronoUnit.MILLIS);
    }

    private static Fingerprint content(String command, String program, Posting posting) {
        Check.code(program, TierProgram.MAX_KEY, "key of the program");
        return Check.present(posting, "posting")
                .fingerprint(command, Asset.growth("tiers"))
                .and(program);
    }

    private TierStanding command(
            CustomerId customer,
            String program,
            Posting posting,
            Fingerprint content,
            TierAct act,
            UnaryOperator<TierStanding> decision) {
        Instant at = clock.orNow(posting.at());
        var booked = new Booked(content.value(), ANSWER + program);
        return Survivors.follow(
                customer,
                current -> watched(current, () -> {
                    TierProgram asked = required(program);
                    TierSnapshot before = locked(current);
                    Optional<Booked> known = ports.ledger().requests().find(tenant, current, posting.key());
                    TierCourse course = course(asked, before);
                    if (known.isPresent()) {
                        if (known.get().fingerprint() != booked.fingerprint()
                                || !known.get().answer().equals(booked.answer())) {
                            throw CoreError.REQUEST_KEY_REUSED.because(
                                    "the request key was used before for other content");
                        }
                        return books.booked(asked, before);
                    }
                    TierStanding now = course.to(at);
                    TierStanding next = decision.apply(now);
                    requireLevels(asked, next);
                    if (!next.equals(now)) {
                        course.step(now.asOf(), act, next);
                    }
                    TierStanding after = course.to(now.asOf());
                    store(books.change(
                            before,
                            after,
                            course.steps(),
                            clock.now(),
                            posting.staff(),
                            new TierChange.Booking(posting.key(), booked)));
                    return after;
                }));
    }

    private TierStanding watched(CustomerId customer, Supplier<TierStanding> command) {
        LedgerPorts ledger = ports.ledger();
        return ledger.unitOfWork()
                .run(() -> ledger.observer().watching(tenant, customer, TOPICS, clock.now(), command));
    }

    private static void requireLevels(TierProgram program, TierStanding standing) {
        for (Bound bound : new Bound[] {standing.floor(), standing.paid()}) {
            if (bound != null && program.index(bound.level()) < 0) {
                throw AssetError.UNKNOWN_LEVEL.with(
                        Map.of("level", bound.level()), "the program has no level %s", bound.level());
            }
        }
    }

    private void store(TierChange change) {
        if (!ports.store().apply(List.of(change))) {
            throw CoreError.REQUEST_KEY_REUSED.because("the request key was booked elsewhere for this customer");
        }
    }

    private TierSnapshot locked(CustomerId customer) {
        TierSnapshot found = ports.store().lock(tenant, List.of(customer)).get(customer);
        if (found == null) {
            throw CoreError.UNKNOWN_CUSTOMER.because("no customer %s", customer);
        }
        if (found.mergedInto() != null) {
            throw Survivors.mergedInto(customer, found.mergedInto());
        }
        if (found.status() == CustomerStatus.ERASED) {
            throw CoreError.CUSTOMER_ERASED.because("customer %s was erased", customer);
        }
        return found;
    }

    /** What became of a customer's tiers in all programs, in the order of booking, as far as it was booked. One round trip. */
    public Page<TierEntry> history(CustomerId customer, PageRequest page) {
        access.require(Right.READ_ASSETS, Check.present(customer, "customer"));
        long after = Check.present(page, "page").afterNumber(0);
        return Page.of(
                ports.ledger().unitOfWork().read(() -> ports.store().entries(tenant, customer, after, page.size() + 1)),
                page.size(),
                last -> Long.toString(last.seq()));
    }

    /**
     * Books what became of the next customers in a program, in one transaction, or as part of the host's; repeat with {@link TierProgress#cursor()} until
     * it {@linkplain TierProgress#isDone() is done}, and again as time goes by. It may be stopped between any two steps. Four round trips a step, and
     * as many as writing takes where something happened, however many customers they are.
     *
     * @param after only customers with greater ids; {@code null} to start
     * @param limit the most customers, 1 to {@value #MAX_CUSTOMERS}
     * @throws CrmException {@link AssetError#UNKNOWN_DEFINITION}
     */
    public TierProgress advance(String program, @Nullable CustomerId after, int limit) {
        access.require(Right.OPERATE);
        Check.range(limit, 1, MAX_CUSTOMERS, "limit");
        Instant now = clock.now();
        return ports.ledger().unitOfWork().run(() -> {
            TierProgram asked = required(program);
            List<CustomerId> page = ports.store().customers(tenant, after, limit);
            int changed = page.isEmpty() ? 0 : advance(asked, page, now);
            return new TierProgress(page.size(), changed, page.size() < limit ? null : page.get(page.size() - 1));
        });
    }

    private int advance(TierProgram program, List<CustomerId> page, Instant now) {
        Map<CustomerId, TierSnapshot> found = ports.store().find(tenant, page);
        Map<CustomerId, TierCourse> courses = books.courses(program, found.values());
        Map<CustomerId, TierSnapshot> news = new HashMap<>();
        found.forEach((customer, snapshot) -> {
            TierCourse course = courses.get(customer);
            if (course != null) {
                course.to(now);
                if (books.isNews(program, snapshot, course, now)) {
                    news.put(customer, snapshot);
                }
            }
        });
        return news.isEmpty()
                ? 0
                : ports.ledger()
                        .observer()
                        .watching(
                                tenant,
                                Set.copyOf(news.keySet()),
                                TOPICS,
                                now,
                                () -> book(program, news, courses, now));
    }

    private int book(
            TierProgram program, Map<CustomerId, TierSnapshot> news, Map<CustomerId, TierCourse> courses, Instant now) {
        List<TierChange> changes = new ArrayList<>();
        List<TierSnapshot> others = new ArrayList<>();
        ports.store().lock(tenant, news.keySet()).forEach((customer, locked) -> {
            TierCourse course = courses.get(customer);
            if (locked.mergedInto() != null || locked.status() != CustomerStatus.ACTIVE) {
                return;
            }
            if (course != null && locked.equals(news.get(customer))) {
                changes.add(books.change(locked, course.to(now), course.steps(), now, null, null));
            } else {
                others.add(locked);
            }
        });
        books.courses(program, others).forEach((customer, course) -> {
            TierStanding after = course.to(now);
            others.stream()
                    .filter(it -> it.customer().equals(customer) && books.isNews(program, it, course, now))
                    .forEach(it -> changes.add(books.change(it, after, course.steps(), now, null, null)));
        });
        ports.store().apply(changes);
        return (int) changes.stream().filter(it -> !it.entries().isEmpty()).count();
    }
}
