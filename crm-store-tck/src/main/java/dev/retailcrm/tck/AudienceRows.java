package dev.retailcrm.tck;

import dev.retailcrm.audience.AudiencePick;
import dev.retailcrm.audience.AudienceStay;
import dev.retailcrm.audience.spi.AudienceFileChange;
import dev.retailcrm.core.kernel.CustomerId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What is kept of a customer and audiences, in memory; stays in the order of their audiences and numbers. Immutable. */
record AudienceRows(
        List<AudienceStay> stays, Map<String, AudiencePick> picks, Map<String, Optional<CustomerId>> frozen) {
    static final Comparator<AudienceStay> ORDER =
            Comparator.comparing(AudienceStay::audience).thenComparing(AudienceStay::number);
    static final AudienceRows NONE = new AudienceRows(List.of(), Map.of(), Map.of());

    AudienceRows {
        stays = stays.stream().sorted(ORDER).toList();
        picks = Collections.unmodifiableMap(new TreeMap<>(picks));
        frozen = Collections.unmodifiableMap(new TreeMap<>(frozen));
    }

    boolean isIn(String audience) {
        return stays.stream().anyMatch(it -> it.audience().equals(audience) && it.isOpen());
    }

    /** The last stay in each audience. */
    Map<String, AudienceStay> last() {
        Map<String, AudienceStay> last = new HashMap<>();
        stays.forEach(it -> last.put(it.audience(), it));
        return last;
    }

    AudiencePick pick(String audience) {
        return picks.getOrDefault(audience, new AudiencePick(audience, null, 0, 0, null));
    }

    AudienceRows with(AudienceStay stay) {
        List<AudienceStay> all = new ArrayList<>(stays);
        all.removeIf(it -> ORDER.compare(it, stay) == 0);
        all.add(stay);
        return new AudienceRows(all, picks, frozen);
    }

    AudienceRows and(AudienceFileChange change) {
        AudienceRows after = this;
        for (AudienceStay stay : change.stays()) {
            after = after.with(stay);
        }
        Map<String, AudiencePick> said = new HashMap<>(picks);
        for (AudiencePick pick : change.picks()) {
            if (pick.isEmpty()) {
                said.remove(pick.audience());
            } else {
                said.put(pick.audience(), pick);
            }
        }
        Map<String, Optional<CustomerId>> in = new HashMap<>(frozen);
        in.keySet().removeAll(change.thawed());
        in.putAll(change.frozen());
        return new AudienceRows(after.stays, said, in);
    }

    AudienceRows freezing(String snapshot) {
        Map<String, Optional<CustomerId>> in = new HashMap<>(frozen);
        in.put(snapshot, Optional.empty());
        return new AudienceRows(stays, picks, in);
    }

    AudienceRows thawing(String snapshot) {
        Map<String, Optional<CustomerId>> in = new HashMap<>(frozen);
        in.remove(snapshot);
        return new AudienceRows(stays, picks, in);
    }

    int size() {
        return stays.size() + picks.size() + frozen.size();
    }

    /** Without the first rows. */
    AudienceRows without(int limit) {
        int ofPicks = Math.max(0, limit - stays.size());
        int ofFrozen = Math.max(0, ofPicks - picks.size());
        return new AudienceRows(
                stays.subList(Math.min(limit, stays.size()), stays.size()),
                rest(picks, ofPicks),
                rest(frozen, ofFrozen));
    }

    private static <T> Map<String, T> rest(Map<String, T> all, int skipped) {
        Map<String, T> rest = new HashMap<>();
        all.entrySet().stream().skip(skipped).forEach(it -> rest.put(it.getKey(), it.getValue()));
        return rest;
    }
}
