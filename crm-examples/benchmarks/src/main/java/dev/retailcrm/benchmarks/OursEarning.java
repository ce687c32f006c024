package dev.retailcrm.benchmarks;

import dev.retailcrm.assets.ledger.Award;
import dev.retailcrm.assets.ledger.Expiry;
import dev.retailcrm.assets.ledger.Grant;
import dev.retailcrm.assets.ledger.Posting;
import dev.retailcrm.assets.points.Points;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.jdbc.CrmSchema;
import dev.retailcrm.jdbc.JdbcCrm;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import javax.sql.DataSource;

/** Points earned through the public facade. */
final class OursEarning implements Contender {
    @Override
    public String name() {
        return "facade";
    }

    @Override
    public void prepare(DataSource dataSource, int accounts) throws Exception {
        CrmSchema.on(dataSource).migrate();
        customers(dataSource, accounts);
        Points points = points(JdbcCrm.on(dataSource));
        List<Award> awards = new ArrayList<>(accounts);
        for (int i = 0; i < accounts; i++) {
            awards.add(new Award(customer(i), Grant.of(1), Posting.key("open")));
        }
        points.earnAll(awards);
    }

    /** Customers as rows, for what is measured is the ledger. */
    static void customers(DataSource dataSource, int accounts) throws Exception {
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            try (PreparedStatement insert = connection.prepareStatement(Sql.INSERT_CUSTOMER)) {
                for (int i = 0; i < accounts; i++) {
                    insert.setLong(1, customer(i).value());
                    insert.addBatch();
                    if (i % 1000 == 999) {
                        insert.executeBatch();
                    }
                }
                insert.executeBatch();
            }
            connection.commit();
            connection.setAutoCommit(true);
        }
    }

    static CustomerId customer(int number) {
        return CustomerId.of(700_000_000_000_000_000L + number * 4_194_304L);
    }

    static Points points(JdbcCrm crm) {
        var tenant = crm.tenant("acme");
        return tenant.points("standard", tenant.terms().expiring(Expiry.days(365)));
    }

    @Override
    public Load.Client client(DataSource dataSource, int client, int clients, String round) {
        Points points = points(JdbcCrm.on(dataSource));
        int accounts = Sql.count(dataSource, "SELECT COUNT(*) FROM crm_account");
        String prefix = "S01/till-" + client + "/" + round + "/";
        return number ->
                points.earn(customer(ThreadLocalRandom.current().nextInt(accounts)), 10, Posting.key(prefix + number));
    }
}
