package dev.retailcrm.core.kernel;

import com.github.f4b6a3.tsid.TsidFactory;
import java.time.InstantSource;
import java.time.ZoneOffset;

/** Makes customer ids, at most 4 million a second and node. Thread-safe. */
public final class CustomerIds {
    private final TsidFactory factory;

    private CustomerIds(TsidFactory factory) {
        this.factory = factory;
    }

    /** Ids on this clock for a node picked at random among 1,024. */
    public static CustomerIds on(InstantSource clock) {
        return new CustomerIds(
                TsidFactory.builder().withClock(clock.withZone(ZoneOffset.UTC)).build());
    }

    /**
     * Ids on this clock for this node, so that processes never make the same one.
     *
     * @param node 0 to 1,023, different for each process that makes customers
     */
    public static CustomerIds on(InstantSource clock, int node) {
        return new CustomerIds(TsidFactory.builder()
                .withClock(clock.withZone(ZoneOffset.UTC))
                .withNode(Check.range(node, 0, 1023, "node"))
                .build());
    }

    /** The next id. */
    public CustomerId next() {
        return CustomerId.of(factory.create().toLong());
    }
}
