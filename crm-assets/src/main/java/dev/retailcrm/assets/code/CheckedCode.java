package dev.retailcrm.assets.code;

import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The form of codes that stand for value: 15 random characters of Crockford's base 32, that is 75 bits, and a check character. Stateless.
 *
 * <p>The check character makes a Reed-Solomon code over GF(32): with the characters as elements c<sub>0</sub> … c<sub>15</sub> and
 * α = 2 modulo x<sup>5</sup> + x<sup>2</sup> + 1, Σ α<sup>15−i</sup> c<sub>i</sub> = 0. The weights differ and are not zero, so every
 * single wrong character and every exchange of two characters is found.
 */
public final class CheckedCode {
    /** The characters of a code, the check character included. */
    public static final int LENGTH = 16;

    private static final int RANDOM = LENGTH - 1;
    private static final int LONGEST_INPUT = 64;
    private static final int GROUP = 4;
    private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    private CheckedCode() {}

    /**
     * The characters of a code as somebody typed or scanned it: dashes and blanks are passed over, lower case will do, {@code O} is read as
     * 0, and {@code I} and {@code L} as 1. Empty if length, characters or check character are wrong.
     */
    public static Optional<String> parse(String entered) {
        if (entered.length() > LONGEST_INPUT) {
            return Optional.empty();
        }
        int[] values = new int[LENGTH];
        int count = 0;
        for (int i = 0; i < entered.length(); i++) {
            char c = entered.charAt(i);
            if (c != '-' && c != ' ') {
                int value = valueOf(c);
                if (value < 0 || count == LENGTH) {
                    return Optional.empty();
                }
                values[count++] = value;
            }
        }
        return count == LENGTH && sum(values) == 0 ? Optional.of(characters(values)) : Optional.empty();
    }

    /** The characters of a new code. */
    public static String draw(RandomGenerator random) {
        byte[] bytes = new byte[RANDOM];
        random.nextBytes(bytes);
        int[] values = new int[LENGTH];
        for (int i = 0; i < RANDOM; i++) {
            values[i] = bytes[i] & 31;
        }
        values[RANDOM] = sum(values);
        return characters(values);
    }

    /** Characters in groups of four, as they are printed: {@code 7Q2M-0XKD-93PT-HW5C}. */
    public static String grouped(String characters) {
        StringBuilder grouped = new StringBuilder(LENGTH + 3);
        for (int i = 0; i < LENGTH; i += GROUP) {
            grouped.append(i == 0 ? "" : "-").append(characters, i, i + GROUP);
        }
        return grouped.toString();
    }

    /** The last four of these characters, for people to tell codes apart. */
    public static String lastFour(String characters) {
        return characters.substring(LENGTH - GROUP);
    }

    /** A code of which only the last four characters are shown. */
    public static String mask(String lastFour) {
        return "****-****-****-" + lastFour;
    }

    private static String characters(int[] values) {
        char[] characters = new char[LENGTH];
        for (int i = 0; i < LENGTH; i++) {
            characters[i] = ALPHABET.charAt(values[i]);
        }
        return new String(characters);
    }

    private static int sum(int[] values) {
        int sum = 0;
        for (int value : values) {
            int doubled = sum << 1;
            sum = (doubled >= 32 ? doubled ^ 0b100101 : doubled) ^ value;
        }
        return sum;
    }

    private static int valueOf(char c) {
        return switch (c) {
            case 'O', 'o' -> 0;
            case 'I', 'i', 'L', 'l' -> 1;
            default -> ALPHABET.indexOf(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
        };
    }
}
