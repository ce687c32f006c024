package dev.retailcrm.quickstart;

import dev.retailcrm.assets.ledger.Posting;
import dev.retailcrm.core.customer.Registration;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.kernel.StoreId;
import dev.retailcrm.jdbc.CrmSchema;
import dev.retailcrm.jdbc.JdbcCrm;
import javax.sql.DataSource;

/** The README's example. */
final class FirstSale {
    private FirstSale() {}

    static long run(DataSource dataSource) {
        // README
        CrmSchema.on(dataSource).migrate();
        var acme = JdbcCrm.builder(dataSource).region("CN").build().tenant("acme");

        var ann = acme.customers()
                .register(Registration.of("Ann").phone("138 0013 8000").key(RequestKey.of("register/1")));
        var points = acme.points();

        var sale = Posting.key("S01/till-3/000812/earn").in(StoreId.of("S01")).reference("000812");
        points.earn(ann.id(), 100, sale); // 100 points
        points.earn(ann.id(), 100, sale); // the till lost the answer: the same answer, nothing booked

        points.spend(ann.id(), 30, Posting.key("S01/till-3/000813/spend"));
        points.takeBack(ann.id(), sale.key(), 50, Posting.key("S01/till-3/000814/return"));
        points.probe(ann.id(), 500); // allowed=false, available=20, missing=480
        // README
        return points.balance(ann.id()).available();
    }
}
