package dev.retailcrm.core.customer;

/** Covers personal data so that a person who knows it can recognise it and nobody else can use it. */
final class Mask {
    private static final String COVER = "****";

    private Mask() {}

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
        return number.length() < 8 ? COVER : COVER + number.substring(number.length() - 4);
    }

    /** The first character. */
    static String name(String name) {
        return first(name) + "**";
    }

    private static String first(String text) {
        return text.substring(0, text.offsetByCodePoints(0, 1));
    }
}
