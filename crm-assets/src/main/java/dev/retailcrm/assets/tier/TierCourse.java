package dev.retailcrm.assets.tier;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a standing as time goes by and its measure changes: right at every instant, whether or not anything ran meanwhile. Pure; for one
 * use. Steps happen where the measure changes or something ends; of several at one instant what ends comes first. What became known late counts
 * from the last booking on.
 */
final class TierCourse {
    private final TierProgram program;
    private final ZoneId zone;
    private final List<TierPoint> points;
    private final long[] sums;
    private final NavigableSet<Instant> events = new TreeSet<>();
    private final List<TierStep> steps = new ArrayList<>();
    private TierStanding now;

    /**
     * The course from a standing on.
     *
     * @param points all changes of the measure from the start of the first period on, in any order
     */
    TierCourse(TierProgram program, ZoneId zone, TierStanding from, List<TierPoint> points) {
        this.program = program;
        this.zone = zone;
        this.points =
                points.stream().sorted(Comparator.comparing(TierPoint::at)).toList();
        this.sums = new long[this.points.size() + 1];
        for (int i = 0; i < this.points.size(); i++) {
            TierPoint point = this.points.get(i);
            sums[i + 1] = sums[i] + point.amount();
            events.add(point.at());
            if (point.amount() < 0 && program.period().form() == TierPeriod.Form.ROLLING) {
                events.add(program.period().leaves(point.at(), zone));
            }
        }
        this.now = program.index(from.reached()) <= 0
                ? from.reaching(program.levels().get(0).key(), null, null)
                : from;
    }

    /** What must be known of the measure for a course from then on. */
    static Instant needs(TierProgram program, ZoneId zone, TierStanding from) {
        Instant first = program.period().start(from.asOf().plusMillis(1), zone);
        Instant end = from.until();
        Instant earlier = end == null ? first : program.period().start(end, zone);
        return earlier.isBefore(first) ? earlier : first;
    }

    /** The standing then, which is not before the first. */
    TierStanding to(Instant at) {
        if (now.asOf().isAfter(at)) {
            return now;
        }
        happen(now.asOf());
        while (true) {
            Instant due = due(now);
            Instant event = events.higher(now.asOf());
            Instant next = event == null || (due != null && due.isBefore(event)) ? due : event;
            if (next == null || next.isAfter(at)) {
                break;
            }
            happen(next.isBefore(now.asOf()) ? now.asOf() : next);
        }
        happen(at);
        return now;
    }

    /** Whether there is anything that counts. */
    boolean isMeasured() {
        return !points.isEmpty();
    }

    /** What happened on the way. */
    List<TierStep> steps() {
        return steps;
    }

    /** What the measure comes to in the period that ends there, which is exclusive. */
    long value(Instant end) {
        return sums[first(end)] - sums[first(program.period().start(end, zone))];
    }

    /** The number of points before an instant. */
    private int first(Instant instant) {
        int low = 0;
        int high = points.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (points.get(middle).at().isBefore(instant)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** The next instant after this at which something ends; {@code null} if nothing does. */
    static @Nullable Instant due(TierStanding standing) {
        Instant due = null;
        Instant[] ends = {
            standing.lockedUntil() == null ? standing.grace() == null ? standing.until() : standing.grace() : null,
            standing.lockedUntil(),
            standing.floor() == null ? null : standing.floor().until(),
            standing.paid() == null ? null : standing.paid().until()
        };
        for (Instant end : ends) {
            due = end != null && (due == null || end.isBefore(due)) ? end : due;
        }
        return due;
    }

    private void happen(Instant at) {
        now = now.asOf(at);
        if (isOver(now.lockedUntil(), at)) {
            step(at, TierAct.UNLOCKED, now.locked(null));
        }
        if (now.floor() != null && isOver(now.floor().until(), at)) {
            step(at, TierAct.FLOOR_ENDED, now.floor(null));
        }
        if (now.paid() != null && isOver(now.paid().until(), at)) {
            step(at, TierAct.PAID_ENDED, now.paid(null));
        }
        if (now.lockedUntil() == null) {
            if (isOver(now.grace(), at)) {
                end(now.grace() == null ? at : now.grace(), at, false);
            } else if (now.grace() == null && isOver(now.until(), at)) {
                end(now.until() == null ? at : now.until(), at, program.graceDays() > 0);
            }
            reach(at);
        }
    }

    private static boolean isOver(@Nullable Instant end, Instant at) {
        return end != null && !end.isAfter(at);
    }

    /** A level ended, and the period with it. */
    private void end(Instant end, Instant at, boolean grace) {
        int reached = program.index(now.reached());
        int qualified = program.qualified(value(end));
        if (qualified >= reached || (program.downgrade() == Downgrade.NEVER && !grace)) {
            step(
                    at,
                    TierAct.RETAINED,
                    now.reaching(now.reached(), program.valid().renewed(end, zone), null));
        } else if (grace) {
            Instant over = end.atZone(zone).plusDays(program.graceDays()).toInstant();
            step(at, TierAct.GRACE, now.reaching(now.reached(), now.until(), over));
        } else {
            int next = program.downgrade() == Downgrade.ONE_DOWN ? reached - 1 : qualified;
            step(at, TierAct.DOWNGRADED, at(next, program.valid().renewed(end, zone)));
        }
    }

    private TierStanding at(int index, Instant end) {
        return now.reaching(program.levels().get(index).key(), index == 0 ? null : end, null);
    }

    private void reach(Instant at) {
        int reached = program.index(now.reached());
        int qualified = program.qualified(value(at.plusMillis(1)));
        if (qualified > reached) {
            step(at, TierAct.UPGRADED, at(qualified, program.valid().end(at, zone)));
        } else if (now.grace() != null && qualified == reached) {
            step(
                    at,
                    TierAct.RETAINED,
                    now.reaching(now.reached(), program.valid().end(at, zone), null));
        }
    }

    /** Goes on to a standing; kept as a step if it says something new. */
    void step(Instant at, TierAct act, TierStanding next) {
        int before = now.index(program);
        int after = next.index(program);
        TierLevel level = program.levels().get(after);
        boolean first = after > Math.max(0, program.index(next.highest()));
        TierStanding moved = before == after ? next : next.since(at, first ? level.key() : next.highest());
        now = moved;
        steps.add(new TierStep(
                at, act, program.levels().get(before).key(), level.key(), first ? level.gifts() : List.of()));
    }
}
