package dev.retailcrm.assets.coupon;

import dev.retailcrm.assets.checkout.Basket;
import dev.retailcrm.assets.ledger.AssetError;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import java.util.function.Consumer;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * What a kind of coupon takes off, off what, when, and who gets how many. Every change makes a version; a coupon keeps the one it was got
 * under. Immutable; start from {@link #of} and add what differs.
 *
 * @param key its code, 1 to {@value #MAX_KEY} printable ASCII characters; stays for ever
 * @param name 1 to {@value #MAX_NAME} characters
 * @param benefit what it takes off
 * @param scope what it is good for
 * @param minimum what goods in scope must come to after the discounts so far, above zero; {@code null} for no minimum
 * @param minimumUnits how many units of goods in scope there must be, 0 to {@value CouponBenefit#MOST}
 * @param stacking what it can be used together with
 * @param validity when it is good
 * @param limits how many there may be
 * @param transferable whether a customer can give it to another
 * @param state whether customers get any
 * @param version counts changes from 1; 0 before it is defined
 */
public record CouponTemplate(
        String key,
        String name,
        CouponBenefit benefit,
        CouponScope scope,
        @Nullable Money minimum,
        int minimumUnits,
        CouponStacking stacking,
        CouponValidity validity,
        CouponLimits limits,
        boolean transferable,
        CouponTemplateState state,
        long version) {
    /** The most characters of a key. */
    public static final int MAX_KEY = 60;

    /** The most characters of a name. */
    public static final int MAX_NAME = 60;

    private static final CouponValidity A_MONTH = CouponValidity.days(30);

    /**
     * A version of a template.
     *
     * @param template its key
     * @param version from 1
     */
    public record Version(String template, long version) {}

    /** Refuses what does not fit together with {@link AssetError#INVALID_COUPON_TEMPLATE}, malformed parts with {@link CoreError#INVALID_VALUE}. */
    public CouponTemplate {
        Check.code(key, MAX_KEY, "key of the template");
        Check.text(name, MAX_NAME, "name");
        Check.present(benefit, "benefit");
        Check.present(scope, "scope");
        Check.present(stacking, "stacking");
        Check.present(validity, "validity");
        Check.present(limits, "limits");
        Check.present(state, "state");
        if (version < 0) {
            throw CoreError.INVALID_VALUE.because("a version is 0 or more");
        }
        if (minimumUnits < 0 || minimumUnits > CouponBenefit.MOST) {
            throw AssetError.INVALID_COUPON_TEMPLATE.because("a minimum of units is 0 to %d", CouponBenefit.MOST);
        }
        requireMinimum(minimum, benefit);
    }

    private static void requireMinimum(@Nullable Money minimum, CouponBenefit benefit) {
        if (minimum == null) {
            return;
        }
        var asAmount = new CouponBenefit.AmountOff(minimum);
        Money amount = benefit.amount();
        if (amount != null && !amount.getCurrencyUnit().equals(asAmount.amount().getCurrencyUnit())) {
            throw AssetError.INVALID_COUPON_TEMPLATE.because("a minimum is in the currency of the benefit");
        }
    }

    /** A template of everything, without minimum or limits, to be used with all others, good for 30 days, transferable, and a draft. */
    public static CouponTemplate of(String key, String name, CouponBenefit benefit) {
        return new Draft(key, name, benefit).made();
    }

    /** The same by another name. */
    public CouponTemplate named(String other) {
        return with(it -> it.name = other);
    }

    /** The same with another benefit. */
    public CouponTemplate taking(CouponBenefit other) {
        return with(it -> it.benefit = other);
    }

    /** The same for a scope. */
    public CouponTemplate within(CouponScope other) {
        return with(it -> it.scope = other);
    }

    /** The same from a minimum on. */
    public CouponTemplate from(Money least) {
        Check.present(least, "minimum");
        return with(it -> it.minimum = least);
    }

    /** The same from so many units on. */
    public CouponTemplate fromUnits(int least) {
        return with(it -> it.minimumUnits = least);
    }

    /** The same with other stacking. */
    public CouponTemplate stacking(CouponStacking other) {
        return with(it -> it.stacking = other);
    }

    /** The same, good at another time. */
    public CouponTemplate good(CouponValidity when) {
        return with(it -> it.validity = when);
    }

    /** The same with limits. */
    public CouponTemplate limitedTo(CouponLimits other) {
        return with(it -> it.limits = other);
    }

    /** The same, to be used by who gets it alone. */
    public CouponTemplate notTransferable() {
        return with(it -> it.transferable = false);
    }

    /** The same, of which customers get coupons as soon as it is defined. */
    public CouponTemplate active() {
        return being(CouponTemplateState.ACTIVE);
    }

    CouponTemplate being(CouponTemplateState other) {
        return with(it -> it.state = other);
    }

    CouponTemplate at(long number) {
        return with(it -> it.version = number);
    }

    /** Which version this is. */
    public Version id() {
        return new Version(key, version);
    }

    /** What a coupon of it takes off a basket, in time of the order of its lines; nothing is written. */
    public CouponWorth worth(Basket basket) {
        return CouponWorth.of(this, Check.present(basket, "basket"));
    }

    private CouponTemplate with(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.made();
    }

    /** A template while it is put together. */
    private static final class Draft {
        private final String key;
        private String name;
        private CouponBenefit benefit;
        private CouponScope scope = CouponScope.all();
        private @Nullable Money minimum;
        private int minimumUnits;
        private CouponStacking stacking = CouponStacking.any();
        private CouponValidity validity = A_MONTH;
        private CouponLimits limits = CouponLimits.none();
        private boolean transferable = true;
        private CouponTemplateState state = CouponTemplateState.DRAFT;
        private long version;

        Draft(String key, String name, CouponBenefit benefit) {
            this.key = key;
            this.name = name;
            this.benefit = benefit;
        }

        Draft(CouponTemplate same) {
            key = same.key;
            name = same.name;
            benefit = same.benefit;
            scope = same.scope;
            minimum = same.minimum;
            minimumUnits = same.minimumUnits;
            stacking = same.stacking;
            validity = same.validity;
            limits = same.limits;
            transferable = same.transferable;
            state = same.state;
            version = same.version;
        }

        CouponTemplate made() {
            return new CouponTemplate(
                    key,
                    name,
                    benefit,
                    scope,
                    minimum,
                    minimumUnits,
                    stacking,
                    validity,
                    limits,
                    transferable,
                    state,
                    version);
        }
    }
}
