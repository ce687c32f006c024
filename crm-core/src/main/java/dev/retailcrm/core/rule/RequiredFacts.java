package dev.retailcrm.core.rule;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedSet;
import com.google.common.collect.Maps;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What must be known of a customer to answer a rule, and no more. Immutable.
 */
public final class RequiredFacts {
    private final Names fields;
    private final Names tags;
    private final Names events;
    private final Names audiences;
    private final ImmutableMap<String, ImmutableSortedSet<String>> properties;

    /** Names and their places. */
    private record Names(ImmutableList<String> list, ImmutableMap<String, Integer> places) {
        static Names of(SortedSet<String> names) {
            ImmutableMap.Builder<String, Integer> places = ImmutableMap.builder();
            int place = 0;
            for (String name : names) {
                places.put(name, place++);
            }
            return new Names(ImmutableList.copyOf(names), places.buildOrThrow());
        }

        static Names both(Names one, Names other) {
            SortedSet<String> all = new TreeSet<>(one.list);
            all.addAll(other.list);
            return of(all);
        }

        int place(String name) {
            Integer place = places.get(name);
            return place == null ? -1 : place;
        }
    }

    private RequiredFacts(
            Names fields, Names tags, Names audiences, ImmutableMap<String, ImmutableSortedSet<String>> properties) {
        this.fields = fields;
        this.tags = tags;
        this.events = Names.of(new TreeSet<>(properties.keySet()));
        this.audiences = audiences;
        this.properties = properties;
    }

    static RequiredFacts of(Condition condition) {
        var names = new FactNames();
        condition.accept(names);
        return new RequiredFacts(
                Names.of(names.fields), Names.of(names.tags), Names.of(names.audiences), copy(names.events));
    }

    /**
     * These facts, whichever rules ask for them.
     *
     * @param events the properties by type of event
     */
    public static RequiredFacts of(
            Set<String> fields, Set<String> tags, Map<String, ? extends Set<String>> events, Set<String> audiences) {
        Map<String, SortedSet<String>> sorted = new TreeMap<>();
        events.forEach((type, properties) -> sorted.put(type, new TreeSet<>(properties)));
        return new RequiredFacts(
                Names.of(new TreeSet<>(fields)),
                Names.of(new TreeSet<>(tags)),
                Names.of(new TreeSet<>(audiences)),
                copy(sorted));
    }

    private static ImmutableMap<String, ImmutableSortedSet<String>> copy(Map<String, SortedSet<String>> events) {
        return ImmutableMap.copyOf(Maps.transformValues(events, ImmutableSortedSet::copyOfSorted));
    }

    /** What is required for both: rules compiled for it can be asked about the same facts. */
    public RequiredFacts and(RequiredFacts other) {
        Map<String, SortedSet<String>> both = new TreeMap<>();
        Stream.of(properties, other.properties)
                .forEach(some -> some.forEach((event, names) ->
                        both.computeIfAbsent(event, first -> new TreeSet<>()).addAll(names)));
        return new RequiredFacts(
                Names.both(fields, other.fields),
                Names.both(tags, other.tags),
                Names.both(audiences, other.audiences),
                copy(both));
    }

    /** The names of fields, ascending. */
    public List<String> fields() {
        return fields.list;
    }

    /** The keys of tags, ascending. */
    public List<String> tags() {
        return tags.list;
    }

    /** The types of events, ascending. */
    public List<String> events() {
        return events.list;
    }

    /** The properties that are asked about of events of a type, ascending; none of a type that is not required. */
    public Set<String> properties(String event) {
        return properties.getOrDefault(event, ImmutableSortedSet.of());
    }

    /** The keys of audiences, ascending. */
    public List<String> audiences() {
        return audiences.list;
    }

    /** What they are about. */
    public Set<FactTopic> topics() {
        ImmutableSet.Builder<FactTopic> topics = ImmutableSet.builder();
        fields().forEach(it -> topics.add(FactTopic.field(it)));
        events().forEach(it -> topics.add(FactTopic.event(it)));
        tags().forEach(it -> topics.add(FactTopic.tag(it)));
        audiences().forEach(it -> topics.add(FactTopic.audience(it)));
        return topics.build();
    }

    int field(String name) {
        return fields.place(name);
    }

    int tag(String key) {
        return tags.place(key);
    }

    int event(String type) {
        return events.place(type);
    }

    int audience(String key) {
        return audiences.place(key);
    }

    @Override
    public boolean equals(Object other) {
        if (this == other) {
            return true; // the usual case, asked for each customer
        }
        return other instanceof RequiredFacts that
                && fields().equals(that.fields())
                && tags().equals(that.tags())
                && properties.equals(that.properties)
                && audiences().equals(that.audiences());
    }

    @Override
    public int hashCode() {
        return fields().hashCode() + 31 * (tags().hashCode() + 31 * properties.hashCode());
    }

    @Override
    public String toString() {
        return "RequiredFacts[fields=" + fields() + ", tags=" + tags() + ", events=" + properties + ", audiences="
                + audiences() + "]";
    }
}
