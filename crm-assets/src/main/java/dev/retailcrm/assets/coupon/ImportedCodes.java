package dev.retailcrm.assets.coupon;

import java.util.List;

/**
 * What became of codes that were imported. Immutable.
 *
 * @param batch the batch they are of by now
 * @param refused the places in the list, from 0, of those that were there already, or stand twice in it; empty where the command is repeated
 */
public record ImportedCodes(CouponBatch batch, List<Integer> refused) {
    /** Copies the list. */
    public ImportedCodes {
        refused = List.copyOf(refused);
    }
}
