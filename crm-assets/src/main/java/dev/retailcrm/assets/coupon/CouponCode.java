package dev.retailcrm.assets.coupon;

import dev.retailcrm.assets.code.CheckedCode;
import dev.retailcrm.assets.ledger.AssetError;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CrmException;
import java.util.random.RandomGenerator;

/**
 * The code of a coupon that nobody has yet, of the form of {@link CheckedCode}. Whoever knows it can get the coupon: {@link #toString()} masks
 * it, and only {@link #reveal()} shows it. Immutable.
 *
 * @param characters all of them, without dashes, in capitals
 */
public record CouponCode(String characters) {
    /** Refuses wrong ones with {@link AssetError#MALFORMED_CODE}. */
    public CouponCode {
        characters = CheckedCode.parse(Check.present(characters, "code")).orElseThrow(CouponCode::malformed);
    }

    /**
     * The code as somebody typed or scanned it, see {@link CheckedCode#parse}.
     *
     * @throws CrmException {@link AssetError#MALFORMED_CODE} if length, characters or check character are wrong
     */
    public static CouponCode parse(String entered) {
        return new CouponCode(entered);
    }

    static CouponCode draw(RandomGenerator random) {
        return new CouponCode(CheckedCode.draw(random));
    }

    /** The code in groups of four, as it is printed: {@code 7Q2M-0XKD-93PT-HW5C}. Never log it. */
    public String reveal() {
        return CheckedCode.grouped(characters);
    }

    private static CrmException malformed() {
        return AssetError.MALFORMED_CODE.because(
                "the code of a coupon has %d characters, the last of which checks the others", CheckedCode.LENGTH);
    }

    @Override
    public String toString() {
        return CheckedCode.mask(CheckedCode.lastFour(characters));
    }
}
