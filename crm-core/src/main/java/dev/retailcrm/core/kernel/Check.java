package dev.retailcrm.core.kernel;

import com.google.common.base.CharMatcher;
import org.jspecify.annotations.Nullable;

/** Checks of input that every module uses; each failure is {@link CoreError#INVALID_VALUE}. Stateless. */
public final class Check {
    private static final CharMatcher ASCII_PRINTABLE = CharMatcher.inRange(' ', '~');

    private Check() {}

    /** Returns the value, or refuses {@code null} naming what was expected. */
    public static <T> T present(@Nullable T value, String name) {
        if (value == null) {
            throw CoreError.INVALID_VALUE.because("%s is missing", name);
        }
        return value;
    }

    /** Returns the amount if it is greater than zero. */
    public static long positive(long amount, String name) {
        if (amount <= 0) {
            throw CoreError.INVALID_VALUE.because("%s must be greater than zero, was %d", name, amount);
        }
        return amount;
    }

    /** Returns the number if it lies in {@code min..max}, both inclusive. */
    public static int range(int number, int min, int max, String name) {
        if (number < min || number > max) {
            throw CoreError.INVALID_VALUE.because("%s must be %d to %d, was %d", name, min, max, number);
        }
        return number;
    }

    /** Returns the code if it has 1 to {@code max} printable ASCII characters and neither starts nor ends with a blank. */
    public static String code(@Nullable String code, int max, String name) {
        String present = present(code, name);
        if (present.isEmpty() || present.length() > max || !ASCII_PRINTABLE.matchesAllOf(present)) {
            throw CoreError.INVALID_VALUE.because("%s must be 1 to %d printable ASCII characters", name, max);
        }
        if (present.charAt(0) == ' ' || present.charAt(present.length() - 1) == ' ') {
            throw CoreError.INVALID_VALUE.because("%s must not start or end with a blank", name);
        }
        return present;
    }

    /**
     * Returns the text if it has 1 to {@code max} code points, not all of them blank, and no control character, unpaired surrogate or
     * non-character. Characters beyond the basic plane (rare Han, emoji) are kept, also those newer than the JDK's tables.
     */
    public static String text(@Nullable String text, int max, String name) {
        String present = present(text, name);
        if (present.isBlank() || present.length() > 2 * max || present.codePointCount(0, present.length()) > max) {
            throw CoreError.INVALID_VALUE.because("%s must be 1 to %d characters and not blank", name, max);
        }
        int codePoint;
        for (int i = 0; i < present.length(); i += Character.charCount(codePoint)) {
            codePoint = present.codePointAt(i);
            if (forbidden(codePoint)) {
                throw CoreError.INVALID_VALUE.because("%s contains control characters or broken surrogates", name);
            }
        }
        return present;
    }

    private static boolean forbidden(int codePoint) {
        int type = Character.getType(codePoint);
        boolean nonCharacter = (codePoint & 0xFFFE) == 0xFFFE || (codePoint >= 0xFDD0 && codePoint <= 0xFDEF);
        return type == Character.CONTROL || type == Character.SURROGATE || nonCharacter;
    }
}
