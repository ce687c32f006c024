package dev.retailcrm.core.kernel;

import com.google.common.base.CharMatcher;

/**
 * The name of a business fact, made by the caller from that fact ({@code S01/till-3/000812/earn}), unique per customer and for ever.
 * The same key with the same content again gets the first answer and books nothing; with other content it is refused as
 * {@link CoreError#REQUEST_KEY_REUSED}. Keys compare character for character: blanks and case count. Immutable.
 *
 * @param value 1 to 120 printable ASCII characters, blanks included
 */
public record RequestKey(String value) {
    /** The most characters a key may have. */
    public static final int MAX_LENGTH = 120;

    private static final CharMatcher PRINTABLE = CharMatcher.inRange(' ', '~');

    /** Refuses anything else with {@link CoreError#INVALID_VALUE}. */
    public RequestKey {
        Check.present(value, "request key");
        if (value.isBlank() || value.length() > MAX_LENGTH || !PRINTABLE.matchesAllOf(value)) {
            throw CoreError.INVALID_VALUE.because("request key must be 1 to %d printable ASCII characters", MAX_LENGTH);
        }
    }

    /** The key with these characters. */
    public static RequestKey of(String value) {
        return new RequestKey(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
