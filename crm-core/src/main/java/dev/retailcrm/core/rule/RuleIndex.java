package dev.retailcrm.core.rule;

import com.google.common.collect.ImmutableSortedMap;
import dev.retailcrm.core.kernel.CrmException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Rules of which many are asked about the same customer: which of them can be changed by what. Rules that are asked together are compiled for the
 * same facts. What a rule asks for has to be there when the index is made; a rule that asks for what is there no more is {@link #broken} and not
 * asked. Immutable but for what it remembers; thread-safe.
 *
 * @param <T> whose rules they are
 */
public final class RuleIndex<T> {
    private static final int MAX_REMEMBERED = 1_000;
    private static final Rule EVERYBODY = Rule.of(Rules.field("status").exists());

    private final RuleCatalog vocabulary;
    private final RuleTime time;
    private final Asked<T> asked;
    private final SortedMap<String, T> running = new TreeMap<>();
    private final Map<String, Set<FactTopic>> topics = new TreeMap<>();
    private final SortedMap<String, CrmException> broken = new TreeMap<>();
    private final CompiledRule everybody;
    private final Map<Set<FactTopic>, Group<T>> changeable = new ConcurrentHashMap<>();
    private final Map<Set<String>, Group<T>> named = new ConcurrentHashMap<>();
    private final Group<T> all;

    /**
     * What is asked of something.
     *
     * @param rule its rule
     * @param topics what it is changed by
     * @param together whether a second is always asked with a first
     */
    public record Asked<T>(Function<T, Rule> rule, Function<T, Set<FactTopic>> topics, BiPredicate<T, T> together) {}

    /** Something whose rule is ready. */
    public record Member<T>(T of, CompiledRule rule) {}

    /** What is asked together, ascending by key, all for the same facts. */
    public record Group<T>(List<Member<T>> members) {
        /** Whether nothing is asked. */
        public boolean isEmpty() {
            return members.isEmpty();
        }

        /** Any of the rules: all ask for the same facts. */
        public CompiledRule any() {
            return members.get(0).rule();
        }
    }

    /** An index of these by their keys; within a unit of work. Round trips as {@link RuleQueries#catalog}. */
    public RuleIndex(RuleQueries rules, Map<String, T> all, Asked<T> asked) {
        this.vocabulary = rules.catalog();
        this.time = rules.time();
        this.asked = asked;
        this.everybody = EVERYBODY.compile(vocabulary, time);
        all.forEach((key, it) -> {
            try {
                asked.rule().apply(it).check(vocabulary, time);
                topics.put(key, asked.topics().apply(it));
                running.put(key, it);
            } catch (CrmException refusal) {
                broken.put(key, refusal);
            }
        });
        this.all = compiled(running.values());
    }

    /** A rule that holds for all. */
    public CompiledRule everybody() {
        return everybody;
    }

    /** Why some are not asked, by key. */
    public SortedMap<String, CrmException> broken() {
        return ImmutableSortedMap.copyOf(broken);
    }

    /** What can be changed by something new about these topics. */
    public Group<T> about(Set<FactTopic> written) {
        Group<T> known = changeable.get(written);
        if (known == null) {
            known = written.contains(FactTopic.STANDING)
                    ? all
                    : group((key, it) ->
                            Objects.requireNonNull(topics.get(key)).stream().anyMatch(written::contains));
            if (changeable.size() < MAX_REMEMBERED) {
                changeable.put(Set.copyOf(written), known);
            }
        }
        return known;
    }

    /** All. */
    public Group<T> all() {
        return all;
    }

    /** Those with these keys, and those that are always asked with them. */
    public Group<T> of(Set<String> keys) {
        Group<T> known = named.get(keys);
        if (known == null) {
            known = group((key, it) -> keys.contains(key));
            if (named.size() < MAX_REMEMBERED) {
                named.put(Set.copyOf(keys), known);
            }
        }
        return known;
    }

    /** Those that are as they are wanted, each for the facts of its own rule, ascending by key. */
    public List<Member<T>> single(Predicate<T> wanted) {
        return running.values().stream()
                .filter(wanted)
                .map(it -> new Member<>(it, asked.rule().apply(it).compile(vocabulary, time)))
                .toList();
    }

    private Group<T> group(BiPredicate<String, T> wanted) {
        SortedMap<String, T> together = new TreeMap<>();
        running.forEach((key, it) -> {
            if (wanted.test(key, it)) {
                together.put(key, it);
                running.forEach((other, second) -> {
                    if (asked.together().test(it, second)) {
                        together.put(other, second);
                    }
                });
            }
        });
        return compiled(together.values());
    }

    private Group<T> compiled(Collection<T> together) {
        if (together.isEmpty()) {
            return new Group<>(List.of());
        }
        RequiredFacts facts = together.stream()
                .map(it -> asked.rule().apply(it).requiredFacts())
                .reduce(RequiredFacts::and)
                .orElseThrow();
        return new Group<>(together.stream()
                .map(it -> new Member<>(it, asked.rule().apply(it).compile(vocabulary, time, facts)))
                .toList());
    }
}
