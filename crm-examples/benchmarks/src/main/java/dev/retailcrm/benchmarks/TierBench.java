package dev.retailcrm.benchmarks;

import com.zaxxer.hikari.HikariDataSource;
import dev.retailcrm.assets.ledger.Calendar;
import dev.retailcrm.assets.tier.TierLevel;
import dev.retailcrm.assets.tier.TierMeasure;
import dev.retailcrm.assets.tier.TierPeriod;
import dev.retailcrm.assets.tier.TierProgram;
import dev.retailcrm.assets.tier.TierProgress;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.jdbc.CrmSchema;
import dev.retailcrm.jdbc.JdbcCrm;
import dev.retailcrm.jdbc.server.TestServer;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.Callable;
import org.joda.money.CurrencyUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How many members a second the levels of a program are worked out for, and booked where they changed, on a durable PostgreSQL. */
@Command(name = "tiers", description = "Members a second whose levels are worked out and booked on PostgreSQL.")
final class TierBench implements Callable<Integer> {
    private static final int ORDERS = 3;

    @Mixin
    Servers servers = new Servers();

    @Option(names = "--customers", description = "members, each with three orders (default: ${DEFAULT-VALUE})")
    int customers = 1_000_000;

    @Option(names = "--step", description = "members of a transaction (default: ${DEFAULT-VALUE})")
    int step = 1_000;

    @Option(names = "--rounds", description = "recalculations where nothing changed (default: ${DEFAULT-VALUE})")
    int rounds = 3;

    @Override
    public Integer call() throws Exception {
        if (!servers.engine.equals("postgresql")) {
            throw new IllegalArgumentException("the aim is one of PostgreSQL");
        }
        try (TestServer server = servers.start();
                HikariDataSource pool = servers.pool(server.newDatabase("bench"))) {
            CrmSchema.on(pool).migrate();
            load(pool);
            var tiers = JdbcCrm.on(pool).tenant("acme").tiers();
            tiers.define(
                    TierProgram.of(
                                    "club",
                                    TierMeasure.spent(CurrencyUnit.of("CNY")),
                                    TierPeriod.last(1, Calendar.YEAR),
                                    List.of(
                                            TierLevel.of("base", 0),
                                            TierLevel.of("silver", 100_000),
                                            TierLevel.of("gold", 200_000)),
                                    LocalDate.of(2020, 1, 1))
                            .valid(TierProgram.Validity.of(1, Calendar.YEAR)),
                    RequestKey.of("club"));
            Figures figures = new Figures();
            Figures.print("postgresql.tiers.first.per-second", perSecond(tiers::advance));
            for (int round = 1; round <= rounds; round++) {
                figures.add("postgresql.tiers.again.per-second", perSecond(tiers::advance));
            }
            figures.print();
            Figures.print("postgresql.tiers.entries", Sql.count(pool, "SELECT COUNT(*) FROM crm_tier_entry"));
            return 0;
        }
    }

    /** A step of a recalculation. */
    private interface Step {
        TierProgress advance(String program, @Nullable CustomerId after, int limit);
    }

    private double perSecond(Step tiers) {
        long start = System.nanoTime();
        TierProgress progress = tiers.advance("club", null, step);
        while (!progress.isDone()) {
            progress = tiers.advance("club", progress.cursor(), step);
        }
        return customers / ((System.nanoTime() - start) / 1e9);
    }

    /** Orders of up to 1,000.00 within the last year, so that about a third of the members are above the lowest level. */
    private void load(HikariDataSource pool) throws SQLException {
        Sql.run(
                pool,
                Sql.INSERT_CUSTOMER.replace("VALUES ('acme', ?, 1, 1, 'ACTIVE', 0, 0)", "")
                        + " SELECT 'acme', i, 1, 1, 'ACTIVE', 0, 0 FROM generate_series(1, " + customers + ") i",
                "INSERT INTO crm_order (tenant_id, customer_id, source, order_no, revision, occurred_ms, channel, store_id, currency,"
                        + " amount_minor, units_milli, line_count, cancelled, fingerprint) SELECT 'acme', i, 'pos', i || '/' || o, 1, "
                        + Instant.now().toEpochMilli()
                        + " - (hashint8((i * 31 + o)::bigint)::bigint & 1073741823) * 28, 'store', 'S1', 'CNY', 100 * (hashint8((i * 7 + o)::bigint)::bigint"
                        + " & 1023), 1000, 1, FALSE, 0 FROM generate_series(1, " + customers
                        + ") i, generate_series(1, " + ORDERS + ") o ORDER BY i",
                "VACUUM ANALYZE",
                "CHECKPOINT");
    }
}
