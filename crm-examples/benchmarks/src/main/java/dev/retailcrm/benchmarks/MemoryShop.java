package dev.retailcrm.benchmarks;

import dev.retailcrm.assets.ledger.Posting;
import dev.retailcrm.assets.points.Points;
import dev.retailcrm.core.customer.Registration;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.tck.InMemoryCrm;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A shop in memory, new for each iteration so that the heap does not fill up. */
@State(Scope.Thread)
public class MemoryShop {
    private static final int CUSTOMERS = 1_000;

    private final CustomerId[] customers = new CustomerId[CUSTOMERS];
    private Points points;
    private long number;

    /** Registers the customers. */
    @Setup(Level.Iteration)
    public void open() {
        Instant now = Instant.parse("2026-03-01T09:00:00Z");
        var acme = InMemoryCrm.on(() -> now).tenant("acme");
        for (int i = 0; i < CUSTOMERS; i++) {
            customers[i] = acme.customers()
                    .register(Registration.of("Ann").key(RequestKey.of("r" + i)))
                    .id();
        }
        points = acme.points();
    }

    /** One earn under a new key. */
    @Benchmark
    @BenchmarkMode(Mode.Throughput)
    @OutputTimeUnit(TimeUnit.SECONDS)
    public Object earn() {
        long next = number++;
        return points.earn(customers[(int) (next % CUSTOMERS)], 10, Posting.key("S01/" + next));
    }
}
