package dev.retailcrm.jdbc;

import static dev.retailcrm.jdbc.schema.tables.CrmAudienceStay.CRM_AUDIENCE_STAY;
import static dev.retailcrm.jdbc.schema.tables.CrmTagAssignment.CRM_TAG_ASSIGNMENT;

import dev.retailcrm.core.field.CatalogField;
import dev.retailcrm.core.field.FieldType;
import dev.retailcrm.core.field.FieldValue;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.rule.Aggregate;
import dev.retailcrm.core.spi.EventQuestion;
import dev.retailcrm.core.spi.RuleQuery;
import dev.retailcrm.core.spi.RuleTranslation;
import dev.retailcrm.core.spi.SumQuestion;
import dev.retailcrm.core.spi.ValueQuestion;
import dev.retailcrm.jdbc.schema.tables.CrmCustomer;
import dev.retailcrm.jdbc.schema.tables.CrmTagAssignment;
import java.util.List;
import java.util.Set;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** A rule as clauses about a row of {@code crm_customer}. Not thread-safe. */
final class RuleSql implements RuleTranslation<RuleClause> {
    private final Engine engine;
    private final long asOf;
    private final RuleFields fields;
    private final RuleEventSets events;
    private int aliases;

    RuleSql(Engine engine, TenantId tenant, Sealing sealing, CrmCustomer customer, RuleQuery query) {
        this.engine = engine;
        this.asOf = query.asOf().toEpochMilli();
        this.fields = new RuleFields(
                engine, tenant, sealing, customer, asOf, query.rule().catalog(), this::alias);
        this.events = new RuleEventSets(engine, query.retentions(), this::alias);
    }

    private String alias() {
        return "t" + ++aliases;
    }

    @Override
    public RuleClause all(List<RuleClause> parts) {
        return new RuleClause.All(parts);
    }

    @Override
    public RuleClause any(List<RuleClause> parts) {
        return new RuleClause.Any(parts);
    }

    @Override
    public RuleClause not(RuleClause part) {
        return new RuleClause.Negation(part);
    }

    @Override
    public RuleClause field(CatalogField field, boolean folded, ValueQuestion question) {
        return fields.clause(field, folded, question);
    }

    @Override
    public RuleClause present(CatalogField field) {
        return fields.clause(field, false, null);
    }

    @Override
    public RuleClause tags(Set<String> tags, ValueQuestion number) {
        var a = CRM_TAG_ASSIGNMENT.as(alias());
        RuleSet hers =
                RuleSet.of(a, a.TENANT_ID, a.CUSTOMER_ID, a.TAG_KEY.in(tags).and(isHers(a)));
        return counted(hers, DSL.count(), number);
    }

    private Condition isHers(CrmTagAssignment a) {
        return a.FROM_MS.le(asOf).and(a.UNTIL_MS.isNull().or(a.UNTIL_MS.gt(asOf)));
    }

    @Override
    public RuleClause tagValue(String tag, FieldType type, @Nullable ValueQuestion question) {
        var a = CRM_TAG_ASSIGNMENT.as(alias());
        RuleColumn column = RuleColumn.typed(type, a.TEXT_VALUE, a.LONG_VALUE, a.DECIMAL_VALUE);
        Condition value = question == null ? column.present() : new RuleValues(engine, column).is(question);
        return new RuleClause.Among(RuleSet.of(
                a,
                a.TENANT_ID,
                a.CUSTOMER_ID,
                a.TAG_KEY
                        .eq(tag)
                        .and(isHers(a))
                        .and(a.VALUE_TYPE.eq(type.name()))
                        .and(value)));
    }

    @Override
    public RuleClause audiences(Set<String> audiences, ValueQuestion number) {
        var s = CRM_AUDIENCE_STAY.as(alias());
        RuleSet hers = RuleSet.of(
                s,
                s.TENANT_ID,
                s.CUSTOMER_ID,
                s.AUDIENCE_KEY.in(audiences).and(s.UNTIL_MS.isNull()).and(s.FROM_MS.le(asOf)));
        return counted(hers, DSL.count(), number);
    }

    /** Where nothing is enough, whoever has anything else than enough is left out. */
    static RuleClause counted(RuleSet rows, Field<? extends Number> number, ValueQuestion question) {
        boolean none = RuleValues.holds(question, FieldValue.number(0));
        if (isWhetherAny(question)) {
            var any = new RuleClause.Among(rows);
            return none ? new RuleClause.Negation(any) : any;
        }
        Condition enough = RuleValues.counted(number, question);
        return none
                ? new RuleClause.Negation(new RuleClause.Among(rows.having(enough.not())))
                : new RuleClause.Among(rows.having(enough));
    }

    /** Whether every number but 0 is as good as any other. */
    private static boolean isWhetherAny(ValueQuestion question) {
        if (!(question instanceof ValueQuestion.Compare compare)) {
            return false;
        }
        long number = compare.value().asLong();
        return switch (compare.comparison()) {
            case EQ, NE, GT, LE -> number == 0;
            case GE, LT -> number == 1;
        };
    }

    @Override
    public RuleClause count(EventQuestion asked, EventQuestion.@Nullable Part distinct, ValueQuestion number) {
        return events.counted(asked, distinct, number);
    }

    @Override
    public RuleClause one(EventQuestion asked, Aggregate aggregate, EventQuestion.Part property) {
        return new RuleClause.Among(events.one(asked, aggregate, property));
    }

    @Override
    public RuleClause sum(EventQuestion asked, SumQuestion sum) {
        return events.summed(asked, sum);
    }

    @Override
    public RuleClause firstEver(EventQuestion asked, long from, long to) {
        return new RuleClause.Among(events.firstEver(asked, from, to));
    }

    @Override
    public RuleClause sequence(EventQuestion first, EventQuestion then, long within) {
        return new RuleClause.Among(events.sequence(first, then, within));
    }

    @Override
    public RuleClause periods(EventQuestion asked, List<Long> starts, long perPeriod, int atLeast) {
        return new RuleClause.Among(events.periods(asked, starts, perPeriod, atLeast));
    }

    @Override
    public RuleClause silence(EventQuestion asked, long silent, @Nullable Long back) {
        return new RuleClause.Among(events.silence(asked, silent, back));
    }
}
