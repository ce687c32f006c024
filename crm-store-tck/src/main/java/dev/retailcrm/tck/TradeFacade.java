package dev.retailcrm.tck;

import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.StoreId;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.trade.Order;
import dev.retailcrm.core.trade.OrderLine;
import dev.retailcrm.core.trade.OrderNumber;
import dev.retailcrm.core.trade.Refund;
import dev.retailcrm.core.trade.Trade;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.joda.money.Money;

/** Trade over the fixture's ports, for contracts that test behaviour whatever the store. */
abstract class TradeFacade extends FacadeContract {
    final Trade trade() {
        return trade(ACME);
    }

    final Trade trade(TenantId tenant) {
        return new Trade(tenant, crm().trade(), crm().unitOfWork(), crm().clock(), ZONE);
    }

    static OrderNumber number(String value) {
        return OrderNumber.of("pos", value);
    }

    static OrderLine tea(String amount) {
        return OrderLine.of("tea", yuan(amount)).category("drinks").brand("leaf");
    }

    static OrderLine pears(String amount, String kilograms) {
        return OrderLine.of("pears", yuan(amount)).category("fruit").quantity(new BigDecimal(kilograms));
    }

    /** An order by the retailer's wall clock, in a store and through a channel. */
    static Order order(CustomerId customer, String number, String at, OrderLine... lines) {
        return Order.of(customer, number(number), local(at), List.of(lines))
                .in(StoreId.of("S01"))
                .through("till");
    }

    static Refund refund(CustomerId customer, String order, String number, String at, Money amount) {
        return Refund.of(customer, number(order), number, local(at), amount);
    }

    /** Everything that is kept of a customer's trade but events, in a form that does not name her. */
    final List<String> kept(CustomerId customer) {
        List<String> kept = new ArrayList<>();
        OrderNumber last = null;
        while (true) {
            OrderNumber after = last;
            var page = committed(() -> crm().trade().history(ACME, customer, after, 7));
            if (page.isEmpty()) {
                break;
            }
            page.forEach(arrived -> kept.add(arrived.toString().replace(customer.toString(), "she")));
            last = page.get(page.size() - 1).number();
        }
        var sums = committed(() -> crm().trade().sums(ACME, customer));
        sums.totals().forEach(total -> kept.add(total.toString()));
        sums.buckets().forEach(bucket -> kept.add(bucket.toString()));
        trade().statistics(customer).forEach(statistics -> kept.add(statistics.toString()));
        Pages.all(3, page -> trade().orders(customer, page)).forEach(order -> kept.add(order.toString()));
        return kept;
    }
}
