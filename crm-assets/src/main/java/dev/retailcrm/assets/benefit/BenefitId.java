package dev.retailcrm.assets.benefit;

import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.CustomerId;

/**
 * A grant of a benefit, a card or a redemption of a tenant; shown as 13 characters of Crockford's base 32. It is no secret: it is used together with
 * the customer whose it is. Immutable.
 *
 * @param value greater than zero
 */
public record BenefitId(long value) implements Comparable<BenefitId> {
    /** Refuses zero and less with {@link CoreError#INVALID_VALUE}. */
    public BenefitId {
        Check.positive(value, "id");
    }

    /** The one with this number. */
    public static BenefitId of(long value) {
        return new BenefitId(value);
    }

    /**
     * The one shown by these characters; the inverse of {@link #toString()}.
     *
     * @throws CrmException {@link CoreError#INVALID_VALUE} if they are none
     */
    public static BenefitId parse(String shown) {
        return new BenefitId(CustomerId.parse(shown).value());
    }

    @Override
    public int compareTo(BenefitId other) {
        return Long.compare(value, other.value);
    }

    @Override
    public String toString() {
        return CustomerId.of(value).toString();
    }
}
