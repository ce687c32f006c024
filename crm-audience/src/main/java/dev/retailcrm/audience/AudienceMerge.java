package dev.retailcrm.audience;

import dev.retailcrm.audience.spi.AudienceFile;
import dev.retailcrm.audience.spi.AudienceMemberStore;
import dev.retailcrm.audience.spi.AudienceStore;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.merge.MergeConflict;
import dev.retailcrm.core.merge.MergePair;
import dev.retailcrm.core.merge.MergePart;
import dev.retailcrm.core.spi.CustomerStore;
import dev.retailcrm.core.spi.MergeParticipant;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The survivor is in the audiences and snapshots of both, and what was said by hand of either is said of her; where both differ hers stays. Rules
 * are asked about her when members are computed next. Taken apart, both are in what they were in, but for what was changed since, which stays with
 * the survivor. Stays are kept where they were. Thread-safe.
 */
public final class AudienceMerge implements MergeParticipant {
    private static final String NAME = "audiences";

    private final AudienceStore definitions;
    private final AudienceMemberStore members;
    private final CustomerStore customers;

    /**
     * On these stores.
     *
     * @param customers tell who else is merged into a customer
     */
    public AudienceMerge(AudienceStore definitions, AudienceMemberStore members, CustomerStore customers) {
        this.definitions = Check.present(definitions, "store of audiences");
        this.members = Check.present(members, "store of members");
        this.customers = Check.present(customers, "customer store");
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void lock(MergePair pair) {
        members.lockAll(pair.tenant(), pair.both());
    }

    @Override
    public MergePart preview(MergePair pair) {
        return new Union(
                        pair,
                        definitions.catalog(pair.tenant()),
                        found(pair, pair.merged()),
                        found(pair, pair.survivor()))
                .part();
    }

    private AudienceFile found(MergePair pair, CustomerId customer) {
        return members.find(pair.tenant(), customer)
                .orElseThrow(() -> CoreError.UNKNOWN_CUSTOMER.because("there is no customer %s", customer));
    }

    @Override
    public MergePart merge(MergePair pair) {
        Map<CustomerId, AudienceFile> both = members.lockAll(pair.tenant(), pair.both());
        Union union = new Union(
                pair,
                definitions.catalog(pair.tenant()),
                Objects.requireNonNull(both.get(pair.merged())),
                Objects.requireNonNull(both.get(pair.survivor())));
        write(union.theirs, union.hers);
        return union.part();
    }

    private void write(AudienceDraft... drafts) {
        members.applyAll(List.of(drafts).stream()
                .map(it -> it.change(null))
                .filter(it -> !it.isNothing())
                .toList());
    }

    /** What becomes of both. */
    private static final class Union {
        private final AudienceDraft theirs;
        private final AudienceDraft hers;
        private final Instant at;
        private long inherited;

        Union(MergePair pair, AudienceCatalog catalog, AudienceFile merged, AudienceFile survivor) {
            theirs = new AudienceDraft(merged, pair.at());
            hers = new AudienceDraft(survivor, pair.at());
            at = pair.at();
            for (AudiencePick pick : merged.picks().values()) {
                if (!survivor.picks().containsKey(pick.audience())) {
                    hers.put(pick.of(pair.merged()));
                    inherited++;
                }
            }
            for (String key : new TreeSet<>(merged.stays().keySet())) {
                AudienceRule audience = catalog.audiences().get(key);
                if (audience != null && merged.isIn(key)) {
                    theirs.settle(audience, false, StayReason.MERGED);
                    if (hers.pick(key).choice() != AudienceChoice.OUT) {
                        inherited += hers.isIn(key) ? 0 : 1;
                        hers.settle(audience, true, StayReason.MERGED);
                    }
                }
            }
            for (String snapshot : merged.frozen().keySet()) {
                if (!survivor.frozen().containsKey(snapshot)) {
                    hers.freeze(snapshot, Optional.of(pair.merged()));
                    inherited++;
                }
            }
        }

        MergePart part() {
            return new MergePart(NAME, Map.of("audiences", inherited), List.of(), Long.toString(at.toEpochMilli()));
        }
    }

    @Override
    public List<MergeConflict> previewUnmerge(MergePair pair, MergePart part) {
        return conflicts(part, found(pair, pair.merged()), found(pair, pair.survivor()));
    }

    /** Where the survivor left since what both were in, what the merged one had is given back all the same, and it is told. */
    private static List<MergeConflict> conflicts(MergePart part, AudienceFile merged, AudienceFile survivor) {
        List<MergeConflict> conflicts = new ArrayList<>();
        for (AudienceStay stay : merged.stays().values()) {
            AudienceStay hers = survivor.stays().get(stay.audience());
            if (isGiven(stay, part) && hers != null && isChanged(hers, part)) {
                conflicts.add(MergeConflict.told(NAME, stay.audience(), "CHANGED_SINCE", 0));
            }
        }
        return conflicts;
    }

    private static boolean isChanged(AudienceStay hers, MergePart part) {
        AudienceStay.End end = hers.end();
        return end == null
                ? hers.reason() != StayReason.MERGED && !hers.from().isBefore(mergedAt(part))
                : !end.at().isBefore(mergedAt(part));
    }

    private static Instant mergedAt(MergePart part) {
        return Instant.ofEpochMilli(Long.parseLong(part.receipt()));
    }

    /** Whether a stay ended with the merge. */
    private static boolean isGiven(AudienceStay stay, MergePart part) {
        AudienceStay.End end = stay.end();
        return end != null && end.reason() == StayReason.MERGED && !end.at().isBefore(mergedAt(part));
    }

    @Override
    public List<MergeConflict> unmerge(MergePair pair, MergePart part) {
        AudienceCatalog catalog = definitions.catalog(pair.tenant());
        Map<CustomerId, AudienceFile> both = members.lockAll(pair.tenant(), pair.both());
        AudienceFile merged = Objects.requireNonNull(both.get(pair.merged()));
        AudienceFile survivor = Objects.requireNonNull(both.get(pair.survivor()));
        List<AudienceFile> others = others(pair);
        AudienceDraft theirs = new AudienceDraft(merged, pair.at());
        AudienceDraft hers = new AudienceDraft(survivor, pair.at());
        for (AudienceStay stay : merged.stays().values()) {
            AudienceRule audience = catalog.audiences().get(stay.audience());
            if (audience != null && isGiven(stay, part)) {
                boolean kept = audience.status() != AudienceStatus.ARCHIVED;
                theirs.settle(audience, kept, StayReason.UNMERGED);
                AudienceStay last = survivor.stays().get(stay.audience());
                boolean inherited = last != null && last.isOpen() && last.reason() == StayReason.MERGED;
                if (inherited && others.stream().noneMatch(it -> wasIn(it, stay.audience()))) {
                    hers.settle(audience, false, StayReason.UNMERGED);
                }
            }
        }
        for (AudiencePick pick : survivor.picks().values()) {
            if (pair.merged().equals(pick.inheritedFrom())) {
                hers.put(others.stream()
                        .filter(it -> it.picks().containsKey(pick.audience()))
                        .map(it -> Objects.requireNonNull(it.picks().get(pick.audience()))
                                .of(it.customer()))
                        .findFirst()
                        .orElse(AudiencePick.none(pick.audience())));
            }
        }
        survivor.frozen().forEach((snapshot, from) -> {
            if (from.isPresent() && from.get().equals(pair.merged())) {
                hers.thaw(snapshot);
                others.stream()
                        .filter(it -> it.frozen().containsKey(snapshot))
                        .findFirst()
                        .ifPresent(it -> hers.freeze(snapshot, Optional.of(it.customer())));
            }
        });
        write(theirs, hers);
        return conflicts(part, merged, survivor);
    }

    /** Those who stay merged into the survivor. */
    private List<AudienceFile> others(MergePair pair) {
        return customers.mergedInto(pair.tenant(), pair.survivor()).stream()
                .filter(it -> !it.equals(pair.merged()))
                .flatMap(it -> members.find(pair.tenant(), it).stream())
                .toList();
    }

    private static boolean wasIn(AudienceFile other, String audience) {
        AudienceStay stay = other.stays().get(audience);
        AudienceStay.End end = stay == null ? null : stay.end();
        return end != null && end.reason() == StayReason.MERGED;
    }
}
