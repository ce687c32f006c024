package dev.retailcrm.core.customer;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberType;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The normal form of phone numbers, ITU-T E.164. A number is accepted if its country is known to have such numbers, or if it is as
 * long as the country's mobile numbers: those get new prefixes more often than hosts get new tables.
 */
final class PhoneNumbers {
    private static final Pattern NORMAL = Pattern.compile("\\+[1-9][0-9]{4,14}");
    private static final Pattern WRITTEN = Pattern.compile("[+\\uFF0B]?[\\p{Nd}\\p{Zs}()./\\p{Pd}]{4,40}");
    private static final PhoneNumberUtil NUMBERS = PhoneNumberUtil.getInstance();

    private PhoneNumbers() {}

    static String normalise(@Nullable String written, @Nullable String region) {
        String trimmed = Check.present(written, "phone number").strip();
        if (!WRITTEN.matcher(trimmed).matches()) {
            throw CoreError.INVALID_VALUE.because("phone number must be 4 to 40 digits, blanks and + ( ) . / -");
        }
        PhoneNumber number;
        try {
            number = NUMBERS.parse(trimmed, region);
        } catch (NumberParseException e) {
            throw CoreError.INVALID_VALUE.because(
                    "not a phone number (%s) %s", e.getErrorType(), region == null ? "without region" : "in " + region);
        }
        // The length first, which mobile numbers pass: it is the cheaper question.
        if (!NUMBERS.isPossibleNumberForType(number, PhoneNumberType.MOBILE) && !NUMBERS.isValidNumber(number)) {
            throw CoreError.INVALID_VALUE.because("country +%d has no such phone numbers", number.getCountryCode());
        }
        return NUMBERS.format(number, PhoneNumberFormat.E164);
    }

    static void requireNormal(String value) {
        if (!NORMAL.matcher(value).matches()) {
            throw CoreError.INVALID_VALUE.because("phone number is not in E.164 form");
        }
    }

    static String region(@Nullable String region) {
        String code = Check.present(region, "region");
        if (!NUMBERS.getSupportedRegions().contains(code)) {
            throw CoreError.INVALID_VALUE.because("region must be an ISO 3166 code of two capital letters");
        }
        return code;
    }
}
