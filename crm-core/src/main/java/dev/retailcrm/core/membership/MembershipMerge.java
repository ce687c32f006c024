package dev.retailcrm.core.membership;

import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.merge.MergeConflict;
import dev.retailcrm.core.merge.MergePair;
import dev.retailcrm.core.merge.MergePart;
import dev.retailcrm.core.spi.MembershipChange;
import dev.retailcrm.core.spi.MembershipSnapshot;
import dev.retailcrm.core.spi.MembershipStore;
import dev.retailcrm.core.spi.MergeParticipant;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Two memberships are one: it rests if one of them rests, else it is active if one of them is, else closed; when and where the survivor
 * joined stays as it is. A survivor who was no member gets the membership of the merged customer. Numbers are identities and move with them;
 * histories stay where they were written. Thread-safe.
 */
public final class MembershipMerge implements MergeParticipant {
    private static final String NAME = "membership";
    private static final int PAGE = 500;

    private final MembershipStore store;

    /** On this store. */
    public MembershipMerge(MembershipStore store) {
        this.store = store;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void lock(MergePair pair) {
        pair.both().forEach(customer -> locked(pair, customer));
    }

    @Override
    public MergePart preview(MergePair pair) {
        Member survivor = store.find(pair.tenant(), pair.survivor()).orElse(null);
        Member merged = store.find(pair.tenant(), pair.merged()).orElse(null);
        return part(prevails(merged, survivor).isPresent(), "");
    }

    @Override
    public MergePart merge(MergePair pair) {
        MembershipSnapshot survivor = locked(pair, pair.survivor());
        Optional<Member> other = prevails(locked(pair, pair.merged()).member(), survivor.member());
        if (other.isEmpty()) {
            return part(false, new Receipt(survivor.lastSeq(), false, null, null).toString());
        }
        MembershipChange change = new MembershipFile(survivor).inherit(other.get(), pair.at());
        store.apply(change);
        Member own = survivor.member();
        var receipt = new Receipt(
                change.entry().seq(), true, own == null ? null : own.status(), own == null ? null : own.since());
        return part(true, receipt.toString());
    }

    @Override
    public List<MergeConflict> previewUnmerge(MergePair pair, MergePart merged) {
        return wasMovedSince(pair, Receipt.parse(merged.receipt()))
                ? List.of(MergeConflict.told(NAME, "status", "CHANGED_SINCE", 0))
                : List.of();
    }

    @Override
    public List<MergeConflict> unmerge(MergePair pair, MergePart merged) {
        Receipt receipt = Receipt.parse(merged.receipt());
        List<MergeConflict> conflicts = previewUnmerge(pair, merged);
        if (conflicts.isEmpty() && receipt.inherited()) {
            MembershipSnapshot survivor = locked(pair, pair.survivor());
            store.apply(new MembershipFile(survivor).giveBack(receipt.own(survivor.member()), pair.at()));
        }
        return conflicts;
    }

    /** The merged member if both together stand where she stands, and not where the survivor does. */
    private static Optional<Member> prevails(@Nullable Member merged, @Nullable Member survivor) {
        return Optional.ofNullable(merged)
                .filter(it -> survivor == null || rank(it.status()) > rank(survivor.status()));
    }

    private static int rank(MembershipStatus status) {
        return switch (status) {
            case CLOSED -> 0;
            case ACTIVE -> 1;
            case FROZEN -> 2;
        };
    }

    /** Whether a command changed the survivor's membership after the merge. */
    private boolean wasMovedSince(MergePair pair, Receipt receipt) {
        long seq = receipt.seq();
        while (true) {
            List<MembershipEntry> page = store.entries(pair.tenant(), pair.survivor(), seq, PAGE);
            if (page.stream().anyMatch(entry -> !entry.act().isOfMerge())) {
                return true;
            }
            if (page.size() < PAGE) {
                return false;
            }
            seq = page.get(PAGE - 1).seq();
        }
    }

    private static MergePart part(boolean inherited, String receipt) {
        return new MergePart(NAME, Map.of("memberships", inherited ? 1L : 0L), List.of(), receipt);
    }

    private MembershipSnapshot locked(MergePair pair, CustomerId customer) {
        return store.lock(pair.tenant(), customer)
                .orElseThrow(() -> CoreError.UNKNOWN_CUSTOMER.because("there is no customer %s", customer));
    }

    /**
     * What it takes to undo a merge.
     *
     * @param seq the survivor's last entry when the merge was done
     * @param inherited whether she stands where the merged customer stood
     * @param status where she had stood; {@code null} if she was no member
     * @param since since when; {@code null} if she was no member
     */
    private record Receipt(
            long seq,
            boolean inherited,
            @Nullable MembershipStatus status,
            @Nullable Instant since) {
        static Receipt parse(String text) {
            String[] parts = text.split("#", -1);
            return new Receipt(
                    Long.parseLong(parts[0]),
                    Boolean.parseBoolean(parts[1]),
                    parts[2].isEmpty() ? null : MembershipStatus.valueOf(parts[2]),
                    parts[3].isEmpty() ? null : Instant.ofEpochMilli(Long.parseLong(parts[3])));
        }

        /** What she was before; {@code null} if no member. */
        @Nullable
        Member own(@Nullable Member now) {
            return now == null || status == null || since == null ? null : now.moved(status, since);
        }

        @Override
        public String toString() {
            return seq + "#" + inherited + "#" + (status == null ? "" : status) + "#"
                    + (since == null ? "" : since.toEpochMilli());
        }
    }
}
