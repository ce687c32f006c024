package dev.retailcrm.core.privacy;

import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;

/**
 * What stands against erasing a customer. It is kept and must hold no personal data. Immutable.
 *
 * @param part the feature that names it, or the host's own, 1 to 20 characters
 * @param kind what it is, such as {@code VALUE}, {@code HOLD} or {@code DEBT}, 1 to 20 characters
 * @param about which one, such as an asset's code, 1 to 64 characters
 */
public record ErasureObstacle(String part, String kind, String about) {
    /** Refuses anything but printable ASCII characters without blanks with {@link CoreError#INVALID_VALUE}. */
    public ErasureObstacle {
        word(part, 20, "part of an obstacle");
        word(kind, 20, "kind of an obstacle");
        word(about, 64, "subject of an obstacle");
    }

    private static void word(String text, int max, String name) {
        if (Check.code(text, max, name).indexOf(' ') >= 0) {
            throw CoreError.INVALID_VALUE.because("%s must have no blanks", name);
        }
    }
}
