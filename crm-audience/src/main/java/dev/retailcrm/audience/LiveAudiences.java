package dev.retailcrm.audience;

import com.google.common.collect.Iterables;
import com.google.common.collect.Lists;
import com.google.common.collect.Maps;
import dev.retailcrm.audience.spi.AudienceFile;
import dev.retailcrm.audience.spi.AudienceFileChange;
import dev.retailcrm.audience.spi.AudiencePorts;
import dev.retailcrm.audience.spi.AudienceState;
import dev.retailcrm.audience.spi.AudienceTally;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.Instants;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.rule.CompiledRule;
import dev.retailcrm.core.rule.CustomerFacts;
import dev.retailcrm.core.rule.DueDates;
import dev.retailcrm.core.rule.FactTopic;
import dev.retailcrm.core.rule.RuleIndex;
import dev.retailcrm.core.rule.RuleQueries;
import dev.retailcrm.core.spi.FactObserver;
import dev.retailcrm.core.spi.RuleRun;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Lets customers enter and leave audiences as they are written of, and as time goes by, within the current transaction. Whom time has changed by then is
 * settled before something new is written, so that each stay begins and ends at the very instant. Thread-safe.
 */
final class LiveAudiences implements FactObserver {
    /** How often time alone may change one customer between two looks at her; more wait for the next. */
    private static final int MAX_ROUNDS = 1_000;

    private final TenantId tenant;
    private final AudiencePorts ports;
    private final RuleQueries rules;
    private final Instants instants;

    /** @param rules of the tenant, not guarded */
    LiveAudiences(TenantId tenant, AudiencePorts ports, RuleQueries rules) {
        this.tenant = tenant;
        this.ports = ports;
        this.rules = rules;
        this.instants = new Instants(ports.clock());
    }

    LiveIndex index() {
        return LiveIndex.of(tenant, ports, rules);
    }

    @Override
    public boolean awaits(TenantId of, Set<CustomerId> customers, Set<FactTopic> topics) {
        LiveIndex index = index();
        if (topics.isEmpty() || index.rules().about(topics).isEmpty()) {
            return false;
        }
        ports.due().hold(tenant, customers);
        catchUp(index, customers, instants.now());
        return true;
    }

    @Override
    public void written(TenantId of, Set<CustomerId> customers, Set<FactTopic> topics, Instant at) {
        LiveIndex index = index();
        run(index, index.rules().about(topics), customers, at);
    }

    /** Members of an audience who are held changed: settles those that ask about it. */
    void changed(String audience, Collection<CustomerId> customers) {
        written(tenant, Set.copyOf(customers), Set.of(FactTopic.audience(audience)), instants.now());
    }

    /** Settles all audiences of customers who are held. */
    void runAll(Set<CustomerId> customers, Instant at) {
        LiveIndex index = index();
        run(index, index.rules().all(), customers, at);
    }

    private AudienceTally run(
            LiveIndex index, RuleIndex.Group<AudienceRule> first, Collection<CustomerId> customers, Instant at) {
        boolean whole = first.equals(index.rules().all());
        AudienceTally tally = AudienceTally.NOTHING;
        List<CustomerId> all = List.copyOf(new TreeSet<>(customers));
        for (List<CustomerId> some : Lists.partition(first.isEmpty() ? List.of() : all, RuleQueries.MAX_FACTS)) {
            tally = tally.and(settle(index, first, Maps.toMap(some, it -> at), whole));
        }
        return tally;
    }

    /** To be called before customers are locked, by who will call {@link #computed}. */
    void lock(String audience) {
        ports.due().lockRun(tenant, audience);
    }

    /**
     * That the members of an audience were computed: whoever may change by time alone is to be found out, by {@link #follow}. The caller holds its
     * state.
     */
    void computed(AudienceRule audience, Instant at) {
        if (LiveIndex.isLive(audience) && index().isTimed(audience)) {
            ports.due().write(tenant, new RuleRun(audience.key(), audience.version(), null, at));
        } else {
            ports.due().end(tenant, audience.key());
        }
    }

    /** The next of what is waiting; {@code null} if nothing is. */
    @Nullable
    AudienceProgress advance(int limit, Instant now) {
        int most = Math.min(limit, RuleQueries.MAX_FACTS);
        for (RuleRun run : ports.due().runs(tenant)) {
            AudienceProgress progress = follow(run.key(), most, now);
            if (progress != null) {
                return progress;
            }
        }
        List<CustomerId> due = ports.due().overdue(tenant, now, most);
        if (due.isEmpty()) {
            return null;
        }
        ports.due().hold(tenant, due);
        AudienceTally tally = catchUp(index(), due, now);
        return new AudienceProgress(null, due.size(), false, tally.entered(), tally.left(), null);
    }

    /** A page of customers; {@code null} if somebody else has finished. */
    private @Nullable AudienceProgress follow(String key, int limit, Instant now) {
        RuleRun run = ports.due().lockRun(tenant, key).orElse(null);
        LiveIndex index = index();
        RuleIndex.Group<AudienceRule> group = index.rules().of(Set.of(key));
        if (run == null || group.isEmpty()) {
            ports.due().end(tenant, key);
            return null;
        }
        List<CustomerId> page = rules.members(index.rules().everybody(), now, run.place(), limit);
        if (page.size() < limit) {
            ports.due().end(tenant, key);
        } else {
            ports.due().write(tenant, run.at(page.get(page.size() - 1)));
        }
        ports.due().hold(tenant, page);
        AudienceTally tally = run(index, group, page, now);
        return new AudienceProgress(key, page.size(), false, tally.entered(), tally.left(), null);
    }

    /** Settles what time alone has changed of customers who are held, each at its instant. */
    private AudienceTally catchUp(LiveIndex index, Collection<CustomerId> customers, Instant now) {
        if (index.rules().all().isEmpty()) {
            ports.due().unschedule(tenant, new HashSet<>(customers));
            return AudienceTally.NOTHING;
        }
        AudienceTally tally = AudienceTally.NOTHING;
        for (List<CustomerId> some : Iterables.partition(customers, RuleQueries.MAX_FACTS)) {
            tally = tally.and(catchUpSome(index, some, now));
        }
        return tally;
    }

    private AudienceTally catchUpSome(LiveIndex index, Collection<CustomerId> customers, Instant now) {
        AudienceTally tally = AudienceTally.NOTHING;
        Map<CustomerId, Instant> due = due(customers, now);
        for (int round = 0; round < MAX_ROUNDS && !due.isEmpty(); round++) {
            tally = tally.and(settle(index, index.rules().all(), due, true));
            Map<CustomerId, Instant> next = due(due.keySet(), now);
            next.entrySet().removeAll(due.entrySet()); // who waits until an audience is computed
            due = next;
        }
        return tally;
    }

    private Map<CustomerId, Instant> due(Collection<CustomerId> customers, Instant now) {
        Map<CustomerId, Instant> due = new TreeMap<>(ports.due().due(tenant, customers));
        due.values().removeIf(it -> it.isAfter(now));
        return due;
    }

    /**
     * Asks some audiences about customers, each at an instant, then those that ask about the ones that she entered or left, and keeps when she is to be
     * asked about again.
     */
    private AudienceTally settle(
            LiveIndex index, RuleIndex.Group<AudienceRule> first, Map<CustomerId, Instant> at, boolean whole) {
        Map<String, AudienceState> states = new HashMap<>();
        ports.members().pending(tenant).forEach(it -> states.put(it.audience(), it));
        DueDates dates = new DueDates();
        AudienceTally tally = AudienceTally.NOTHING;
        NavigableMap<Integer, Set<String>> levels = new TreeMap<>();
        first.members().forEach(it -> level(index, levels, it.of()));
        while (!levels.isEmpty()) {
            Set<String> keys = levels.pollFirstEntry().getValue();
            List<AudienceDraft> drafts = settle(index.rules().of(keys), at, states, dates);
            for (AudienceDraft draft : drafts) {
                tally = tally.and(draft.tally());
                Set<FactTopic> topics = new HashSet<>();
                draft.changed().forEach(it -> topics.add(FactTopic.audience(it)));
                index.rules().about(topics).members().forEach(it -> level(index, levels, it.of()));
            }
        }
        dates.keep(ports.due(), tenant, at.keySet(), whole);
        return tally;
    }

    private static void level(LiveIndex index, Map<Integer, Set<String>> levels, AudienceRule audience) {
        levels.computeIfAbsent(index.catalog().depth(audience.key()), first -> new TreeSet<>())
                .add(audience.key());
    }

    /** Settles audiences of which none asks about another; those customers of whom something changed. */
    private List<AudienceDraft> settle(
            RuleIndex.Group<AudienceRule> group,
            Map<CustomerId, Instant> at,
            Map<String, AudienceState> states,
            DueDates dates) {
        Map<CustomerId, CustomerFacts> facts = rules.facts(group.any(), at.keySet());
        Map<CustomerId, AudienceFile> files = ports.members().held(tenant, facts.keySet());
        Map<Instant, List<Judge>> judges = new HashMap<>();
        List<AudienceDraft> drafts = new ArrayList<>();
        List<AudienceFileChange> changes = new ArrayList<>();
        files.forEach((customer, file) -> {
            Instant when = Objects.requireNonNull(at.get(customer));
            AudienceDraft draft = new AudienceDraft(file, when);
            dates.add(customer, null);
            for (Judge judge : judges.computeIfAbsent(when, its -> judges(group, its))) {
                AudienceState state = states.get(judge.audience().key());
                if (state != null && state.run() != null) {
                    dates.add(customer, when);
                } else {
                    CustomerFacts hers = Objects.requireNonNull(facts.get(customer));
                    judge.settle(draft, hers, state == null ? 0 : state.listing());
                    dates.add(customer, judge.rule().validUntil(hers).orElse(null));
                }
            }
            if (!draft.changed().isEmpty()) {
                drafts.add(draft);
                changes.add(draft.change(null));
            }
        });
        ports.members().applyAll(changes);
        return drafts;
    }

    private static List<Judge> judges(RuleIndex.Group<AudienceRule> group, Instant at) {
        return group.members().stream()
                .map(it -> new Judge(it.of(), it.rule().at(at)))
                .toList();
    }

    /** An audience whose rule is ready for an instant. */
    private record Judge(AudienceRule audience, CompiledRule.AsOf rule) {
        void settle(AudienceDraft draft, CustomerFacts facts, long listing) {
            AudiencePick pick = draft.pick(audience.key());
            AudienceChoice choice = pick.choice();
            if (choice == null) {
                boolean byRule = audience.kind().isByRule();
                boolean belongs = byRule ? rule.test(facts) : pick.isListed(listing);
                draft.settle(
                        audience,
                        belongs && audience.excluded().stream().noneMatch(draft::isIn),
                        byRule ? StayReason.RULE : StayReason.LISTED);
            } else if (choice == AudienceChoice.IN) {
                draft.settle(audience, true, StayReason.INCLUDED);
            } else {
                draft.settle(audience, false, StayReason.EXCLUDED);
            }
        }
    }
}
