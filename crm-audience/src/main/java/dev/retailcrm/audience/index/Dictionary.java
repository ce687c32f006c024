package dev.retailcrm.audience.index;

import dev.retailcrm.core.field.FieldType;
import dev.retailcrm.core.field.FieldValue;
import dev.retailcrm.core.rule.Folding;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.joda.money.CurrencyUnit;
import org.jspecify.annotations.Nullable;

/** Codes of values, from 1; a value that nobody has any more is forgotten. Not thread-safe. */
final class Dictionary {
    private static final int ENTRY = 170;

    private final int most;
    private final Map<FieldValue, Integer> codes = new HashMap<>();
    private final List<@Nullable FieldValue> values = new ArrayList<>();
    private final List<@Nullable String> folded = new ArrayList<>();
    private final ArrayList<Integer> free = new ArrayList<>();
    private int[] uses = new int[16];
    private long bytes;
    private int scale;
    private int digits;
    private long[] unscaled = new long[0];
    private byte[] scales = new byte[0];
    private boolean uniform = true;
    private @Nullable FieldType type;
    private @Nullable CurrencyUnit currency;
    private BigDecimal least = BigDecimal.ZERO;
    private BigDecimal greatest = BigDecimal.ZERO;

    /**
     * An empty one.
     *
     * @param most how many values it may have
     */
    Dictionary(int most) {
        this.most = most;
        values.add(null);
        folded.add(null);
    }

    /** The code of a value that one more has; 0 if there are too many already. */
    int acquire(FieldValue value) {
        Integer known = codes.get(value);
        if (known != null) {
            uses[known]++;
            return known;
        }
        if (codes.size() >= most) {
            return 0;
        }
        int code = free.isEmpty() ? values.size() : free.remove(free.size() - 1);
        String text = value.type() == FieldType.TEXT ? Folding.of(value.asText()) : null;
        if (code == values.size()) {
            values.add(value);
            folded.add(text);
        } else {
            values.set(code, value);
            folded.set(code, text);
        }
        if (code >= uses.length) {
            uses = Arrays.copyOf(uses, 2 * code);
        }
        uses[code] = 1;
        codes.put(value, code);
        CurrencyUnit unit = value.type() == FieldType.MONEY ? value.asMoney().getCurrencyUnit() : null;
        if (type == null) {
            type = value.type();
            currency = unit;
        }
        uniform &= type == value.type() && Objects.equals(currency, unit);
        bytes += bytes(value);
        BigDecimal number = Scaled.number(value);
        if (number != null) {
            scale = Math.max(scale, number.scale());
            least = least.min(number);
            greatest = greatest.max(number);
            digitsOf(code, number);
            digits = Math.max(digits, number.precision() - number.scale());
        }
        return code;
    }

    private void digitsOf(int code, BigDecimal number) {
        if (code >= unscaled.length) {
            unscaled = Arrays.copyOf(unscaled, uses.length);
            scales = Arrays.copyOf(scales, uses.length);
        }
        unscaled[code] = number.unscaledValue().longValue();
        scales[code] = (byte) number.scale();
    }

    /** Whether all values ever were of this type, and amounts of this currency. */
    boolean isAll(FieldType asked, @Nullable CurrencyUnit unit) {
        return uniform && type == asked && Objects.equals(currency, unit);
    }

    /** Whether all values ever were of this type, and all amounts of the same currency. */
    boolean isAll(FieldType asked) {
        return uniform && type == asked;
    }

    /** The digits of numbers by their codes, 0 for none; not to be changed. */
    long[] unscaled() {
        return unscaled;
    }

    /**
     * The number of a code, made whole, if it has few digits.
     *
     * @param tens the powers of ten up to that by which numbers are multiplied to be whole
     */
    long whole(int code, long[] tens) {
        return unscaled[code] * tens[tens.length - 1 - scales[code]];
    }

    /** One has it no more; whether nobody has. */
    boolean release(int code) {
        FieldValue value = values.get(code);
        if (value == null || --uses[code] > 0) {
            return false;
        }
        codes.remove(value);
        values.set(code, null);
        folded.set(code, null);
        free.add(code);
        bytes -= bytes(value);
        return true;
    }

    private static long bytes(FieldValue value) {
        return ENTRY + (value.type() == FieldType.TEXT ? 2L * value.asText().length() : 0);
    }

    /** The code of a value; 0 if nobody has it. */
    int code(FieldValue value) {
        return codes.getOrDefault(value, 0);
    }

    /** The value of a code; {@code null} if it is free. */
    @Nullable
    FieldValue value(int code) {
        return values.get(code);
    }

    @Nullable
    String folded(int code) {
        return folded.get(code);
    }

    int uses(int code) {
        return uses[code];
    }

    /** How many digits behind the point numbers had at most. */
    int scale() {
        return scale;
    }

    /** How many digits before the point. */
    int digits() {
        return digits;
    }

    /** No number was less than this, which is 0 or less. */
    BigDecimal least() {
        return least;
    }

    /** No number was more than this, which is 0 or more. */
    BigDecimal greatest() {
        return greatest;
    }

    /** Codes are below this. */
    int bound() {
        return values.size();
    }

    int most() {
        return most;
    }

    int size() {
        return codes.size();
    }

    long bytes() {
        return bytes + 4L * uses.length;
    }
}
