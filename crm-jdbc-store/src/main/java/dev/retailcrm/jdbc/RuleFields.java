package dev.retailcrm.jdbc;

import static dev.retailcrm.jdbc.schema.Tables.CRM_LIFECYCLE;
import static dev.retailcrm.jdbc.schema.Tables.CRM_MEMBERSHIP;
import static dev.retailcrm.jdbc.schema.Tables.CRM_TRADE_TOTAL;
import static dev.retailcrm.jdbc.schema.tables.CrmFieldValue.CRM_FIELD_VALUE;
import static org.jooq.impl.DSL.and;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.falseCondition;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.not;
import static org.jooq.impl.DSL.sum;
import static org.jooq.impl.DSL.when;

import dev.retailcrm.assets.rule.AssetField;
import dev.retailcrm.assets.tier.TierFacts;
import dev.retailcrm.assets.tier.TierField;
import dev.retailcrm.core.customer.PartyKind;
import dev.retailcrm.core.field.CatalogField;
import dev.retailcrm.core.field.FieldType;
import dev.retailcrm.core.field.FieldValue;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.rule.Comparison;
import dev.retailcrm.core.rule.Quantifier;
import dev.retailcrm.core.rule.RuleCatalog;
import dev.retailcrm.core.rule.TradeField;
import dev.retailcrm.core.spi.LookupKey;
import dev.retailcrm.core.spi.ValueQuestion;
import dev.retailcrm.core.trade.TradeTotal;
import dev.retailcrm.jdbc.schema.tables.CrmCustomer;
import dev.retailcrm.jdbc.schema.tables.CrmFieldValue;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jooq.Condition;
import org.jooq.Field;
import org.jspecify.annotations.Nullable;

/** Questions about fields as clauses. Not thread-safe. */
final class RuleFields {
    static final String CUSTOM = "custom.";

    private final Engine engine;
    private final TenantId tenant;
    private final Sealing sealing;
    private final CrmCustomer customer;
    private final long asOf;
    private final RuleCatalog catalog;
    private final Supplier<String> aliases;

    RuleFields(
            Engine engine,
            TenantId tenant,
            Sealing sealing,
            CrmCustomer customer,
            long asOf,
            RuleCatalog catalog,
            Supplier<String> aliases) {
        this.catalog = catalog;
        this.engine = engine;
        this.tenant = tenant;
        this.sealing = sealing;
        this.customer = customer;
        this.asOf = asOf;
        this.aliases = aliases;
    }

    /** The keys of the custom fields among these. */
    static Set<String> customKeys(List<String> fields) {
        return fields.stream()
                .filter(name -> name.startsWith(CUSTOM))
                .map(name -> name.substring(CUSTOM.length()))
                .collect(Collectors.toSet());
    }

    /**
     * The value is as asked.
     *
     * @param question {@code null} if it is enough that there is a value
     */
    RuleClause clause(CatalogField field, boolean folded, @Nullable ValueQuestion question) {
        String name = field.name();
        if (name.startsWith(CUSTOM)) {
            return new RuleClause.Among(custom(field, folded, question));
        } else if (name.startsWith("member.")) {
            return member(field, question);
        } else if (name.startsWith("lifecycle.")) {
            return stage(question);
        }
        Optional<AssetField> asset = AssetField.of(name);
        if (asset.isPresent()) {
            return new RuleAssets(engine, asOf, aliases).clause(asset.get(), question);
        }
        Optional<TierField> tier = TierField.of(name);
        if (tier.isPresent()) {
            return tier(tier.get(), question);
        }
        Optional<TradeField.InCurrency> trade = TradeField.of(name);
        return trade.isPresent() ? total(trade.get(), question) : new RuleOfRow(value(own(field), question));
    }

    private Condition value(RuleColumn column, @Nullable ValueQuestion question) {
        if (question == null) {
            return column.present();
        }
        return column.present().and(asked(column, question));
    }

    /** Of one option, all questions about options are about that one. */
    private Condition asked(RuleColumn column, ValueQuestion question) {
        if (question instanceof ValueQuestion.Options it) {
            List<String> options = it.options().stream().map(column::option).toList();
            int number = options.size();
            return switch (it.quantifier()) {
                case ANY -> column.texts().in(options);
                case ALL ->
                    number > 1
                            ? falseCondition()
                            : number == 0 ? noCondition() : column.texts().in(options);
                case NONE -> column.texts().notIn(options);
            };
        } else if (question instanceof ValueQuestion.OptionCount it) {
            return it.comparison().holds(Long.compare(1, it.number())) ? noCondition() : falseCondition();
        }
        return new RuleValues(engine, column).is(question);
    }

    private RuleColumn own(CatalogField field) {
        return switch (field.name()) {
            case "status" -> RuleColumn.constant(customer.STATUS);
            case "profile.kind" -> RuleColumn.constant(coalesce(customer.PARTY, inline(PartyKind.PERSON.name())));
            case "profile.gender" -> RuleColumn.constant(customer.GENDER);
            case "profile.birth_date" ->
                RuleColumn.days(RuleDays.parts(customer.BIRTH_YEAR, customer.BIRTH_MONTH, customer.BIRTH_DAY));
            case "profile.birthday" -> RuleColumn.days(RuleDays.yearless(customer.BIRTH_MONTH, customer.BIRTH_DAY));
            case "profile.language" -> RuleColumn.text(field.type(), customer.LANGUAGE);
            case "profile.time_zone" -> RuleColumn.text(field.type(), customer.TIME_ZONE);
            case "joining.at" -> RuleColumn.number(field.type(), customer.JOINED_MS);
            case "joining.store" -> RuleColumn.text(field.type(), customer.JOINED_STORE);
            case "joining.staff" -> RuleColumn.text(field.type(), customer.JOINED_STAFF);
            default -> throw JooqRuleStore.unsupported(field.name());
        };
    }

    private RuleSet custom(CatalogField field, boolean folded, @Nullable ValueQuestion question) {
        var f = CRM_FIELD_VALUE.as(aliases.get());
        String key = field.name().substring(CUSTOM.length());
        RuleSet all = RuleSet.of(f, f.TENANT_ID, f.CUSTOMER_ID, f.FIELD_KEY.eq(key));
        if (question == null) {
            return all;
        } else if (field.personal()) {
            return all.where(sealed(f, key, question));
        } else if (field.type() == FieldType.MULTI_CHOICE) {
            return options(all, f.TEXT_VALUE, question);
        }
        RuleColumn column = folded
                ? RuleColumn.folded(f.FOLDED, f.TEXT_VALUE)
                : RuleColumn.typed(field.type(), f.TEXT_VALUE, f.LONG_VALUE, f.DECIMAL_VALUE);
        return all.where(asked(column, question));
    }

    static RuleSet options(RuleSet all, Field<String> option, ValueQuestion question) {
        if (question instanceof ValueQuestion.OptionCount it) {
            return all.having(RuleValues.compare(count().coerce(Long.class), it.comparison(), it.number()));
        }
        ValueQuestion.Options asked = (ValueQuestion.Options) question;
        Set<String> options = asked.options();
        if (asked.quantifier() == Quantifier.ANY) {
            return all.where(option.in(options));
        } else if (asked.quantifier() == Quantifier.ALL) {
            return options.isEmpty() ? all : all.where(option.in(options)).having(count().eq(options.size()));
        }
        return options.isEmpty()
                ? all
                : all.having(sum(when(option.in(options), inline(1)).otherwise(inline(0)))
                        .eq(BigDecimal.ZERO));
    }

    /** Equality of personal values goes by the tokens under which they may be kept. */
    private Condition sealed(CrmFieldValue f, String key, ValueQuestion question) {
        boolean negated;
        List<FieldValue> values;
        if (question instanceof ValueQuestion.Compare it) {
            values = List.of(it.value());
            negated = it.comparison() == Comparison.NE;
        } else if (question instanceof ValueQuestion.In it) {
            values = it.values();
            negated = it.negated();
        } else if (question instanceof ValueQuestion.Texts it) {
            values = it.texts().stream().map(FieldValue::unchanged).toList();
            negated = it.negated();
        } else {
            throw JooqRuleStore.unsupported(key);
        }
        List<LookupKey> keys = values.stream()
                .flatMap(value -> sealing.candidates(tenant, LookupKey.field(key, value)).stream())
                .toList();
        Condition one = keys.isEmpty() ? falseCondition() : FieldColumns.under(f, keys);
        return negated ? not(one) : one;
    }

    private RuleClause member(CatalogField field, @Nullable ValueQuestion question) {
        var m = CRM_MEMBERSHIP.as(aliases.get());
        RuleColumn column = switch (field.name()) {
            case "member.status" -> RuleColumn.constant(m.STATUS);
            case "member.since" -> RuleColumn.number(field.type(), m.SINCE_MS);
            case "member.joined" -> RuleColumn.number(field.type(), m.JOINED_MS);
            case "member.store" -> RuleColumn.text(field.type(), m.JOINED_STORE);
            case "member.channel" -> RuleColumn.text(field.type(), m.CHANNEL);
            default -> throw JooqRuleStore.unsupported(field.name());
        };
        return new RuleClause.Among(
                RuleSet.of(m, m.TENANT_ID, m.CUSTOMER_ID, m.STATUS.isNotNull().and(value(column, question))));
    }

    /** The stage booked last, or the one that time alone has led to since. */
    private RuleClause stage(@Nullable ValueQuestion question) {
        var l = CRM_LIFECYCLE.as(aliases.get());
        Field<String> stage = when(l.THIRD_MS.le(asOf), l.THIRD_STAGE)
                .when(l.SECOND_MS.le(asOf), l.SECOND_STAGE)
                .when(l.DUE_MS.le(asOf), l.DUE_STAGE)
                .otherwise(l.STAGE);
        RuleColumn column = RuleColumn.constant(stage);
        return new RuleClause.Among(
                RuleSet.of(l, l.TENANT_ID, l.CUSTOMER_ID, and(l.SINCE_MS.le(asOf), value(column, question))));
    }

    private RuleClause tier(TierField asked, @Nullable ValueQuestion question) {
        List<String> levels = TierFacts.levels(asked, catalog);
        if (levels.isEmpty()) {
            throw JooqRuleStore.unsupported(asked.name());
        }
        return new RuleTiers(engine, tenant, asOf, aliases.get(), asked.program(), levels)
                .clause(asked.what(), question);
    }

    /** Where there is no row, all sums are 0. */
    private RuleClause total(TradeField.InCurrency asked, @Nullable ValueQuestion question) {
        var t = CRM_TRADE_TOTAL.as(aliases.get());
        FieldType type = asked.catalogField().type();
        RuleColumn column = switch (asked.field()) {
            case ORDERS -> RuleColumn.number(type, t.ORDERS);
            case AMOUNT -> RuleColumn.money(t.CURRENCY, t.AMOUNT_MINOR);
            case UNITS -> RuleColumn.decimal(RuleEvents.units(t.UNITS_MILLI));
            case REFUNDS -> RuleColumn.number(type, t.REFUNDS);
            case REFUNDED -> RuleColumn.money(t.CURRENCY, t.REFUNDED_MINOR);
            case NET -> RuleColumn.money(t.CURRENCY, t.AMOUNT_MINOR.minus(t.REFUNDED_MINOR));
            case FIRST_ORDER -> RuleColumn.number(type, t.FIRST_MS);
            case LAST_ORDER -> RuleColumn.number(type, t.LAST_MS);
        };
        Condition inCurrency = t.CURRENCY.eq(asked.currency().getCode());
        RuleSet all = RuleSet.of(t, t.TENANT_ID, t.CUSTOMER_ID, inCurrency);
        Optional<FieldValue> nothing = asked.of(TradeTotal.none(asked.currency()));
        if (nothing.isEmpty()) {
            return new RuleClause.Among(all.where(value(column, question)));
        } else if (question == null) {
            return new RuleClause.All(List.of());
        }
        Condition holds = new RuleValues(engine, column).is(question);
        return RuleValues.holds(question, nothing.get())
                ? new RuleClause.Negation(new RuleClause.Among(all.where(not(holds))))
                : new RuleClause.Among(all.where(holds));
    }
}
