package dev.retailcrm.tags;

import com.google.common.collect.ImmutableSortedSet;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.Fingerprint;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is to become of a customer's tags, in one step. Immutable.
 *
 * @param assigned what she is to have, each tag once, at most {@value #MAX}
 * @param removed keys of tags she is not to have, at most {@value #MAX}, none of them assigned
 * @param replaced keys of groups of which she is to have the assigned tags only, at most {@value #MAX}
 * @param source what does it
 * @param reason the host's code of why, 1 to 40 printable ASCII characters; {@code null} if none is given
 */
public record TagPatch(
        List<Tagging> assigned,
        Set<String> removed,
        Set<String> replaced,
        TagSource source,
        @Nullable String reason) {
    /** The most tags, and groups, of each kind. */
    public static final int MAX = 100;

    private static final int MAX_REASON = 40;

    /** Copies the collections; refuses anything else with {@link CoreError#INVALID_VALUE}. */
    public TagPatch {
        Check.range(Check.present(assigned, "assigned tags").size(), 0, MAX, "number of tags");
        Check.range(Check.present(removed, "removed tags").size(), 0, MAX, "number of tags");
        Check.range(Check.present(replaced, "replaced groups").size(), 0, MAX, "number of groups");
        assigned.forEach(it -> Check.present(it, "tag"));
        removed.forEach(it -> Check.code(it, TagDefinition.MAX_KEY, "key of the tag"));
        replaced.forEach(it -> Check.code(it, TagDefinition.MAX_KEY, "key of the group"));
        assigned = List.copyOf(assigned);
        removed = ImmutableSortedSet.copyOf(removed);
        replaced = ImmutableSortedSet.copyOf(replaced);
        Set<String> keys = new LinkedHashSet<>(removed);
        for (Tagging tagging : assigned) {
            if (!keys.add(tagging.tag())) {
                throw CoreError.INVALID_VALUE.because("a tag is assigned or removed, and once");
            }
        }
        Check.present(source, "source");
        if (reason != null) {
            Check.code(reason, MAX_REASON, "reason");
        }
    }

    /** Nothing yet, by hand. */
    public static TagPatch none() {
        return new TagPatch(List.of(), Set.of(), Set.of(), TagSource.manual(), null);
    }

    /** The same, and a tag she is to have. */
    public TagPatch assign(Tagging tagging) {
        List<Tagging> all = new ArrayList<>(assigned);
        all.add(Check.present(tagging, "tag"));
        return new TagPatch(all, removed, replaced, source, reason);
    }

    /** The same, and a tag she is not to have. */
    public TagPatch remove(String tag) {
        Set<String> all = new LinkedHashSet<>(removed);
        all.add(Check.present(tag, "tag"));
        return new TagPatch(assigned, all, replaced, source, reason);
    }

    /** The same, and a group of which she is to have nothing but what is assigned. */
    public TagPatch replace(String group) {
        Set<String> all = new LinkedHashSet<>(replaced);
        all.add(Check.present(group, "group"));
        return new TagPatch(assigned, removed, all, source, reason);
    }

    /** The same by something else than hand. */
    public TagPatch by(TagSource other) {
        return new TagPatch(assigned, removed, replaced, other, reason);
    }

    /** The same with a reason. */
    public TagPatch because(String code) {
        return new TagPatch(assigned, removed, replaced, source, Check.present(code, "reason"));
    }

    /** Whether it asks for nothing. */
    public boolean isEmpty() {
        return assigned.isEmpty() && removed.isEmpty() && replaced.isEmpty();
    }

    Fingerprint addTo(Fingerprint content) {
        content.and(assigned.size());
        assigned.forEach(it -> it.addTo(content));
        content.and(removed.size());
        removed.forEach(content::and);
        content.and(replaced.size());
        replaced.forEach(content::and);
        return content.and(source.kind().name())
                .and(source.reference())
                .and(source.version())
                .and(reason);
    }
}
