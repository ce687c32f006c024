package dev.retailcrm.assets.benefit;

import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CustomerIds;
import java.time.InstantSource;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** How a retailer runs benefits and cards. Immutable; start from {@link #in(ZoneId)} and change what differs. */
public final class BenefitSettings {
    private final ZoneId zone;
    private final @Nullable CustomerIds ids;

    private BenefitSettings(ZoneId zone, @Nullable CustomerIds ids) {
        this.zone = zone;
        this.ids = ids;
    }

    /** By the days of the retailer's zone, where the customer's is not known. */
    public static BenefitSettings in(ZoneId zone) {
        return new BenefitSettings(Check.present(zone, "zone"), null);
    }

    /** With ids of grants, cards and redemptions from here. */
    public BenefitSettings ids(CustomerIds source) {
        return new BenefitSettings(zone, Check.present(source, "ids"));
    }

    /** The retailer's zone. */
    public ZoneId zone() {
        return zone;
    }

    CustomerIds idsOr(InstantSource clock) {
        return ids == null ? CustomerIds.on(clock) : ids;
    }
}
