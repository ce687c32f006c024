package dev.retailcrm.tags;

import dev.retailcrm.core.customer.CustomerStatus;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.StoreId;
import dev.retailcrm.tags.spi.TagSnapshot;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The tags of a customer. Its commands return decisions and write nothing; each first books the end of what is over and moves what she has of
 * tags that were merged. Immutable.
 */
final class TagFile {
    private final TagSnapshot state;
    private final TagCatalog catalog;

    TagFile(TagSnapshot state, TagCatalog catalog) {
        this.state = state;
        this.catalog = catalog;
    }

    /** What is over is booked, and what was merged is moved; neither belongs to a batch. */
    TagDraft settled(Instant now, TagCause cause) {
        TagCause own = new TagCause(cause.source(), null, cause.actor(), cause.reason());
        TagDraft draft = new TagDraft(state, now, own).expire();
        for (TagMark mark : draft.marks()) {
            TagDefinition tag = catalog.tags().get(mark.tag());
            if (tag != null && tag.mergedInto() != null) {
                move(mark, tag, catalog.require(mark.tag()), draft);
            }
        }
        return draft.because(cause);
    }

    /** What somebody with these marks has by the keys that answer; of two that became one, the one that will stay. */
    static List<TagMark> seen(Collection<TagMark> marks, TagCatalog catalog) {
        SortedMap<String, TagMark> seen = new TreeMap<>();
        for (TagMark mark : marks) {
            TagDefinition tag = catalog.tags().get(mark.tag());
            if (tag != null && tag.mergedInto() == null) {
                seen.put(mark.tag(), mark);
            }
        }
        for (TagMark mark : marks) {
            TagDefinition tag = catalog.tags().get(mark.tag());
            if (tag != null && tag.mergedInto() != null && tag.mergeRule() != null) {
                TagMark moved = mark.of(catalog.require(mark.tag()).key());
                TagMark hers = seen.get(moved.tag());
                if (hers == null || wins(moved, hers, tag.mergeRule(), moved.from())) {
                    seen.put(moved.tag(), moved);
                }
            }
        }
        return List.copyOf(seen.values());
    }

    /** She is to have and not to have tags. */
    TagDraft change(TagPatch patch, Instant now, TagCause cause) {
        requireNotErased();
        TagDraft draft = settled(now, cause);
        Set<String> kept = new HashSet<>();
        for (Tagging tagging : patch.assigned()) {
            TagDefinition tag = catalog.require(tagging.tag());
            for (String other : kept) {
                if (catalog.exclude(tag, catalog.require(other))) {
                    throw TagError.TAGS_EXCLUSIVE.with(
                            Map.of("group", Objects.requireNonNull(tag.group())),
                            "a customer has at most one tag of the group %s",
                            tag.group());
                }
            }
            if (!kept.add(tag.key())) {
                throw CoreError.INVALID_VALUE.because("the tag %s is assigned twice", tag.key());
            }
        }
        for (String key : patch.removed()) {
            TagDefinition tag = catalog.require(key);
            if (kept.contains(tag.key())) {
                throw CoreError.INVALID_VALUE.because("the tag %s is assigned and removed", tag.key());
            }
            remove(tag.key(), draft);
        }
        for (String group : patch.replaced()) {
            catalog.requireGroup(group);
            for (TagMark mark : draft.marks()) {
                TagDefinition tag = catalog.tags().get(mark.tag());
                if (tag != null && group.equals(tag.group()) && !kept.contains(tag.key())) {
                    remove(tag.key(), draft);
                }
            }
        }
        patch.assigned().forEach(it -> assign(it, draft));
        return draft;
    }

    /** That a tag was taken away by hand counts for rules no more. */
    TagDraft lift(String key, Instant now, TagCause cause) {
        requireNotErased();
        TagDefinition tag = catalog.require(key);
        TagDraft draft = settled(now, cause);
        TagMark mark = draft.mark(tag.key());
        if (mark != null && mark.isRemoval()) {
            draft.put(TagAct.LIFTED, tag.key(), null);
        }
        return draft;
    }

    /** She is not to have a tag that a rule has put. */
    void take(String tag, TagDraft draft) {
        remove(tag, draft);
    }

    /** She is to have a tag by a rule. Refuses as {@link #change} does, and then does nothing. */
    void put(Tagging tagging, TagDraft draft) {
        requireNotErased();
        assign(tagging, draft);
    }

    private void remove(String tag, TagDraft draft) {
        if (draft.has(tag)) {
            TagCause cause = draft.cause();
            draft.put(
                    TagAct.REMOVED,
                    tag,
                    cause.source().isManual()
                            ? TagMark.removedByHand(tag, draft.at(), cause.source(), cause.actor())
                            : null);
        }
    }

    private void assign(Tagging tagging, TagDraft draft) {
        TagDefinition tag = catalog.require(tagging.tag());
        requireInUse(tag);
        requireScope(tag, draft);
        tag.requireFit(tagging.value());
        TagMark before = draft.mark(tag.key());
        TagCause cause = draft.cause();
        if (before != null && before.isRemoval() && cause.source().kind() == TagSource.Kind.RULE) {
            throw TagError.REMOVED_BY_HAND.with(
                    Map.of("tag", tag.key(), "since", before.from()), "the tag %s was taken away by hand", tag.key());
        }
        Instant until = end(tagging, tag, draft.at());
        boolean has = draft.has(tag.key());
        if (has && before != null && isSame(before, tagging, until, cause)) {
            return;
        }
        for (TagMark other : draft.marks()) {
            TagDefinition its = catalog.tags().get(other.tag());
            if (its != null && catalog.exclude(tag, its) && draft.has(other.tag())) {
                draft.put(TagAct.REPLACED, other.tag(), null);
            }
        }
        Instant from = has && before != null ? before.from() : draft.at();
        draft.put(
                has ? TagAct.CHANGED : TagAct.ASSIGNED,
                tag.key(),
                new TagMark(tag.key(), from, until, tagging.value(), cause.source(), cause.actor()));
    }

    /** What somebody does by hand takes the place of what anything else did, so that no rule takes it back. */
    private static boolean isSame(TagMark before, Tagging tagging, @Nullable Instant until, TagCause cause) {
        return Objects.equals(before.value(), tagging.value())
                && Objects.equals(before.until(), until)
                && (before.source().isManual() || !cause.source().isManual());
    }

    private static @Nullable Instant end(Tagging tagging, TagDefinition tag, Instant at) {
        Instant end = tagging.until();
        if (end == null) {
            return tag.lifetime() == null ? null : at.plus(tag.lifetime());
        }
        if (!end.isAfter(at)) {
            throw CoreError.INVALID_VALUE.because("a tag ends after now");
        }
        return end;
    }

    /** What she has of a tag that was merged becomes a mark of the other. */
    private void move(TagMark mark, TagDefinition source, TagDefinition target, TagDraft draft) {
        draft.put(TagAct.LEFT, mark.tag(), null);
        TagMark moved = mark.of(target.key());
        TagMark hers = draft.mark(target.key());
        TagMergeRule rule = Objects.requireNonNull(source.mergeRule(), "what was merged has a rule");
        if (hers != null && !wins(moved, hers, rule, draft.at())) {
            return;
        }
        for (TagMark other : draft.marks()) {
            TagDefinition its = catalog.tags().get(other.tag());
            if (moved.isAt(draft.at()) && its != null && catalog.exclude(target, its) && draft.has(other.tag())) {
                if (!wins(moved, other, rule, draft.at())) {
                    return;
                }
                draft.put(TagAct.REPLACED, other.tag(), null);
            }
        }
        draft.put(TagAct.MOVED, target.key(), moved);
    }

    /** What she has counts for more than that it was taken away, unless it was so by hand and came by rule. */
    static boolean wins(TagMark source, TagMark target, TagMergeRule rule, Instant at) {
        if (source.isAt(at) != target.isAt(at)) {
            TagMark valid = source.isAt(at) ? source : target;
            boolean stays = valid.source().kind() != TagSource.Kind.RULE;
            return stays == source.isAt(at);
        }
        return switch (rule) {
            case KEEP_TARGET -> false;
            case KEEP_SOURCE -> true;
            case KEEP_NEWER -> source.from().isAfter(target.from());
        };
    }

    /** Whether somebody has another tag of an exclusive group that a tag is in. */
    static boolean isExcluded(String key, TagDraft draft, TagCatalog catalog) {
        TagDefinition tag = catalog.tags().get(key);
        return tag != null
                && draft.marks().stream()
                        .filter(it -> draft.has(it.tag()))
                        .map(it -> catalog.tags().get(it.tag()))
                        .anyMatch(it -> it != null && catalog.exclude(tag, it));
    }

    private static void requireInUse(TagDefinition tag) {
        if (!tag.isActive()) {
            throw TagError.TAG_RETIRED.with(Map.of("tag", tag.key()), "the tag %s is retired", tag.key());
        }
    }

    private static void requireScope(TagDefinition tag, TagDraft draft) {
        StoreId store = draft.cause().actor().store();
        if (tag.store() != null && store != null && !tag.store().equals(store)) {
            throw TagError.TAG_OUT_OF_SCOPE.with(
                    Map.of("tag", tag.key(), "store", tag.store().value()), "the tag %s is another store's", tag.key());
        }
    }

    private void requireNotErased() {
        if (state.status() == CustomerStatus.ERASED) {
            throw CoreError.CUSTOMER_ERASED.because("customer %s was erased", state.customer());
        }
    }
}
