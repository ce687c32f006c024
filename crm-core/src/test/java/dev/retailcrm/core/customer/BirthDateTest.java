package dev.retailcrm.core.customer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retailcrm.core.kernel.CrmException;
import java.time.LocalDate;
import java.time.MonthDay;
import org.junit.jupiter.api.Test;

class BirthDateTest {
    private static final BirthDate LEAPLING = BirthDate.of(LocalDate.of(2000, 2, 29));
    private static final BirthDate JUNE = BirthDate.of(MonthDay.of(6, 15));

    @Test
    void of_29_february_is_kept_on_a_neighbouring_day_in_common_years() {
        assertThat(LEAPLING.birthdayIn(2024, LeapDay.MARCH_1)).isEqualTo(LocalDate.of(2024, 2, 29));
        assertThat(LEAPLING.birthdayIn(2025, LeapDay.MARCH_1)).isEqualTo(LocalDate.of(2025, 3, 1));
        assertThat(LEAPLING.birthdayIn(2025, LeapDay.FEBRUARY_28)).isEqualTo(LocalDate.of(2025, 2, 28));
        assertThat(LEAPLING.birthdayIn(2100, LeapDay.FEBRUARY_28)).isEqualTo(LocalDate.of(2100, 2, 28));
        assertThat(LEAPLING.isBirthday(LocalDate.of(2024, 2, 28), LeapDay.FEBRUARY_28))
                .isFalse();
        assertThat(LEAPLING.isBirthday(LocalDate.of(2023, 2, 28), LeapDay.FEBRUARY_28))
                .isTrue();
        assertThat(LEAPLING.isBirthday(LocalDate.of(2023, 2, 28), LeapDay.MARCH_1))
                .isFalse();
    }

    @Test
    void tells_the_next_birthday_today_included() {
        assertThat(JUNE.nextBirthday(LocalDate.of(2026, 6, 15), LeapDay.MARCH_1))
                .isEqualTo(LocalDate.of(2026, 6, 15));
        assertThat(JUNE.nextBirthday(LocalDate.of(2026, 6, 16), LeapDay.MARCH_1))
                .isEqualTo(LocalDate.of(2027, 6, 15));
        assertThat(LEAPLING.nextBirthday(LocalDate.of(2026, 3, 1), LeapDay.FEBRUARY_28))
                .isEqualTo(LocalDate.of(2027, 2, 28));
    }

    @Test
    void tells_the_age_if_the_year_is_known() {
        assertThat(LEAPLING.ageOn(LocalDate.of(2018, 2, 28), LeapDay.FEBRUARY_28))
                .hasValue(18);
        assertThat(LEAPLING.ageOn(LocalDate.of(2018, 2, 28), LeapDay.MARCH_1)).hasValue(17);
        assertThat(LEAPLING.ageOn(LocalDate.of(2000, 2, 29), LeapDay.MARCH_1)).hasValue(0);
        assertThat(LEAPLING.ageOn(LocalDate.of(2000, 2, 28), LeapDay.MARCH_1)).isEmpty();
        assertThat(JUNE.ageOn(LocalDate.of(2026, 6, 15), LeapDay.MARCH_1)).isEmpty();
    }

    @Test
    void refuses_days_that_never_were_and_shows_nothing() {
        assertThatThrownBy(() -> new BirthDate(MonthDay.of(2, 29), 2001)).isInstanceOf(CrmException.class);
        assertThatThrownBy(() -> new BirthDate(MonthDay.of(6, 15), 1899)).isInstanceOf(CrmException.class);
        assertThat(LEAPLING).hasToString("BirthDate[date]");
        assertThat(JUNE).hasToString("BirthDate[day]");
    }
}
