package dev.retailcrm.jdbc.broken.assets.manager;

import java.time.Instant;
import java.util.function.Supplier;
import org.jooq.DSLContext;

/** Breaks every rule a class can break alone. */
public final class BrokenDto {
    static final long[] COUNTS = new long[1];

    final double balance;

    BrokenDto(DSLContext context) {
        Supplier<Instant> clock = Instant::now;
        System.out.println(context + " " + clock.get());
        balance = 0.1 + COUNTS[0];
    }
}
