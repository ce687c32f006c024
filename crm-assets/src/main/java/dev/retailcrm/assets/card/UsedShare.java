package dev.retailcrm.assets.card;

import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import org.joda.money.Money;

/**
 * What part of a card is used. Immutable. The used part of a price is {@code price × used / of}, rounded half up to the smallest unit; what is paid back is
 * the rest, so that both are the price to the cent.
 *
 * @param used zero to {@code of}
 * @param of above zero
 */
record UsedShare(long used, long of) {
    /** By uses, or by days for a card without: a day that has begun is used. Of one without end everything is used as it begins. */
    static UsedShare of(Card card, long usesLeft, Instant at, ZoneId zone) {
        if (card.uses() > 0) {
            return new UsedShare(card.uses() - usesLeft, card.uses());
        }
        Instant until = card.until();
        if (at.isBefore(card.from())) {
            return new UsedShare(0, 1);
        }
        if (until == null || !at.isBefore(until)) {
            return new UsedShare(1, 1);
        }
        LocalDate first = card.from().atZone(zone).toLocalDate();
        long days =
                ChronoUnit.DAYS.between(first, until.minusMillis(1).atZone(zone).toLocalDate()) + 1;
        long begun = ChronoUnit.DAYS.between(first, at.atZone(zone).toLocalDate()) + 1;
        return new UsedShare(Math.min(begun, days), days);
    }

    /** What is left of a price. */
    Money rest(Money price) {
        BigInteger kept = BigInteger.valueOf(price.getAmountMinorLong())
                .multiply(BigInteger.valueOf(used))
                .shiftLeft(1)
                .add(BigInteger.valueOf(of))
                .divide(BigInteger.valueOf(of).shiftLeft(1));
        return price.minus(Money.ofMinor(price.getCurrencyUnit(), kept.longValueExact()));
    }
}
