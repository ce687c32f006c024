package dev.retailcrm.tck;

import dev.retailcrm.tags.TagError;
import dev.retailcrm.tags.spi.ChannelCustomer;
import dev.retailcrm.tags.spi.ChannelPage;
import dev.retailcrm.tags.spi.ChannelTag;
import dev.retailcrm.tags.spi.TagChannel;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An outside system in memory with pages of two, for tests of synchronisation: what it has can be looked at and changed, and calls can be made
 * to fail. Not thread-safe.
 */
public final class SampleChannel implements TagChannel {
    private static final int PAGE = 2;

    private final SortedMap<String, ChannelTag> tags = new TreeMap<>();
    private final SortedMap<String, Set<String>> customers = new TreeMap<>();
    private final List<String> calls = new ArrayList<>();
    private final Set<String> refused = new HashSet<>();
    private Runnable beforeCall = () -> {};
    private int defined;

    /** An empty system. */
    public SampleChannel() {}

    @Override
    public String name() {
        return "sample";
    }

    /** What is done before each call, such as failing. */
    public void beforeCall(Runnable work) {
        beforeCall = work;
    }

    /** Calls that are refused, as {@link #calls} names them. */
    public void refuse(String... these) {
        refused.addAll(List.of(these));
    }

    /** The calls so far: what was asked, and of whom. */
    public List<String> calls() {
        return List.copyOf(calls);
    }

    /** A tag that people of that system made. */
    public String tag(String name) {
        return made(name, null).id();
    }

    /** A tag that people of that system deleted, from all who had it. */
    public void delete(String id) {
        tags.remove(id);
        customers.values().forEach(has -> has.remove(id));
    }

    /** A customer, and what she has. */
    public void put(String ref, String... ids) {
        customers.put(ref, new TreeSet<>(Set.of(ids)));
    }

    /** The ids of the tags that a customer has. */
    public Set<String> of(String ref) {
        return Set.copyOf(customers.getOrDefault(ref, Set.of()));
    }

    /** The names of all tags by id. */
    public Map<String, String> names() {
        Map<String, String> names = new TreeMap<>();
        tags.forEach((id, tag) -> names.put(id, tag.name()));
        return names;
    }

    @Override
    public ChannelPage<ChannelTag> tags(@Nullable String cursor) {
        call("tags");
        return page(tags, cursor, id -> tags.get(id));
    }

    @Override
    public ChannelPage<ChannelCustomer> customers(@Nullable String cursor) {
        call("customers");
        return page(customers, cursor, ref -> new ChannelCustomer(ref, of(ref), null));
    }

    private static <T> ChannelPage<T> page(
            SortedMap<String, ?> all, @Nullable String cursor, Function<String, T> item) {
        int from = cursor == null ? 0 : Integer.parseInt(cursor);
        List<String> rest = all.keySet().stream().skip(from).toList();
        List<String> shown = rest.subList(0, Math.min(PAGE, rest.size()));
        return new ChannelPage<>(
                shown.stream().map(item).toList(), rest.size() > PAGE ? Integer.toString(from + PAGE) : null);
    }

    @Override
    public ChannelTag define(String name, @Nullable String group) {
        call("define " + name);
        return tags.values().stream()
                .filter(tag -> tag.name().equals(name) && Objects.equals(tag.group(), group))
                .findFirst()
                .orElseGet(() -> made(name, group));
    }

    private ChannelTag made(String name, @Nullable String group) {
        var tag = new ChannelTag("x" + ++defined, name, group);
        tags.put(tag.id(), tag);
        return tag;
    }

    @Override
    public void rename(String id, String name) {
        call("rename " + id);
        ChannelTag tag = tags.get(id);
        if (tag == null) {
            throw TagError.CHANNEL_REFUSED.because("no such tag");
        }
        tags.put(id, new ChannelTag(id, name, tag.group()));
    }

    @Override
    public void change(String ref, Set<String> added, Set<String> removed) {
        call("change " + ref);
        Set<String> has = customers.get(ref);
        if (has == null || !tags.keySet().containsAll(added)) {
            throw TagError.CHANNEL_REFUSED.because("no such customer or tag");
        }
        has.addAll(added);
        has.removeAll(removed);
    }

    private void call(String what) {
        beforeCall.run();
        calls.add(what);
        if (refused.contains(what)) {
            throw TagError.CHANNEL_REFUSED.because("not that");
        }
    }
}
