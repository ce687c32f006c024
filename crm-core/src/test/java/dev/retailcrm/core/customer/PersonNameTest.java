package dev.retailcrm.core.customer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retailcrm.core.kernel.CrmException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PersonNameTest {
    @ParameterizedTest
    @CsvSource({"张伟, 张**", "Ann, A**", "𠮷野, 𠮷**", "😀, 😀**"})
    void shows_the_first_character_only(String name, String shown) {
        assertThat(PersonName.of(name)).hasToString(shown);
    }

    @Test
    void is_cut_and_composed() {
        assertThat(PersonName.of(" Zoe\u0308 ").display()).isEqualTo("Zo\u00eb");
    }

    @Test
    void keeps_emoji_that_are_newer_than_the_jdk() {
        assertThat(PersonName.of("Ann \ud83e\udee0").display()).isEqualTo("Ann \ud83e\udee0");
    }

    @Test
    void has_parts_where_they_are_known() {
        var name = PersonName.of("Ann Lee").parts("Ann", "Lee");

        assertThat(name.givenName()).hasValue("Ann");
        assertThat(name.familyName()).hasValue("Lee");
        assertThat(PersonName.of("Ann").familyName()).isEmpty();
    }

    @Test
    void has_at_most_80_characters() {
        assertThat(PersonName.of("𠮷".repeat(80)).display()).hasSize(160);
        assertThatThrownBy(() -> PersonName.of("𠮷".repeat(81))).isInstanceOf(CrmException.class);
        assertThatThrownBy(() -> PersonName.of("a".repeat(100_000))).isInstanceOf(CrmException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "a\u0000b", "a\nb", "a\ud800", "\u007f", "a\uffff"})
    void refuses_blank_and_broken_text(String name) {
        assertThatThrownBy(() -> PersonName.of(name)).isInstanceOf(CrmException.class);
    }
}
