package dev.retailcrm.assets.coupon;

import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import java.time.Instant;

/**
 * A batch of codes of a template. Immutable.
 *
 * @param id names it for ever
 * @param template the key of the template
 * @param foreign whether the codes came from elsewhere
 * @param ordered how many there are to be
 * @param made how many there are
 * @param withdrawn whether codes that no customer has brought yet are good no more
 * @param openedAt when it was begun
 * @param version counts its changes, from 1
 */
public record CouponBatch(
        CouponId id,
        String template,
        boolean foreign,
        long ordered,
        long made,
        boolean withdrawn,
        Instant openedAt,
        long version) {
    /** Refuses what does not fit together with {@link CoreError#INVALID_VALUE}. */
    public CouponBatch {
        Check.present(id, "batch");
        Check.present(template, "template");
        Check.present(openedAt, "instant");
        if (ordered < 0 || made < 0 || made > ordered || version < 1) {
            throw CoreError.INVALID_VALUE.because("a batch has at most as many codes as were ordered");
        }
    }

    /** Whether all its codes are made. */
    public boolean isDone() {
        return made == ordered;
    }

    CouponBatch and(long more) {
        return new CouponBatch(id, template, foreign, ordered, made + more, withdrawn, openedAt, version + 1);
    }

    CouponBatch withdraw() {
        return new CouponBatch(id, template, foreign, ordered, made, true, openedAt, version + 1);
    }
}
