package dev.retailcrm.assets.benefit;

import dev.retailcrm.assets.benefit.UsePeriod.Span;
import dev.retailcrm.core.customer.BirthDate;
import dev.retailcrm.core.customer.LeapDay;
import dev.retailcrm.core.kernel.Check;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;

/**
 * Days around a birthday. The birthday of 29 February is on the 28th in common years. Immutable.
 *
 * @param daysBefore 0 to 180
 * @param daysAfter 0 to 180
 */
public record BirthdayWindow(int daysBefore, int daysAfter) {
    /** Refuses anything else. */
    public BirthdayWindow {
        Check.range(daysBefore, 0, 180, "days before");
        Check.range(daysAfter, 0, 180, "days after");
    }

    /** The day itself. */
    public static BirthdayWindow day() {
        return new BirthdayWindow(0, 0);
    }

    /** The days around a birthday that contain an instant; empty if it is in none. Of two that do, those of the earlier birthday. */
    Optional<Span> around(BirthDate born, Instant at, ZoneId zone) {
        LocalDate today = at.atZone(zone).toLocalDate();
        for (int year = today.getYear() - 1; year <= today.getYear() + 1; year++) {
            LocalDate birthday = born.birthdayIn(year, LeapDay.FEBRUARY_28);
            LocalDate first = birthday.minusDays(daysBefore);
            LocalDate last = birthday.plusDays(daysAfter);
            if (!today.isBefore(first) && !today.isAfter(last)) {
                return Optional.of(Span.of(first, last.plusDays(1), zone));
            }
        }
        return Optional.empty();
    }
}
