package dev.retailcrm.jdbc;

import static dev.retailcrm.jdbc.schema.tables.CrmCustomer.CRM_CUSTOMER;
import static dev.retailcrm.jdbc.schema.tables.CrmFieldValue.CRM_FIELD_VALUE;
import static dev.retailcrm.jdbc.schema.tables.CrmLifecycle.CRM_LIFECYCLE;
import static dev.retailcrm.jdbc.schema.tables.CrmMembership.CRM_MEMBERSHIP;
import static dev.retailcrm.jdbc.schema.tables.CrmTagAssignment.CRM_TAG_ASSIGNMENT;
import static dev.retailcrm.jdbc.schema.tables.CrmTradeTotal.CRM_TRADE_TOTAL;
import static org.jooq.impl.DSL.castNull;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.select;

import dev.retailcrm.assets.rule.AssetField;
import dev.retailcrm.assets.tier.TierFacts;
import dev.retailcrm.assets.tier.TierField;
import dev.retailcrm.core.customer.PartyKind;
import dev.retailcrm.core.field.CatalogField;
import dev.retailcrm.core.field.FieldType;
import dev.retailcrm.core.field.FieldValue;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.rule.CompiledEventValues;
import dev.retailcrm.core.rule.RuleTally;
import dev.retailcrm.core.rule.TradeField;
import dev.retailcrm.core.spi.EventQuestion;
import dev.retailcrm.core.spi.RuleQuery;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/** Counts the values of customers that a statement finds, by the value. Not thread-safe. */
final class RuleTallies {
    private static final Field<String> NO_TEXT = castNull(SQLDataType.VARCHAR(10));
    private static final Field<Long> NO_NUMBER = castNull(SQLDataType.BIGINT);
    private static final Field<BigDecimal> NO_DECIMAL = castNull(SQLDataType.DECIMAL(30, 10));
    private static final int YEAR = 10_000;
    private static final int MONTH = 100;

    private final Session session;
    private final TenantId tenant;
    private final RuleQuery query;
    private final Table<?> members;
    private final Field<Long> member;

    /**
     * Counts those in a table.
     *
     * @param members with {@code customer_id}
     */
    RuleTallies(Session session, TenantId tenant, RuleQuery query, Table<?> members) {
        this.session = session;
        this.tenant = tenant;
        this.query = query;
        this.members = members;
        this.member = Objects.requireNonNull(members.field(CRM_CUSTOMER.CUSTOMER_ID.getName(), Long.class), "customer");
    }

    /** Where a value is: in a table with a row for a customer, of which none need be there. */
    private record Place(
            Table<?> table,
            Condition row,
            boolean outer,
            Field<String> text,
            Field<Long> number,
            Field<BigDecimal> decimal) {}

    RuleTally of(long customers, Set<String> fields, Set<String> tags) {
        Map<String, Map<FieldValue, Long>> values = new HashMap<>();
        custom(RuleFields.customKeys(List.copyOf(fields)), values);
        for (String field : fields) {
            if (!field.startsWith(RuleFields.CUSTOM)) {
                values.put(field, own(field));
            }
        }
        return new RuleTally(customers, values, tags.isEmpty() ? Map.of() : tags(tags));
    }

    /** Where all fields are asked about, the database need not ask of each row which it is. */
    private void custom(Set<String> keys, Map<String, Map<FieldValue, Long>> values) {
        if (keys.isEmpty()) {
            return;
        }
        var f = CRM_FIELD_VALUE.as("f");
        var grouped = session.dsl()
                .select(f.FIELD_KEY, f.TEXT_VALUE, f.LONG_VALUE, f.DECIMAL_VALUE, count())
                .from(members)
                .join(f)
                .on(f.TENANT_ID.eq(tenant.value()).and(f.CUSTOMER_ID.eq(member)))
                .and(keys.containsAll(known()) ? noCondition() : f.FIELD_KEY.in(keys))
                .groupBy(f.FIELD_KEY, f.TEXT_VALUE, f.LONG_VALUE, f.DECIMAL_VALUE);
        Map<String, Counts> counts = new HashMap<>();
        keys.forEach(key -> {
            String field = RuleFields.CUSTOM + key;
            Counts its = new Counts(type(field), new HashMap<>());
            counts.put(key, its);
            values.put(field, its.values());
        });
        Session.eachRow(grouped, row -> {
            Counts its = counts.get(row.getString(1));
            if (its != null) {
                Long number = row.getObject(3, Long.class);
                FieldValue value = FieldColumns.item(its.type(), row.getString(2), number, row.getBigDecimal(4));
                its.values().merge(value, row.getLong(5), Long::sum);
            }
        });
    }

    /** How many have each value of a field. */
    private record Counts(FieldType type, Map<FieldValue, Long> values) {}

    private Set<String> known() {
        return RuleFields.customKeys(query.rule().catalog().fields().fields().stream()
                .map(CatalogField::name)
                .toList());
    }

    private Map<String, Long> tags(Set<String> tags) {
        var a = CRM_TAG_ASSIGNMENT.as("a");
        long asOf = query.asOf().toEpochMilli();
        Map<String, Long> counts = new HashMap<>();
        session.dsl()
                .select(a.TAG_KEY, count())
                .from(members)
                .join(a)
                .on(a.TENANT_ID
                        .eq(tenant.value())
                        .and(a.CUSTOMER_ID.eq(member))
                        .and(a.TAG_KEY.in(tags))
                        .and(a.FROM_MS.le(asOf))
                        .and(a.UNTIL_MS.isNull().or(a.UNTIL_MS.gt(asOf))))
                .groupBy(a.TAG_KEY)
                .forEach(row -> counts.put(row.value1(), (long) row.value2()));
        return counts;
    }

    private FieldType type(String field) {
        return query.rule().catalog().field(field).orElseThrow().type();
    }

    private Map<FieldValue, Long> own(String field) {
        FieldType type = type(field);
        Optional<TradeField.InCurrency> trade = TradeField.of(field);
        Place place = trade.isPresent()
                ? total(trade.get())
                : AssetField.of(field).map(this::asset).orElseGet(() -> place(field));
        Table<?> from = place.outer()
                ? members.leftJoin(place.table()).on(place.row())
                : members.join(place.table()).on(place.row());
        var inner = session.dsl()
                .select(
                        place.text().as("t"),
                        place.number().as("n"),
                        place.decimal().as("d"))
                .from(from)
                .asTable("v");
        return counted(inner, (text, number, decimal) -> value(type, text, number, decimal));
    }

    /** Each customer once for each value. */
    Map<FieldValue, Long> events(CompiledEventValues values) {
        EventQuestion asked = values.events(query.asOf());
        RuleEvents events = RuleEvents.of(session.engine(), asked.type(), query.retentions(), "e");
        RuleColumn column = events.column(values.property());
        FieldType type = column.type();
        boolean text = type == FieldType.MONEY || (column.number() == null && column.decimal() == null);
        var inner = session.dsl()
                .selectDistinct(
                        member.as("c"),
                        (text ? column.texts() : NO_TEXT).as("t"),
                        (column.number() != null ? column.numbers() : NO_NUMBER).as("n"),
                        (column.decimal() != null ? column.decimals() : NO_DECIMAL).as("d"))
                .from(members)
                .join(events.rows())
                .on(events.tenant().eq(tenant.value()).and(events.customer().eq(member)))
                .where(events.asked(asked))
                .and(column.present())
                .asTable("v");
        return counted(inner, (words, whole, part) -> FieldColumns.item(type, words, whole, part));
    }

    /** The value in a row. */
    private interface Read {
        FieldValue value(@Nullable String text, @Nullable Long number, @Nullable BigDecimal decimal);
    }

    private Map<FieldValue, Long> counted(Table<?> values, Read read) {
        Field<String> text = DSL.field(DSL.name("v", "t"), SQLDataType.VARCHAR);
        Field<Long> number = DSL.field(DSL.name("v", "n"), SQLDataType.BIGINT);
        Field<BigDecimal> decimal = DSL.field(DSL.name("v", "d"), SQLDataType.DECIMAL(30, 10));
        Map<FieldValue, Long> counts = new HashMap<>();
        session.dsl()
                .select(text, number, decimal, count())
                .from(values)
                .where(text.isNotNull().or(number.isNotNull()).or(decimal.isNotNull()))
                .groupBy(text, number, decimal)
                .forEach(row -> counts.merge(
                        read.value(row.value1(), row.value2(), row.value3()), (long) row.value4(), Long::sum));
        return counts;
    }

    private static FieldValue value(
            FieldType type, @Nullable String text, @Nullable Long number, @Nullable BigDecimal decimal) {
        if (type == FieldType.DATE && number != null) {
            int date = number.intValue();
            return FieldValue.date(LocalDate.of(date / YEAR, date / MONTH % MONTH, date % MONTH));
        }
        String option = text != null && type == FieldType.CHOICE ? text.toLowerCase(Locale.ROOT) : text;
        return FieldColumns.item(type, option, number, decimal);
    }

    private Place place(String field) {
        if (field.startsWith("member.")) {
            return membership(field);
        } else if (field.startsWith("lifecycle.")) {
            return stage();
        }
        Optional<TierField> tier = TierField.of(field);
        if (tier.isPresent()) {
            return tier(tier.get());
        }
        var c = CRM_CUSTOMER.as("p");
        Condition row = c.TENANT_ID.eq(tenant.value()).and(c.CUSTOMER_ID.eq(member));
        return switch (field) {
            case "status" -> text(c, row, c.STATUS);
            case "profile.kind" -> text(c, row, coalesce(c.PARTY, inline(PartyKind.PERSON.name())));
            case "profile.gender" -> text(c, row, c.GENDER);
            case "profile.birth_date" ->
                number(
                        c,
                        row,
                        c.BIRTH_YEAR
                                .mul(YEAR)
                                .plus(c.BIRTH_MONTH.mul(MONTH))
                                .plus(c.BIRTH_DAY)
                                .cast(SQLDataType.BIGINT));
            case "profile.language" -> text(c, row, c.LANGUAGE);
            case "profile.time_zone" -> text(c, row, c.TIME_ZONE);
            case "joining.at" -> number(c, row, c.JOINED_MS);
            case "joining.store" -> text(c, row, c.JOINED_STORE);
            case "joining.staff" -> text(c, row, c.JOINED_STAFF);
            default -> throw JooqRuleStore.unsupported(field);
        };
    }

    private Place tier(TierField asked) {
        List<String> levels = TierFacts.levels(asked, query.rule().catalog());
        if (levels.isEmpty()) {
            throw JooqRuleStore.unsupported(asked.name());
        }
        var tiers = new RuleTiers(session.engine(), tenant, query.asOf().toEpochMilli(), "t", asked.program(), levels);
        Condition row = tiers.customer().eq(member);
        return switch (asked.what()) {
            case LEVEL -> new Place(tiers.rows(), row, true, tiers.level(), NO_NUMBER, NO_DECIMAL);
            case RANK -> new Place(tiers.rows(), row, true, NO_TEXT, tiers.rank(), NO_DECIMAL);
            case UNTIL -> number(tiers.rows(), row, tiers.until());
        };
    }

    private static Place text(Table<?> table, Condition row, Field<String> text) {
        return new Place(table, row, false, text, NO_NUMBER, NO_DECIMAL);
    }

    private static Place number(Table<?> table, Condition row, Field<Long> number) {
        return new Place(table, row, false, NO_TEXT, number, NO_DECIMAL);
    }

    private Place membership(String field) {
        var m = CRM_MEMBERSHIP.as("p");
        Condition row =
                m.TENANT_ID.eq(tenant.value()).and(m.CUSTOMER_ID.eq(member)).and(m.STATUS.isNotNull());
        return switch (field) {
            case "member.status" -> text(m, row, m.STATUS);
            case "member.since" -> number(m, row, m.SINCE_MS);
            case "member.joined" -> number(m, row, m.JOINED_MS);
            case "member.store" -> text(m, row, m.JOINED_STORE);
            case "member.channel" -> text(m, row, m.CHANNEL);
            default -> throw JooqRuleStore.unsupported(field);
        };
    }

    private Place stage() {
        var l = CRM_LIFECYCLE.as("p");
        long asOf = query.asOf().toEpochMilli();
        Condition row =
                l.TENANT_ID.eq(tenant.value()).and(l.CUSTOMER_ID.eq(member)).and(l.SINCE_MS.le(asOf));
        return text(
                l,
                row,
                DSL.when(l.THIRD_MS.le(asOf), l.THIRD_STAGE)
                        .when(l.SECOND_MS.le(asOf), l.SECOND_STAGE)
                        .when(l.DUE_MS.le(asOf), l.DUE_STAGE)
                        .otherwise(l.STAGE));
    }

    private Place total(TradeField.InCurrency asked) {
        var t = CRM_TRADE_TOTAL.as("p");
        String code = asked.currency().getCode();
        Condition row =
                t.TENANT_ID.eq(tenant.value()).and(t.CUSTOMER_ID.eq(member)).and(t.CURRENCY.eq(code));
        Field<String> currency = inline(code);
        return switch (asked.field()) {
            case ORDERS -> sum(t, row, NO_TEXT, t.ORDERS);
            case REFUNDS -> sum(t, row, NO_TEXT, t.REFUNDS);
            case AMOUNT -> sum(t, row, currency, t.AMOUNT_MINOR);
            case REFUNDED -> sum(t, row, currency, t.REFUNDED_MINOR);
            case NET -> sum(t, row, currency, t.AMOUNT_MINOR.minus(t.REFUNDED_MINOR));
            case UNITS ->
                new Place(
                        t,
                        row,
                        true,
                        NO_TEXT,
                        NO_NUMBER,
                        coalesce(RuleEvents.units(t.UNITS_MILLI), inline(BigDecimal.ZERO)));
            case FIRST_ORDER -> number(t, row, t.FIRST_MS);
            case LAST_ORDER -> number(t, row, t.LAST_MS);
        };
    }

    private Place asset(AssetField asked) {
        int[] aliases = new int[1];
        var source =
                new RuleAssets(session.engine(), query.asOf().toEpochMilli(), () -> "a" + ++aliases[0]).source(asked);
        RuleSet rows = source.rows();
        Field<Long> value = source.column().numbers();
        var select = select(rows.customer().as("customer_id"), value.as("v"))
                .from(rows.rows())
                .where(rows.tenant().eq(tenant.value()))
                .and(rows.where());
        Table<?> table = (source.grouped() ? select.groupBy(rows.customer()) : select).asTable("p");
        Field<Long> number = DSL.field(DSL.name("p", "v"), SQLDataType.BIGINT);
        Condition row =
                DSL.field(DSL.name("p", "customer_id"), SQLDataType.BIGINT).eq(member);
        return switch (asked.type()) {
            case MONEY -> sum(table, row, inline(asked.asset().unit()), number);
            case INSTANT -> number(table, row, number);
            default -> sum(table, row, NO_TEXT, number);
        };
    }

    private static Place sum(Table<?> table, Condition row, Field<String> currency, Field<Long> number) {
        return new Place(table, row, true, currency, coalesce(number, inline(0L)), NO_DECIMAL);
    }
}
