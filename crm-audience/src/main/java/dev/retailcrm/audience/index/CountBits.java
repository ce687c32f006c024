package dev.retailcrm.audience.index;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Finds in counts, eight at a time, those that are as asked. Stateless. */
final class CountBits {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long LOW = 0x00FF00FF00FF00FFL;
    private static final long ONES = 0x0001000100010001L;
    private static final long GATHER = 0x0102040810204080L;

    private CountBits() {}

    /**
     * Those whose count passes, as words.
     *
     * @param pass for each of 256 counts
     */
    static long[] where(byte[] counts, boolean[] pass) {
        int least = 0;
        while (least < pass.length && !pass[least]) {
            least++;
        }
        int most = least;
        while (most + 1 < pass.length && pass[most + 1]) {
            most++;
        }
        for (int i = most + 1; i < pass.length; i++) {
            if (pass[i]) {
                return oneByOne(counts, pass);
            }
        }
        return least == pass.length ? new long[0] : between(counts, least, most, pass);
    }

    private static long[] between(byte[] counts, int least, int most, boolean[] pass) {
        long[] words = new long[Words.wordsFor(counts.length)];
        long fromLeast = (256 - least) * ONES;
        long overMost = (255 - most) * ONES;
        int whole = counts.length >>> 6;
        for (int word = 0; word < whole; word++) {
            long bits = 0;
            for (int part = 0; part < 8; part++) {
                long eight = (long) LONGS.get(counts, (word << 6) + (part << 3));
                long even = eight & LOW;
                long odd = (eight >>> 8) & LOW;
                long evens = (((even + fromLeast) & ~(even + overMost)) >>> 8) & ONES;
                long odds = (((odd + fromLeast) & ~(odd + overMost)) >>> 8) & ONES;
                bits |= (((evens | (odds << 8)) * GATHER) >>> 56) << (part << 3);
            }
            words[word] = bits;
        }
        for (int i = whole << 6; i < counts.length; i++) {
            words[i >>> 6] |= pass[counts[i] & 0xFF] ? 1L << i : 0;
        }
        return words;
    }

    private static long[] oneByOne(byte[] counts, boolean[] pass) {
        long[] words = new long[Words.wordsFor(counts.length)];
        for (int i = 0; i < counts.length; i++) {
            words[i >>> 6] |= pass[counts[i] & 0xFF] ? 1L << i : 0;
        }
        return words;
    }
}
