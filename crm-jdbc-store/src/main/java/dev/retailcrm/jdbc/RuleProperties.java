package dev.retailcrm.jdbc;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.localDateDiff;
import static org.jooq.impl.DSL.substring;
import static org.jooq.impl.DSL.val;
import static org.jooq.impl.DSL.when;

import dev.retailcrm.core.field.FieldType;
import java.time.LocalDate;
import java.util.regex.Pattern;
import org.jooq.Field;
import org.jooq.QueryPart;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/**
 * The properties of events in their JSON form. Texts in it have no control characters, so of escapes there are two, and values of one name are
 * of one kind within a type of events. Immutable.
 *
 * @param json the column
 */
record RuleProperties(Engine engine, Field<String> json) {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]*");

    RuleColumn column(String name, FieldType type) {
        Field<String> text = text(name);
        return switch (type) {
            case TEXT, CHOICE, MULTI_CHOICE -> RuleColumn.text(type, text);
            case LONG, INSTANT -> RuleColumn.number(type, text.cast(SQLDataType.BIGINT));
            case DECIMAL -> RuleColumn.decimal(text.cast(SQLDataType.DECIMAL(30, 10)));
            case BOOLEAN ->
                RuleColumn.number(
                        type,
                        when(text.in(inline("true"), inline("1")), inline(1L)).when(text.isNotNull(), inline(0L)));
            case DATE ->
                RuleColumn.number(
                        type,
                        localDateDiff(text.cast(SQLDataType.LOCALDATE), inline(LocalDate.EPOCH))
                                .cast(SQLDataType.BIGINT));
            case MONEY ->
                RuleColumn.money(text(name, "currency"), text(name, "minor").cast(SQLDataType.BIGINT));
        };
    }

    /** A member of an object, as {@link #text(String)}. */
    Field<String> inner(String name, String member) {
        return text(name, member);
    }

    /** A text, or a number, flag or date as text; absent if there is none. */
    private Field<String> text(String name) {
        return switch (engine) {
            case H2 -> unquoted(field("({0} format json).{1}", SQLDataType.JSON, json, member(name)));
            case POSTGRESQL ->
                field("(({0}::json ->> cast({1} as text)) collate \"C\")", SQLDataType.VARCHAR, json, val(name));
            case MARIADB -> extracted("$." + name);
        };
    }

    private Field<String> text(String name, String inner) {
        return switch (engine) {
            case H2 ->
                unquoted(field("(({0} format json).{1}).{2}", SQLDataType.JSON, json, member(name), member(inner)));
            case POSTGRESQL ->
                field(
                        "(({0}::json -> cast({1} as text) ->> cast({2} as text)) collate \"C\")",
                        SQLDataType.VARCHAR, json, val(name), val(inner));
            case MARIADB -> extracted("$." + name + "." + inner);
        };
    }

    private Field<String> extracted(String path) {
        return field("(json_value({0}, {1}) collate utf8mb4_nopad_bin)", SQLDataType.VARCHAR, json, val(path));
    }

    /** A name of a property has small letters, digits and underscores, and is an identifier of SQL. */
    private static QueryPart member(String name) {
        if (!NAME.matcher(name).matches()) {
            throw JooqRuleStore.unsupported(name);
        }
        return DSL.raw('"' + name + '"');
    }

    /** H2 gives a text with its quotation marks, and with the escapes of these and of backslashes. */
    private static Field<String> unquoted(Field<?> value) {
        Field<String> text = field("cast({0} as varchar)", SQLDataType.VARCHAR, value);
        Field<String> inner = substring(text, inline(2), DSL.length(text).minus(inline(2)));
        Field<String> quotes = DSL.replace(inner, inline("\\\""), inline("\""));
        return when(text.like(inline("\"%")), DSL.replace(quotes, inline("\\\\"), inline("\\")))
                .otherwise(text);
    }
}
