package dev.retailcrm.jdbc;

import static org.jooq.impl.DSL.charLength;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.concat;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.nullif;
import static org.jooq.impl.DSL.substring;
import static org.jooq.impl.DSL.when;

import dev.retailcrm.core.kernel.CustomerId;
import org.jooq.Condition;
import org.jooq.Field;

/** A column that tells whose a row was before customers were merged: their numbers, the first first, each followed by a blank. */
record Origins(Field<String> column) {
    private static String mark(CustomerId customer) {
        return customer.value() + " ";
    }

    /** With one more. */
    Field<String> and(CustomerId customer) {
        return concat(coalesce(column, inline("")), inline(mark(customer)));
    }

    /** Whether the last is this customer. */
    Condition endWith(CustomerId customer) {
        return column.eq(mark(customer)).or(column.like("% " + mark(customer)));
    }

    /** Without the last, where that is this customer. */
    Field<String> without(CustomerId customer) {
        Field<String> rest = substring(
                column, inline(1), charLength(column).minus(mark(customer).length()));
        return when(endWith(customer), nullif(rest, inline(""))).otherwise(column);
    }
}
