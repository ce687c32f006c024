package dev.retailcrm.core.field;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FieldPatternTest {
    @Test
    void matches_the_whole_text() {
        FieldPattern pattern = FieldPattern.of("[A-Z]{2}[0-9]{6}|\\p{Han}+");

        assertThat(pattern.matches("AB123456")).isTrue();
        assertThat(pattern.matches("\u4e2d\u6587")).isTrue();
        assertThat(pattern.matches("xAB123456")).isFalse();
        assertThat(pattern.matches("AB1234567")).isFalse();
        assertThat(FieldPattern.of(pattern.regex())).isEqualTo(pattern);
    }

    /** Both kinds of blow-up of engines that go back: each letter more would double their time. */
    @ParameterizedTest
    @ValueSource(strings = {"(a+)+b", "(a|a)*b", "(a|aa)+b", "(.*a){20}b"})
    void takes_no_exponential_time(String regex) {
        assertThat(FieldPattern.of(regex).matches("a".repeat(500))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "(",
                "a{1001}",
                "(a)\\1",
                "(?=a)a",
                "(?<!a)b",
                "((a{100}){100}){100}",
                "(((a{1000}){1000}){1000}){1000}",
                "(\\pL{0,900}b?){5}",
                "a{999999999}"
            })
    void is_refused_where_it_is_none_or_too_large(String regex) {
        assertThatThrownBy(() -> FieldPattern.of(regex))
                .isInstanceOfSatisfying(
                        CrmException.class, e -> assertThat(e.code()).isEqualTo(CoreError.INVALID_VALUE));
    }

    @Test
    void of_two_hundred_characters_is_the_longest() {
        String longest = "a".repeat(FieldPattern.MAX_LENGTH);

        assertThat(FieldPattern.of(longest).matches(longest)).isTrue();
        assertThatThrownBy(() -> FieldPattern.of(longest + "a")).isInstanceOf(CrmException.class);
    }
}
