package dev.retailcrm.audience;

import dev.retailcrm.audience.spi.AudienceChunk;
import dev.retailcrm.audience.spi.AudiencePorts;
import dev.retailcrm.audience.spi.AudienceQuestion;
import dev.retailcrm.audience.spi.AudienceRun;
import dev.retailcrm.audience.spi.AudienceState;
import dev.retailcrm.audience.spi.AudienceSwap;
import dev.retailcrm.audience.spi.AudienceTally;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.Instants;
import dev.retailcrm.core.kernel.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Computes the members of audiences, step by step, within the current transaction. Thread-safe. */
final class AudienceRuns {
    private final TenantId tenant;
    private final AudiencePorts ports;
    private final AudienceQuestions questions;
    private final @Nullable LiveAudiences live;
    private final Instants instants;

    /** @param live {@code null} if nobody follows what is written of customers */
    AudienceRuns(TenantId tenant, AudiencePorts ports, AudienceQuestions questions, @Nullable LiveAudiences live) {
        this.tenant = tenant;
        this.ports = ports;
        this.questions = questions;
        this.live = live;
        this.instants = new Instants(ports.clock());
    }

    /** Its members are to be computed from the start, or no more, as its definition says. */
    void begin(AudienceRule audience) {
        AudienceState state = ports.members().lock(tenant, audience.key());
        ports.members().discard(tenant, audience.key());
        boolean computed = audience.isActive() || audience.status() == AudienceStatus.ARCHIVED;
        ports.members()
                .write(
                        tenant,
                        computed
                                ? state.running(AudienceRun.of(audience.version(), instants.now()))
                                : state.stopped(null));
    }

    /**
     * Locks the states of those who {@linkplain #wakeUsersOf would be computed} if members of an audience changed, whose state is locked: before any
     * customer is. Whoever locks several states goes from audiences to those that ask about them.
     */
    void holdUsersOf(String audience, AudienceCatalog catalog) {
        woken(audience, catalog).forEach(it -> ports.members().lock(tenant, it.key()));
    }

    /**
     * Customers who are held came into an audience, or went: those audiences that follow are settled, and the others computed. To be {@linkplain
     * #holdUsersOf prepared} as {@link #wakeUsersOf}.
     */
    void changed(String audience, Collection<CustomerId> customers, AudienceCatalog catalog) {
        if (live == null) {
            wakeUsersOf(audience, catalog);
        } else {
            woken(audience, catalog).stream()
                    .filter(it -> !LiveIndex.isLive(it))
                    .forEach(this::begin);
            live.changed(audience, customers);
        }
    }

    /** Audiences that ask about one whose members changed are to be computed, but for those that are so in intervals. */
    void wakeUsersOf(String audience, AudienceCatalog catalog) {
        woken(audience, catalog).forEach(this::begin);
    }

    private static List<AudienceRule> woken(String audience, AudienceCatalog catalog) {
        return catalog.usersOf(audience).stream()
                .map(catalog::require)
                .filter(it -> it.isActive() && it.kind() != AudienceKind.SCHEDULED)
                .sorted(Comparator.comparing((AudienceRule it) -> catalog.depth(it.key()))
                        .thenComparing(AudienceRule::key))
                .toList();
    }

    /** The next step of what is waiting. */
    AudienceProgress advance(int limit) {
        AudienceCatalog catalog = ports.definitions().catalog(tenant);
        Instant now = instants.now();
        List<AudienceState> states = ports.members().states(tenant);
        for (AudienceState state : states) {
            if (isDue(state, catalog, now) && isDue(ports.members().lock(tenant, state.audience()), catalog, now)) {
                begin(catalog.require(state.audience()));
            }
        }
        List<String> waiting = waiting(ports.members().states(tenant), catalog);
        if (!waiting.isEmpty()) {
            return goOn(waiting.get(0), limit);
        }
        AudienceProgress followed = live == null ? null : live.advance(limit, now);
        return followed == null ? AudienceProgress.NOTHING : followed;
    }

    private static boolean isDue(AudienceState state, AudienceCatalog catalog, Instant now) {
        AudienceRule audience = catalog.audiences().get(state.audience());
        Duration every = audience == null ? null : audience.every();
        Instant asOf = state.asOf();
        return audience != null
                && audience.isActive()
                && every != null
                && state.run() == null
                && asOf != null
                && !asOf.plus(every).isAfter(now);
    }

    /** What is being computed, the first started first, but for what asks about something that is. */
    private static List<String> waiting(List<AudienceState> states, AudienceCatalog catalog) {
        Set<String> open = new HashSet<>();
        List<AudienceState> running = new ArrayList<>();
        for (AudienceState state : states) {
            if (state.run() != null) {
                open.add(state.audience());
                running.add(state);
            }
        }
        running.sort(Comparator.comparing(
                        (AudienceState it) -> Objects.requireNonNull(it.run()).asOf())
                .thenComparing(AudienceState::audience));
        return running.stream()
                .map(AudienceState::audience)
                .filter(it -> !asksAbout(it, open, catalog))
                .toList();
    }

    private static boolean asksAbout(String audience, Set<String> open, AudienceCatalog catalog) {
        Set<String> reached = new HashSet<>();
        Deque<String> next = new ArrayDeque<>(dependencies(audience, catalog));
        while (!next.isEmpty()) {
            String key = next.remove();
            if (open.contains(key)) {
                return true;
            } else if (reached.add(key)) {
                next.addAll(dependencies(key, catalog));
            }
        }
        return false;
    }

    private static Set<String> dependencies(String audience, AudienceCatalog catalog) {
        AudienceRule its = catalog.audiences().get(audience);
        return its == null || its.status() == AudienceStatus.ARCHIVED ? Set.of() : its.dependencies();
    }

    /** A step; an empty one if somebody else has finished. */
    private AudienceProgress goOn(String key, int limit) {
        AudienceState state = ports.members().lock(tenant, key);
        AudienceCatalog catalog = ports.definitions().catalog(tenant);
        AudienceRule audience = catalog.audiences().get(key);
        AudienceRun run = state.run();
        if (run == null || audience == null) {
            return new AudienceProgress(key, 0, false, 0, 0, null);
        }
        AudienceQuestion question;
        try {
            question = questions.of(audience, state, run.asOf());
        } catch (CrmException refusal) {
            if (refusal.code() != CoreError.INVALID_RULE) {
                throw refusal;
            }
            ports.members().discard(tenant, key);
            ports.members().write(tenant, state.stopped(refusal.code().id()));
            return new AudienceProgress(key, 0, false, 0, 0, refusal.code().id());
        }
        AudienceChunk chunk = ports.members().draft(question, run.place(), limit);
        CustomerId place = chunk.place();
        if (place != null) {
            ports.members().write(tenant, state.running(run.at(place, chunk.evaluated())));
            return new AudienceProgress(key, chunk.evaluated(), false, 0, 0, null);
        }
        holdUsersOf(key, catalog);
        if (live != null) {
            live.lock(key);
        }
        AudienceTally tally =
                ports.members().swap(new AudienceSwap(tenant, audience, state.generation() + 1, run.asOf()));
        ports.members().write(tenant, state.swapped(run));
        if (live != null) {
            live.computed(audience, run.asOf());
        }
        if (!tally.isNothing()) {
            wakeUsersOf(key, catalog);
        }
        return new AudienceProgress(key, chunk.evaluated(), true, tally.entered(), tally.left(), null);
    }
}
