package dev.retailcrm.benchmarks;

import dev.retailcrm.core.kernel.StoreId;
import dev.retailcrm.core.trade.Order;
import dev.retailcrm.core.trade.OrderLine;
import dev.retailcrm.core.trade.OrderNumber;
import dev.retailcrm.core.trade.Trade;
import dev.retailcrm.jdbc.CrmSchema;
import dev.retailcrm.jdbc.JdbcCrm;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import javax.sql.DataSource;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

/** Orders recorded through the public facade: one line, in a store, through a channel, of a category. */
final class OursTrading implements Contender {
    private static final Money PRICE = Money.of(CurrencyUnit.of("CNY"), new BigDecimal("19.90"));

    @Override
    public String name() {
        return "facade";
    }

    @Override
    public void prepare(DataSource dataSource, int accounts) throws Exception {
        CrmSchema.on(dataSource).migrate();
        OursEarning.customers(dataSource, accounts);
        List<Order> orders = new ArrayList<>(accounts);
        for (int i = 0; i < accounts; i++) {
            orders.add(order(i, "open"));
        }
        trade(dataSource).recordAll(orders);
    }

    @Override
    public Load.Client client(DataSource dataSource, int client, int clients, String round) {
        Trade trade = trade(dataSource);
        int customers = Sql.count(dataSource, "SELECT COUNT(*) FROM crm_trade");
        String prefix = "till-" + client + "/" + round + "/";
        return number -> trade.record(order(ThreadLocalRandom.current().nextInt(customers), prefix + number));
    }

    private static Trade trade(DataSource dataSource) {
        return JdbcCrm.on(dataSource).tenant("acme").trade();
    }

    private static Order order(int customer, String number) {
        var line = OrderLine.of("tea", PRICE).category("drinks").brand("leaf");
        return Order.of(
                        OursEarning.customer(customer),
                        OrderNumber.of("pos", number),
                        Instant.now().truncatedTo(ChronoUnit.MILLIS),
                        List.of(line))
                .in(StoreId.of("S01"))
                .through("till");
    }
}
