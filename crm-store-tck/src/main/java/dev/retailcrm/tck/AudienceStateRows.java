package dev.retailcrm.tck;

import dev.retailcrm.audience.StayReason;
import dev.retailcrm.audience.spi.AudienceState;
import dev.retailcrm.core.kernel.CustomerId;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** The state of an audience in memory, and in what it will change. Immutable. */
record AudienceStateRows(AudienceState state, Map<CustomerId, Drafted> drafted) {
    AudienceStateRows {
        drafted = Collections.unmodifiableMap(new TreeMap<>(drafted));
    }

    /** That a customer will enter, or leave. */
    record Drafted(boolean enters, StayReason reason) {}

    AudienceStateRows with(AudienceState next) {
        return new AudienceStateRows(next, drafted);
    }

    AudienceStateRows and(Map<CustomerId, Drafted> more) {
        Map<CustomerId, Drafted> all = new TreeMap<>(drafted);
        all.putAll(more);
        return new AudienceStateRows(state, all);
    }
}
