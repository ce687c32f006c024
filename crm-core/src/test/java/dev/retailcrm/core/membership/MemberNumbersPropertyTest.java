package dev.retailcrm.core.membership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.retailcrm.core.kernel.CrmException;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.NumericChars;
import net.jqwik.api.constraints.StringLength;

class MemberNumbersPropertyTest {
    @Example
    void published_examples_are_computed() {
        assertThat(CheckDigit.LUHN.append("7992739871")).isEqualTo("79927398713");
        assertThat(CheckDigit.LUHN.append("411111111111111")).isEqualTo("4111111111111111");
        assertThat(CheckDigit.ISO_7064_MOD_11_10.append("0794")).isEqualTo("07945");
    }

    @Property
    void a_wrong_digit_is_found(
            @ForAll CheckDigit check,
            @ForAll @NumericChars @StringLength(min = 1, max = 40) String digits,
            @ForAll @IntRange(min = 0, max = 40) int place,
            @ForAll @IntRange(min = 1, max = 9) int by) {
        String number = check.append(digits);
        int at = place % number.length();
        char wrong = (char) ('0' + (number.charAt(at) - '0' + by) % 10);

        assertThat(check.isValid(number)).isTrue();
        assertThat(check.isValid(number.substring(0, at) + wrong + number.substring(at + 1)))
                .isFalse();
    }

    @Property
    void luhn_finds_swapped_neighbours_but_0_and_9(
            @ForAll @NumericChars @StringLength(min = 1, max = 40) String digits,
            @ForAll @IntRange(min = 0, max = 39) int place) {
        String number = CheckDigit.LUHN.append(digits);
        int at = place % (number.length() - 1);
        char first = number.charAt(at);
        char second = number.charAt(at + 1);
        String swapped = number.substring(0, at) + second + first + number.substring(at + 2);
        boolean isBlindSpot = first == second || Set.of(first, second).equals(Set.of('0', '9'));

        assertThat(CheckDigit.LUHN.isValid(swapped)).isEqualTo(isBlindSpot);
    }

    @Property(tries = 100)
    void numbers_are_valid_and_of_their_own_numbering_only(@ForAll CheckDigit check, @ForAll long seed) {
        RandomMemberNumbers numbers =
                RandomMemberNumbers.of("88", 10).with(check).from(new Random(seed));

        String number = numbers.next();

        assertThat(number).hasSize(13).startsWith("88");
        assertThat(numbers.isValid(number)).isTrue();
        assertThat(RandomMemberNumbers.of("87", 10).with(check).isValid(number)).isFalse();
        assertThat(RandomMemberNumbers.of("88", 9).with(check).isValid(number)).isFalse();
    }

    @Example
    void numbers_seldom_repeat() {
        Set<String> made = new HashSet<>();
        RandomMemberNumbers numbers = RandomMemberNumbers.standard().from(new Random(42));
        for (int i = 0; i < 10_000; i++) {
            made.add(numbers.next());
        }
        assertThat(made).hasSize(10_000);
    }

    @Example
    void what_is_no_numbering_is_refused() {
        assertThatExceptionOfType(CrmException.class).isThrownBy(() -> RandomMemberNumbers.of("A", 10));
        assertThatExceptionOfType(CrmException.class).isThrownBy(() -> RandomMemberNumbers.of("1".repeat(13), 10));
        assertThatExceptionOfType(CrmException.class).isThrownBy(() -> RandomMemberNumbers.of("", 5));
        assertThatExceptionOfType(CrmException.class).isThrownBy(() -> CheckDigit.LUHN.append("12a"));
        assertThat(CheckDigit.LUHN.isValid("\u0661\u0662")).isFalse();
    }
}
