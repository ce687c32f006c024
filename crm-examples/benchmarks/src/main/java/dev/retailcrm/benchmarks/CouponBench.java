package dev.retailcrm.benchmarks;

import com.zaxxer.hikari.HikariDataSource;
import dev.retailcrm.assets.coupon.CouponBatch;
import dev.retailcrm.assets.coupon.CouponBenefit;
import dev.retailcrm.assets.coupon.CouponCodes;
import dev.retailcrm.assets.coupon.CouponTemplate;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.jdbc.CrmSchema;
import dev.retailcrm.jdbc.JdbcCrm;
import dev.retailcrm.jdbc.server.TestServer;
import java.io.IOException;
import java.io.StringReader;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.concurrent.Callable;
import org.postgresql.PGConnection;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Codes of coupons generated and stored, beside COPY of the same number of rows like them into the same table, on a durable PostgreSQL. */
@Command(
        name = "coupons",
        description =
                "Time to generate and store codes of coupons on PostgreSQL, as a ratio to COPY of such rows in the same run.")
final class CouponBench implements Callable<Integer> {
    private static final int HASH_BYTES = 32;

    @Mixin
    Servers servers = new Servers();

    @Option(names = "--codes", description = "codes of one measurement (default: ${DEFAULT-VALUE})")
    int codes = 1_000_000;

    @Option(names = "--step", description = "codes of one transaction (default: ${DEFAULT-VALUE})")
    int step = CouponCodes.MOST;

    @Option(names = "--rounds", description = "rounds, of which the median counts (default: ${DEFAULT-VALUE})")
    int rounds = 3;

    @Override
    public Integer call() throws Exception {
        if (!servers.engine.equals("postgresql")) {
            throw new IllegalArgumentException("COPY is a statement of PostgreSQL");
        }
        try (TestServer server = servers.start();
                HikariDataSource pool = servers.pool(server.newDatabase("bench"))) {
            CrmSchema.on(pool).migrate();
            var coupons = JdbcCrm.on(pool).tenant("acme").coupons();
            coupons.templates()
                    .define(
                            CouponTemplate.of("bench", "Bench", new CouponBenefit.FreeItem(1))
                                    .active(),
                            RequestKey.of("bench"));
            make(pool, coupons.codes(), "warm-up");
            copy(pool);
            Figures figures = new Figures();
            for (int round = 1; round <= rounds; round++) {
                // They take turns at going first, each into an empty table.
                boolean first = round % 2 == 1;
                double copied = first ? copy(pool) : 0;
                double made = make(pool, coupons.codes(), "round-" + round);
                copied = first ? copied : copy(pool);
                figures.add("postgresql.coupons.made.seconds", made);
                figures.add("postgresql.coupons.copy.seconds", copied);
                figures.add("postgresql.coupons.made-to-copy-time", made / copied);
            }
            figures.print();
            return 0;
        }
    }

    private double make(HikariDataSource pool, CouponCodes made, String round) throws SQLException {
        empty(pool);
        CouponBatch batch = made.order("bench", codes, RequestKey.of(round));
        long start = System.nanoTime();
        int count = 0;
        for (int more = step; more > 0; ) {
            more = made.make(batch.id(), step).size();
            count += more;
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        if (count != codes) {
            throw new IllegalStateException(count + " codes made");
        }
        return seconds;
    }

    /** One statement, in one transaction, of text that is there before the clock starts. */
    private double copy(HikariDataSource pool) throws SQLException, IOException {
        empty(pool);
        var random = new SecureRandom();
        byte[] hash = new byte[HASH_BYTES];
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < codes; i++) {
            random.nextBytes(hash);
            rows.append("acme\t").append(HexFormat.of().formatHex(hash)).append("\t1\n");
        }
        String text = rows.toString();
        try (Connection connection = pool.getConnection()) {
            var copy = connection.unwrap(PGConnection.class).getCopyAPI();
            long start = System.nanoTime();
            long copied = copy.copyIn(
                    "COPY crm_coupon_code (tenant_id, code_hash, batch_id) FROM STDIN",
                    new StringReader(text),
                    1 << 16);
            double seconds = (System.nanoTime() - start) / 1e9;
            if (copied != codes) {
                throw new IllegalStateException(copied + " rows copied");
            }
            return seconds;
        }
    }

    private static void empty(HikariDataSource pool) throws SQLException {
        Sql.run(pool, "TRUNCATE crm_coupon_code", "CHECKPOINT");
    }
}
