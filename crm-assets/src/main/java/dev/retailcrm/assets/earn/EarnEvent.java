package dev.retailcrm.assets.earn;

import dev.retailcrm.assets.checkout.Basket;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.Fingerprint;
import dev.retailcrm.core.kernel.StoreId;
import org.jspecify.annotations.Nullable;

/**
 * Something a customer did, besides buying. Immutable; when is told beside it.
 *
 * @param code which one, of {@link Occasion#CUSTOM}: 1 to 60 printable ASCII characters; else {@code null}
 * @param store where; {@code null} if nowhere
 * @param channel through which channel, 1 to 20 printable ASCII characters; {@code null} if not known
 */
public record EarnEvent(
        Occasion occasion,
        @Nullable String code,
        @Nullable StoreId store,
        @Nullable String channel) {
    static final int MAX_CODE = 60;

    /** Refuses anything else with {@link CoreError#INVALID_VALUE}. */
    public EarnEvent {
        Check.present(occasion, "occasion");
        if ((occasion == Occasion.CUSTOM) != (code != null)) {
            throw CoreError.INVALID_VALUE.because("a custom occasion, and no other, has a code");
        }
        if (code != null) {
            Check.code(code, MAX_CODE, "code of an occasion");
        }
        if (channel != null) {
            Check.code(channel, Basket.MAX_CHANNEL, "channel");
        }
    }

    /** One of the occasions that need no code. */
    public static EarnEvent of(Occasion occasion) {
        return new EarnEvent(occasion, null, null, null);
    }

    /** One of the host's own. */
    public static EarnEvent custom(String code) {
        return new EarnEvent(Occasion.CUSTOM, Check.present(code, "code of an occasion"), null, null);
    }

    /** The same in a store. */
    public EarnEvent in(StoreId where) {
        return new EarnEvent(occasion, code, Check.present(where, "store"), channel);
    }

    /** The same through a channel. */
    public EarnEvent through(String how) {
        return new EarnEvent(occasion, code, store, Check.present(how, "channel"));
    }

    Fingerprint addTo(Fingerprint content) {
        return content.and(occasion.name())
                .and(code)
                .and(store == null ? null : store.value())
                .and(channel);
    }
}
