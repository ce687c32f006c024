package dev.retailcrm.jdbc;

import static dev.retailcrm.jdbc.schema.Tables.CRM_ORDER;
import static dev.retailcrm.jdbc.schema.Tables.CRM_ORDER_LINE;
import static dev.retailcrm.jdbc.schema.Tables.CRM_REFUND;
import static dev.retailcrm.jdbc.schema.Tables.CRM_TRADE;
import static org.jooq.impl.DSL.charLength;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.concat;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.nullif;
import static org.jooq.impl.DSL.row;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.substring;
import static org.jooq.impl.DSL.when;

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
        Field<String> there = concat(coalesce(CRM_ORDER.ORIGINS, inline("")), inline(from.value() + " "));
        Field<String> refunds = concat(coalesce(CRM_REFUND.ORIGINS, inline("")), inline(from.value() + " "));
        give(moving, from, to, there, refunds);
        redirect(from, to);
        return moving.size();
    }

    int moveBack(CustomerId from, CustomerId to) {
        String mark = to.value() + " ";
        List<Row2<String, String>> moving = new ArrayList<>(numbers(from, mark));
        give(moving, from, to, without(CRM_ORDER.ORIGINS, mark), without(CRM_REFUND.ORIGINS, mark));
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

    /** The numbers under which anything is known, or anything that came last from where the mark says. */
    private Set<Row2<String, String>> numbers(CustomerId customer, @Nullable String mark) {
        Set<Row2<String, String>> numbers = new HashSet<>();
        for (Record2<String, String> number : session.dsl()
                .select(CRM_ORDER.SOURCE, CRM_ORDER.ORDER_NO)
                .from(CRM_ORDER)
                .where(CRM_ORDER.TENANT_ID.eq(tenant.value()))
                .and(CRM_ORDER.CUSTOMER_ID.eq(customer.value()))
                .and(cameFrom(CRM_ORDER.ORIGINS, mark))
                .union(select(CRM_REFUND.SOURCE, CRM_REFUND.ORDER_NO)
                        .from(CRM_REFUND)
                        .where(CRM_REFUND.TENANT_ID.eq(tenant.value()))
                        .and(CRM_REFUND.CUSTOMER_ID.eq(customer.value()))
                        .and(cameFrom(CRM_REFUND.ORIGINS, mark)))
                .fetch()) {
            numbers.add(row(number.value1(), number.value2()));
        }
        return numbers;
    }

    private static Condition cameFrom(Field<String> origins, @Nullable String mark) {
        return mark == null ? inline(true).isTrue() : origins.eq(mark).or(origins.like("% " + mark));
    }

    /** The origins without the last, where that is the mark. */
    private static Field<String> without(Field<String> origins, String mark) {
        Field<String> rest = substring(origins, inline(1), charLength(origins).minus(mark.length()));
        return when(cameFrom(origins, mark), nullif(rest, inline(""))).otherwise(origins);
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
