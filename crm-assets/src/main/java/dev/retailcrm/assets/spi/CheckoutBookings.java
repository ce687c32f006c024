package dev.retailcrm.assets.spi;

import dev.retailcrm.assets.ledger.LedgerChange;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is booked together with an order. Immutable.
 *
 * @param coupons those that are used; {@code null} if none is. It has no key and takes nothing from a template
 * @param ledger what is spent and given, in this order; the wallets are locked. Each has a key
 * @param earned what is earned; {@code null} if that is not asked
 */
public record CheckoutBookings(
        @Nullable CouponChange coupons,
        List<LedgerChange> ledger,
        @Nullable EarnChange earned) {
    /** Nothing. */
    public static final CheckoutBookings NONE = new CheckoutBookings(null, List.of(), null);

    /** Copies the list. */
    public CheckoutBookings {
        ledger = List.copyOf(ledger);
    }

    /** Writes it to stores of one unit of work, for those of orders that have no shorter way. */
    public void to(CouponStore coupons, LedgerStore ledger, EarnStore earnings) {
        if (this.coupons != null && !coupons.apply(this.coupons).isWritten()) {
            throw CoreError.STORE_FAILED.because("coupons without a key were not written");
        }
        for (LedgerChange change : this.ledger) {
            if (!ledger.apply(change)) {
                throw keyTaken();
            }
        }
        if (earned != null && !earnings.apply(earned)) {
            throw keyTaken();
        }
    }

    /** Tells that the key of a booking was booked before, which is derived from the number of an order that was not. */
    public static CrmException keyTaken() {
        return CoreError.REQUEST_KEY_REUSED.because("a key of the order was booked elsewhere for this customer");
    }
}
