package dev.retailcrm.tags;

import dev.retailcrm.core.history.Actor;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.Instants;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.rule.CustomerFacts;
import dev.retailcrm.core.rule.DueDates;
import dev.retailcrm.core.rule.FactTopic;
import dev.retailcrm.core.rule.RuleIndex;
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

    private static final RuleIndex.Group<AutoTag> NOBODY = new RuleIndex.Group<>(List.of());

    private final TenantId tenant;
    private final AutoTagPorts ports;
    private final RuleQueries rules;
    private final FactObserver next;
    private final Instants instants;

    /**
     * The automatic tags of a tenant.
     *
     * @param rules of the tenant, not guarded
     * @param next is told what is written, and of the tags that are put and taken because of it, at once
     */
    AutoTagging(TenantId tenant, AutoTagPorts ports, RuleQueries rules, FactObserver next) {
        this.tenant = tenant;
        this.ports = ports;
        this.rules = rules;
        this.next = next;
        this.instants = new Instants(ports.tags().clock());
    }

    AutoTagIndex index() {
        return AutoTagIndex.of(tenant, ports, rules);
    }

    /** {@inheritDoc} Who may get or lose a tag is locked first, as whoever tags her locks her. */
    @Override
    public boolean awaits(TenantId of, Set<CustomerId> customers, Set<FactTopic> topics) {
        AutoTagIndex index = index();
        RuleIndex.Group<AutoTag> group =
                topics.isEmpty() ? NOBODY : index.rules().about(topics);
        if (!group.isEmpty()) {
            ports.store().hold(tenant, customers);
        }
        return next.awaits(tenant, customers, changeable(index, topics)) || !group.isEmpty();
    }

    @Override
    public void written(TenantId of, Set<CustomerId> customers, Set<FactTopic> topics, Instant at) {
        AutoTagIndex index = index();
        Set<FactTopic> all = new HashSet<>(topics);
        all.addAll(run(index, index.rules().about(topics), customers, at).topics());
        next.written(tenant, customers, all, at);
    }

    /** What may be written because of something: itself, and the tags of the rules that ask about it, and of those that ask about these. */
    private static Set<FactTopic> changeable(AutoTagIndex index, Set<FactTopic> topics) {
        Set<FactTopic> all = new HashSet<>(topics);
        int before;
        do {
            before = all.size();
            for (RuleIndex.Member<AutoTag> member : index.rules().about(all).members()) {
                index.tags().touchedBy(member.of().tag()).forEach(it -> all.add(FactTopic.tag(it)));
            }
        } while (all.size() > before);
        return all;
    }

    /** Runs all rules about customers who are held; how many of them changed. */
    int runAll(Collection<CustomerId> customers, Instant at) {
        AutoTagIndex index = index();
        return runAndTell(index, index.rules().all(), customers, at);
    }

    /** Runs some rules about customers who are held, and tells of their tags; how many of them changed. */
    int runAndTell(AutoTagIndex index, RuleIndex.Group<AutoTag> first, Collection<CustomerId> customers, Instant at) {
        Set<FactTopic> tags = new HashSet<>();
        first.members()
                .forEach(
                        member -> index.tags().touchedBy(member.of().tag()).forEach(it -> tags.add(FactTopic.tag(it))));
        boolean awaited = next.awaits(tenant, Set.copyOf(customers), changeable(index, tags));
        Step done = run(index, first, customers, at);
        if (awaited && !done.changed().isEmpty()) {
            next.written(tenant, done.changed(), done.topics(), at);
        }
        return done.changed().size();
    }

    private Step run(AutoTagIndex index, RuleIndex.Group<AutoTag> first, Collection<CustomerId> customers, Instant at) {
        Step all = new Step(new HashSet<>(), new HashSet<>());
        List<CustomerId> sorted = List.copyOf(new TreeSet<>(customers));
        for (int from = 0; from < sorted.size(); from += RuleQueries.MAX_FACTS) {
            List<CustomerId> some = sorted.subList(from, Math.min(from + RuleQueries.MAX_FACTS, sorted.size()));
            RuleIndex.Group<AutoTag> group = first;
            // What rules do is asked by others, in no circle: there are at most as many steps as rules.
            int steps = index.rules().all().members().size();
            for (int step = 0; step <= steps && !group.isEmpty() && !some.isEmpty(); step++) {
                Step done = step(index, group, some, at);
                all.changed().addAll(done.changed());
                all.topics().addAll(done.topics());
                some = List.copyOf(done.changed());
                group = index.rules().about(done.topics());
            }
        }
        return all;
    }

    /** Who changed, and in what. */
    private record Step(Set<CustomerId> changed, Set<FactTopic> topics) {}

    private Step step(AutoTagIndex index, RuleIndex.Group<AutoTag> group, List<CustomerId> customers, Instant at) {
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
        var dates = new DueDates();
        answers.forEach((customer, answer) -> dates.add(customer, answer.due()));
        dates.keep(ports.store(), tenant, customers, group.equals(index.rules().all()));
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

    Instant now() {
        return instants.now();
    }
}
