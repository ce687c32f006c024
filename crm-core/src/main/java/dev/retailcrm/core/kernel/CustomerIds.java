package dev.retailcrm.core.kernel;

import com.github.f4b6a3.tsid.TsidFactory;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;

/** Makes customer ids, at most 4 million a second and node. Thread-safe. */
public final class CustomerIds {
    private static final Instant FIRST = Instant.parse("2020-01-02T00:00:00Z");

    private final TsidFactory factory;

    private CustomerIds(TsidFactory factory) {
        this.factory = factory;
    }

    /** Ids on this clock for a node picked at random among 1,024. */
    public static CustomerIds on(InstantSource clock) {
        return new CustomerIds(TsidFactory.builder().withClock(since(clock)).build());
    }

    /**
     * Ids on this clock for this node, so that processes never make the same one.
     *
     * @param node 0 to 1,023, different for each process that makes customers
     */
    public static CustomerIds on(InstantSource clock, int node) {
        return new CustomerIds(TsidFactory.builder()
                .withClock(since(clock))
                .withNode(Check.range(node, 0, 1023, "node"))
                .build());
    }

    /** Ids count from 2020 and stay above zero: on a clock set to the past, such as a replay's, they are counted on. */
    private static Clock since(InstantSource clock) {
        InstantSource counted = () -> clock.instant().isBefore(FIRST) ? FIRST : clock.instant();
        return counted.withZone(ZoneOffset.UTC);
    }

    /** The next id. */
    public CustomerId next() {
        return CustomerId.of(factory.create().toLong());
    }
}
