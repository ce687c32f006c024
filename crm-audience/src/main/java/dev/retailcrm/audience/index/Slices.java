package dev.retailcrm.audience.index;

import java.io.IOException;
import java.util.Arrays;
import java.util.function.LongPredicate;

/**
 * Whole numbers, bit by bit: sign and magnitude, a set of customers for each bit, as plain words because they are half full. Comparisons look
 * at each bit once (O'Neil and Quass, <i>Improved Query Performance with Variant Indexes</i>, SIGMOD 1997). Not thread-safe.
 */
final class Slices {
    /** Turning 64 numbers round takes about as long as looking at so many bits. */
    private static final int TURN = 500;

    private long[] present = new long[0];
    private long[] negative = new long[0];
    private long[][] slices = new long[0][];

    boolean has(int customer) {
        return Words.has(present, customer);
    }

    long[] present() {
        return present.clone();
    }

    boolean hasNegative() {
        return negative.length > 0;
    }

    /** How many different numbers there can be of so many bits, half of them below 0 if any is. */
    long places() {
        return slices.length > 60 ? Long.MAX_VALUE : (hasNegative() ? 2L : 1L) << slices.length;
    }

    void set(int customer, long number) {
        present = Words.grown(present, customer);
        present[customer >>> 6] |= 1L << customer;
        if (number < 0) {
            negative = Words.grown(negative, customer);
        }
        put(negative, customer, number < 0);
        long magnitude = number < 0 ? -number : number;
        int bits = Long.SIZE - Long.numberOfLeadingZeros(magnitude);
        int known = slices.length;
        if (bits > known) {
            slices = Arrays.copyOf(slices, bits);
            Arrays.fill(slices, known, bits, new long[0]);
        }
        for (int bit = 0; bit < slices.length; bit++) {
            boolean one = ((magnitude >>> bit) & 1) != 0;
            if (one) {
                slices[bit] = Words.grown(slices[bit], customer);
            }
            put(slices[bit], customer, one);
        }
    }

    void clear(int customer) {
        put(present, customer, false);
        put(negative, customer, false);
        for (long[] slice : slices) {
            put(slice, customer, false);
        }
    }

    private static void put(long[] words, int customer, boolean one) {
        int word = customer >>> 6;
        if (word < words.length) {
            words[word] = one ? words[word] | (1L << customer) : words[word] & ~(1L << customer);
        }
    }

    long get(int customer) {
        long magnitude = 0;
        for (int bit = 0; bit < slices.length; bit++) {
            magnitude |= Words.has(slices[bit], customer) ? 1L << bit : 0;
        }
        return Words.has(negative, customer) ? -magnitude : magnitude;
    }

    /** Those whose number lies between, both inclusive. */
    long[] between(long min, long max) {
        if (min > max) {
            return new long[0];
        }
        long[] found;
        if (min < 0 && max >= 0 && negative.length == 0) {
            found = magnitudes(0, max);
        } else if (min >= 0) {
            found = magnitudes(min, max);
            andNot(found, negative);
        } else if (max < 0) {
            found = magnitudes(-max, -min);
            and(found, negative);
        } else {
            found = magnitudes(0, max);
            andNot(found, negative);
            long[] below = magnitudes(0, -min);
            and(below, negative);
            for (int i = 0; i < below.length; i++) {
                found[i] |= below[i];
            }
        }
        and(found, present);
        return found;
    }

    /** Those whose magnitude lies between, unsigned, whether present or not. */
    private long[] magnitudes(long min, long max) {
        long[] found = atMost(max);
        if (min != 0) {
            andNot(found, atMost(min - 1));
        }
        return found;
    }

    private long[] atMost(long most) {
        int words = present.length;
        long[] less = new long[words];
        long[] equal = new long[words];
        Arrays.fill(equal, -1L);
        if (slices.length < Long.SIZE && (most >>> slices.length) != 0) {
            return equal;
        }
        for (int bit = slices.length - 1; bit >= 0; bit--) {
            long[] slice = slices[bit];
            int there = Math.min(words, slice.length);
            if (((most >>> bit) & 1) != 0) {
                for (int i = 0; i < there; i++) {
                    less[i] |= (equal[i] & ~slice[i]);
                    equal[i] &= slice[i];
                }
                for (int i = there; i < words; i++) {
                    less[i] |= equal[i];
                    equal[i] = 0;
                }
            } else {
                for (int i = 0; i < there; i++) {
                    equal[i] &= ~slice[i];
                }
            }
        }
        for (int i = 0; i < words; i++) {
            less[i] |= equal[i];
        }
        return less;
    }

    private static void and(long[] words, long[] other) {
        int there = Math.min(words.length, other.length);
        for (int i = 0; i < there; i++) {
            words[i] &= other[i];
        }
        Arrays.fill(words, there, words.length, 0);
    }

    private static void andNot(long[] words, long[] other) {
        int there = Math.min(words.length, other.length);
        for (int i = 0; i < there; i++) {
            words[i] &= ~other[i];
        }
    }

    /** Is told the numbers of those who are in a set, in order. */
    interface Numbers {
        void of(int customer, long number);
    }

    /** Those whose number passes, looked at one by one. */
    long[] where(LongPredicate test) {
        long[] found = new long[present.length];
        each(present, (customer, number) -> {
            if (test.test(number)) {
                found[customer >>> 6] |= 1L << customer;
            }
        });
        return found;
    }

    /** Tells the numbers of some customers, as far as they are present: of many of 64 by turning the bits round, of few bit by bit. */
    void each(long[] some, Numbers told) {
        long[] block = new long[64];
        int words = Math.min(some.length, present.length);
        for (int word = 0; word < words; word++) {
            long wanted = some[word] & present[word];
            if (wanted == 0) {
                continue;
            }
            boolean few = Long.bitCount(wanted) * slices.length < TURN;
            if (few) {
                copy(word, block);
            } else {
                turn(word, block);
            }
            long signs = word < negative.length ? negative[word] : 0;
            for (long rest = wanted; rest != 0; rest &= rest - 1) {
                int bit = Long.numberOfTrailingZeros(rest);
                long magnitude = few ? gathered(block, bit) : block[bit];
                told.of((word << 6) + bit, ((signs >>> bit) & 1) != 0 ? -magnitude : magnitude);
            }
        }
    }

    private void copy(int word, long[] block) {
        for (int bit = 0; bit < slices.length; bit++) {
            block[bit] = word < slices[bit].length ? slices[bit][word] : 0;
        }
    }

    private long gathered(long[] block, int customer) {
        long magnitude = 0;
        for (int bit = 0; bit < slices.length; bit++) {
            magnitude |= ((block[bit] >>> customer) & 1) << bit;
        }
        return magnitude;
    }

    /** The transpose of a matrix of bits (H. S. Warren, <i>Hacker's Delight</i>, 7-3). */
    private void turn(int word, long[] block) {
        for (int bit = 0; bit < 64; bit++) {
            block[bit] = bit < slices.length && word < slices[bit].length ? slices[bit][word] : 0;
        }
        long mask = 0xFFFFFFFFL;
        for (int step = 32; step != 0; step >>>= 1, mask ^= mask << step) {
            for (int k = 0; k < 64; k = (k + step + 1) & ~step) {
                long moved = ((block[k] >>> step) ^ block[k + step]) & mask;
                block[k] ^= moved << step;
                block[k + step] ^= moved;
            }
        }
    }

    void write(IndexWriter out) throws IOException {
        out.words(present);
        out.words(negative);
        out.number(slices.length);
        for (long[] slice : slices) {
            out.words(slice);
        }
    }

    void read(IndexReader in) throws IOException {
        present = in.words();
        negative = in.words();
        slices = new long[in.number(Long.SIZE)][];
        for (int bit = 0; bit < slices.length; bit++) {
            slices[bit] = in.words();
        }
        keepPresent(negative);
        for (long[] slice : slices) {
            keepPresent(slice);
        }
    }

    /** Who has no number has no bits of one. */
    private void keepPresent(long[] words) {
        for (int i = 0; i < words.length; i++) {
            IndexReader.require(i < present.length && (words[i] & ~present[i]) == 0, "a number of nobody");
        }
    }

    void trim(int size) {
        int words = Words.wordsFor(size);
        present = Arrays.copyOf(present, Math.min(words, present.length));
        negative = Arrays.copyOf(negative, Math.min(words, negative.length));
        for (int bit = 0; bit < slices.length; bit++) {
            slices[bit] = Arrays.copyOf(slices[bit], Math.min(words, slices[bit].length));
        }
    }

    long bytes() {
        long words = (long) present.length + negative.length;
        for (long[] slice : slices) {
            words += slice.length;
        }
        return 8 * words;
    }
}
