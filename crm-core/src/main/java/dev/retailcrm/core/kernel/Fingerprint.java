package dev.retailcrm.core.kernel;

import com.google.common.hash.Hashing;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Hashes the content of a command to 64 bits, to tell a repetition from another command under the same key. FarmHash
 * Fingerprint64 (Google, 2014), stable across versions and machines. Two contents of one key agree by chance once in 2<sup>64</sup>. Not
 * thread-safe; made, filled and read by one command.
 */
public final class Fingerprint {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle CHAR = MethodHandles.byteArrayViewVarHandle(char[].class, ByteOrder.LITTLE_ENDIAN);

    private byte[] content = new byte[128];
    private int size;

    private Fingerprint() {}

    /** Starts with the command's name. */
    public static Fingerprint of(String command) {
        return new Fingerprint().and(command);
    }

    /** Adds a text, or its absence. */
    public Fingerprint and(@Nullable String text) {
        if (text == null) {
            return and(-1L);
        }
        and((long) text.length());
        makeRoom(2 * text.length());
        for (int i = 0; i < text.length(); i++) {
            CHAR.set(content, size, text.charAt(i));
            size += Character.BYTES;
        }
        return this;
    }

    /** Adds a number. */
    public Fingerprint and(long number) {
        makeRoom(Long.BYTES);
        LONG.set(content, size, number);
        size += Long.BYTES;
        return this;
    }

    /** Adds an instant, or its absence. */
    public Fingerprint and(@Nullable Instant instant) {
        return and(instant == null ? Long.MIN_VALUE : instant.toEpochMilli());
    }

    /** The hash of all that was added. */
    public long value() {
        return Hashing.farmHashFingerprint64().hashBytes(content, 0, size).asLong();
    }

    private void makeRoom(int more) {
        if (size + more > content.length) {
            content = Arrays.copyOf(content, Math.max(2 * content.length, size + more));
        }
    }
}
