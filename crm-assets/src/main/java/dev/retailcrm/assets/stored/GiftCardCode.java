package dev.retailcrm.assets.stored;

import dev.retailcrm.assets.code.CheckedCode;
import dev.retailcrm.assets.ledger.AssetError;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CrmException;
import java.util.random.RandomGenerator;

/**
 * The code on a gift card, of the form of {@link CheckedCode}. It is as good as cash: {@link #toString()} masks it, and only
 * {@link #reveal()} shows it. Immutable.
 */
public final class GiftCardCode {
    /** The characters of a code, the check character included. */
    public static final int LENGTH = CheckedCode.LENGTH;

    private final String characters;

    private GiftCardCode(String characters) {
        this.characters = characters;
    }

    /**
     * The code as somebody typed or scanned it, see {@link CheckedCode#parse}.
     *
     * @throws CrmException {@link AssetError#MALFORMED_CODE} if length, characters or check character are wrong
     */
    public static GiftCardCode parse(String entered) {
        return CheckedCode.parse(Check.present(entered, "code"))
                .map(GiftCardCode::new)
                .orElseThrow(() -> AssetError.MALFORMED_CODE.because(
                        "a gift card's code has %d characters, the last of which checks the others", LENGTH));
    }

    /** A new code. */
    static GiftCardCode draw(RandomGenerator random) {
        return new GiftCardCode(CheckedCode.draw(random));
    }

    /** The code in groups of four, as it is printed: {@code 7Q2M-0XKD-93PT-HW5C}. Never log it. */
    public String reveal() {
        return CheckedCode.grouped(characters);
    }

    /** The last four characters, for people to tell cards apart. */
    public String lastFour() {
        return CheckedCode.lastFour(characters);
    }

    /** The code with all but the last four characters covered. */
    public String masked() {
        return CheckedCode.mask(lastFour());
    }

    /** All characters without dashes. */
    String characters() {
        return characters;
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
