package dev.retailcrm.audience.index;

import dev.retailcrm.core.field.FieldType;
import dev.retailcrm.core.field.FieldValue;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Objects;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

/** Ordered values as whole numbers: days, milliseconds, smallest units, and ten-thousandths of decimals. Stateless. */
final class Scaled {
    static final int DECIMALS = 4;

    private static final BigDecimal MOST = BigDecimal.valueOf(Long.MAX_VALUE);

    private Scaled() {}

    /** Whether the value is such a whole number exactly. */
    static boolean fits(FieldValue value, @Nullable CurrencyUnit unit) {
        return switch (value.type()) {
            case LONG, DATE, INSTANT -> true;
            case DECIMAL ->
                value.asDecimal().scale() <= DECIMALS
                        && value.asDecimal().movePointRight(DECIMALS).abs().compareTo(MOST) <= 0;
            case MONEY -> value.asMoney().getCurrencyUnit().equals(unit);
            default -> false;
        };
    }

    static long of(FieldValue value) {
        return switch (value.type()) {
            case DECIMAL -> value.asDecimal().movePointRight(DECIMALS).longValueExact();
            case MONEY -> value.asMoney().getAmountMinorLong();
            default -> Asked.placeOf(value);
        };
    }

    /** The greatest whole number that is not greater than the value. */
    static long floor(FieldValue value) {
        return round(value, RoundingMode.FLOOR);
    }

    /** The least that is not less. */
    static long ceiling(FieldValue value) {
        return round(value, RoundingMode.CEILING);
    }

    private static long round(FieldValue value, RoundingMode mode) {
        if (value.type() != FieldType.DECIMAL) {
            return of(value);
        }
        BigInteger whole =
                value.asDecimal().movePointRight(DECIMALS).setScale(0, mode).toBigInteger();
        return whole.bitLength() < Long.SIZE ? whole.longValue() : whole.signum() < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
    }

    /** The number or amount of a value; {@code null} if it is something else. */
    static @Nullable BigDecimal number(FieldValue value) {
        return switch (value.type()) {
            case LONG -> BigDecimal.valueOf(value.asLong());
            case DECIMAL -> value.asDecimal();
            case MONEY -> value.asMoney().getAmount();
            default -> null;
        };
    }

    static FieldValue value(FieldType type, @Nullable CurrencyUnit unit, long number) {
        return switch (type) {
            case DATE -> FieldValue.date(LocalDate.ofEpochDay(number));
            case INSTANT -> FieldValue.instant(Instant.ofEpochMilli(number));
            case DECIMAL -> FieldValue.decimal(BigDecimal.valueOf(number, DECIMALS));
            case MONEY -> FieldValue.money(Money.ofMinor(Objects.requireNonNull(unit, "currency"), number));
            default -> FieldValue.number(number);
        };
    }
}
