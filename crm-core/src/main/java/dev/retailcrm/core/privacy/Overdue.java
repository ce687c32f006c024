package dev.retailcrm.core.privacy;

import dev.retailcrm.core.kernel.CustomerId;
import java.time.Instant;
import java.util.List;

/**
 * A customer who has been inactive for longer than she is kept. Immutable.
 *
 * @param customer her id
 * @param lastActiveAt when she was last active, or her record was changed, in milliseconds
 * @param obstacles what stands against erasing her; none if she is restricted only
 */
public record Overdue(CustomerId customer, Instant lastActiveAt, List<ErasureObstacle> obstacles) {
    /** Copies the list. */
    public Overdue {
        obstacles = List.copyOf(obstacles);
    }
}
