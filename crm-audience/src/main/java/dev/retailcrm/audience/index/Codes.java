package dev.retailcrm.audience.index;

import java.util.Arrays;

/** A code for each customer, as narrow as the greatest needs it. Not thread-safe. */
final class Codes {
    private byte[] bytes = new byte[0];
    private char[] chars = new char[0];
    private int[] ints = new int[0];
    private int width = 1;

    int get(int customer) {
        return switch (width) {
            case 1 -> customer < bytes.length ? bytes[customer] & 0xFF : 0;
            case 2 -> customer < chars.length ? chars[customer] : 0;
            default -> customer < ints.length ? ints[customer] : 0;
        };
    }

    void set(int customer, int code) {
        if (code > 0xFF && width == 1) {
            chars = new char[bytes.length];
            for (int i = 0; i < bytes.length; i++) {
                chars[i] = (char) (bytes[i] & 0xFF);
            }
            bytes = new byte[0];
            width = 2;
        }
        if (code > 0xFFFF && width == 2) {
            ints = new int[chars.length];
            for (int i = 0; i < chars.length; i++) {
                ints[i] = chars[i];
            }
            chars = new char[0];
            width = 4;
        }
        grow(customer, code);
        switch (width) {
            case 1 -> put(bytes, customer, code);
            case 2 -> put(chars, customer, code);
            default -> put(ints, customer, code);
        }
    }

    private static void put(byte[] codes, int customer, int code) {
        if (customer < codes.length) {
            codes[customer] = (byte) code;
        }
    }

    private static void put(char[] codes, int customer, int code) {
        if (customer < codes.length) {
            codes[customer] = (char) code;
        }
    }

    private static void put(int[] codes, int customer, int code) {
        if (customer < codes.length) {
            codes[customer] = code;
        }
    }

    private void grow(int customer, int code) {
        if (customer < length() || code == 0) {
            return;
        }
        resize(Words.longer(length(), customer + 1));
    }

    private void resize(int wanted) {
        switch (width) {
            case 1 -> bytes = Arrays.copyOf(bytes, wanted);
            case 2 -> chars = Arrays.copyOf(chars, wanted);
            default -> ints = Arrays.copyOf(ints, wanted);
        }
    }

    int length() {
        return bytes.length + chars.length + ints.length;
    }

    void trim(int size) {
        if (length() > size) {
            resize(size);
        }
    }

    /** Those whose code passes, as words. */
    long[] words(boolean[] pass) {
        int length = length();
        long[] words = new long[Words.wordsFor(length)];
        for (int word = 0; word < words.length; word++) {
            int from = word << 6;
            int to = Math.min(length, from + 64);
            long bits = 0;
            if (width == 1) {
                for (int i = from; i < to; i++) {
                    bits |= pass[bytes[i] & 0xFF] ? 1L << i : 0;
                }
            } else if (width == 2) {
                for (int i = from; i < to; i++) {
                    bits |= pass[chars[i]] ? 1L << i : 0;
                }
            } else {
                for (int i = from; i < to; i++) {
                    bits |= pass[ints[i]] ? 1L << i : 0;
                }
            }
            words[word] = bits;
        }
        return words;
    }

    long memory() {
        return (long) bytes.length + 2L * chars.length + 4L * ints.length;
    }
}
