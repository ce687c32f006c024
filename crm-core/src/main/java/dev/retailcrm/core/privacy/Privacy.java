package dev.retailcrm.core.privacy;

import dev.retailcrm.core.access.Access;
import dev.retailcrm.core.access.Right;
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
import dev.retailcrm.core.spi.ErasurePolicy;
import dev.retailcrm.core.spi.PrivacyParticipant;
import dev.retailcrm.core.spi.PrivacyPorts;
import dev.retailcrm.core.spi.UnitOfWork;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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

    private final TenantId tenant;
    private final PrivacyPorts ports;
    private final ErasureWork erasures;
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
        long names = erasures.all().map(PrivacyParticipant::name).distinct().count();
        if (names != erasures.all().count()) {
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
        this.participants = List.copyOf(participants);
        this.erasures = new ErasureWork(tenant, ports, this.participants, policy, actor);
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
                () -> erasures.ids(erasures.survivor(customer, false).id()),
                it -> it);
        try (var document = new ExportDocument(out)) {
            document.begin(tenant, ids.get(0), instants.now());
            long rows = 0;
            for (CustomerId id : ids) {
                document.beginRecord(id);
                for (PrivacyParticipant participant : erasures.all().toList()) {
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
     * or all in the host's if there is one. Interrupted, it goes on by {@link #proceed}, or when it is repeated. Thirty-five round trips for
     * each id, and one for each 500 rows deleted.
     *
     * @return how far it got
     * @throws CrmException {@link CoreError#UNKNOWN_CUSTOMER}; {@link CoreError#REQUEST_KEY_REUSED}
     */
    public Erasure erase(CustomerId customer, RequestKey key) {
        access.require(Right.ERASE_CUSTOMER, customer);
        Check.present(key, "request key");
        UnitOfWork work = ports.unitOfWork();
        return erasures.finished(work.run(() -> erasures.begun(erasures.survivor(customer, true), key)));
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
            Erasure got = erasures.finished(work.run(() -> erasures.resumed(erasure.customer())));
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
                .read(() -> ports.erasures()
                        .find(tenant, erasures.survivor(customer, false).id()));
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
                    page.size(),
                    retention().overdue(rule, page),
                    page.size() < limit ? null : page.get(page.size() - 1));
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
            List<Overdue> still = ports.unitOfWork().run(() -> retention().expired(rule, one.customer(), erasures));
            if (!still.isEmpty() && rule.action() == RetentionRule.Action.ERASE) {
                erasures.finished(ports.unitOfWork().run(() -> erasures.resumed(one.customer())));
            }
            done.addAll(still);
        }
        return new RetentionProgress(found.seen(), done, found.cursor());
    }

    private RetentionWork retention() {
        return new RetentionWork(tenant, ports, participants, policy);
    }
}
