package dev.retailcrm.core.membership;

import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;

/** A published way to append one digit to digits, by which mistyped numbers are told. Stateless. */
public enum CheckDigit {
    /**
     * The Luhn formula of ISO/IEC 7812-1, Annex B, as on bank cards: finds every wrong digit, and every swap of two that stand together but
     * 0 and 9.
     */
    LUHN {
        @Override
        int compute(String digits) {
            int sum = 0;
            for (int i = 0; i < digits.length(); i++) {
                int digit = digits.charAt(digits.length() - 1 - i) - '0';
                int weighted = i % 2 == 0 ? 2 * digit : digit;
                sum += weighted > 9 ? weighted - 9 : weighted;
            }
            return (10 - sum % 10) % 10;
        }
    },
    /** The hybrid system MOD 11,10 of ISO/IEC 7064:2003: finds every wrong digit, and most swaps of two that stand together. */
    ISO_7064_MOD_11_10 {
        @Override
        int compute(String digits) {
            int product = 10;
            for (int i = 0; i < digits.length(); i++) {
                int sum = (product + digits.charAt(i) - '0') % 10;
                product = 2 * (sum == 0 ? 10 : sum) % 11;
            }
            return (11 - product) % 10;
        }
    };

    abstract int compute(String digits);

    /**
     * The digits with their check digit behind them.
     *
     * @param digits 1 to 40 digits 0 to 9
     * @throws CrmException {@link CoreError#INVALID_VALUE} for anything else
     */
    public String append(String digits) {
        if (!isDigits(Check.present(digits, "digits"))) {
            throw CoreError.INVALID_VALUE.because("a check digit is appended to 1 to 40 digits");
        }
        return digits + compute(digits);
    }

    /** Whether these are 2 to 41 digits of which the last is the check digit of those before. */
    public boolean isValid(String number) {
        int length = Check.present(number, "number").length();
        return length > 1
                && isDigits(number.substring(0, length - 1))
                && number.charAt(length - 1) == '0' + compute(number.substring(0, length - 1));
    }

    private static boolean isDigits(String text) {
        return !text.isEmpty() && text.length() <= 40 && text.chars().allMatch(it -> it >= '0' && it <= '9');
    }
}
