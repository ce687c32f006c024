package dev.retailcrm.core.merge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.retailcrm.core.kernel.CrmException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FieldOddsTest {
    private final FieldOdds odds = FieldOdds.ifSame(.8, .08, .04).ifDifferent(.1, .04, .04);

    @Test
    void a_weight_is_the_logarithm_of_m_to_u() {
        assertThat(odds.weight(Agreement.EXACT)).isCloseTo(3, within(1e-9));
        assertThat(odds.weight(Agreement.CLOSE)).isCloseTo(1, within(1e-9));
        assertThat(odds.weight(Agreement.SIMILAR)).isCloseTo(0, within(1e-9));
        assertThat(odds.weight(Agreement.DIFFERENT)).isCloseTo(Math.log(.08 / .82) / Math.log(2), within(1e-9));
        assertThat(odds.weight(Agreement.UNKNOWN)).isZero();
    }

    @ParameterizedTest
    @CsvSource({"0, .1, .1", ".5, .3, .2", ".9, .2, .1", "-1, .1, .1", "NaN, .1, .1"})
    void shares_are_above_0_and_leave_some_that_differ(double exact, double close, double similar) {
        assertThatThrownBy(() -> FieldOdds.ifSame(exact, close, similar)).isInstanceOf(CrmException.class);
        assertThatThrownBy(() -> odds.ifDifferent(exact, close, similar)).isInstanceOf(CrmException.class);
    }
}
