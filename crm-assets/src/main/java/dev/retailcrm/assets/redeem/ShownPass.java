package dev.retailcrm.assets.redeem;

import java.time.Instant;

/**
 * A one-time code to be shown, as a bar code as a rule. Immutable.
 *
 * @param code at most 62 printable ASCII characters
 * @param until when another is to be shown, exclusive; it is accepted for 30 seconds longer
 */
public record ShownPass(String code, Instant until) {
    /** {@inheritDoc} The code is not shown. */
    @Override
    public String toString() {
        return "ShownPass[" + until + "]";
    }
}
