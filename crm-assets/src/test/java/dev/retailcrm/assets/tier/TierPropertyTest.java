package dev.retailcrm.assets.tier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.retailcrm.assets.ledger.AssetError;
import dev.retailcrm.assets.ledger.Calendar;
import dev.retailcrm.assets.tier.TierProgram.Validity;
import dev.retailcrm.assets.tier.TierStanding.Bound;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.Instants;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.joda.money.CurrencyUnit;

class TierPropertyTest {
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final LocalDate START = LocalDate.of(2026, 1, 1);
    private static final List<TierLevel> LEVELS =
            List.of(TierLevel.of("0", 0), TierLevel.of("20", 20).giving(List.of("MUG")), TierLevel.of("30", 30));
    private static final TierProgram YEARLY = program(TierPeriod.last(1, Calendar.YEAR));

    @Example
    void the_three_cases_with_a_floor_of_20() {
        TierStanding floored = first().floor(new Bound("20", Instants.LAST));

        var up = new TierCourse(YEARLY, ZONE, floored, List.of(point("2026-02-01T10:00", 40)));
        assertThat(up.to(at("2026-02-02T00:00")).level(YEARLY).key()).isEqualTo("30");
        assertThat(up.steps()).extracting(TierStep::act).containsExactly(TierAct.UPGRADED);

        TierStanding thirty = floored.reaching("30", at("2026-03-01T00:00"), null);
        var down = new TierCourse(YEARLY, ZONE, thirty, List.of());
        assertThat(down.to(at("2026-03-01T00:00")).level(YEARLY).key()).isEqualTo("20");
        assertThat(down.steps()).extracting(TierStep::before, TierStep::after).containsExactly(tuple("30", "20"));

        TierStanding twenty = floored.reaching("20", at("2026-12-01T00:00"), null);
        var same = new TierCourse(YEARLY, ZONE, twenty, List.of(point("2026-02-01T10:00", 21)));
        assertThat(same.to(at("2026-02-02T00:00")).level(YEARLY).key()).isEqualTo("20");
        assertThat(same.steps()).isEmpty();
    }

    @Example
    void a_level_is_reached_at_once_lasts_a_year_and_is_kept_by_what_the_year_came_to() {
        var points = List.of(point("2026-02-01T10:00", 25), point("2026-06-01T10:00", 20));
        assertThat(level(YEARLY, points, "2026-02-01T09:59")).isEqualTo("0");
        assertThat(level(YEARLY, points, "2026-02-01T10:00")).isEqualTo("20");
        assertThat(level(YEARLY, points, "2026-06-01T10:00")).isEqualTo("30");
        assertThat(level(YEARLY, points, "2027-06-01T23:59")).isEqualTo("30");
        // Through 1 June 2027; the year before it came to 0, for 1 June 2026 is a year and a day ago.
        assertThat(level(YEARLY, points, "2027-06-02T00:00")).isEqualTo("0");
        var kept = new ArrayList<>(points);
        kept.add(point("2027-01-01T10:00", 30));
        assertThat(level(YEARLY, kept, "2028-06-01T23:59")).isEqualTo("30");
        assertThat(level(YEARLY, kept, "2028-06-02T00:00")).isEqualTo("0");
    }

    @Example
    void a_calendar_year_counts_until_it_ends_and_the_level_lasts_through_the_next() {
        TierProgram program =
                program(TierPeriod.calendar(Calendar.YEAR)).valid(new Validity(1, Calendar.YEAR, Calendar.YEAR));
        var points = List.of(point("2026-12-31T23:59", 20), point("2027-05-05T10:00", 19));
        assertThat(level(program, points, "2027-12-31T23:59")).isEqualTo("20");
        assertThat(level(program, points, "2028-01-01T00:00")).isEqualTo("0");
        var enough = List.of(point("2026-12-31T23:59", 20), point("2027-05-05T10:00", 20));
        assertThat(level(program, enough, "2028-12-31T23:59")).isEqualTo("20");
    }

    @Example
    void grace_lets_her_qualify_late() {
        TierProgram program = YEARLY.grace(30);
        var points = List.of(point("2026-02-01T10:00", 25));
        assertThat(level(program, points, "2027-03-03T23:59")).isEqualTo("20");
        assertThat(level(program, points, "2027-03-04T00:00")).isEqualTo("0");
        var late = List.of(point("2026-02-01T10:00", 25), point("2027-02-20T10:00", 20));
        var course = new TierCourse(program, ZONE, first(), late);
        TierStanding standing = course.to(at("2027-03-05T00:00"));
        assertThat(standing.reached()).isEqualTo("20");
        assertThat(standing.until()).isEqualTo(at("2028-02-21T00:00"));
        assertThat(course.steps())
                .extracting(TierStep::act)
                .containsExactly(TierAct.UPGRADED, TierAct.GRACE, TierAct.RETAINED);
    }

    @Example
    void a_level_that_is_lost_goes_one_down_or_stays_as_the_program_says() {
        var points = List.of(point("2026-02-01T10:00", 40));
        assertThat(level(YEARLY.downgrading(Downgrade.ONE_DOWN), points, "2027-02-02T00:00"))
                .isEqualTo("20");
        assertThat(level(YEARLY.downgrading(Downgrade.ONE_DOWN), points, "2028-02-03T00:00"))
                .isEqualTo("0");
        assertThat(level(YEARLY.downgrading(Downgrade.NEVER), points, "2040-01-01T00:00"))
                .isEqualTo("30");
    }

    @Example
    void what_is_locked_stays_until_the_lock_ends_and_what_was_paid_for_until_that_ends() {
        var points = List.of(point("2026-02-01T10:00", 40));
        TierStanding locked = first().locked(at("2026-03-01T00:00"));
        assertThat(new TierCourse(YEARLY, ZONE, locked, points)
                        .to(at("2026-02-28T00:00"))
                        .level(YEARLY)
                        .key())
                .isEqualTo("0");
        assertThat(new TierCourse(YEARLY, ZONE, locked, points)
                        .to(at("2026-03-01T00:00"))
                        .level(YEARLY)
                        .key())
                .isEqualTo("30");
        TierStanding paid = first().paid(new Bound("30", at("2026-05-01T00:00")));
        assertThat(new TierCourse(YEARLY, ZONE, paid, List.of())
                        .to(at("2026-04-30T00:00"))
                        .level(YEARLY)
                        .key())
                .isEqualTo("30");
        assertThat(new TierCourse(YEARLY, ZONE, paid, List.of())
                        .to(at("2026-05-01T00:00"))
                        .level(YEARLY)
                        .key())
                .isEqualTo("0");
    }

    @Example
    void gifts_are_given_once() {
        var points = List.of(point("2026-02-01T10:00", 20), point("2028-02-01T10:00", 20));
        var course = new TierCourse(YEARLY, ZONE, first(), points);
        course.to(at("2028-03-01T00:00"));
        assertThat(course.steps())
                .extracting(TierStep::act)
                .containsExactly(TierAct.UPGRADED, TierAct.DOWNGRADED, TierAct.UPGRADED);
        assertThat(course.steps()).extracting(TierStep::gifts).containsExactly(List.of("MUG"), List.of(), List.of());
    }

    /** Law 6: it does not matter when anybody looked. */
    @Property
    void looking_in_between_changes_nothing(
            @ForAll @Size(max = 20) List<@IntRange(min = 0, max = 1200) Integer> days,
            @ForAll @Size(max = 20) List<@IntRange(min = -10, max = 35) Integer> amounts,
            @ForAll @Size(max = 10) List<@IntRange(min = 1, max = 1500) Integer> looks,
            @ForAll @IntRange(max = 40) int grace,
            @ForAll Downgrade downgrade,
            @ForAll boolean calendar) {
        TierProgram program = program(
                        calendar ? TierPeriod.calendar(Calendar.QUARTER) : TierPeriod.last(100, Calendar.DAY))
                .valid(calendar ? new Validity(1, Calendar.QUARTER, Calendar.QUARTER) : Validity.of(60, Calendar.DAY))
                .grace(grace)
                .downgrading(downgrade);
        List<TierPoint> points = new ArrayList<>();
        for (int i = 0; i < Math.min(days.size(), amounts.size()); i++) {
            points.add(new TierPoint(
                    START.plusDays(days.get(i)).atTime(10, i).atZone(ZONE).toInstant(), amounts.get(i)));
        }
        Instant end = START.plusDays(1600).atStartOfDay(ZONE).toInstant();
        var whole = new TierCourse(program, ZONE, first(), points);
        TierStanding expected = whole.to(end);

        TierStanding standing = first();
        List<TierStep> steps = new ArrayList<>();
        for (int look : looks.stream().sorted().toList()) {
            Instant at = START.plusDays(look).atStartOfDay(ZONE).toInstant();
            var part = new TierCourse(program, ZONE, standing, after(program, standing, points));
            standing = part.to(at);
            steps.addAll(part.steps());
        }
        var rest = new TierCourse(program, ZONE, standing, after(program, standing, points));
        assertThat(rest.to(end)).isEqualTo(expected);
        steps.addAll(rest.steps());
        assertThat(steps).isEqualTo(whole.steps());
    }

    /** Only what a course says it needs. */
    private static List<TierPoint> after(TierProgram program, TierStanding standing, List<TierPoint> points) {
        Instant needed = TierCourse.needs(program, ZONE, standing);
        return points.stream().filter(it -> !it.at().isBefore(needed)).toList();
    }

    @Example
    void programs_are_read_as_they_were_written_and_hostile_ones_refused() {
        TierProgram program =
                YEARLY.grace(7).downgrading(Downgrade.ONE_DOWN).valid(new Validity(0, Calendar.DAY, Calendar.YEAR));
        assertThat(TierProgram.parse(program.toJson())).isEqualTo(program);
        for (String bad : List.of(
                "",
                "{}",
                program.toJson().replace("\"threshold\":20", "\"threshold\":30"),
                program.toJson().replace("\"threshold\":0", "\"threshold\":1"),
                program.toJson().replace("CNY", "ZZZ"),
                program.toJson().replace("ONE_DOWN", "AWAY"),
                program.toJson().replace("\"graceDays\":7", "\"graceDays\":7.5"),
                program.toJson().replace("\"key\":\"20\"", "\"key\":\"0\""))) {
            assertThatThrownBy(() -> TierProgram.parse(bad))
                    .isInstanceOfSatisfying(
                            CrmException.class,
                            refusal -> assertThat(refusal.code()).isEqualTo(AssetError.INVALID_DEFINITION));
        }
    }

    private static String level(TierProgram program, List<TierPoint> points, String at) {
        return new TierCourse(program, ZONE, first(), points)
                .to(at(at))
                .level(program)
                .key();
    }

    private static TierProgram program(TierPeriod period) {
        return TierProgram.of("club", TierMeasure.spent(CurrencyUnit.of("CNY")), period, LEVELS, START);
    }

    private static TierStanding first() {
        return TierStanding.first(YEARLY, START.atStartOfDay(ZONE).toInstant());
    }

    private static TierPoint point(String at, long amount) {
        return new TierPoint(at(at), amount);
    }

    private static Instant at(String dateTime) {
        return LocalDateTime.parse(dateTime).atZone(ZONE).toInstant();
    }
}
