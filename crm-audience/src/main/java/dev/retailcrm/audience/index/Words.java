package dev.retailcrm.audience.index;

import java.util.Arrays;
import org.roaringbitmap.BitSetUtil;
import org.roaringbitmap.RoaringBitmap;

/** Sets of customers as plain words, for what no compression makes smaller. Stateless. */
final class Words {
    private Words() {}

    static int wordsFor(int customers) {
        return (customers + 63) >>> 6;
    }

    /** The new length of an array that must have so many places: an eighth in reserve. */
    static int longer(int length, int wanted) {
        return Math.max(wanted, Math.addExact(length, (length >>> 3) + 8));
    }

    /** The words with room for a customer. */
    static long[] grown(long[] words, int customer) {
        int wanted = (customer >>> 6) + 1;
        return wanted <= words.length ? words : Arrays.copyOf(words, longer(words.length, wanted));
    }

    static boolean has(long[] words, int customer) {
        return (customer >>> 6) < words.length && (words[customer >>> 6] & (1L << customer)) != 0;
    }

    static RoaringBitmap bitmap(long[] words) {
        return BitSetUtil.bitmapOf(words);
    }

    /** Those within a range. */
    static RoaringBitmap range(int size) {
        RoaringBitmap all = new RoaringBitmap();
        all.add(0L, size);
        return all;
    }
}
