package dev.retailcrm.assets.stored;

import dev.retailcrm.assets.ledger.AssetError;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CrmException;
import java.util.random.RandomGenerator;

/**
 * The code on a gift card: 15 random characters of Crockford's base 32, that is 75 bits, and a check character. It is as good as cash:
 * {@link #toString()} masks it, and only {@link #reveal()} shows it. Immutable.
 *
 * <p>The check character makes a Reed-Solomon code over GF(32): with the characters as elements c<sub>0</sub> … c<sub>15</sub> and
 * α = 2 modulo x<sup>5</sup> + x<sup>2</sup> + 1, Σ α<sup>15−i</sup> c<sub>i</sub> = 0. The weights differ and are not zero, so every
 * single wrong character and every exchange of two characters is found.
 */
public final class GiftCardCode {
    /** The characters of a code, the check character included. */
    public static final int LENGTH = 16;

    private static final int RANDOM = LENGTH - 1;
    private static final int LONGEST_INPUT = 64;
    private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    private final String characters;

    private GiftCardCode(String characters) {
        this.characters = characters;
    }

    /**
     * The code as somebody typed or scanned it: dashes and blanks are passed over, lower case will do, {@code O} is read as 0, and
     * {@code I} and {@code L} as 1.
     *
     * @throws CrmException {@link AssetError#MALFORMED_CODE} if length, characters or check character are wrong
     */
    public static GiftCardCode parse(String entered) {
        Check.present(entered, "code");
        if (entered.length() > LONGEST_INPUT) {
            throw malformed();
        }
        int[] values = new int[LENGTH];
        int count = 0;
        for (int i = 0; i < entered.length(); i++) {
            char c = entered.charAt(i);
            if (c != '-' && c != ' ') {
                int value = valueOf(c);
                if (value < 0 || count == LENGTH) {
                    throw malformed();
                }
                values[count++] = value;
            }
        }
        if (count != LENGTH || sum(values) != 0) {
            throw malformed();
        }
        return of(values);
    }

    /** A new code. */
    static GiftCardCode draw(RandomGenerator random) {
        byte[] bytes = new byte[RANDOM];
        random.nextBytes(bytes);
        int[] values = new int[LENGTH];
        for (int i = 0; i < RANDOM; i++) {
            values[i] = bytes[i] & 31;
        }
        values[RANDOM] = sum(values);
        return of(values);
    }

    /** The code in groups of four, as it is printed: {@code 7Q2M-0XKD-93PT-HW5C}. Never log it. */
    public String reveal() {
        StringBuilder grouped = new StringBuilder(LENGTH + 3);
        for (int i = 0; i < LENGTH; i += 4) {
            grouped.append(i == 0 ? "" : "-").append(characters, i, i + 4);
        }
        return grouped.toString();
    }

    /** The last four characters, for people to tell cards apart. */
    public String lastFour() {
        return characters.substring(LENGTH - 4);
    }

    /** The code with all but the last four characters covered. */
    public String masked() {
        return mask(lastFour());
    }

    static String mask(String lastFour) {
        return "****-****-****-" + lastFour;
    }

    /** All characters without dashes. */
    String characters() {
        return characters;
    }

    private static GiftCardCode of(int[] values) {
        StringBuilder characters = new StringBuilder(LENGTH);
        for (int value : values) {
            characters.append(ALPHABET.charAt(value));
        }
        return new GiftCardCode(characters.toString());
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

    private static CrmException malformed() {
        return AssetError.MALFORMED_CODE.because(
                "a gift card's code has %d characters, the last of which checks the others", LENGTH);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof GiftCardCode that && characters.equals(that.characters);
    }

    @Override
    public int hashCode() {
        return characters.hashCode();
    }

    @Override
    public String toString() {
        return masked();
    }
}
