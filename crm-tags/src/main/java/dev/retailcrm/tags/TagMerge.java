package dev.retailcrm.tags;

import com.google.common.base.Splitter;
import dev.retailcrm.core.customer.CustomerStatus;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.merge.MergeConflict;
import dev.retailcrm.core.merge.MergePair;
import dev.retailcrm.core.merge.MergePart;
import dev.retailcrm.core.spi.CustomerStore;
import dev.retailcrm.core.spi.MergeParticipant;
import dev.retailcrm.tags.spi.TagChange;
import dev.retailcrm.tags.spi.TagSnapshot;
import dev.retailcrm.tags.spi.TagStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The survivor has the tags of both. Where both have one, or one is in an exclusive group of which she has another, hers stays. What was
 * taken from either by hand stays so, unless the other got it by hand. Taken apart, both have what they had; what became of a tag since
 * stays with the survivor. Histories stay where they were written. Thread-safe.
 */
public final class TagMerge implements MergeParticipant {
    private static final String NAME = "tags";
    private static final int PAGE = 500;

    private final TagStore store;
    private final CustomerStore customers;

    /**
     * On this store.
     *
     * @param customers tell who else is merged into a customer
     */
    public TagMerge(TagStore store, CustomerStore customers) {
        this.store = store;
        this.customers = customers;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void lock(MergePair pair) {
        store.lockAll(pair.tenant(), pair.both());
    }

    @Override
    public MergePart preview(MergePair pair) {
        var marks = store.marks(pair.tenant(), pair.both());
        return new Union(pair, seen(pair, pair.merged(), marks), seen(pair, pair.survivor(), marks)).part("");
    }

    private static TagSnapshot seen(MergePair pair, CustomerId customer, Map<CustomerId, List<TagMark>> marks) {
        Map<String, TagMark> hers = new HashMap<>();
        marks.getOrDefault(customer, List.of()).forEach(it -> hers.put(it.tag(), it));
        return new TagSnapshot(pair.tenant(), customer, CustomerStatus.ACTIVE, null, 0, null, hers);
    }

    @Override
    public MergePart merge(MergePair pair) {
        var both = store.lockAll(pair.tenant(), pair.both());
        TagSnapshot merged = require(both, pair.merged());
        TagSnapshot survivor = require(both, pair.survivor());
        Union union = new Union(pair, merged, survivor);
        store.applyAll(union.changes());
        return union.part(merged.lastSeq() + " " + survivor.lastSeq() + " "
                + (survivor.lastSeq() + union.hers.entries().size()));
    }

    /** What becomes of both; the merged one's tags go over one by one. */
    private final class Union {
        private final TagDraft theirs;
        private final TagDraft hers;
        private final List<MergeConflict> conflicts = new ArrayList<>();
        private long inherited;

        Union(MergePair pair, TagSnapshot merged, TagSnapshot survivor) {
            TagCatalog catalog = store.catalog(pair.tenant());
            TagCause cause = new TagCause(TagSource.manual(), null, pair.actor(), null);
            theirs = new TagFile(merged, catalog).settled(pair.at(), cause);
            hers = new TagFile(survivor, catalog).settled(pair.at(), cause);
            for (TagMark mark : theirs.marks()) {
                theirs.put(TagAct.GIVEN, mark.tag(), null);
                TagMark present = hers.mark(mark.tag());
                if (present != null && !TagFile.wins(mark, present, TagMergeRule.KEEP_TARGET, hers.at())) {
                    continue;
                }
                if (mark.isAt(hers.at()) && TagFile.isExcluded(mark.tag(), hers, catalog)) {
                    conflicts.add(MergeConflict.told(NAME, mark.tag(), "EXCLUSIVE", 0));
                    continue;
                }
                hers.put(TagAct.INHERITED, mark.tag(), mark);
                inherited++;
            }
        }

        List<TagChange> changes() {
            return List.of(theirs.change(null), hers.change(null));
        }

        MergePart part(String receipt) {
            return new MergePart(NAME, Map.of("tags", inherited), conflicts, receipt);
        }
    }

    /** Behind which numbers the entries of a merge are, and up to which the survivor's. */
    private record Receipt(long merged, long survivor, long last) {
        static Receipt of(MergePart part) {
            List<Long> numbers = Splitter.on(' ')
                    .splitToStream(part.receipt())
                    .map(Long::parseLong)
                    .toList();
            return new Receipt(numbers.get(0), numbers.get(1), numbers.get(2));
        }
    }

    @Override
    public List<MergeConflict> previewUnmerge(MergePair pair, MergePart part) {
        Receipt receipt = Receipt.of(part);
        List<TagEntry> hers = entries(pair, pair.survivor(), receipt.survivor());
        return hers.stream()
                .filter(it -> it.seq() <= receipt.last() && it.act() == TagAct.INHERITED)
                .filter(it -> hers.stream()
                        .anyMatch(later -> later.seq() > receipt.last()
                                && later.tag().equals(it.tag())
                                && later.act() != TagAct.INHERITED))
                .map(it -> MergeConflict.told(NAME, it.tag(), "CHANGED_SINCE", 0))
                .toList();
    }

    @Override
    public List<MergeConflict> unmerge(MergePair pair, MergePart part) {
        var both = store.lockAll(pair.tenant(), pair.both());
        List<MergeConflict> conflicts = previewUnmerge(pair, part);
        TagCause cause = new TagCause(TagSource.manual(), null, pair.actor(), null);
        TagDraft hers = new TagDraft(require(both, pair.survivor()), pair.at(), cause).expire();
        TagDraft theirs = new TagDraft(require(both, pair.merged()), pair.at(), cause);
        List<TagEntry> all = entries(pair, pair.survivor(), 0);
        for (TagEntry given : entries(pair, pair.merged(), Receipt.of(part).merged())) {
            if (given.act() == TagAct.GIVEN) {
                theirs.put(TagAct.RESTORED, given.tag(), given.before());
                giveBack(pair, given.tag(), all, hers);
            }
        }
        store.applyAll(List.of(hers.change(null), theirs.change(null)));
        return conflicts;
    }

    /** What she has of a tag by merges alone is what those who stay merged had, or what she had before the first of them. */
    private void giveBack(MergePair pair, String tag, List<TagEntry> all, TagDraft hers) {
        TagEntry inherited = null;
        for (int i = all.size() - 1; i >= 0; i--) {
            TagEntry entry = all.get(i);
            if (entry.tag().equals(tag)) {
                if (entry.act() != TagAct.INHERITED) {
                    break;
                }
                inherited = entry;
            }
        }
        if (inherited == null || hers.mark(tag) == null) {
            return;
        }
        Optional<TagMark> others = ofOthers(pair, tag);
        if (others.isEmpty()) {
            hers.put(TagAct.RETURNED, tag, inherited.before());
        } else if (!others.get().equals(hers.mark(tag))) {
            hers.put(TagAct.INHERITED, tag, others.get());
        }
    }

    /** What one who stays merged into the survivor had of a tag. */
    private Optional<TagMark> ofOthers(MergePair pair, String tag) {
        for (CustomerId other : customers.mergedInto(pair.tenant(), pair.survivor())) {
            if (!other.equals(pair.merged())) {
                Optional<TagMark> had = entries(pair, other, 0).stream()
                        .filter(it -> it.tag().equals(tag))
                        .reduce((first, second) -> second)
                        .filter(it -> it.act() == TagAct.GIVEN)
                        .map(TagEntry::before);
                if (had.isPresent()) {
                    return had;
                }
            }
        }
        return Optional.empty();
    }

    private List<TagEntry> entries(MergePair pair, CustomerId customer, long after) {
        List<TagEntry> all = new ArrayList<>();
        List<TagEntry> page = store.entries(pair.tenant(), customer, after, PAGE);
        while (!page.isEmpty()) {
            all.addAll(page);
            page = store.entries(
                    pair.tenant(), customer, page.get(page.size() - 1).seq(), PAGE);
        }
        return all;
    }

    private static TagSnapshot require(Map<CustomerId, TagSnapshot> found, CustomerId customer) {
        if (!found.containsKey(customer)) {
            throw CoreError.UNKNOWN_CUSTOMER.because("there is no customer %s", customer);
        }
        return Objects.requireNonNull(found.get(customer));
    }
}
