package dev.retailcrm.tags;

import dev.retailcrm.core.history.Actor;
import dev.retailcrm.tags.spi.TagChange;
import dev.retailcrm.tags.spi.TagSnapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A decision about a customer's tags while it is taken. Not thread-safe; made, filled and read by one command. */
final class TagDraft {
    private final TagSnapshot before;
    private final Instant at;
    private TagCause cause;
    private final SortedMap<String, TagMark> marks;
    private final List<TagEntry> entries = new ArrayList<>(2);

    /** What is to be done at an instant, or when her last entry happened if that is later: clocks of tills differ. */
    TagDraft(TagSnapshot before, Instant now, TagCause cause) {
        Instant last = before.changedAt();
        this.before = before;
        this.at = last != null && last.isAfter(now) ? last : now;
        this.cause = cause;
        this.marks = new TreeMap<>(before.marks());
    }

    Instant at() {
        return at;
    }

    TagCause cause() {
        return cause;
    }

    /** What is done from here on has this cause. */
    TagDraft because(TagCause other) {
        cause = other;
        return this;
    }

    /** What she has of tags by now. */
    Collection<TagMark> marks() {
        return List.copyOf(marks.values());
    }

    @Nullable
    TagMark mark(String tag) {
        return marks.get(tag);
    }

    /** Whether she has a tag by now. */
    boolean has(String tag) {
        TagMark mark = marks.get(tag);
        return mark != null && mark.isAt(at);
    }

    /** Leaves a tag as a mark says, or with none; nothing happens if there is none anyway. */
    void put(TagAct act, String tag, @Nullable TagMark after) {
        put(act, tag, after, cause, at);
    }

    /** Books the end of what is over, at that end. */
    TagDraft expire() {
        for (TagMark mark : marks()) {
            if (mark.isOver(at) && mark.until() != null) {
                put(
                        TagAct.EXPIRED,
                        mark.tag(),
                        null,
                        new TagCause(mark.source(), null, Actor.UNKNOWN, null),
                        mark.until());
            }
        }
        return this;
    }

    private void put(TagAct act, String tag, @Nullable TagMark after, TagCause by, Instant when) {
        TagMark former = after == null ? marks.remove(tag) : marks.put(tag, after);
        if (former == null && after == null) {
            return;
        }
        entries.add(new TagEntry(
                before.lastSeq() + entries.size() + 1,
                tag,
                act,
                former,
                after,
                by.source(),
                by.batch(),
                by.actor(),
                by.reason(),
                when));
    }

    /** Whether the batch that is the cause did something, and not only time or the merging of tags. */
    boolean isChanged() {
        return entries.stream().anyMatch(it -> Objects.equals(it.batch(), cause.batch()));
    }

    List<TagEntry> entries() {
        return entries;
    }

    /** What is to be written; the answer to a request is all of its entries. */
    TagChange change(@Nullable TagRequest request) {
        return new TagChange(
                before.tenant(),
                before.customer(),
                entries,
                request == null ? null : request.booking(before.lastSeq(), entries.size()));
    }
}
