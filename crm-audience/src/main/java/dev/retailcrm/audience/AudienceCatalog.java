package dev.retailcrm.audience;

import com.google.common.collect.HashMultimap;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.SetMultimap;
import dev.retailcrm.audience.spi.AudienceItem;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

/** All that a tenant defined of audiences. Immutable. */
public final class AudienceCatalog {
    private static final AudienceCatalog EMPTY = of(List.of());

    private final ImmutableList<AudienceItem> items;
    private final ImmutableSortedMap<String, AudienceRule> audiences;
    private final ImmutableSortedMap<String, AudienceTemplate> templates;
    private final ImmutableMap<String, Integer> depths;

    private AudienceCatalog(
            List<AudienceItem> items, Map<String, AudienceRule> audiences, Map<String, AudienceTemplate> templates) {
        this.items = ImmutableList.copyOf(items);
        this.audiences = ImmutableSortedMap.copyOf(audiences);
        this.templates = ImmutableSortedMap.copyOf(templates);
        this.depths = ImmutableMap.copyOf(depths(audiences));
    }

    /** Of a tenant that defined nothing. */
    public static AudienceCatalog empty() {
        return EMPTY;
    }

    /** What was stored of a tenant's definitions. */
    public static AudienceCatalog of(Collection<AudienceItem> stored) {
        List<AudienceItem> sorted = stored.stream()
                .sorted(Comparator.comparing(AudienceItem::kind).thenComparing(AudienceItem::key))
                .toList();
        SortedMap<String, AudienceRule> audiences = new TreeMap<>();
        SortedMap<String, AudienceTemplate> templates = new TreeMap<>();
        for (AudienceItem item : sorted) {
            switch (item.kind()) {
                case AUDIENCE -> audiences.put(item.key(), AudienceText.audience(item.definition()));
                case TEMPLATE -> templates.put(item.key(), AudienceText.template(item.definition()));
            }
        }
        return new AudienceCatalog(sorted, audiences, templates);
    }

    /** The audiences by their keys, archived ones among them. */
    public SortedMap<String, AudienceRule> audiences() {
        return audiences;
    }

    /** The tenant's own templates by their keys. */
    public SortedMap<String, AudienceTemplate> templates() {
        return templates;
    }

    /** Everything as it is stored, by kind and key. */
    public List<AudienceItem> items() {
        return items;
    }

    /** The audience with a key, or {@link AudienceError#UNKNOWN_AUDIENCE}. */
    AudienceRule require(String key) {
        AudienceRule audience = audiences.get(key);
        if (audience == null) {
            throw AudienceError.UNKNOWN_AUDIENCE.with(Map.of("audience", key), "there is no audience %s", key);
        }
        return audience;
    }

    /** How many audiences in a row one depends on at the most; greater than that of each it asks about. */
    int depth(String key) {
        return depths.getOrDefault(key, 0);
    }

    /** Each once all it asks about are known. */
    private static Map<String, Integer> depths(Map<String, AudienceRule> audiences) {
        Map<String, Integer> depths = new HashMap<>();
        Map<String, Integer> open = new HashMap<>();
        SetMultimap<String, String> users = HashMultimap.create();
        Deque<String> ready = new ArrayDeque<>();
        for (AudienceRule audience : audiences.values()) {
            SortedSet<String> asked = audience.dependencies();
            asked.retainAll(audiences.keySet());
            asked.forEach(it -> users.put(it, audience.key()));
            open.put(audience.key(), asked.size());
            if (asked.isEmpty()) {
                ready.add(audience.key());
            }
        }
        while (!ready.isEmpty()) {
            String key = ready.remove();
            for (String user : users.get(key)) {
                depths.merge(user, depths.getOrDefault(key, 0) + 1, Math::max);
                if (open.merge(user, -1, Integer::sum) == 0) {
                    ready.add(user);
                }
            }
        }
        return depths;
    }

    /** The keys of the audiences that ask about one, or leave its members out, ascending; archived ones do not. */
    List<String> usersOf(String key) {
        return audiences.values().stream()
                .filter(it -> it.status() != AudienceStatus.ARCHIVED
                        && it.dependencies().contains(key))
                .map(AudienceRule::key)
                .toList();
    }
}
