package dev.retailcrm.core.privacy;

import dev.retailcrm.core.access.Access;
import dev.retailcrm.core.access.Right;
import dev.retailcrm.core.customer.CustomerPrivacy;
import dev.retailcrm.core.customer.CustomerStatus;
import dev.retailcrm.core.history.Actor;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.Instants;
import dev.retailcrm.core.kernel.Page;
import dev.retailcrm.core.kernel.PageRequest;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.spi.CustomerSnapshot;
import dev.retailcrm.core.spi.CustomerStore.Standing;
import dev.retailcrm.core.spi.ErasurePolicy;
import dev.retailcrm.core.spi.PrivacyParticipant;
import dev.retailcrm.core.spi.PrivacyPorts;
import dev.retailcrm.core.spi.UnitOfWork;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a person can ask of the retailer: everything that is kept of her, and that it be erased. Each feature answers by its
 * {@link PrivacyParticipant}, for her id and for those of customers who were merged into her. Commands join the host's transaction if there
 * is one. Thread-safe.
 */
public final class Privacy {
    /** What an export calls itself. */
    public static final String FORMAT = "retailcrm.customer-export";

    /** The version of the form of exports: raised when a reader of this one would go wrong. */
    public static final int FORMAT_VERSION = 1;

    /** The most rows that are erased in one transaction, unless it is the host's. */
    public static final int CHUNK = 5_000;

    private static final int PAGE = 500;
    private static final int MOST_OBSTACLES = 20;

    private final TenantId tenant;
    private final PrivacyPorts ports;
    private final CustomerPrivacy records;
    private final List<PrivacyParticipant> participants;
    private final ErasurePolicy policy;
    private final Instants instants;
    private final Actor actor;
    private final Access access;

    /**
     * The privacy of a tenant's customers.
     *
     * @param participants one for every feature that keeps rows of customers, each with a name of its own; their records are taken care of
     */
    public Privacy(TenantId tenant, PrivacyPorts ports, List<PrivacyParticipant> participants) {
        this(tenant, ports, participants, ErasurePolicy.standard(), Actor.UNKNOWN, Access.unrestricted());
        long names = all().map(PrivacyParticipant::name).distinct().count();
        if (names != all().count()) {
            throw CoreError.INVALID_VALUE.because("two participants have one name");
        }
    }

    private Privacy(
            TenantId tenant,
            PrivacyPorts ports,
            List<PrivacyParticipant> participants,
            ErasurePolicy policy,
            Actor actor,
            Access access) {
        this.tenant = Check.present(tenant, "tenant");
        this.ports = Check.present(ports, "privacy ports");
        this.records = new CustomerPrivacy(ports.customers());
        this.participants = List.copyOf(participants);
        this.policy = policy;
        this.instants = new Instants(ports.clock());
        this.actor = actor;
        this.access = access;
    }

    /** The same, done by this actor: histories and certificates name it. */
    public Privacy as(Actor who) {
        return new Privacy(tenant, ports, participants, policy, Check.present(who, "actor"), access);
    }

    /** The same under another policy. Default: {@link ErasurePolicy#standard()}. */
    public Privacy under(ErasurePolicy hosts) {
        return new Privacy(tenant, ports, participants, Check.present(hosts, "erasure policy"), actor, access);
    }

    /** The same, as far as this access permits, and done by its principal. */
    public Privacy guardedBy(Access granted) {
        Check.present(granted, "access");
        return new Privacy(tenant, ports, participants, policy, granted.actor().orElse(actor), granted);
    }

    /**
     * Writes everything that is kept of a person as one JSON document, in clear; {@code docs/privacy.md} describes it. It is recorded, if
     * the access is, before anything is written. Rows are read a page at a time, each page as it is committed by then, and never held all
     * together. A document that broke off is no valid JSON. A round trip for each page of 500 rows, at least one for each feature and id.
     *
     * @param customer her id, or that of somebody who was merged into her
     * @param out gets UTF-8; flushed and not closed
     * @return how many rows were written
     * @throws CrmException {@link CoreError#UNKNOWN_CUSTOMER}
     * @throws UncheckedIOException if {@code out} fails
     */
    public long export(CustomerId customer, OutputStream out) {
        access.require(Right.EXPORT_CUSTOMER, customer);
        Check.present(out, "output stream");
        List<CustomerId> ids = access.show(
                Right.EXPORT_CUSTOMER,
                ports.unitOfWork(),
                () -> ids(survivor(customer, false).id()),
                it -> it);
        try (var document = new ExportDocument(out)) {
            document.begin(tenant, ids.get(0), instants.now());
            long rows = 0;
            for (CustomerId id : ids) {
                document.beginRecord(id);
                for (PrivacyParticipant participant : all().toList()) {
                    rows += write(document, participant, id);
                }
                document.endRecord();
            }
            document.end();
            return rows;
        } catch (IOException e) {
            throw new UncheckedIOException("the export could not be written", e);
        }
    }

    private long write(ExportDocument document, PrivacyParticipant participant, CustomerId id) throws IOException {
        long rows = 0;
        document.beginPart(participant.name());
        Optional<PageRequest> next = Optional.of(PageRequest.first(PAGE));
        while (next.isPresent()) {
            PageRequest page = next.get();
            Page<ExportRow> found = ports.unitOfWork().read(() -> participant.export(tenant, id, page));
            for (ExportRow row : found.items()) {
                document.row(row);
            }
            rows += found.items().size();
            next = found.next(PAGE);
        }
        document.endPart();
        return rows;
    }

    /**
     * Erases all that is personal of a customer, for ever, also of those who were merged into her, who cannot be taken apart again. What
     * stays, such as ledgers and totals, tells nothing about who she was; her identities are free.
     *
     * <p>If something stands against it by the {@link #under policy}, she is restricted, and the erasure waits: {@link #proceed} tries again.
     * To lift the restriction withdraws it. Otherwise her record is erased, and then what features keep, {@value #CHUNK} rows a transaction,
     * or all in the host's if there is one. Interrupted, it goes on by {@link #proceed}, or when it is repeated. About thirty round trips for
     * each id, and one for each 500 rows deleted.
     *
     * @return how far it got
     * @throws CrmException {@link CoreError#UNKNOWN_CUSTOMER}; {@link CoreError#REQUEST_KEY_REUSED}
     */
    public Erasure erase(CustomerId customer, RequestKey key) {
        access.require(Right.ERASE_CUSTOMER, customer);
        Check.present(key, "request key");
        UnitOfWork work = ports.unitOfWork();
        return finished(work.run(() -> begun(survivor(customer, true), key)));
    }

    /**
     * Goes on with erasures that wait or were interrupted, each as {@link #erase} would. Repeat with {@link ErasureProgress#cursor()} until it
     * is {@linkplain ErasureProgress#isDone() done}, by the clock.
     *
     * @param after only customers with greater ids; {@code null} to start
     * @param limit the most erasures, 1 to 1,000
     */
    public ErasureProgress proceed(@Nullable CustomerId after, int limit) {
        access.require(Right.OPERATE);
        Check.range(limit, 1, 1_000, "limit");
        UnitOfWork work = ports.unitOfWork();
        List<Erasure> open = work.read(() -> ports.erasures().open(tenant, after, limit));
        int erased = 0;
        int waiting = 0;
        for (Erasure erasure : open) {
            Erasure got = finished(work.run(() -> resumed(erasure.customer())));
            erased += got.isComplete() ? 1 : 0;
            waiting += got.state() == Erasure.State.REQUESTED ? 1 : 0;
        }
        return new ErasureProgress(
                open.size(),
                erased,
                waiting,
                open.size() < limit ? null : open.get(open.size() - 1).customer());
    }

    /** The erasure of a customer, of whichever state; empty if none was ever asked for. Two round trips. */
    public Optional<Erasure> erasure(CustomerId customer) {
        access.require(Right.ERASE_CUSTOMER, customer);
        return ports.unitOfWork()
                .read(() ->
                        ports.erasures().find(tenant, survivor(customer, false).id()));
    }

    /**
     * Who of the next customers is overdue by a rule: what {@link #expire} would restrict or erase. Writes nothing. A round trip for each
     * feature that knows when she was last active, however many they are.
     *
     * <p>Orders, what she did, bookings of points and stored value, consent she gave or took back herself, a change of her membership or of
     * her record count as activity; the restriction of a customer is such a change.
     *
     * @param after only customers with greater ids; {@code null} to start
     * @param limit the most customers, 1 to 1,000
     */
    public RetentionProgress overdue(RetentionRule rule, @Nullable CustomerId after, int limit) {
        access.require(Right.OPERATE);
        Check.present(rule, "retention rule");
        Check.range(limit, 1, 1_000, "limit");
        return ports.unitOfWork().read(() -> {
            List<CustomerId> page = ports.customers().customers(tenant, after, limit);
            return new RetentionProgress(
                    page.size(), overdue(rule, page), page.size() < limit ? null : page.get(page.size() - 1));
        });
    }

    /**
     * Restricts or erases who of the next customers is {@link #overdue}, each in a transaction of her own in which that is asked again.
     * Repeat with {@link RetentionProgress#cursor()} until it is {@linkplain RetentionProgress#isDone() done}; it may be stopped anywhere and
     * begun anew. An erasure that something stands against waits as any other, see {@link #proceed}.
     *
     * @param after only customers with greater ids; {@code null} to start
     * @param limit the most customers, 1 to 1,000
     */
    public RetentionProgress expire(RetentionRule rule, @Nullable CustomerId after, int limit) {
        RetentionProgress found = overdue(rule, after, limit);
        List<Overdue> done = new ArrayList<>();
        for (Overdue one : found.overdue()) {
            List<Overdue> still = ports.unitOfWork().run(() -> expired(rule, one.customer()));
            if (!still.isEmpty() && rule.action() == RetentionRule.Action.ERASE) {
                finished(ports.unitOfWork().run(() -> resumed(one.customer())));
            }
            done.addAll(still);
        }
        return new RetentionProgress(found.seen(), done, found.cursor());
    }

    private List<Overdue> expired(RetentionRule rule, CustomerId customer) {
        CustomerSnapshot record = record(customer, true);
        List<Overdue> still = overdue(rule, List.of(customer));
        if (!still.isEmpty()) {
            var key = RequestKey.of("crm.retention#" + (record.version() + 1));
            if (rule.action() == RetentionRule.Action.RESTRICT) {
                records.restrict(record, key, instants.now(), actor);
            } else {
                begun(record, key);
            }
        }
        return still;
    }

    private List<Overdue> overdue(RetentionRule rule, List<CustomerId> customers) {
        Instant now = instants.now();
        boolean erases = rule.action() == RetentionRule.Action.ERASE;
        Map<CustomerId, Standing> standings = ports.customers().standings(tenant, customers);
        List<CustomerId> kept = customers.stream()
                .filter(customer -> isConcerned(standings.get(customer), erases))
                .toList();
        Map<CustomerId, Ties> ties = new HashMap<>();
        kept.forEach(customer ->
                ties.put(customer, Ties.active(Objects.requireNonNull(standings.get(customer)).changedAt())));
        participants.forEach(it -> it.ties(tenant, kept, now)
                .forEach((customer, more) -> ties.merge(customer, more, Ties::and)));
        List<Overdue> overdue = new ArrayList<>();
        for (CustomerId customer : kept) {
            Ties all = Objects.requireNonNull(ties.get(customer));
            Instant last = Objects.requireNonNull(all.lastActiveAt());
            if (rule.isOver(last, now)) {
                List<ErasureObstacle> obstacles =
                        erases ? policy.obstacles(tenant, customer, all) : List.of();
                overdue.add(new Overdue(customer, last, obstacles));
            }
        }
        return overdue;
    }

    private static boolean isConcerned(@Nullable Standing standing, boolean erases) {
        return standing != null
                && (standing.status() == CustomerStatus.ACTIVE
                        || (erases && standing.status() == CustomerStatus.RESTRICTED));
    }

    private Erasure begun(CustomerSnapshot record, RequestKey key) {
        Optional<Erasure> known = ports.erasures().find(tenant, record.id());
        boolean isNew = records.requireSame(ports.requests(), record, key);
        if (known.isPresent() && known.get().state() != Erasure.State.WITHDRAWN) {
            return advanced(record, known.get());
        }
        if (!isNew) {
            return known.orElseThrow(
                    () -> CoreError.STORE_FAILED.because("the store names an erasure as booked and does not find it"));
        }
        Instant now = instants.now();
        CustomerSnapshot restricted = records.restrict(record, key, now, actor);
        return advanced(restricted, Erasure.requested(record.id(), now, actor));
    }

    private Erasure resumed(CustomerId customer) {
        CustomerSnapshot record = survivor(customer, true);
        Erasure known = ports.erasures().find(tenant, record.id()).orElseThrow(() -> unknown(customer));
        return advanced(record, known);
    }

    /** Does as much of an erasure as fits in a transaction, and writes how far it got. */
    private Erasure advanced(CustomerSnapshot record, Erasure before) {
        if (!before.state().isOpen()) {
            return before;
        }
        List<CustomerId> ids = ids(record.id());
        Instant now = instants.now();
        Erasure after = before;
        if (before.state() == Erasure.State.REQUESTED) {
            after = record.status() == CustomerStatus.ACTIVE
                    ? before.in(Erasure.State.WITHDRAWN, now)
                    : before.waitingFor(obstacles(ids, now));
            if (after.obstacles().isEmpty() && after.state() == Erasure.State.REQUESTED) {
                ids.forEach(id -> records.eraseRecord(step(id, now, before)));
                after = after.in(Erasure.State.ERASING, now);
            }
        }
        if (after.state() == Erasure.State.ERASING) {
            after = erased(ids, after, now);
        }
        ports.erasures().write(tenant, after);
        return after;
    }

    private Erasure erased(List<CustomerId> ids, Erasure before, Instant now) {
        Erasure after = before;
        long left = CHUNK;
        for (CustomerId id : ids) {
            for (PrivacyParticipant participant : all().toList()) {
                Erased done = participant.erase(step(id, now, before), (int) left);
                after = done.rows() == 0 ? after : after.plus(participant.name(), done.rows());
                left -= done.rows();
                if (!done.done() && done.rows() == 0) {
                    throw CoreError.STORE_FAILED.because("%s erases nothing and is not done", participant.name());
                }
                if (!done.done() || left <= 0) {
                    return after;
                }
            }
        }
        return after.in(Erasure.State.ERASED, now);
    }

    private Erasure finished(Erasure begun) {
        Erasure erasure = begun;
        while (erasure.state() == Erasure.State.ERASING) {
            CustomerId customer = erasure.customer();
            erasure = ports.unitOfWork().run(() -> resumed(customer));
        }
        return erasure;
    }

    private ErasureStep step(CustomerId id, Instant now, Erasure erasure) {
        return new ErasureStep(tenant, id, now, erasure.requestedBy());
    }

    private List<ErasureObstacle> obstacles(List<CustomerId> ids, Instant now) {
        Ties ties = participants.stream()
                .flatMap(it -> it.ties(tenant, ids, now).values().stream())
                .reduce(Ties.NONE, Ties::and);
        List<ErasureObstacle> all = policy.obstacles(tenant, ids.get(0), ties);
        return all.subList(0, Math.min(MOST_OBSTACLES, all.size()));
    }

    /** Hers, and those of all who were merged into her. */
    private List<CustomerId> ids(CustomerId survivor) {
        Set<CustomerId> found = new LinkedHashSet<>(Set.of(survivor));
        List<CustomerId> last = List.of(survivor);
        while (!last.isEmpty()) {
            List<CustomerId> merged = new ArrayList<>();
            last.forEach(id -> merged.addAll(ports.customers().mergedInto(tenant, id)));
            merged.removeIf(id -> !found.add(id));
            last = merged;
        }
        return List.copyOf(found);
    }

    private Stream<PrivacyParticipant> all() {
        return Stream.concat(Stream.of(records, new ErasureTrace(ports.erasures())), participants.stream());
    }

    private CustomerSnapshot survivor(CustomerId customer, boolean toLock) {
        Check.present(customer, "customer");
        CustomerSnapshot found = record(customer, toLock);
        while (found.mergedInto() != null) {
            found = record(found.mergedInto(), toLock);
        }
        return found;
    }

    private CustomerSnapshot record(CustomerId customer, boolean toLock) {
        return (toLock
                        ? ports.customers().lock(tenant, customer)
                        : ports.customers().find(tenant, customer))
                .orElseThrow(() -> unknown(customer));
    }

    private static CrmException unknown(CustomerId customer) {
        return CoreError.UNKNOWN_CUSTOMER.because("there is no customer %s", customer);
    }
}
