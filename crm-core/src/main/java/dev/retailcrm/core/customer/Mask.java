package dev.retailcrm.core.customer;

import dev.retailcrm.core.access.Shown;
import dev.retailcrm.core.kernel.Check;

/** Covers personal data so that a person who knows it can recognise it and nobody else can use it. Stateless. */
public final class Mask {
    private static final String COVER = "****";
    private static final int LONG_NUMBER = 12;

    private Mask() {}

    /**
     * A number or other text, of which all but the ends is covered.
     *
     * @param shown any but {@link Shown#HIDDEN}
     */
    public static String text(String text, Shown shown) {
        return switch (Check.present(shown, "how it is shown")) {
            case HIDDEN -> throw new IllegalArgumentException("what is hidden has no text");
            case MASKED -> number(text);
            case MASKED_3_4 -> ends(text, 3);
            case MASKED_4_4 -> ends(text, 4);
            case CLEAR -> text;
        };
    }

    /** The last four of eight digits or more, at most five before the cover; the last two of fewer. */
    static String phone(String e164) {
        int digits = e164.length() - 1;
        int tail = digits < 8 ? 2 : 4;
        int head = Math.max(0, Math.min(5, digits - 8));
        return "+" + e164.substring(1, 1 + head) + COVER + e164.substring(e164.length() - tail);
    }

    /** The first character and the host. */
    static String email(String address) {
        int at = address.lastIndexOf('@');
        return first(address) + "***" + address.substring(at);
    }

    /** The last four of eight characters or more, nothing of fewer. */
    static String number(String number) {
        int length = length(number);
        return length < 8 ? COVER : COVER + from(number, length - 4);
    }

    /** The first character. */
    static String name(String name) {
        return first(name) + "**";
    }

    /** Of dates of birth the year, where it is known; of addresses country and city; of all else nothing. */
    static String field(Profile profile, ProfileField field) {
        return switch (field) {
            case NAME -> profile.name().map(PersonName::masked).orElse(COVER);
            case BIRTH_DATE ->
                profile.birthDate()
                        .map(BirthDate::year)
                        .map(year -> year + "-**-**")
                        .orElse(COVER);
            case ADDRESSES -> {
                PostalAddress address = profile.addresses().get(0);
                yield address.country() + " " + (address.city() == null ? COVER : address.city() + " " + COVER);
            }
            case KIND, GENDER, LANGUAGE, TIME_ZONE, REMARK -> COVER;
        };
    }

    private static String ends(String text, int head) {
        int length = length(text);
        return length < LONG_NUMBER
                ? number(text)
                : text.substring(0, text.offsetByCodePoints(0, head)) + COVER + from(text, length - 4);
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    private static String from(String text, int codePoint) {
        return text.substring(text.offsetByCodePoints(0, codePoint));
    }

    private static String first(String text) {
        return text.substring(0, text.offsetByCodePoints(0, 1));
    }
}
