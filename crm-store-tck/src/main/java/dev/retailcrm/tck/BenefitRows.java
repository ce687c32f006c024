package dev.retailcrm.tck;

import dev.retailcrm.assets.benefit.BenefitEntry;
import dev.retailcrm.assets.benefit.BenefitId;
import dev.retailcrm.assets.spi.BenefitRow;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Grants, cards and redemptions of a customer by id, and what became of them. Immutable. */
record BenefitRows(SortedMap<BenefitId, BenefitRow> rows, List<BenefitEntry> entries) {
    static final BenefitRows NONE = new BenefitRows(new TreeMap<>(), List.of());

    BenefitRows {
        rows = Collections.unmodifiableSortedMap(new TreeMap<>(rows));
        entries = List.copyOf(entries);
    }

    /** With rows, in the place of those with their ids. */
    BenefitRows and(Collection<? extends BenefitRow> more) {
        SortedMap<BenefitId, BenefitRow> all = new TreeMap<>(rows);
        more.forEach(it -> all.put(it.id(), it));
        return new BenefitRows(all, entries);
    }

    /** Without rows. */
    BenefitRows without(Collection<? extends BenefitRow> gone) {
        SortedMap<BenefitId, BenefitRow> all = new TreeMap<>(rows);
        gone.forEach(it -> all.remove(it.id()));
        return new BenefitRows(all, entries);
    }
}
