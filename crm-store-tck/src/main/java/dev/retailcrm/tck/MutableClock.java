package dev.retailcrm.tck;

import dev.retailcrm.core.kernel.Check;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that moves only when told to. Thread-safe. */
public final class MutableClock implements InstantSource {
    private volatile Instant now;

    private MutableClock(Instant now) {
        this.now = Check.present(now, "instant");
    }

    /** A clock that stands at this instant. */
    public static MutableClock at(Instant instant) {
        return new MutableClock(instant);
    }

    /** A clock that stands at this instant, such as {@code 2026-03-01T09:00:00Z}. */
    public static MutableClock at(String instant) {
        return at(Instant.parse(instant));
    }

    /** Sets it, forward or back. */
    public void set(Instant instant) {
        now = Check.present(instant, "instant");
    }

    /** Moves it on. */
    public synchronized void advance(Duration duration) {
        now = now.plus(duration);
    }

    @Override
    public Instant instant() {
        return now;
    }
}
