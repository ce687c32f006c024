package dev.retailcrm.core.rule;

import dev.retailcrm.core.spi.ValueQuestion.Offset;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.List;

/** By how much the clocks of a zone are ahead of UTC, from 1970 on. After 2099 they are not changed any more. Stateless. */
final class ClockOffsets {
    private static final Instant LAST = Instant.parse("2100-01-01T00:00:00Z");
    private static final long DAY = 86_400_000;

    private ClockOffsets() {}

    static List<Offset> of(ZoneId zone) {
        ZoneRules rules = zone.getRules();
        List<Offset> offsets = new ArrayList<>();
        offsets.add(new Offset(Long.MIN_VALUE, millis(rules, Instant.EPOCH)));
        ZoneOffsetTransition next = rules.nextTransition(Instant.EPOCH);
        while (next != null && next.getInstant().isBefore(LAST)) {
            offsets.add(new Offset(
                    next.toEpochSecond() * 1_000, next.getOffsetAfter().getTotalSeconds() * 1_000L));
            next = rules.nextTransition(next.getInstant());
        }
        return offsets;
    }

    private static long millis(ZoneRules rules, Instant at) {
        return rules.getOffset(at).getTotalSeconds() * 1_000L;
    }

    static DayOfWeek dayOf(List<Offset> offsets, long millis) {
        int low = 0;
        int high = offsets.size() - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (offsets.get(middle).from() <= millis) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        long day = Math.floorDiv(millis + offsets.get(low).millis(), DAY);
        return DayOfWeek.THURSDAY.plus(day);
    }
}
