package dev.retailcrm.core.merge;

import java.text.Normalizer;
import java.util.Locale;

/** The form in which values are compared; empty if nothing comparable is left. Stateless. */
final class NormalForm {
    private static final int SUBSCRIBER_DIGITS = 9;
    private static final int FIRST_ACCENT = 0x0300;
    private static final int LAST_ACCENT = 0x036F;

    private NormalForm() {}

    static String of(PersonField field, String written) {
        return switch (field) {
            case BIRTH_DATE -> digits(written);
            case PHONE -> subscriber(digits(written));
            case EMAIL ->
                Normalizer.normalize(written, Normalizer.Form.NFKC).strip().toLowerCase(Locale.ROOT);
            default -> letters(written);
        };
    }

    /** Letters and digits only, in lower case, without accents; scripts without case stay as they are. */
    private static String letters(String written) {
        String folded = isPlain(written)
                ? written
                : Normalizer.normalize(
                        Normalizer.normalize(written, Normalizer.Form.NFKC)
                                .toUpperCase(Locale.ROOT)
                                .toLowerCase(Locale.ROOT),
                        Normalizer.Form.NFD);
        var kept = new StringBuilder(folded.length());
        folded.codePoints()
                .filter(it -> Character.isLetterOrDigit(it) || isVowelSign(it))
                .map(Character::toLowerCase)
                .forEach(kept::appendCodePoint);
        return isPlain(kept) ? kept.toString() : Normalizer.normalize(kept, Normalizer.Form.NFC);
    }

    /** Marks that are part of the letter, as in Devanagari or Thai; accents of Latin, Greek and Cyrillic are not. */
    private static boolean isVowelSign(int codePoint) {
        int type = Character.getType(codePoint);
        boolean mark = type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK;
        boolean accent = codePoint >= FIRST_ACCENT && codePoint <= LAST_ACCENT;
        return mark && !accent;
    }

    private static boolean isPlain(CharSequence text) {
        return text.chars().allMatch(it -> it < 0x80);
    }

    private static String digits(String written) {
        var kept = new StringBuilder(written.length());
        written.codePoints()
                .map(it -> Character.digit(it, 10))
                .filter(it -> it >= 0)
                .forEach(kept::append);
        return kept.toString();
    }

    /** Without country code and trunk prefix, which are written or left out. */
    private static String subscriber(String digits) {
        return digits.substring(Math.max(0, digits.length() - SUBSCRIBER_DIGITS));
    }
}
