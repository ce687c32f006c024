package dev.retailcrm.tags;

import dev.retailcrm.core.history.Actor;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.Instants;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.rule.CustomerFacts;
import dev.retailcrm.core.rule.FactTopic;
import dev.retailcrm.core.rule.RuleQueries;
import dev.retailcrm.core.spi.FactObserver;
import dev.retailcrm.tags.spi.AutoTagPorts;
import dev.retailcrm.tags.spi.TagChange;
import dev.retailcrm.tags.spi.TagSnapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * Runs automatic tags of customers within the current transaction: asks the rules that something new can change, puts and takes tags, goes on with
 * the rules that ask about those, and remembers when time alone will change an answer. Thread-safe.
 */
final class AutoTagging implements FactObserver {
    private static final Actor RULE = Actor.system("rule");
    private static final TagCause SETTLING = new TagCause(TagSource.manual(), null, Actor.UNKNOWN, null);

    private final TenantId tenant;
    private final AutoTagPorts ports;
    private final RuleQueries rules;
    private final Instants instants;

    /** @param rules of the tenant, not guarded */
    AutoTagging(TenantId tenant, AutoTagPorts ports, RuleQueries rules) {
        this.tenant = tenant;
        this.ports = ports;
        this.rules = rules;
        this.instants = new Instants(ports.tags().clock());
    }

    AutoTagIndex index() {
        return ports.indexes().of(tenant, ports.tags().store().catalog(tenant), rules);
    }

    /** {@inheritDoc} Who may get or lose a tag is locked first, as whoever tags her locks her. */
    @Override
    public boolean awaits(TenantId of, Set<CustomerId> customers, Set<FactTopic> topics) {
        if (topics.isEmpty() || index().about(topics).isEmpty()) {
            return false;
        }
        ports.store().hold(tenant, customers);
        return true;
    }

    @Override
    public void written(TenantId of, Set<CustomerId> customers, Set<FactTopic> topics, Instant at) {
        AutoTagIndex index = index();
        run(index, index.about(topics), customers, at);
    }

    /** Runs all rules about customers who are held; how many of them changed. */
    int runAll(Collection<CustomerId> customers, Instant at) {
        AutoTagIndex index = index();
        return run(index, index.all(), customers, at);
    }

    /** Runs some rules about customers who are held; how many of them changed. */
    int run(AutoTagIndex index, AutoTagIndex.Group first, Collection<CustomerId> customers, Instant at) {
        Set<CustomerId> changed = new HashSet<>();
        List<CustomerId> all = List.copyOf(new TreeSet<>(customers));
        for (int from = 0; from < all.size(); from += RuleQueries.MAX_FACTS) {
            List<CustomerId> some = all.subList(from, Math.min(from + RuleQueries.MAX_FACTS, all.size()));
            AutoTagIndex.Group group = first;
            // What rules do is asked by others, in no circle: there are at most as many steps as rules.
            for (int step = 0; step <= index.all().members().size() && !group.isEmpty() && !some.isEmpty(); step++) {
                Step done = step(index, group, some, at);
                changed.addAll(done.changed);
                some = List.copyOf(done.changed);
                group = index.about(done.topics);
            }
        }
        return changed.size();
    }

    /** Who changed, and in what. */
    private record Step(Set<CustomerId> changed, Set<FactTopic> topics) {}

    private Step step(AutoTagIndex index, AutoTagIndex.Group group, List<CustomerId> customers, Instant at) {
        Map<CustomerId, CustomerFacts> facts = rules.facts(group.any(), customers);
        Map<CustomerId, TagSnapshot> tagged = ports.tags().store().held(tenant, facts.keySet());
        TagCatalog catalog = index.tags();
        var judgement = new AutoTagJudgement(group, catalog, at);
        Map<CustomerId, AutoTagJudgement.Answer> answers = new HashMap<>();
        tagged.forEach((customer, state) -> answers.put(
                customer,
                judgement.of(
                        Objects.requireNonNull(facts.get(customer)),
                        state.marks().values())));
        Step step = apply(tagged, answers, catalog, at);
        schedule(customers, answers, group.equals(index.all()));
        return step;
    }

    private Step apply(
            Map<CustomerId, TagSnapshot> tagged,
            Map<CustomerId, AutoTagJudgement.Answer> answers,
            TagCatalog catalog,
            Instant at) {
        Step step = new Step(new TreeSet<>(), new HashSet<>());
        TagLimits limits = new TagLimits(tenant, ports.tags().store(), catalog);
        List<TagChange> changes = new ArrayList<>();
        tagged.forEach((customer, state) -> {
            AutoTagJudgement.Answer answer = Objects.requireNonNull(answers.get(customer));
            if (!answer.isEmpty()) {
                TagFile file = new TagFile(state, catalog);
                TagDraft draft = file.settled(at, SETTLING);
                answer.taken().forEach(it -> file.take(it.tag(), draft.because(cause(it))));
                answer.put().forEach(it -> put(it, file, draft, limits));
                if (!draft.entries().isEmpty()) {
                    changes.add(draft.change(null));
                    step.changed.add(customer);
                    draft.entries().forEach(it -> step.topics.add(FactTopic.tag(it.tag())));
                }
            }
        });
        ports.tags().store().applyAll(changes);
        return step;
    }

    private static TagCause cause(AutoTag automatic) {
        return new TagCause(automatic.source(), null, RULE, null);
    }

    /** A tag that is retired or full is not put; the till that sold something goes on. */
    private static void put(AutoTag automatic, TagFile file, TagDraft draft, TagLimits limits) {
        try {
            if (limits.hasRoom(automatic.tag(), draft)) {
                file.put(automatic.tagging(), draft.because(cause(automatic)));
                limits.took(automatic.tag());
            }
        } catch (CrmException refusal) {
            if (!(refusal.code() instanceof TagError)) {
                throw refusal;
            }
        }
    }

    /** Of some rules the earliest instant counts, of all the only one. */
    private void schedule(List<CustomerId> customers, Map<CustomerId, AutoTagJudgement.Answer> answers, boolean whole) {
        Map<CustomerId, Instant> known = ports.store().due(tenant, customers);
        Map<CustomerId, Instant> due = new HashMap<>();
        Set<CustomerId> over = new HashSet<>();
        for (CustomerId customer : customers) {
            AutoTagJudgement.Answer answer = answers.get(customer);
            Instant next = answer == null ? null : answer.due();
            Instant before = known.get(customer);
            if (next != null && (before == null || next.isBefore(before) || (whole && !next.equals(before)))) {
                due.put(customer, next);
            } else if (next == null && before != null && (whole || answer == null)) {
                over.add(customer);
            }
        }
        if (!due.isEmpty()) {
            ports.store().schedule(tenant, due);
        }
        if (!over.isEmpty()) {
            ports.store().unschedule(tenant, over);
        }
    }

    Instant now() {
        return instants.now();
    }
}
