package dev.retailcrm.jdbc;

import static dev.retailcrm.jdbc.schema.Tables.CRM_ORDER;
import static dev.retailcrm.jdbc.schema.Tables.CRM_ORDER_LINE;
import static dev.retailcrm.jdbc.schema.Tables.CRM_REFUND;
import static dev.retailcrm.jdbc.schema.Tables.CRM_TRADE_BUCKET;
import static dev.retailcrm.jdbc.schema.Tables.CRM_TRADE_TOTAL;

import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.StoreId;
import dev.retailcrm.core.trade.Dimension;
import dev.retailcrm.core.trade.Order;
import dev.retailcrm.core.trade.OrderHead;
import dev.retailcrm.core.trade.OrderLine;
import dev.retailcrm.core.trade.OrderNumber;
import dev.retailcrm.core.trade.Refund;
import dev.retailcrm.core.trade.TradeBucket;
import dev.retailcrm.core.trade.TradeFigures;
import dev.retailcrm.core.trade.TradeTotal;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/** From the rows of trade to what they hold. Stateless. */
final class TradeRows {
    private static final int QUANTITY_SCALE = 3;

    private TradeRows() {}

    static OrderNumber orderNumber(Record row) {
        return OrderNumber.of(row.get(CRM_ORDER.SOURCE), row.get(CRM_ORDER.ORDER_NO));
    }

    static OrderHead head(Record row) {
        String store = row.get(CRM_ORDER.STORE_ID);
        return new OrderHead(
                orderNumber(row),
                row.get(CRM_ORDER.REVISION),
                Instant.ofEpochMilli(row.get(CRM_ORDER.OCCURRED_MS)),
                row.get(CRM_ORDER.CHANNEL),
                store == null ? null : StoreId.of(store),
                money(row.get(CRM_ORDER.CURRENCY), row.get(CRM_ORDER.AMOUNT_MINOR)),
                quantity(row.get(CRM_ORDER.UNITS_MILLI)),
                row.get(CRM_ORDER.LINE_COUNT),
                row.get(CRM_ORDER.CANCELLED),
                row.get(CRM_ORDER.FINGERPRINT));
    }

    static Order order(CustomerId customer, OrderHead head, List<OrderLine> lines) {
        return new Order(
                customer,
                head.number(),
                head.revision(),
                head.occurredAt(),
                head.channel(),
                head.store(),
                lines,
                head.cancelled());
    }

    static OrderNumber orderOfLine(Record row) {
        return OrderNumber.of(row.get(CRM_ORDER_LINE.SOURCE), row.get(CRM_ORDER_LINE.ORDER_NO));
    }

    static OrderLine line(Record row, CurrencyUnit currency) {
        return new OrderLine(
                row.get(CRM_ORDER_LINE.SKU),
                row.get(CRM_ORDER_LINE.CATEGORY),
                row.get(CRM_ORDER_LINE.BRAND),
                quantity(row.get(CRM_ORDER_LINE.QUANTITY_MILLI)),
                Money.ofMinor(currency, row.get(CRM_ORDER_LINE.AMOUNT_MINOR)));
    }

    static Refund refund(Record row) {
        return new Refund(
                CustomerId.of(row.get(CRM_REFUND.CUSTOMER_ID)),
                OrderNumber.of(row.get(CRM_REFUND.SOURCE), row.get(CRM_REFUND.ORDER_NO)),
                row.get(CRM_REFUND.REFUND_NO),
                Instant.ofEpochMilli(row.get(CRM_REFUND.OCCURRED_MS)),
                money(row.get(CRM_REFUND.CURRENCY), row.get(CRM_REFUND.AMOUNT_MINOR)),
                quantity(row.get(CRM_REFUND.UNITS_MILLI)));
    }

    static TradeTotal total(Record row) {
        return new TradeTotal(
                CurrencyUnit.of(row.get(CRM_TRADE_TOTAL.CURRENCY)),
                new TradeFigures(
                        row.get(CRM_TRADE_TOTAL.ORDERS),
                        row.get(CRM_TRADE_TOTAL.AMOUNT_MINOR),
                        row.get(CRM_TRADE_TOTAL.UNITS_MILLI),
                        row.get(CRM_TRADE_TOTAL.REFUNDS),
                        row.get(CRM_TRADE_TOTAL.REFUNDED_MINOR)),
                row.get(CRM_TRADE_TOTAL.PENDING_REFUNDS),
                row.get(CRM_TRADE_TOTAL.PENDING_MINOR),
                instant(row.get(CRM_TRADE_TOTAL.FIRST_MS)),
                instant(row.get(CRM_TRADE_TOTAL.LAST_MS)));
    }

    static TradeBucket bucket(Record row) {
        return new TradeBucket(
                CurrencyUnit.of(row.get(CRM_TRADE_BUCKET.CURRENCY)),
                Dimension.valueOf(row.get(CRM_TRADE_BUCKET.DIMENSION)),
                row.get(CRM_TRADE_BUCKET.BUCKET),
                new TradeFigures(
                        row.get(CRM_TRADE_BUCKET.ORDERS),
                        row.get(CRM_TRADE_BUCKET.AMOUNT_MINOR),
                        row.get(CRM_TRADE_BUCKET.UNITS_MILLI),
                        row.get(CRM_TRADE_BUCKET.REFUNDS),
                        row.get(CRM_TRADE_BUCKET.REFUNDED_MINOR)));
    }

    static Money money(String currency, long minor) {
        return Money.ofMinor(CurrencyUnit.of(currency), minor);
    }

    private static BigDecimal quantity(long milli) {
        return BigDecimal.valueOf(milli, QUANTITY_SCALE);
    }

    private static @Nullable Instant instant(@Nullable Long millis) {
        return millis == null ? null : Instant.ofEpochMilli(millis);
    }
}
