package dev.retailcrm.core.customer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdentityTest {
    @Nested
    class A_phone {
        @ParameterizedTest
        @CsvSource({
            "13800138000, CN, +8613800138000",
            "138 0013-8000, CN, +8613800138000",
            "+86 (138) 0013 8000, DE, +8613800138000",
            "０１３８００１３８０００, CN, +8613800138000",
            "0721 123456, DE, +49721123456",
            "02 1234 5678, IT, +390212345678",
            "(212) 555-1234, US, +12125551234"
        })
        void has_one_form_for_all_ways_to_write_it(String written, String region, String normal) {
            assertThat(Identity.phone(written, region).value()).isEqualTo(normal);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    " ",
                    "+",
                    "110",
                    "1380013800",
                    "138001380001",
                    "1-800-FLOWERS",
                    "13800138000 ext. 5",
                    "tel:13800138000",
                    "13800138000;phone-context=+49",
                    "138\u00000138000",
                    "+999 12345678"
                })
        void that_cannot_be_dialled_is_refused(String written) {
            assertThatThrownBy(() -> Identity.phone(written, "CN")).isInstanceOf(CrmException.class);
        }

        @Test
        void without_country_code_needs_a_region() {
            assertThatThrownBy(() -> Identity.phone("13800138000")).hasMessageContaining("without region");
            assertThatThrownBy(() -> Identity.phone("13800138000", "XX")).hasMessageContaining("ISO 3166");
            assertThat(Identity.phone("+8613800138000").value()).isEqualTo("+8613800138000");
        }

        @Test
        void is_not_repeated_by_a_refusal() {
            assertThatThrownBy(() -> Identity.phone("13812345678901234", "CN"))
                    .hasMessageNotContaining("1381234")
                    .hasMessageStartingWith("CRM-CORE-001");
        }
    }

    @Nested
    class A_mail_address {
        @ParameterizedTest
        @CsvSource({
            "Ann@Example.COM, ann@example.com",
            "' ann.lee+shop@example.com ', ann.lee+shop@example.com",
            "ann@bücher.example, ann@xn--bcher-kva.example",
            "李雷@例子.中国, 李雷@xn--fsqu00a.xn--fiqs8s"
        })
        void has_one_form_for_all_ways_to_write_it(String written, String normal) {
            assertThat(Identity.email(written).value()).isEqualTo(normal);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "@",
                    "ann",
                    "ann@",
                    "@example.com",
                    "ann@localhost",
                    "a b@example.com",
                    "ann@@example.com",
                    ".ann@example.com",
                    "ann..lee@example.com",
                    "ann@-example.com",
                    "ann@example..com",
                    "ann@exam_ple.com",
                    "ann@[127.0.0.1]",
                    "\"ann\"@example.com",
                    "ann\r\nBcc: all@example.com",
                    "<ann@example.com>"
                })
        void that_is_none_is_refused(String written) {
            assertThatThrownBy(() -> Identity.email(written)).isInstanceOf(CrmException.class);
        }

        @Test
        void has_at_most_64_characters_before_and_254_in_all() {
            assertThat(Identity.email("a".repeat(64) + "@example.com").value()).hasSize(76);
            assertThatThrownBy(() -> Identity.email("a".repeat(65) + "@example.com"))
                    .isInstanceOf(CrmException.class);
            assertThatThrownBy(() -> Identity.email("a@" + "example.".repeat(40) + "com"))
                    .isInstanceOf(CrmException.class);
        }
    }

    @Nested
    class A_number {
        @Test
        void keeps_its_case_and_loses_the_blanks_around_it() {
            assertThat(Identity.memberCard(" Ab-12 ").value()).isEqualTo("Ab-12");
            assertThat(Identity.memberCard("AB-12")).isNotEqualTo(Identity.memberCard("Ab-12"));
        }

        @Test
        void of_another_system_belongs_to_that_system() {
            assertThat(Identity.external("erp", "4711")).isNotEqualTo(Identity.external("shop", "4711"));
            assertThatThrownBy(() -> Identity.external("ERP 1", "4711")).isInstanceOf(CrmException.class);
            assertThatThrownBy(() -> new Identity(IdentityKind.MEMBER_CARD, "erp", "4711"))
                    .isInstanceOfSatisfying(
                            CrmException.class, e -> assertThat(e.code()).isEqualTo(CoreError.INVALID_VALUE));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "+8613812345678, PHONE +86138****5678",
        "+12125551234, PHONE +121****1234",
        "+12345678, PHONE +****5678",
        "+290123, PHONE +****23"
    })
    void shows_a_phone_masked(String number, String shown) {
        assertThat(new Identity(IdentityKind.PHONE, "", number)).hasToString(shown);
    }

    @Test
    void shows_the_others_masked() {
        assertThat(Identity.email("ann@example.com")).hasToString("EMAIL a***@example.com");
        assertThat(Identity.memberCard("88004711")).hasToString("MEMBER_CARD ****4711");
        assertThat(Identity.external("erp", "4711")).hasToString("EXTERNAL:erp ****");
    }
}
