package dev.retailcrm.core.spi;

import dev.retailcrm.core.kernel.Check;

/**
 * What stands for a value in a look-up: the same for equal values of one tenant and field, and telling nothing to who has not the key.
 * Immutable.
 *
 * @param version of the key it was made with, 1 to 999
 * @param token 1 to 120 printable ASCII characters
 */
public record BlindIndex(int version, String token) {
    /** Refuses anything else with INVALID_VALUE. */
    public BlindIndex {
        Check.range(version, 1, 999, "version of the key");
        Check.code(token, 120, "token");
    }
}
