package dev.retailcrm.core.consent;

import dev.retailcrm.core.customer.Identity;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import org.jspecify.annotations.Nullable;

/**
 * What a consent is about: a purpose on a channel, for all addresses there or for one. Personal data if it names an address:
 * {@link #toString()} masks it. Immutable.
 *
 * @param purpose what for
 * @param channel on which way
 * @param address the one address it is about; {@code null} for all of that channel, also those to come
 */
public record ContactTopic(
        Purpose purpose, Channel channel, @Nullable Identity address) {
    /** Refuses an address of another kind than the channel's with {@link CoreError#INVALID_VALUE}. */
    public ContactTopic {
        Check.present(purpose, "purpose");
        Check.present(channel, "channel");
        if (address != null) {
            channel.address(address);
        }
    }

    /** A purpose on all addresses of a channel. */
    public static ContactTopic of(String purpose, Channel channel) {
        return new ContactTopic(Purpose.of(purpose), channel, null);
    }

    /** The same on one address. */
    public ContactTopic at(Identity one) {
        return new ContactTopic(purpose, channel, Check.present(one, "address"));
    }
}
