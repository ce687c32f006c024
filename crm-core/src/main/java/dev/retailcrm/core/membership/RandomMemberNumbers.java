package dev.retailcrm.core.membership;

import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import java.security.SecureRandom;
import java.util.Random;

/**
 * Numbers of a prefix, random digits and a check digit. Nobody can tell from one who the next is or how many there are, and no counter is
 * shared between processes. Thread-safe.
 *
 * <p>Of numbers with d random digits the next is taken with probability n / 10<sup>d</sup> if n are in use: choose d so that all members
 * together need less than a tenth of them.
 */
public final class RandomMemberNumbers implements MemberNumbers {
    private final String prefix;
    private final int digits;
    private final CheckDigit check;
    private final Random random;

    private RandomMemberNumbers(String prefix, int digits, CheckDigit check, Random random) {
        this.prefix = prefix;
        this.digits = digits;
        this.check = check;
        this.random = random;
    }

    /** A 6, eleven random digits and a Luhn digit. */
    public static RandomMemberNumbers standard() {
        return of("6", 11);
    }

    /**
     * Numbers with a Luhn digit, drawn from a {@link SecureRandom}.
     *
     * @param prefix 0 to 12 digits
     * @param digits how many random digits, 6 to 18
     * @throws CrmException {@link CoreError#INVALID_VALUE} for anything else
     */
    public static RandomMemberNumbers of(String prefix, int digits) {
        if (Check.present(prefix, "prefix").length() > 12 || !prefix.chars().allMatch(it -> it >= '0' && it <= '9')) {
            throw CoreError.INVALID_VALUE.because("a prefix has 0 to 12 digits");
        }
        Check.range(digits, 6, 18, "number of digits");
        return new RandomMemberNumbers(prefix, digits, CheckDigit.LUHN, new SecureRandom());
    }

    /** The same with another check digit. */
    public RandomMemberNumbers with(CheckDigit other) {
        return new RandomMemberNumbers(prefix, digits, Check.present(other, "check digit"), random);
    }

    /** The same drawn from another source, such as one with a seed for demonstrations. */
    public RandomMemberNumbers from(Random source) {
        return new RandomMemberNumbers(prefix, digits, check, Check.present(source, "source"));
    }

    @Override
    public String next() {
        StringBuilder number = new StringBuilder(prefix);
        for (int i = 0; i < digits; i++) {
            number.append((char) ('0' + random.nextInt(10)));
        }
        return check.append(number.toString());
    }

    @Override
    public boolean isValid(String number) {
        return Check.present(number, "number").length() == prefix.length() + digits + 1
                && number.startsWith(prefix)
                && check.isValid(number);
    }
}
