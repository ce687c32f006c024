package dev.retailcrm.assets.tier;

import dev.retailcrm.assets.definition.Definitions;
import dev.retailcrm.assets.spi.TierSnapshot;
import dev.retailcrm.assets.tier.TierStanding.Bound;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.merge.MergeConflict;
import dev.retailcrm.core.merge.MergePair;
import dev.retailcrm.core.merge.MergePart;
import dev.retailcrm.core.spi.MergeParticipant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Of two tiers the survivor has the higher, with its end, the higher floor and what was paid for the higher; what was spent of both counts together from
 * then on. Taken apart again, she has what she had, unless something was booked since. Histories stay where they were written. Thread-safe.
 */
final class TierMerge implements MergeParticipant {
    private static final String NAME = "tiers";

    /** What a part's receipt may have; that of more programs than fit says so, and they are not taken apart. */
    private static final int MAX_RECEIPT = 3_000;

    private static final String TOO_LONG = " -";

    private final TierBooks books;
    private final Definitions<TierProgram> programs;

    TierMerge(TierBooks books, Definitions<TierProgram> programs) {
        this.books = books;
        this.programs = programs;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void lock(MergePair pair) {
        books.store.lock(pair.tenant(), pair.both());
    }

    @Override
    public MergePart preview(MergePair pair) {
        return MergePart.of(NAME, Map.of(), List.of());
    }

    @Override
    public MergePart merge(MergePair pair) {
        Map<CustomerId, TierSnapshot> both = books.store.lock(pair.tenant(), pair.both());
        TierSnapshot survivor = both.get(pair.survivor());
        TierSnapshot merged = both.get(pair.merged());
        if (survivor == null || merged == null) {
            return MergePart.of(NAME, Map.of(), List.of());
        }
        List<TierStanding> replaced = new ArrayList<>();
        TierSnapshot after = survivor;
        for (TierStanding other : merged.standings().values()) {
            TierProgram program = programs.all().get(other.program());
            if (program != null) {
                TierSnapshot next = joined(pair, program, after, other);
                if (!next.equals(after)) {
                    replaced.add(books.booked(program, survivor));
                }
                after = next;
            }
        }
        String receipt = after.lastSeq() + " " + TierText.of(replaced);
        return new MergePart(
                NAME, Map.of(), List.of(), receipt.length() <= MAX_RECEIPT ? receipt : after.lastSeq() + TOO_LONG);
    }

    private TierSnapshot joined(MergePair pair, TierProgram program, TierSnapshot survivor, TierStanding other) {
        TierStanding own = books.booked(program, survivor);
        boolean higher = program.index(other.reached()) > program.index(own.reached());
        TierStanding next = (higher ? own.reaching(other.reached(), other.until(), other.grace()) : own)
                .floor(higher(program, own.floor(), other.floor()))
                .paid(higher(program, own.paid(), other.paid()));
        next = program.index(other.highest()) > program.index(own.highest())
                ? next.since(next.since(), other.highest())
                : next;
        if (next.equals(own)) {
            return survivor;
        }
        String was = own.level(program).key();
        String is = next.level(program).key();
        TierStanding moved = was.equals(is) ? next : next.since(pair.at(), next.highest());
        var step = new TierStep(pair.at(), TierAct.MERGED, was, is, List.of());
        var change = books.change(survivor, moved, List.of(step), pair.at(), null, null);
        books.store.apply(List.of(change));
        return change.after();
    }

    private static @Nullable Bound higher(TierProgram program, @Nullable Bound one, @Nullable Bound other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return program.index(other.level()) > program.index(one.level()) ? other : one;
    }

    @Override
    public List<MergeConflict> previewUnmerge(MergePair pair, MergePart part) {
        return changed(books.store.find(pair.tenant(), List.of(pair.survivor())), pair, part);
    }

    private static List<MergeConflict> changed(Map<CustomerId, TierSnapshot> found, MergePair pair, MergePart part) {
        TierSnapshot survivor = found.get(pair.survivor());
        int blank = part.receipt().indexOf(' ');
        boolean same = blank < 0
                || survivor == null
                || (survivor.lastSeq() == Long.parseLong(part.receipt().substring(0, blank))
                        && !part.receipt().endsWith(TOO_LONG));
        return same ? List.of() : List.of(MergeConflict.told(NAME, "standing", "CHANGED_SINCE", 0));
    }

    @Override
    public List<MergeConflict> unmerge(MergePair pair, MergePart part) {
        Map<CustomerId, TierSnapshot> locked = books.store.lock(pair.tenant(), pair.both());
        List<MergeConflict> conflicts = changed(locked, pair, part);
        TierSnapshot survivor = locked.get(pair.survivor());
        int blank = part.receipt().indexOf(' ');
        if (!conflicts.isEmpty() || survivor == null || blank < 0) {
            return conflicts;
        }
        TierSnapshot now = survivor;
        for (TierStanding own : TierText.standings(part.receipt().substring(blank + 1))) {
            TierProgram program = programs.all().get(own.program());
            if (program != null) {
                String was = books.booked(program, now).level(program).key();
                var step = new TierStep(
                        pair.at(), TierAct.MERGED, was, own.level(program).key(), List.of());
                var change = books.change(now, own, List.of(step), pair.at(), null, null);
                books.store.apply(List.of(change));
                now = change.after();
            }
        }
        return conflicts;
    }
}
