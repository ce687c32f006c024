package dev.retailcrm.jdbc;

import static dev.retailcrm.jdbc.schema.Tables.CRM_ORDER;
import static dev.retailcrm.jdbc.schema.Tables.CRM_ORDER_LINE;
import static dev.retailcrm.jdbc.schema.Tables.CRM_REFUND;
import static dev.retailcrm.jdbc.schema.Tables.CRM_TRADE;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.row;
import static org.jooq.impl.DSL.select;

import com.google.common.collect.Lists;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.TenantId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record2;
import org.jooq.Row2;
import org.jooq.Table;
import org.jooq.TableField;
import org.jspecify.annotations.Nullable;

/**
 * Gives what is known under order numbers to another customer, by inserting it anew: a row never leaves the shard of its customer. Used
 * once.
 */
final class TradeMoves {
    private static final int CHUNK = 500;
    private static final Origins ORDERS = new Origins(CRM_ORDER.ORIGINS);
    private static final Origins REFUNDS = new Origins(CRM_REFUND.ORIGINS);

    private final Session session;
    private final TenantId tenant;

    TradeMoves(Session session, TenantId tenant) {
        this.session = session;
        this.tenant = tenant;
    }

    int move(CustomerId from, CustomerId to) {
        Set<Row2<String, String>> known = numbers(to, null);
        List<Row2<String, String>> moving = new ArrayList<>(numbers(from, null));
        moving.removeAll(known);
        give(moving, from, to, ORDERS.and(from), REFUNDS.and(from));
        redirect(from, to);
        return moving.size();
    }

    int moveBack(CustomerId from, CustomerId to) {
        List<Row2<String, String>> moving = new ArrayList<>(numbers(from, to));
        give(moving, from, to, ORDERS.without(to), REFUNDS.without(to));
        redirect(to, null);
        return moving.size();
    }

    private void redirect(CustomerId customer, @Nullable CustomerId to) {
        session.dsl()
                .update(CRM_TRADE)
                .set(CRM_TRADE.MOVED_TO, to == null ? null : to.value())
                .where(CRM_TRADE.TENANT_ID.eq(tenant.value()))
                .and(CRM_TRADE.CUSTOMER_ID.eq(customer.value()))
                .execute();
    }

    /** The numbers under which anything is known, or anything that came last from the other customer. */
    private Set<Row2<String, String>> numbers(CustomerId customer, @Nullable CustomerId last) {
        Set<Row2<String, String>> numbers = new HashSet<>();
        for (Record2<String, String> number : session.dsl()
                .select(CRM_ORDER.SOURCE, CRM_ORDER.ORDER_NO)
                .from(CRM_ORDER)
                .where(CRM_ORDER.TENANT_ID.eq(tenant.value()))
                .and(CRM_ORDER.CUSTOMER_ID.eq(customer.value()))
                .and(cameFrom(ORDERS, last))
                .union(select(CRM_REFUND.SOURCE, CRM_REFUND.ORDER_NO)
                        .from(CRM_REFUND)
                        .where(CRM_REFUND.TENANT_ID.eq(tenant.value()))
                        .and(CRM_REFUND.CUSTOMER_ID.eq(customer.value()))
                        .and(cameFrom(REFUNDS, last)))
                .fetch()) {
            numbers.add(row(number.value1(), number.value2()));
        }
        return numbers;
    }

    private static Condition cameFrom(Origins origins, @Nullable CustomerId last) {
        return last == null ? inline(true).isTrue() : origins.endWith(last);
    }

    private void give(
            List<Row2<String, String>> numbers,
            CustomerId from,
            CustomerId to,
            Field<String> orderOrigins,
            Field<String> refundOrigins) {
        for (List<Row2<String, String>> part : Lists.partition(numbers, CHUNK)) {
            give(CRM_ORDER, CRM_ORDER.SOURCE, CRM_ORDER.ORDER_NO, part, from, to, orderOrigins);
            give(CRM_ORDER_LINE, CRM_ORDER_LINE.SOURCE, CRM_ORDER_LINE.ORDER_NO, part, from, to, null);
            give(CRM_REFUND, CRM_REFUND.SOURCE, CRM_REFUND.ORDER_NO, part, from, to, refundOrigins);
        }
    }

    private void give(
            Table<?> table,
            TableField<?, String> source,
            TableField<?, String> orderNo,
            List<Row2<String, String>> numbers,
            CustomerId from,
            CustomerId to,
            @Nullable Field<String> origins) {
        List<Field<?>> columns = List.of(table.fields());
        List<Field<?>> values = columns.stream()
                .<Field<?>>map(column -> switch (column.getName()) {
                    case "customer_id" -> inline(to.value());
                    case "origins" -> origins == null ? column : origins;
                    default -> column;
                })
                .toList();
        Condition which = table.field(CRM_ORDER.TENANT_ID)
                .eq(tenant.value())
                .and(table.field(CRM_ORDER.CUSTOMER_ID).eq(from.value()))
                .and(row(source, orderNo).in(numbers));
        session.dsl()
                .insertInto(table)
                .columns(columns)
                .select(select(values).from(table).where(which))
                .execute();
        session.dsl().deleteFrom(table).where(which).execute();
    }
}
