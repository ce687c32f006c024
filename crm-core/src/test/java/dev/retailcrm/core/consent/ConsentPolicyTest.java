package dev.retailcrm.core.consent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.Instants;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConsentPolicyTest {
    private static final Instant T0 = Instant.parse("2026-03-01T09:00:00Z");

    @Test
    void a_consent_ends_in_whole_milliseconds_and_not_after_the_last_instant() {
        var policy = ConsentPolicy.optIn();

        assertThat(policy.endOf(T0)).isNull();
        assertThat(policy.lasting(Duration.ofNanos(1_999_999)).endOf(T0)).isEqualTo(T0.plusMillis(1));
        assertThat(policy.lasting(ConsentPolicy.LONGEST).endOf(Instants.LAST.minusSeconds(1)))
                .isEqualTo(Instants.LAST);
        assertThat(policy.openUntil(T0)).isEqualTo(T0.plus(Duration.ofDays(7)));
    }

    @Test
    void durations_outside_their_range_are_refused() {
        for (Duration time : List.of(Duration.ZERO, Duration.ofNanos(999_999), ConsentPolicy.LONGEST.plusNanos(1))) {
            refused(() -> ConsentPolicy.optIn().lasting(time));
            refused(() -> ConsentPolicy.optIn().confirmedWithin(time));
        }
    }

    @Test
    void what_needs_no_consent_neither_expires_nor_is_confirmed() {
        refused(() -> ConsentPolicy.optOut().lasting(Duration.ofDays(1)));
        refused(() -> ConsentPolicy.optOut().confirmed());
    }

    private static void refused(Runnable work) {
        assertThatThrownBy(work::run)
                .isInstanceOfSatisfying(
                        CrmException.class, e -> assertThat(e.code()).isEqualTo(CoreError.INVALID_VALUE));
    }
}
