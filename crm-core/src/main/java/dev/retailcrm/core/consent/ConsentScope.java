package dev.retailcrm.core.consent;

import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import org.jspecify.annotations.Nullable;

/**
 * What a proof is about, as it is stored: no address is in clear. Immutable.
 *
 * @param purpose what for; {@code null} if the proof is about an address as such
 * @param channel on which way
 * @param address the token of the one address it is about, 1 to 64 printable ASCII characters; {@code null} for all of the channel
 */
public record ConsentScope(
        @Nullable Purpose purpose,
        Channel channel,
        @Nullable String address) {
    /** Refuses a scope with neither purpose nor address, and a malformed token, with {@link CoreError#INVALID_VALUE}. */
    public ConsentScope {
        Check.present(channel, "channel");
        if (address != null) {
            Check.code(address, 64, "address token");
        } else if (purpose == null) {
            throw CoreError.INVALID_VALUE.because("a proof is about a purpose or an address");
        }
    }

    /** Purpose and channel; of an address only that there is one. */
    @Override
    public String toString() {
        return (purpose == null ? "*" : purpose) + "/" + channel + (address == null ? "" : "/one address");
    }
}
