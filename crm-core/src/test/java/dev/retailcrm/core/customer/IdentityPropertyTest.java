package dev.retailcrm.core.customer;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberType;
import dev.retailcrm.core.kernel.CrmException;
import java.util.Set;
import java.util.function.Supplier;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class IdentityPropertyTest {
    private static final PhoneNumberUtil NUMBERS = PhoneNumberUtil.getInstance();

    @Property
    void a_phone_is_the_same_however_it_is_written(@ForAll("regions") String region, @ForAll PhoneNumberFormat format) {
        var number = NUMBERS.getExampleNumberForType(region, PhoneNumberType.MOBILE);
        var phone = Identity.phone(NUMBERS.format(number, PhoneNumberFormat.E164));

        if (format != PhoneNumberFormat.RFC3966) {
            assertThat(Identity.phone(NUMBERS.format(number, format), region)).isEqualTo(phone);
        }
    }

    @Property
    void normalising_twice_is_normalising_once(@ForAll String text, @ForAll("addresses") String address) {
        for (String written : Set.of(text, address)) {
            Identity once = orNull(() -> Identity.email(written));
            if (once != null) {
                assertThat(Identity.email(once.value())).isEqualTo(once);
            }
        }
    }

    @Property
    void any_text_is_an_identity_or_gets_a_code(@ForAll String text) {
        orNull(() -> Identity.phone(text, "CN"));
        orNull(() -> Identity.email(text));
        orNull(() -> Identity.memberCard(text));
        orNull(() -> Identity.external(text, text));
    }

    @Property
    void a_mask_never_shows_more_than_nine_digits_of_a_phone_nor_all(@ForAll("regions") String region) {
        var number = NUMBERS.getExampleNumberForType(region, PhoneNumberType.MOBILE);
        var phone = Identity.phone(NUMBERS.format(number, PhoneNumberFormat.E164));

        long shown = phone.masked().chars().filter(Character::isDigit).count();

        assertThat(shown)
                .isLessThanOrEqualTo(9)
                .isLessThanOrEqualTo(phone.value().length() - 1 - 3);
    }

    private static @org.jspecify.annotations.Nullable Identity orNull(Supplier<Identity> identity) {
        try {
            return identity.get();
        } catch (CrmException e) {
            assertThat(e.code().id()).isEqualTo("CRM-CORE-001");
            return null;
        }
    }

    @Provide
    Arbitrary<String> regions() {
        return Arbitraries.of(NUMBERS.getSupportedRegions().stream()
                .filter(region -> NUMBERS.getExampleNumberForType(region, PhoneNumberType.MOBILE) != null)
                .sorted()
                .toList());
    }

    @Provide
    Arbitrary<String> addresses() {
        Arbitrary<String> local =
                Arbitraries.strings().withChars("aÄİß.é文+-Ω").ofMinLength(1).ofMaxLength(8);
        Arbitrary<String> domain =
                Arbitraries.strings().withChars("abÄß-中").ofMinLength(1).ofMaxLength(8);
        return net.jqwik.api.Combinators.combine(local, domain).as((name, host) -> name + "@" + host + ".example");
    }
}
