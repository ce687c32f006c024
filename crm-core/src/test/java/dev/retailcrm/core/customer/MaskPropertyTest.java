package dev.retailcrm.core.customer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retailcrm.core.access.Shown;
import dev.retailcrm.core.kernel.CrmException;
import java.time.MonthDay;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;

class MaskPropertyTest {
    @Property
    void no_more_than_two_thirds_of_a_text_are_ever_shown(@ForAll @StringLength(min = 1, max = 40) String text) {
        for (Shown shown : new Shown[] {Shown.MASKED, Shown.MASKED_3_4, Shown.MASKED_4_4}) {
            String masked = Mask.text(text, shown);
            int seen = masked.codePointCount(0, masked.length()) - 4;

            assertThat(seen * 3).isLessThanOrEqualTo(text.codePointCount(0, text.length()) * 2);
            assertThat(masked).contains("****");
        }
        assertThat(Mask.text(text, Shown.CLEAR)).isEqualTo(text);
    }

    @Example
    void cards_are_masked_as_is_usual() {
        assertThat(Mask.text("110101198002034567", Shown.MASKED_3_4)).isEqualTo("110****4567");
        assertThat(Mask.text("6222021234567890123", Shown.MASKED_4_4)).isEqualTo("6222****0123");
        assertThat(Mask.text("12345678", Shown.MASKED_4_4)).isEqualTo("****5678");
        assertThat(Mask.text("1234567", Shown.MASKED_4_4)).isEqualTo("****");
    }

    @Example
    void a_day_of_birth_without_a_year_is_covered() {
        Profile profile = Profile.of(ProfilePatch.none().birthDate(BirthDate.of(MonthDay.of(2, 29))));

        assertThat(Mask.field(profile, ProfileField.BIRTH_DATE)).isEqualTo("****");
    }

    @Example
    void fields_that_cannot_be_are_refused() {
        assertThat(FieldNames.requireKnown("identity.external.sap")).isEqualTo("identity.external.sap");
        assertThatThrownBy(() -> FieldNames.requireKnown("profile.nome")).isInstanceOf(CrmException.class);
        assertThatThrownBy(() -> FieldNames.requireKnown("phone")).isInstanceOf(CrmException.class);
    }
}
