package dev.retailcrm.core.behavior;

import com.google.common.hash.Hashing;
import com.google.common.io.BaseEncoding;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * Somebody not known yet: a browser, a device. Its token is stored as SHA-256 only, so make it of 128 random bits or more;
 * {@link #toString()} does not show it. Immutable.
 */
public final class Visitor {
    /** The least characters of a token. */
    public static final int MIN_TOKEN = 16;

    /** The most characters of a token. */
    public static final int MAX_TOKEN = 200;

    private final String source;
    private final String token;

    private Visitor(String source, String token) {
        this.source = Check.code(source, BehaviorId.MAX_SOURCE, "source of a visitor");
        this.token = Check.code(token, MAX_TOKEN, "token of a visitor");
        if (token.length() < MIN_TOKEN) {
            throw CoreError.INVALID_VALUE.because("the token of a visitor has at least %d characters", MIN_TOKEN);
        }
    }

    /**
     * The visitor with this token.
     *
     * @param source what gave the token, such as {@code web}: 1 to 20 printable ASCII characters without blanks at the ends
     * @param token a cookie's value, a device's id: {@value #MIN_TOKEN} to {@value #MAX_TOKEN} printable ASCII characters without blanks at
     *     the ends
     */
    public static Visitor of(String source, String token) {
        return new Visitor(source, token);
    }

    /** What gave the token. */
    public String source() {
        return source;
    }

    /** What the visitor is stored by: SHA-256 of source and token, 43 characters of base 64. */
    public String hash() {
        byte[] hash = Hashing.sha256()
                .hashString(source.length() + ":" + source + token, StandardCharsets.US_ASCII)
                .asBytes();
        return BaseEncoding.base64Url().omitPadding().encode(hash);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Visitor visitor && visitor.source.equals(source) && visitor.token.equals(token);
    }

    @Override
    public int hashCode() {
        return Objects.hash(source, token);
    }

    @Override
    public String toString() {
        return source + "/****";
    }
}
