package dev.retailcrm.core.customer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.Fingerprint;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProfileTest {
    private static final LocalDate BORN = LocalDate.of(1990, 2, 3);
    private static final Profile ANN = Profile.of(
            ProfilePatch.none().name(PersonName.of("Ann Lee")).birthDate(BORN).remark("likes tea"));

    @Test
    void keeps_what_a_patch_does_not_name_and_clears_what_it_clears() {
        var changed = ANN.with(ProfilePatch.none().gender(Gender.FEMALE).clear(ProfileField.REMARK));

        assertThat(changed.birthDate()).hasValue(BirthDate.of(BORN));
        assertThat(changed.gender()).hasValue(Gender.FEMALE);
        assertThat(changed.remark()).isEmpty();
    }

    @Test
    void tells_the_fields_that_change() {
        var patch = ProfilePatch.none()
                .remark("likes coffee")
                .birthDate(BORN)
                .clear(ProfileField.LANGUAGE)
                .name(PersonName.of("Ann Li"));

        assertThat(ANN.changedBy(patch)).isEqualTo(List.of(ProfileField.NAME, ProfileField.REMARK));
    }

    @Test
    void the_last_word_on_a_field_counts() {
        var patch =
                ProfilePatch.none().gender(Gender.MALE).and(ProfilePatch.none().clear(ProfileField.GENDER));

        assertThat(patch).isEqualTo(ProfilePatch.none().gender(Gender.OTHER).clear(ProfileField.GENDER));
    }

    @Test
    void clearing_a_field_is_other_content_than_not_naming_it() {
        var nothing = ProfilePatch.none().addTo(Fingerprint.of("x")).value();
        var cleared = ProfilePatch.none()
                .clear(ProfileField.REMARK)
                .addTo(Fingerprint.of("x"))
                .value();

        assertThat(nothing).isNotEqualTo(cleared);
    }

    @Test
    void nobody_is_born_in_the_future_or_before_1900() {
        var now = Instant.parse("2026-01-01T12:00:00Z");

        ProfilePatch.none().birthDate(LocalDate.of(2026, 1, 2)).requireBornBefore(now);
        assertThatThrownBy(() ->
                        ProfilePatch.none().birthDate(LocalDate.of(2026, 1, 3)).requireBornBefore(now))
                .isInstanceOf(CrmException.class);
        assertThatThrownBy(() -> ProfilePatch.none().birthDate(LocalDate.of(1899, 12, 31)))
                .isInstanceOf(CrmException.class);
    }

    @ParameterizedTest
    @CsvSource({"zh-hans-cn, zh-Hans-CN", "EN, en", "pt-br, pt-BR"})
    void writes_a_language_in_one_form(String tag, String normal) {
        assertThat(Profile.of(ProfilePatch.none().language(tag)).language()).hasValue(normal);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "en_US!", "a-b-c-d-e-f-g-h-i-j-k-l-m-n-o-p-q-r-s"})
    void refuses_what_is_no_language(String tag) {
        assertThatThrownBy(() -> ProfilePatch.none().language(tag)).isInstanceOf(CrmException.class);
    }

    @Test
    void shows_no_values() {
        assertThat(ANN.toString() + ProfilePatch.none().remark("likes tea"))
                .doesNotContain("tea", "Ann", "1990")
                .contains("REMARK");
    }
}
