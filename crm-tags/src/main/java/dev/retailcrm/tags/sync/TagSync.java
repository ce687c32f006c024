package dev.retailcrm.tags.sync;

import dev.retailcrm.core.access.Access;
import dev.retailcrm.core.access.Right;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.Instants;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.tags.TagError;
import dev.retailcrm.tags.Tags;
import dev.retailcrm.tags.spi.ChannelLinks;
import dev.retailcrm.tags.spi.SyncMark;
import dev.retailcrm.tags.spi.SyncPhase;
import dev.retailcrm.tags.spi.SyncPorts;
import dev.retailcrm.tags.spi.SyncRun;
import dev.retailcrm.tags.spi.TagChannel;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps tags of one tenant the same here and in an outside system. A run reads the tags of that system, makes those that are published there,
 * and then compares customers, page by page; the host takes its steps, when and where it likes:
 *
 * <pre>{@code
 * sync.start(false);
 * while (!sync.step().isOver()) {
 *     // wait until progress().nextAt(), if there is one
 * }
 * }</pre>
 *
 * <p>Of a tag that one side has and the other has not, the side that changed since both were compared last is right; without such a
 * comparison {@link SyncPolicy} decides. Only what differs is written, one tag at a time, never a whole list; a tag that disappears there is
 * unlinked and stays here. A step that was broken off, by a kill or by the system, is taken again and does nothing twice. Steps must not be
 * taken inside a transaction of the host: they call the system, and open their own transactions between the calls. Thread-safe; of two steps
 * at once one ends with {@link TagError#SYNC_ELSEWHERE}.
 */
public final class TagSync {
    private final TenantId tenant;
    private final SyncPorts ports;
    private final Tags tags;
    private final TagChannel channel;
    private final ChannelLinks links;
    private final SyncSetup setup;
    private final Instants instants;
    private final String name;
    private final Access access;

    /**
     * Synchronisation with a channel.
     *
     * @param tags of the same tenant, allowed to do everything
     * @param links which customers are meant
     */
    public TagSync(
            TenantId tenant, SyncPorts ports, Tags tags, TagChannel channel, ChannelLinks links, SyncSetup setup) {
        this(tenant, ports, tags, channel, links, setup, Access.unrestricted());
    }

    private TagSync(
            TenantId tenant,
            SyncPorts ports,
            Tags tags,
            TagChannel channel,
            ChannelLinks links,
            SyncSetup setup,
            Access access) {
        this.tenant = Check.present(tenant, "tenant");
        this.ports = Check.present(ports, "ports");
        this.tags = Check.present(tags, "tags");
        this.channel = Check.present(channel, "channel");
        this.links = Check.present(links, "links");
        this.setup = Check.present(setup, "setup");
        this.instants = new Instants(ports.clock());
        this.name = Check.code(channel.name(), 40, "channel");
        this.access = access;
    }

    /** The same, as far as this access permits. */
    public TagSync guardedBy(Access granted) {
        return new TagSync(tenant, ports, tags, channel, links, setup, Check.present(granted, "access"));
    }

    /**
     * Starts a run, unless one is open or stopped, which then goes on as it was started. Two round trips.
     *
     * @param dry whether it only counts what it would do; it writes nothing on either side
     * @throws CrmException {@link TagError#SYNC_RUNNING} if a run is open that is dry, and this is not, or the other way round
     */
    public SyncProgress start(boolean dry) {
        access.require(Right.OPERATE);
        Instant now = instants.now();
        return SyncProgress.of(ports.unitOfWork().run(() -> {
            @Nullable SyncRun last = ports.store().run(tenant, name).orElse(null);
            if (last != null && last.phase() != SyncPhase.DONE) {
                if (last.dry() != dry) {
                    throw TagError.SYNC_RUNNING.because("run %d is not over", last.number());
                }
                return last.isOpen() ? last : save(resumed(last));
            }
            long number = last == null ? 1 : last.number() + 1;
            long version = last == null ? 1 : last.version() + 1;
            return save(new SyncRun(
                    name,
                    number,
                    dry,
                    SyncPhase.TAGS,
                    null,
                    null,
                    0,
                    null,
                    last == null ? null : last.paceFrom(),
                    last == null ? 0 : last.paceCalls(),
                    Map.of(),
                    null,
                    now,
                    version));
        }));
    }

    private static SyncRun resumed(SyncRun run) {
        SyncPhase phase = run.stoppedIn() == null ? SyncPhase.TAGS : run.stoppedIn();
        return ended(run, phase);
    }

    private static SyncRun ended(SyncRun run, SyncPhase phase) {
        return new SyncRun(
                run.channel(),
                run.number(),
                run.dry(),
                phase,
                null,
                run.cursor(),
                0,
                null,
                run.paceFrom(),
                run.paceCalls(),
                run.counts(),
                run.problem(),
                run.startedAt(),
                run.version() + 1);
    }

    /** Gives up a run that is open or stopped; what it did stays. Two round trips. */
    public SyncProgress abandon() {
        access.require(Right.OPERATE);
        return SyncProgress.of(ports.unitOfWork().run(() -> {
            SyncRun run = current();
            return run.phase() == SyncPhase.DONE ? run : save(ended(run, SyncPhase.DONE));
        }));
    }

    /** How far the latest run is; empty if there was none. One round trip. */
    public Optional<SyncProgress> progress() {
        access.require(Right.OPERATE);
        return ports.unitOfWork().read(() -> ports.store().run(tenant, name)).map(SyncProgress::of);
    }

    /**
     * Takes a step: a page of the outside system. Before {@link SyncProgress#nextAt} and when the run is over nothing happens.
     *
     * @throws CrmException {@link TagError#NO_SYNC_RUN} if none was started; {@link TagError#SYNC_ELSEWHERE} if somebody else took a step
     *     meanwhile; whatever the stores refuse. Failures of the channel are none of it: the run waits, or stops.
     */
    public SyncProgress step() {
        access.require(Right.OPERATE);
        SyncRun run = ports.unitOfWork().read(this::current);
        Instant now = instants.now();
        Instant notBefore = run.notBefore();
        if (!run.isOpen() || (notBefore != null && now.isBefore(notBefore))) {
            return SyncProgress.of(run);
        }
        SyncRun next = new SyncStep(tenant, ports, tags, links, setup, channel, run, now).take();
        return SyncProgress.of(ports.unitOfWork().run(() -> save(next)));
    }

    private SyncRun current() {
        return ports.store()
                .run(tenant, name)
                .orElseThrow(() -> TagError.NO_SYNC_RUN.because("no run was started with channel %s", name));
    }

    private SyncRun save(SyncRun run) {
        if (!ports.store().record(tenant, run)) {
            throw TagError.SYNC_ELSEWHERE.because("somebody else took a step of run %d", run.number());
        }
        return run;
    }

    /**
     * The customers whose tags are not the same, because somebody is to decide or one side refuses what the other has. One round trip.
     *
     * @param after behind which one to go on; {@code null} for the first
     * @param limit 1 to 1,000
     */
    public List<SyncQuestion> open(@Nullable SyncQuestion after, int limit) {
        access.require(Right.SEE_PERSONAL_DATA);
        Check.range(limit, 1, 1_000, "limit");
        SyncMark behind = after == null ? null : SyncMark.none(after.customer(), after.ref());
        return access.show(
                Right.SEE_PERSONAL_DATA,
                ports.unitOfWork(),
                () -> ports.store().open(tenant, name, behind, limit).stream()
                        .map(SyncQuestion::of)
                        .toList(),
                open -> open.stream().map(SyncQuestion::customer).toList());
    }

    /**
     * Decides about a tag of a customer; the next run does it. Three round trips.
     *
     * @param ref by which the outside system knows her
     * @param tag its key
     * @param right who is
     * @throws CrmException {@link TagError#NOTHING_ASKED} if nobody is to decide this
     */
    public void answer(CustomerId customer, String ref, String tag, SyncSide right) {
        access.require(Right.ASSIGN_TAGS, customer);
        Check.present(right, "side");
        ports.unitOfWork().run(() -> {
            ports.store().lock(tenant, List.of(customer));
            SyncMark mark =
                    ports.store().marks(tenant, name, Map.of(ref, customer)).get(ref);
            Boolean here = mark == null ? null : mark.asked().get(tag);
            if (mark == null || here == null) {
                throw TagError.NOTHING_ASKED.because("nobody is to decide about this tag of this customer");
            }
            // As if both had been what the side that is wrong has: then the other one has changed.
            SyncMark answered = mark.answered(tag, right == SyncSide.OURS ? !here : here);
            ports.store().write(tenant, name, answered);
            return answered;
        });
    }
}
