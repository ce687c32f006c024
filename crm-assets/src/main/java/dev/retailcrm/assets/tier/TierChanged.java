package dev.retailcrm.assets.tier;

import dev.retailcrm.core.event.DomainEvent;
import dev.retailcrm.core.kernel.CustomerId;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Something became of a customer's tier: {@code tier.upgraded}, {@code .retained}, {@code .grace}, {@code .downgraded}, {@code .floor-set},
 * {@code .floor-ended}, {@code .paid}, {@code .paid-ended}, {@code .locked}, {@code .unlocked}, {@code .merged}. Data: {@code program},
 * {@code before}, {@code after}, {@code since}, and {@code gifts} for a level that was reached for the first time. Immutable.
 */
public record TierChanged(CustomerId customer, TierEntry entry, List<String> gifts) implements DomainEvent {
    /** The stream of a customer's tiers. */
    public static final String SOURCE = "tiers";

    /** Copies the list. */
    public TierChanged {
        gifts = List.copyOf(gifts);
    }

    @Override
    public String type() {
        return "tier." + entry.act().name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @Override
    public Instant at() {
        return entry.booked();
    }

    @Override
    public Map<String, Object> data() {
        return Map.of(
                "program", entry.program(),
                "before", entry.before(),
                "after", entry.after(),
                "since", entry.at(),
                "gifts", gifts);
    }
}
