package dev.retailcrm.assets.stored;

import dev.retailcrm.assets.spi.GuessThrottle;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Counts wrong codes within this process: an origin that gave so many within a window waits until the oldest of them has left it. Keeps
 * at most {@value #MOST_ORIGINS} origins, those that failed last. Thread-safe.
 */
public final class LocalGuessThrottle implements GuessThrottle {
    private static final int MOST_ORIGINS = 10_000;

    private final int failures;
    private final Duration window;

    /** The latest failures of each origin, oldest first; the origin that failed last is last. */
    private final Map<Origin, Deque<Instant>> recent = new LinkedHashMap<>();

    private record Origin(TenantId tenant, String name) {}

    /** 10 failures within 15 minutes. */
    public LocalGuessThrottle() {
        this(10, Duration.ofMinutes(15));
    }

    /**
     * So many failures within a window.
     *
     * @param failures 1 to 1,000
     * @param window 1 second to 1 day
     */
    public LocalGuessThrottle(int failures, Duration window) {
        this.failures = Check.range(failures, 1, 1000, "failures");
        this.window = Check.present(window, "window");
        if (window.compareTo(Duration.ofSeconds(1)) < 0 || window.compareTo(Duration.ofDays(1)) > 0) {
            throw CoreError.INVALID_VALUE.because("a window must last 1 second to 1 day");
        }
    }

    @Override
    public synchronized Duration waitFor(TenantId tenant, String origin, Instant now) {
        Deque<Instant> failed = recent.get(new Origin(tenant, origin));
        if (failed == null || failed.size() < failures) {
            return Duration.ZERO;
        }
        Duration wait = Duration.between(now, failed.getFirst().plus(window));
        return wait.isNegative() ? Duration.ZERO : wait;
    }

    @Override
    public synchronized void failed(TenantId tenant, String origin, Instant now) {
        var who = new Origin(tenant, origin);
        Deque<Instant> failed = recent.remove(who);
        if (failed == null) {
            failed = new ArrayDeque<>(2);
        }
        failed.addLast(now);
        if (failed.size() > failures) {
            failed.removeFirst();
        }
        recent.put(who, failed);
        if (recent.size() > MOST_ORIGINS) {
            recent.remove(recent.keySet().iterator().next());
        }
    }
}
