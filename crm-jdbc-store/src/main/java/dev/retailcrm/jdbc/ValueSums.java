package dev.retailcrm.jdbc;

import static dev.retailcrm.jdbc.schema.Tables.CRM_ENTRY;
import static dev.retailcrm.jdbc.schema.Tables.CRM_LOT;
import static dev.retailcrm.jdbc.schema.Tables.CRM_MOVEMENT;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.when;

import dev.retailcrm.assets.ledger.EntryType;
import dev.retailcrm.assets.ledger.Lot;
import dev.retailcrm.assets.ledger.Movement;
import dev.retailcrm.assets.ledger.Part;
import dev.retailcrm.assets.spi.ValueDimension;
import dev.retailcrm.assets.spi.ValueQuery;
import dev.retailcrm.assets.spi.ValueSum;
import dev.retailcrm.core.kernel.StoreId;
import dev.retailcrm.jdbc.schema.tables.CrmEntry;
import dev.retailcrm.jdbc.schema.tables.CrmLot;
import dev.retailcrm.jdbc.schema.tables.CrmMovement;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jooq.CommonTableExpression;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Select;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/**
 * Sums of what entries did to lots: the lots as they were made, and the movements of them, in one statement that joins only what is asked for.
 * For one session.
 */
final class ValueSums {
    private static final String AMOUNT = "amount";

    private final Session session;
    private final ValueQuery query;
    private final CrmEntry entry = CRM_ENTRY.as("e");
    private final CrmEntry origin = CRM_ENTRY.as("o");
    private final CrmLot lot = CRM_LOT.as("l");
    private final CrmMovement movement = CRM_MOVEMENT.as("m");

    ValueSums(Session session, ValueQuery query) {
        this.session = session;
        this.query = query;
    }

    List<ValueSum> read() {
        return isOfLots() ? read(sums(), lots()) : read(null, made().unionAll(moved()));
    }

    private List<ValueSum> read(@Nullable CommonTableExpression<?> sums, Select<Record> summed) {
        Table<?> values = summed.asTable("v");
        List<Field<?>> by = new ArrayList<>();
        query.by().forEach(it -> by.add(values.field(column(it))));
        Field<BigDecimal> total = DSL.sum(values.field(AMOUNT, Long.class));
        var with = sums == null
                ? session.dsl().select(by)
                : session.dsl().with(sums).select(by);
        return with.select(total)
                .from(values)
                .groupBy(by)
                .having(total.ne(BigDecimal.ZERO))
                .fetch(row -> read(row, row.get(total)));
    }

    /** Whether everything up to an instant is asked for, by what lots are like: then each lot is summed first. */
    private boolean isOfLots() {
        return query.from().equals(Instant.EPOCH)
                && !query.asks(ValueDimension.TYPE)
                && !query.asks(ValueDimension.STORE)
                && !query.asks(ValueDimension.BOOKED_MONTH);
    }

    /** What was moved of each lot, and of the debt. */
    private CommonTableExpression<?> sums() {
        return name("x")
                .as(session.dsl()
                        .select(
                                movement.CUSTOMER_ID.as("customer"),
                                movement.LOT_NO.as("lot"),
                                DSL.sum(moves()).as(AMOUNT))
                        .from(booked())
                        .where(isAsked())
                        .groupBy(movement.CUSTOMER_ID, movement.LOT_NO));
    }

    /** The lots as they stood, and the debt. */
    private Select<Record> lots() {
        Field<Long> customer = DSL.field(name("x", "customer"), Long.class);
        Field<Long> number = DSL.field(name("x", "lot"), Long.class);
        Field<Long> sum = DSL.field(name("x", AMOUNT), Long.class);
        List<Field<?>> columns = columns(origin);
        columns.add(lot.GRANTED.plus(DSL.coalesce(sum, 0L)).as(AMOUNT));
        List<Field<?>> none = new ArrayList<>();
        columns.forEach(it -> none.add(DSL.inline(null, it.getDataType()).as(it.getName())));
        none.set(none.size() - 1, sum.as(AMOUNT));
        return session.dsl()
                .select(columns)
                .from(lot)
                .join(origin)
                .on(isOrigin())
                .leftJoin(DSL.table(name("x")))
                .on(customer.eq(lot.CUSTOMER_ID))
                .and(number.eq(lot.LOT_NO))
                .where(isLot())
                .unionAll(session.dsl().select(none).from(DSL.table(name("x"))).where(number.eq(Movement.DEBT)));
    }

    private static String column(ValueDimension dimension) {
        return "by_" + dimension.name().toLowerCase(Locale.ROOT);
    }

    /** The entry that made a lot is the one that moved its value. */
    private Select<Record> made() {
        List<Field<?>> columns = columns(origin);
        columns.add(lot.GRANTED.as(AMOUNT));
        return session.dsl()
                .select(columns)
                .from(lot)
                .join(origin)
                .on(isOrigin())
                .where(isLot());
    }

    private Select<Record> moved() {
        List<Field<?>> columns = columns(entry);
        columns.add(moves().as(AMOUNT));
        Table<?> rows = booked();
        boolean asksOrigin = query.asks(ValueDimension.ISSUED_STORE) || query.asks(ValueDimension.ISSUED_MONTH);
        if (asksOrigin || query.asks(ValueDimension.EXPIRY_MONTH) || query.asks(ValueDimension.LAPSED)) {
            rows = rows.leftJoin(lot)
                    .on(lot.TENANT_ID.eq(movement.TENANT_ID))
                    .and(lot.CUSTOMER_ID.eq(movement.CUSTOMER_ID))
                    .and(lot.ASSET.eq(movement.ASSET))
                    .and(lot.LOT_NO.eq(movement.LOT_NO));
        }
        if (asksOrigin) {
            rows = rows.leftJoin(origin).on(isOrigin());
        }
        return session.dsl().select(columns).from(rows).where(isAsked());
    }

    private Table<?> booked() {
        return movement.join(entry)
                .on(entry.TENANT_ID.eq(movement.TENANT_ID))
                .and(entry.CUSTOMER_ID.eq(movement.CUSTOMER_ID))
                .and(entry.ASSET.eq(movement.ASSET))
                .and(entry.SEQ.eq(movement.SEQ));
    }

    private Field<Long> moves() {
        return movement.DELTA.plus(movement.HELD_DELTA);
    }

    /** Movements that move something, within the time. */
    private Condition isAsked() {
        return movement.TENANT_ID
                .eq(query.tenant().value())
                .and(movement.ASSET.eq(query.asset().code()))
                .and(moves().ne(0L))
                .and(isWithin(entry));
    }

    /** Lots that were made within the time. */
    private Condition isLot() {
        return lot.TENANT_ID
                .eq(query.tenant().value())
                .and(lot.ASSET.eq(query.asset().code()))
                .and(isWithin(origin));
    }

    private Condition isOrigin() {
        String divided = session.engine() == Engine.MARIADB ? "{0} DIV {1}" : "{0} / {1}";
        return origin.TENANT_ID
                .eq(lot.TENANT_ID)
                .and(origin.CUSTOMER_ID.eq(lot.CUSTOMER_ID))
                .and(origin.ASSET.eq(lot.ASSET))
                .and(origin.SEQ.eq(DSL.field(divided, Long.class, lot.LOT_NO, inline(Lot.PER_ENTRY))));
    }

    private Condition isWithin(CrmEntry booked) {
        return booked.AT_MS
                .ge(query.from().toEpochMilli())
                .and(booked.AT_MS.lt(query.to().toEpochMilli()));
    }

    private List<Field<?>> columns(CrmEntry booked) {
        List<Field<?>> columns = new ArrayList<>();
        for (ValueDimension dimension : query.by()) {
            Field<?> field = switch (dimension) {
                case TYPE -> booked.TYPE;
                case STORE -> booked.STORE_ID;
                case BOOKED_MONTH -> month(booked.AT_MS, 0, query.months().size());
                case PART -> part(booked.equals(origin));
                case ISSUED_STORE -> origin.STORE_ID;
                case ISSUED_MONTH ->
                    when(
                            origin.AT_MS.isNotNull(),
                            month(origin.AT_MS, 0, query.months().size()));
                case EXPIRY_MONTH ->
                    when(
                            lot.EXPIRES_MS.isNotNull(),
                            month(lot.EXPIRES_MS, 0, query.months().size()));
                case LAPSED -> lapsed(booked.equals(origin));
            };
            columns.add(field.as(column(dimension)));
        }
        return columns;
    }

    private Field<?> part(boolean made) {
        return made ? lot.PART : when(movement.LOT_NO.ne(0L), movement.PART);
    }

    private Field<Integer> lapsed(boolean made) {
        Field<Integer> lapsed =
                when(lot.EXPIRES_MS.le(query.at().toEpochMilli()), inline(1)).otherwise(inline(0));
        return made ? lapsed : when(movement.LOT_NO.ne(0L), lapsed);
    }

    /** The number of an instant's month, found by halves. */
    private Field<Integer> month(Field<Long> at, int from, int to) {
        if (from == to) {
            return inline(from, SQLDataType.INTEGER);
        }
        int middle = (from + to) >>> 1;
        Instant begins = query.months().get(middle);
        return when(at.lt(inline(begins.toEpochMilli())), month(at, from, middle))
                .otherwise(month(at, middle + 1, to));
    }

    private ValueSum read(Record row, BigDecimal amount) {
        String type = text(row, ValueDimension.TYPE);
        String store = text(row, ValueDimension.STORE);
        String part = text(row, ValueDimension.PART);
        String issued = text(row, ValueDimension.ISSUED_STORE);
        Integer lapsed = number(row, ValueDimension.LAPSED);
        return new ValueSum(
                type == null ? null : EntryType.valueOf(type),
                store == null ? null : StoreId.of(store),
                number(row, ValueDimension.BOOKED_MONTH),
                part == null ? null : Part.valueOf(part),
                issued == null ? null : StoreId.of(issued),
                number(row, ValueDimension.ISSUED_MONTH),
                number(row, ValueDimension.EXPIRY_MONTH),
                lapsed == null ? null : Boolean.valueOf(lapsed == 1),
                amount.longValueExact());
    }

    private @Nullable String text(Record row, ValueDimension dimension) {
        return query.asks(dimension) ? row.get(name(column(dimension)), String.class) : null;
    }

    private @Nullable Integer number(Record row, ValueDimension dimension) {
        return query.asks(dimension) ? row.get(name(column(dimension)), Integer.class) : null;
    }
}
