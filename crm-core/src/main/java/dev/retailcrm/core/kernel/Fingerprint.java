package dev.retailcrm.core.kernel;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Hashes the content of a command to 64 bits, to tell a repetition from another command under the same key. SipHash-2-4 (Aumasson
 * and Bernstein, 2012), stable across versions and machines. Two contents of one key agree by chance once in 2<sup>64</sup>. Not
 * thread-safe; made, filled and read by one command.
 */
public final class Fingerprint {
    private final Hasher hasher = Hashing.sipHash24().newHasher();

    private Fingerprint() {}

    /** Starts with the command's name. */
    public static Fingerprint of(String command) {
        return new Fingerprint().and(command);
    }

    /** Adds a text, or its absence. */
    public Fingerprint and(@Nullable String text) {
        if (text == null) {
            hasher.putInt(-1);
        } else {
            hasher.putInt(text.length()).putUnencodedChars(text);
        }
        return this;
    }

    /** Adds a number. */
    public Fingerprint and(long number) {
        hasher.putLong(number);
        return this;
    }

    /** Adds an instant, or its absence. */
    public Fingerprint and(@Nullable Instant instant) {
        return and(instant == null ? Long.MIN_VALUE : instant.toEpochMilli());
    }

    /** The hash of all that was added. */
    public long value() {
        return hasher.hash().asLong();
    }
}
