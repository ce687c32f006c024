package dev.retailcrm.jdbc;

import static dev.retailcrm.jdbc.schema.Tables.CRM_BEHAVIOR;
import static dev.retailcrm.jdbc.schema.Tables.CRM_ORDER;
import static dev.retailcrm.jdbc.schema.Tables.CRM_ORDER_LINE;
import static dev.retailcrm.jdbc.schema.Tables.CRM_REFUND;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.not;

import dev.retailcrm.core.behavior.Retention;
import dev.retailcrm.core.field.FieldType;
import dev.retailcrm.core.rule.TradeEvent;
import dev.retailcrm.core.spi.EventQuestion;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.RowN;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/**
 * Rows of events of one type under one alias. Immutable.
 *
 * @param place how events of a customer are ordered: by instant, then by id
 * @param kept which rows of the table are events of this type
 * @param property where the value of a property is
 */
record RuleEvents(
        Engine engine,
        Table<?> rows,
        Field<String> tenant,
        Field<Long> customer,
        Field<Long> at,
        List<Field<?>> place,
        Condition kept,
        BiFunction<String, FieldType, RuleColumn> property) {
    /** Those of a type: of behaviour, unless trade has events of that name. */
    static RuleEvents of(Engine engine, String type, List<Retention> retentions, String alias) {
        return TradeEvent.of(type)
                .map(trade -> switch (trade) {
                    case ORDER -> orders(engine, alias);
                    case PURCHASE -> purchases(engine, alias);
                    case REFUND -> refunds(engine, alias);
                })
                .orElseGet(() -> behavior(engine, type, retentions, alias));
    }

    private static RuleEvents behavior(Engine engine, String type, List<Retention> retentions, String alias) {
        var e = CRM_BEHAVIOR.as(alias);
        Condition kept = e.TYPE.eq(type);
        for (Retention retention : retentions) {
            if (retention.type().equals(type)) {
                kept = kept.and(e.OCCURRED_MS.ge(retention.before().toEpochMilli()));
            }
        }
        return new RuleEvents(
                engine,
                e,
                e.TENANT_ID,
                e.CUSTOMER_ID,
                e.OCCURRED_MS,
                List.of(e.OCCURRED_MS, e.SOURCE, e.EVENT_ID),
                kept,
                new RuleProperties(engine, e.PROPERTIES)::column);
    }

    private static RuleEvents orders(Engine engine, String alias) {
        var o = CRM_ORDER.as(alias);
        return new RuleEvents(
                engine,
                o,
                o.TENANT_ID,
                o.CUSTOMER_ID,
                o.OCCURRED_MS,
                List.of(o.OCCURRED_MS, o.SOURCE, o.ORDER_NO),
                o.CANCELLED.eq(false),
                (name, type) -> switch (name) {
                    case "amount" -> RuleColumn.money(o.CURRENCY, o.AMOUNT_MINOR);
                    case "units" -> RuleColumn.decimal(units(o.UNITS_MILLI));
                    case "lines" -> RuleColumn.number(type, o.LINE_COUNT.cast(SQLDataType.BIGINT));
                    case "store" -> RuleColumn.text(type, o.STORE_ID);
                    case "channel" -> RuleColumn.text(type, o.CHANNEL);
                    default -> throw unknown();
                });
    }

    private static RuleEvents purchases(Engine engine, String alias) {
        var l = CRM_ORDER_LINE.as(alias);
        var o = CRM_ORDER.as(alias + "o");
        Table<?> rows = l.join(o)
                .on(o.TENANT_ID.eq(l.TENANT_ID))
                .and(o.CUSTOMER_ID.eq(l.CUSTOMER_ID))
                .and(o.SOURCE.eq(l.SOURCE))
                .and(o.ORDER_NO.eq(l.ORDER_NO));
        return new RuleEvents(
                engine,
                rows,
                o.TENANT_ID,
                o.CUSTOMER_ID,
                o.OCCURRED_MS,
                List.of(o.OCCURRED_MS, l.SOURCE, l.ORDER_NO, l.LINE_NO),
                o.CANCELLED.eq(false),
                (name, type) -> switch (name) {
                    case "sku" -> RuleColumn.text(type, l.SKU);
                    case "category" -> RuleColumn.text(type, l.CATEGORY);
                    case "brand" -> RuleColumn.text(type, l.BRAND);
                    case "quantity" -> RuleColumn.decimal(units(l.QUANTITY_MILLI));
                    case "amount" -> RuleColumn.money(o.CURRENCY, l.AMOUNT_MINOR);
                    case "store" -> RuleColumn.text(type, o.STORE_ID);
                    case "channel" -> RuleColumn.text(type, o.CHANNEL);
                    default -> throw unknown();
                });
    }

    private static RuleEvents refunds(Engine engine, String alias) {
        var r = CRM_REFUND.as(alias);
        return new RuleEvents(
                engine,
                r,
                r.TENANT_ID,
                r.CUSTOMER_ID,
                r.OCCURRED_MS,
                List.of(r.OCCURRED_MS, r.SOURCE, r.ORDER_NO, r.REFUND_NO),
                noCondition(),
                (name, type) -> switch (name) {
                    case "amount" -> RuleColumn.money(r.CURRENCY, r.AMOUNT_MINOR);
                    case "units" -> RuleColumn.decimal(units(r.UNITS_MILLI));
                    default -> throw unknown();
                });
    }

    static Field<BigDecimal> units(Field<Long> milli) {
        return milli.cast(SQLDataType.DECIMAL(30, 10)).div(DSL.inline(new BigDecimal(1_000)));
    }

    private static IllegalStateException unknown() {
        return new IllegalStateException("the catalog has no such property");
    }

    RuleColumn column(EventQuestion.Part part) {
        return property.apply(part.property(), part.type());
    }

    RuleValues value(EventQuestion.Part part) {
        return new RuleValues(engine, column(part));
    }

    /** The rows asked for. */
    Condition asked(EventQuestion question) {
        List<Condition> all = new ArrayList<>();
        all.add(kept);
        if (question.from() > 0) {
            all.add(at.ge(question.from()));
        }
        all.add(at.lt(question.to()));
        for (EventQuestion.Part part : question.where()) {
            all.add(passes(part));
        }
        return DSL.and(all);
    }

    private Condition passes(EventQuestion.Part part) {
        if (part.question() == null) {
            Condition present = column(part).present();
            return part.there() ? present : not(present);
        }
        return column(part).present().and(value(part).is(part.question()));
    }

    RuleSet set(Condition where) {
        return RuleSet.of(rows, tenant, customer, where);
    }

    RowN position() {
        return DSL.row(place);
    }
}
