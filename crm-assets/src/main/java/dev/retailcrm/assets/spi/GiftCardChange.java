package dev.retailcrm.assets.spi;

import dev.retailcrm.core.event.EventEnvelope;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.spi.RequestStore.Booked;
import org.jspecify.annotations.Nullable;

/**
 * The decision of one command about one gift card: its next state and all that is to be written with it. Immutable.
 *
 * @param after its state as it is to be
 * @param event the command's event; {@code null} if it changes nothing but is booked all the same
 * @param key the key to be booked for the card; {@code null} if the ledger books it with the value
 * @param booked what is remembered under the key; {@code null} if there is no key
 */
public record GiftCardChange(
        GiftCardSnapshot after,
        @Nullable EventEnvelope event,
        @Nullable RequestKey key,
        @Nullable Booked booked) {}
