package dev.retailcrm.assets.earn;

import dev.retailcrm.assets.checkout.BasketLine;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * One rule of a program. Immutable; start from {@link #of} or one of the others and add what differs.
 *
 * @param key names it within its program, 1 to {@value #MAX_KEY} printable ASCII characters
 * @param basis for what it gives, and how much
 * @param scope for what, where, for whom and when
 * @param minimumAmount what the lines it covers must come to, above zero; {@code null} for any. Not of events
 * @param minimumUnits the units the lines it covers must come to, whole, zero or more. Not of events
 * @param stacking how it goes together with others
 * @param priority the higher counts first, −1,000 to 1,000; among equals the lesser key
 * @param caps the most it gives, at most one a period
 */
public record EarnRule(
        String key,
        EarnBasis basis,
        EarnScope scope,
        @Nullable Money minimumAmount,
        int minimumUnits,
        Stacking stacking,
        int priority,
        List<EarnCap> caps) {
    /** The most characters of a key. */
    public static final int MAX_KEY = 40;

    private static final int MAX_PRIORITY = 1_000;

    /** Refuses anything else with {@link CoreError#INVALID_VALUE}. */
    public EarnRule {
        Check.code(key, MAX_KEY, "key of the rule");
        Check.present(basis, "basis");
        Check.present(scope, "scope");
        Check.range(minimumUnits, 0, (int) BasketLine.MAX_UNITS, "minimum of units");
        if (minimumAmount != null
                && (!minimumAmount.isPositive()
                        || minimumAmount.getAmountMinor().precision() > 15)) {
            throw CoreError.INVALID_VALUE.because("a minimum must be above zero and below 10^15");
        }
        boolean event = basis instanceof EarnBasis.PerEvent;
        if (event
                && (minimumAmount != null
                        || minimumUnits > 0
                        || !scope.goods().isEmpty()
                        || !scope.except().isEmpty())) {
            throw CoreError.INVALID_VALUE.because("a rule for events has no goods and no minimum");
        }
        Check.present(stacking, "stacking");
        Check.range(priority, -MAX_PRIORITY, MAX_PRIORITY, "priority");
        caps = requireCaps(caps);
    }

    static List<EarnCap> requireCaps(List<EarnCap> caps) {
        for (Object cap : Check.present(caps, "caps")) {
            Check.present(cap, "cap");
        }
        if (caps.stream().map(EarnCap::period).distinct().count() < caps.size()) {
            throw CoreError.INVALID_VALUE.because("there is one cap a period");
        }
        return List.copyOf(caps);
    }

    /** A rule for everything, without minimum or cap, that adds to others. */
    public static EarnRule of(String key, EarnBasis basis) {
        return new EarnRule(key, basis, EarnScope.everything(), null, 0, Stacking.ADD, 0, List.of());
    }

    /** Points for every whole block of money. */
    public static EarnRule perMoney(String key, long points, Money block) {
        return of(key, new EarnBasis.PerMoney(points, block, RoundingMode.DOWN));
    }

    /** Points for every piece. */
    public static EarnRule perUnit(String key, long points) {
        return of(key, new EarnBasis.PerUnit(points, 1, RoundingMode.DOWN));
    }

    /** Points for every order. */
    public static EarnRule perOrder(String key, long points) {
        return of(key, new EarnBasis.PerOrder(points));
    }

    /** Many times what lines earn by money and pieces, rounded down. */
    public static EarnRule times(String key, String factor) {
        return of(key, new EarnBasis.Times(factor(factor), RoundingMode.DOWN));
    }

    private static BigDecimal factor(String factor) {
        try {
            return new BigDecimal(Check.code(factor, 20, "factor"));
        } catch (NumberFormatException e) {
            throw CoreError.INVALID_VALUE.causedBy(e, "a factor must be a number");
        }
    }

    /** Points for becoming a customer, once. */
    public static EarnRule onRegistration(String key, long points) {
        return on(key, Occasion.REGISTRATION, points).capped(EarnCap.times(CapPeriod.CUSTOMER, 1));
    }

    /** Points for a birthday, once a year. */
    public static EarnRule onBirthday(String key, long points) {
        return on(key, Occasion.BIRTHDAY, points).capped(EarnCap.times(CapPeriod.YEAR, 1));
    }

    /** Points for signing in, by how many days in a row. */
    public static EarnRule onSignIn(String key, List<Long> steps) {
        return of(key, new EarnBasis.PerEvent(Occasion.SIGN_IN, null, steps));
    }

    /** Points for an occasion that needs no code. */
    public static EarnRule on(String key, Occasion occasion, long points) {
        return of(key, new EarnBasis.PerEvent(occasion, null, List.of(points)));
    }

    /** Points for an event of the host's own. */
    public static EarnRule onCustom(String key, String code, long points) {
        return of(key, new EarnBasis.PerEvent(Occasion.CUSTOM, code, List.of(points)));
    }

    /** The same in another scope. */
    public EarnRule scope(EarnScope other) {
        return new EarnRule(key, basis, other, minimumAmount, minimumUnits, stacking, priority, caps);
    }

    /** The same where the lines it covers come to an amount. */
    public EarnRule minimum(Money amount) {
        return new EarnRule(
                key, basis, scope, Check.present(amount, "minimum"), minimumUnits, stacking, priority, caps);
    }

    /** The same where the lines it covers come to so many units. */
    public EarnRule minimum(int units) {
        return new EarnRule(key, basis, scope, minimumAmount, units, stacking, priority, caps);
    }

    /** The same, going together otherwise with others. */
    public EarnRule stacking(Stacking other, int order) {
        return new EarnRule(key, basis, scope, minimumAmount, minimumUnits, other, order, caps);
    }

    /** The same with one cap more. */
    public EarnRule capped(EarnCap cap) {
        List<EarnCap> more = new ArrayList<>(caps);
        more.add(cap);
        return new EarnRule(key, basis, scope, minimumAmount, minimumUnits, stacking, priority, more);
    }

    boolean isStreak() {
        return basis instanceof EarnBasis.PerEvent event && event.occasion() == Occasion.SIGN_IN;
    }
}
