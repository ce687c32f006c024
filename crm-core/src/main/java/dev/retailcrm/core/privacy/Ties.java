package dev.retailcrm.core.privacy;

import dev.retailcrm.core.kernel.CustomerId;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What ties a customer to the retailer, as far as a feature knows. Immutable.
 *
 * @param lastActiveAt when she last did anything, in milliseconds; {@code null} if never, or if the feature does not tell
 * @param obstacles what stands against erasing her
 */
public record Ties(@Nullable Instant lastActiveAt, List<ErasureObstacle> obstacles) {
    /** None. */
    public static final Ties NONE = new Ties(null, List.of());

    /** Copies the list. */
    public Ties {
        obstacles = List.copyOf(obstacles);
    }

    /** Of who was active last at this instant. */
    public static Ties active(Instant at) {
        return new Ties(at, List.of());
    }

    /** Of each who was active last at her instant. */
    public static Map<CustomerId, Ties> active(Map<CustomerId, Instant> latest) {
        Map<CustomerId, Ties> ties = new HashMap<>();
        latest.forEach((customer, at) -> ties.put(customer, active(at)));
        return ties;
    }

    /** These and those: the later activity, and all obstacles. */
    public Ties and(Ties more) {
        Instant latest = lastActiveAt == null || (more.lastActiveAt != null && more.lastActiveAt.isAfter(lastActiveAt))
                ? more.lastActiveAt
                : lastActiveAt;
        return new Ties(
                latest,
                Stream.concat(obstacles.stream(), more.obstacles.stream()).toList());
    }
}
