package dev.retailcrm.core.kernel;

import com.google.common.base.CharMatcher;

/**
 * The name of a business fact, made by the caller from that fact ({@code S01/till-3/000812/earn}), unique per customer and for ever.
 * The same key with the same content again gets the first answer and books nothing; with other content it is refused as
 * {@link CoreError#REQUEST_KEY_REUSED}. Keys compare character for character: blanks and case count. Immutable.
 *
 * <p>Keys that begin with {@value #RESERVED} are those of the library's own bookings, which hosts cannot give.
 *
 * @param value 1 to 120 printable ASCII characters, blanks included
 */
public record RequestKey(String value) {
    /** The most characters a key may have. */
    public static final int MAX_LENGTH = 120;

    /** What keys of the library's own bookings begin with. */
    public static final String RESERVED = "~/";

    private static final CharMatcher PRINTABLE = CharMatcher.inRange(' ', '~');

    /** Refuses anything else with {@link CoreError#INVALID_VALUE}. */
    public RequestKey {
        Check.present(value, "request key");
        if (value.isBlank() || value.length() > MAX_LENGTH || !PRINTABLE.matchesAllOf(value)) {
            throw CoreError.INVALID_VALUE.because("request key must be 1 to %d printable ASCII characters", MAX_LENGTH);
        }
    }

    /** The key with these characters; refused as {@link CoreError#INVALID_VALUE} if it begins with {@value #RESERVED}. */
    public static RequestKey of(String value) {
        if (Check.present(value, "request key").startsWith(RESERVED)) {
            throw CoreError.INVALID_VALUE.because("request keys that begin with %s are the library's own", RESERVED);
        }
        return new RequestKey(value);
    }

    /** A key of the library's own, which no host can give. */
    public static RequestKey reserved(String value) {
        return new RequestKey(RESERVED + value);
    }

    @Override
    public String toString() {
        return value;
    }
}
