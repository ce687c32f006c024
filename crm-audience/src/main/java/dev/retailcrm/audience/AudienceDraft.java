package dev.retailcrm.audience;

import dev.retailcrm.audience.spi.AudienceFile;
import dev.retailcrm.audience.spi.AudienceFileChange;
import dev.retailcrm.audience.spi.AudienceTally;
import dev.retailcrm.core.event.EventEnvelope;
import dev.retailcrm.core.kernel.CustomerId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What becomes of a customer and audiences in one command. Each audience is entered or left once at the most. Not thread-safe. */
final class AudienceDraft {
    private final AudienceFile file;
    private final Instant at;
    private final Map<String, AudienceStay> stays = new TreeMap<>();
    private final Map<String, AudiencePick> picks = new TreeMap<>();
    private final Map<String, AudiencePick> written = new TreeMap<>();
    private final Map<String, Optional<CustomerId>> frozen = new HashMap<>();
    private final Set<String> thawed = new HashSet<>();
    private final List<EventEnvelope> events = new ArrayList<>(1);

    AudienceDraft(AudienceFile file, Instant at) {
        this.file = file;
        this.at = at;
    }

    AudienceFile file() {
        return file;
    }

    boolean isIn(String audience) {
        AudienceStay next = stays.get(audience);
        return next == null ? file.isIn(audience) : next.isOpen();
    }

    AudiencePick pick(String audience) {
        AudiencePick next = picks.containsKey(audience) ? picks.get(audience) : written.get(audience);
        return next == null ? file.picks().getOrDefault(audience, AudiencePick.none(audience)) : next;
    }

    /** Something is said by hand. */
    AudienceDraft put(AudiencePick pick) {
        if (!pick.equals(pick(pick.audience()))) {
            picks.put(pick.audience(), pick);
        }
        return this;
    }

    /** She is to be in an audience, or out of it; nothing happens if she is so already. */
    AudienceDraft settle(AudienceRule audience, boolean in, StayReason reason) {
        if (in != isIn(audience.key())) {
            AudienceStay last = file.stays().get(audience.key());
            AudienceStay next;
            if (in || last == null) {
                AudienceStay.End end = last == null ? null : last.end();
                Instant from = end == null || end.at().isBefore(at) ? at : end.at();
                long number = last == null ? 1 : last.number() + 1;
                next = new AudienceStay(audience.key(), number, from, reason, audience.version(), null);
            } else {
                next = last.left(at, reason, audience.version());
            }
            stays.put(audience.key(), next);
            events.add(AudienceChanged.of(file.tenant(), file.customer(), audience, next));
        }
        return this;
    }

    void freeze(String snapshot, Optional<CustomerId> inheritedFrom) {
        frozen.put(snapshot, inheritedFrom);
    }

    void thaw(String snapshot) {
        thawed.add(snapshot);
    }

    /** What is said by hand alone, to be written before the rest. */
    AudienceFileChange said() {
        var change = new AudienceFileChange(
                file.tenant(),
                file.customer(),
                List.of(),
                List.copyOf(picks.values()),
                Map.of(),
                Set.of(),
                List.of(),
                null);
        written.putAll(picks);
        picks.clear();
        return change;
    }

    boolean isChanged(String audience) {
        return stays.containsKey(audience);
    }

    /** The audiences that she enters or leaves. */
    Set<String> changed() {
        return stays.keySet();
    }

    AudienceTally tally() {
        long entered = stays.values().stream().filter(AudienceStay::isOpen).count();
        return new AudienceTally(entered, stays.size() - entered);
    }

    AudienceFileChange change(AudienceFileChange.@Nullable Booking booking) {
        return new AudienceFileChange(
                file.tenant(),
                file.customer(),
                List.copyOf(stays.values()),
                List.copyOf(picks.values()),
                frozen,
                thawed,
                events,
                booking);
    }
}
