package dev.retailcrm.tags;

import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.rule.CompiledRule;
import dev.retailcrm.core.rule.FactTopic;
import dev.retailcrm.core.rule.RequiredFacts;
import dev.retailcrm.core.rule.Rule;
import dev.retailcrm.core.rule.RuleCatalog;
import dev.retailcrm.core.rule.RuleQueries;
import dev.retailcrm.core.rule.RuleTime;
import dev.retailcrm.core.rule.Rules;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * Which automatic tags can be changed by what. Rules that are asked together are compiled for the same facts. What a rule can ask has to have been
 * there when the index was made; a rule that asks for what is there no more is {@link #broken} and not run. Immutable but for what it remembers;
 * thread-safe.
 */
final class AutoTagIndex {
    private static final int MAX_REMEMBERED = 1_000;
    private static final Rule EVERYBODY = Rule.of(Rules.field("status").exists());

    private final TagCatalog tags;
    private final RuleCatalog vocabulary;
    private final RuleTime time;
    private final Map<String, AutoTag> running = new TreeMap<>();
    private final Map<String, Set<FactTopic>> topics = new TreeMap<>();
    private final Map<String, CrmException> broken = new TreeMap<>();
    private final CompiledRule everybody;
    private final Map<Set<FactTopic>, Group> groups = new ConcurrentHashMap<>();
    private final Map<String, Group> single = new ConcurrentHashMap<>();
    private final Group all;

    /** An automatic tag whose rule is ready. */
    record Member(AutoTag automatic, CompiledRule rule) {}

    /** Automatic tags that are run together, ascending by key, all for the same facts. */
    record Group(List<Member> members) {
        boolean isEmpty() {
            return members.isEmpty();
        }

        /** Any of the rules: all ask for the same facts. */
        CompiledRule any() {
            return members.get(0).rule();
        }
    }

    AutoTagIndex(TagCatalog tags, RuleQueries rules) {
        this.tags = tags;
        this.vocabulary = rules.catalog();
        this.time = rules.time();
        this.everybody = EVERYBODY.compile(vocabulary, time);
        for (AutoTag automatic : tags.autoTags().values()) {
            if (automatic.active()) {
                try {
                    automatic.rule().check(vocabulary, time);
                    topics.put(automatic.key(), automatic.rule().requiredFacts().topics());
                    running.put(automatic.key(), automatic);
                } catch (CrmException refusal) {
                    broken.put(automatic.key(), refusal);
                }
            }
        }
        this.all = compiled(running.values());
    }

    /** The definitions it was made of. */
    TagCatalog tags() {
        return tags;
    }

    /** A rule that holds for all. */
    CompiledRule everybody() {
        return everybody;
    }

    /** Why rules are not run that should be, by the keys of their automatic tags. */
    Map<String, CrmException> broken() {
        return broken;
    }

    /** What can be changed by something new about these topics. */
    Group about(Set<FactTopic> written) {
        Group known = groups.get(written);
        if (known == null) {
            known = group(it -> topics.getOrDefault(it.key(), Set.of()).stream().anyMatch(written::contains));
            if (groups.size() < MAX_REMEMBERED) {
                groups.put(Set.copyOf(written), known);
            }
        }
        return known;
    }

    /** All that are run. */
    Group all() {
        return all;
    }

    /** One, and those that decide about the same tag or group of tags. */
    Group of(String key) {
        return single.computeIfAbsent(key, asked -> group(it -> it.key().equals(asked)));
    }

    /** Those that are run and put a tag on customers, each for the facts of its own rule, ascending by key. */
    List<Member> putting(String tag) {
        return running.values().stream()
                .filter(it -> it.tag().equals(tag))
                .map(it -> new Member(it, it.rule().compile(vocabulary, time)))
                .toList();
    }

    private Group group(Predicate<AutoTag> wanted) {
        Map<String, AutoTag> together = new TreeMap<>();
        running.values().stream().filter(wanted).forEach(it -> together.putAll(mates(it)));
        return compiled(together.values());
    }

    /** Those who decide about the same tag, or about one that excludes it: which of them wins depends on all. */
    private Map<String, AutoTag> mates(AutoTag automatic) {
        Set<String> touched = tags.touchedBy(automatic.tag());
        Map<String, AutoTag> mates = new LinkedHashMap<>();
        running.values().stream().filter(it -> touched.contains(it.tag())).forEach(it -> mates.put(it.key(), it));
        return mates;
    }

    private Group compiled(Collection<AutoTag> together) {
        if (together.isEmpty()) {
            return new Group(List.of());
        }
        RequiredFacts all = together.stream()
                .map(it -> it.rule().requiredFacts())
                .reduce(RequiredFacts::and)
                .orElseThrow();
        List<Member> members = new ArrayList<>(together.size());
        for (AutoTag automatic : together) {
            members.add(new Member(automatic, automatic.rule().compile(vocabulary, time, all)));
        }
        return new Group(List.copyOf(members));
    }
}
