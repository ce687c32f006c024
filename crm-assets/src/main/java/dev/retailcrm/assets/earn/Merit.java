package dev.retailcrm.assets.earn;

import dev.retailcrm.assets.checkout.Purchase;
import dev.retailcrm.core.kernel.Fingerprint;
import dev.retailcrm.core.kernel.StoreId;
import org.jspecify.annotations.Nullable;

/** For what somebody earns: one of the two. Immutable. */
record Merit(@Nullable Purchase purchase, @Nullable EarnEvent event) {
    static Merit of(Purchase purchase) {
        return new Merit(purchase, null);
    }

    static Merit of(EarnEvent event) {
        return new Merit(null, event);
    }

    @Nullable
    Occasion occasion() {
        return event == null ? null : event.occasion();
    }

    @Nullable
    StoreId store() {
        if (purchase != null) {
            return purchase.basket().store().orElse(null);
        }
        return event == null ? null : event.store();
    }

    Fingerprint addTo(Fingerprint content) {
        if (purchase != null) {
            purchase.addTo(content);
        }
        return event == null ? content : event.addTo(content);
    }
}
