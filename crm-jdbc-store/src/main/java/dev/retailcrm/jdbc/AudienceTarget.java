package dev.retailcrm.jdbc;

import static dev.retailcrm.jdbc.schema.Tables.CRM_AUDIENCE_PICK;
import static dev.retailcrm.jdbc.schema.Tables.CRM_AUDIENCE_STAY;
import static dev.retailcrm.jdbc.schema.Tables.CRM_CUSTOMER;
import static org.jooq.impl.DSL.castNull;
import static org.jooq.impl.DSL.concat;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.exists;
import static org.jooq.impl.DSL.falseCondition;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.max;
import static org.jooq.impl.DSL.md5;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.notExists;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.selectOne;
import static org.jooq.impl.DSL.val;
import static org.jooq.impl.DSL.when;
import static org.jooq.impl.DSL.with;

import dev.retailcrm.audience.AudienceChoice;
import dev.retailcrm.audience.StayReason;
import dev.retailcrm.audience.spi.AudienceQuestion;
import dev.retailcrm.core.field.FieldValue;
import dev.retailcrm.core.rule.Comparison;
import dev.retailcrm.core.spi.ValueQuestion;
import dev.retailcrm.jdbc.schema.tables.CrmAudiencePick;
import dev.retailcrm.jdbc.schema.tables.CrmAudienceStay;
import dev.retailcrm.jdbc.schema.tables.CrmCustomer;
import java.util.ArrayList;
import java.util.List;
import org.jooq.CommonTableExpression;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record2;
import org.jooq.Record3;
import org.jooq.Select;
import org.jooq.SelectConditionStep;
import org.jooq.Table;
import org.jooq.impl.SQLDataType;

/** Who belongs to an audience, as a table of customers and why, and in what that differs from its members. Not thread-safe. */
final class AudienceTarget {
    private static final ValueQuestion ONE = new ValueQuestion.Compare(Comparison.GE, FieldValue.number(1));

    private final Session session;
    private final Engine engine;
    private final Sealing sealing;
    private final AudienceQuestion question;
    private final RuleScope scope;
    private final String tenant;

    /** @param scope the customers who are asked about; under a limit, all are */
    AudienceTarget(Session session, Sealing sealing, AudienceQuestion question, RuleScope scope) {
        this.session = session;
        this.engine = session.engine();
        this.sealing = sealing;
        this.question = question;
        this.scope = scope;
        this.tenant = question.tenant().value();
    }

    /** Who belongs, with why. */
    Table<Record2<Long, String>> table() {
        Integer limit = question.limit();
        if (limit == null) {
            return belonging(scope).asTable("t", "customer_id", "reason");
        }
        Table<?> all = belonging(RuleScope.ALL).asTable("u", "customer_id", "reason");
        Field<Long> id = id(all);
        Field<String> reason = reason(all);
        Field<String> named = concat(val(question.audience() + ":"), id.cast(SQLDataType.VARCHAR(20)));
        return select(id, reason)
                .from(all)
                .orderBy(
                        when(reason.eq(inline(StayReason.INCLUDED.name())), inline(0))
                                .otherwise(inline(1)),
                        rank(named),
                        id)
                .limit(Math.max(limit, included()))
                .asTable("t", "customer_id", "reason");
    }

    /** As text, or as the same bytes. */
    private Field<?> rank(Field<String> named) {
        return switch (engine) {
            case H2 -> field("hash('MD5', stringtoutf8({0}))", SQLDataType.VARBINARY, named);
            case POSTGRESQL -> field("{0} collate \"C\"", SQLDataType.VARCHAR(32), md5(named));
            case MARIADB -> md5(named);
        };
    }

    static Field<Long> id(Table<?> table) {
        return table.field("customer_id", SQLDataType.BIGINT);
    }

    static Field<String> reason(Table<?> table) {
        return table.field("reason", SQLDataType.VARCHAR(16));
    }

    private Select<Record2<Long, String>> belonging(RuleScope asked) {
        CrmCustomer c = CRM_CUSTOMER.as("c");
        if (question.basis() == AudienceQuestion.Basis.ARCHIVED) {
            return select(c.CUSTOMER_ID, inline(StayReason.ARCHIVED.name()))
                    .from(c)
                    .where(falseCondition());
        }
        CrmAudiencePick said = CRM_AUDIENCE_PICK.as("said");
        CrmAudiencePick p = CRM_AUDIENCE_PICK.as("p");
        CrmCustomer o = CRM_CUSTOMER.as("o");
        RuleSelect rule = rule(c, asked);
        return select(c.CUSTOMER_ID, inline(question.basis().name()))
                .from(rule.from())
                .where(JooqRuleStore.isActive(c, question.tenant()))
                .and(asked.holds(c.CUSTOMER_ID))
                .and(rule.where())
                .and(notExists(selectOne()
                        .from(said)
                        .where(isPick(said))
                        .and(said.CUSTOMER_ID.eq(c.CUSTOMER_ID))
                        .and(said.CHOICE.isNotNull())))
                .unionAll(select(p.CUSTOMER_ID, inline(StayReason.INCLUDED.name()))
                        .from(p)
                        .join(o)
                        .on(o.TENANT_ID.eq(p.TENANT_ID))
                        .and(o.CUSTOMER_ID.eq(p.CUSTOMER_ID))
                        .where(isPick(p))
                        .and(asked.holds(p.CUSTOMER_ID))
                        .and(p.CHOICE.eq(AudienceChoice.IN.name()))
                        .and(JooqRuleStore.isActive(o, question.tenant())));
    }

    private RuleSelect rule(CrmCustomer c, RuleScope asked) {
        var sql = new RuleSql(engine, question.tenant(), sealing, c, question.rule());
        List<RuleClause> all = new ArrayList<>();
        all.add(question.rule().rule().at(question.rule().asOf()).translate(sql));
        if (question.basis() == AudienceQuestion.Basis.LISTED) {
            CrmAudiencePick l = CRM_AUDIENCE_PICK.as("l");
            Condition listed = question.listing() == 0
                    ? falseCondition()
                    : l.LISTING.eq(question.listing()).or(l.PENDING.eq(question.listing()));
            all.add(new RuleClause.Among(RuleSet.of(
                    l,
                    l.TENANT_ID,
                    l.CUSTOMER_ID,
                    l.AUDIENCE_KEY.eq(question.audience()).and(listed))));
        }
        if (!question.excluded().isEmpty()) {
            all.add(new RuleClause.Negation(sql.audiences(question.excluded(), ONE)));
        }
        return new RuleSelect(tenant, c, true, asked).require(new RuleClause.All(all));
    }

    /** How many are in by hand: all of them, whatever the limit. */
    private int included() {
        CrmAudiencePick p = CRM_AUDIENCE_PICK.as("p");
        CrmCustomer o = CRM_CUSTOMER.as("o");
        return session.dsl()
                .fetchCount(select(p.CUSTOMER_ID)
                        .from(p)
                        .join(o)
                        .on(o.TENANT_ID.eq(p.TENANT_ID))
                        .and(o.CUSTOMER_ID.eq(p.CUSTOMER_ID))
                        .where(isPick(p))
                        .and(p.CHOICE.eq(AudienceChoice.IN.name()))
                        .and(JooqRuleStore.isActive(o, question.tenant())));
    }

    private Condition isPick(CrmAudiencePick p) {
        return p.TENANT_ID.eq(tenant).and(p.AUDIENCE_KEY.eq(question.audience()));
    }

    private Condition isMember(CrmAudienceStay m) {
        return m.TENANT_ID
                .eq(tenant)
                .and(m.AUDIENCE_KEY.eq(question.audience()))
                .and(m.UNTIL_MS.isNull());
    }

    /** Who would come (belongs and is not in) and who would go (is active, in, and does not belong), with why. The rule is worked out once. */
    Select<Record3<Long, String, Boolean>> changes() {
        return engine == Engine.POSTGRESQL ? unmatched() : foundOnce();
    }

    private Select<Record2<Long, String>> belonging() {
        Table<Record2<Long, String>> t = table();
        return select(id(t), reason(t)).from(t).where(scope.holds(id(t)));
    }

    /** Who is in and active, with two values more. */
    private <T> SelectConditionStep<Record3<Long, String, T>> held(
            CrmAudienceStay m, Field<String> reason, Field<T> mark) {
        CrmCustomer a = CRM_CUSTOMER.as("a");
        return select(m.CUSTOMER_ID, reason, mark)
                .from(m)
                .join(a)
                .on(a.TENANT_ID.eq(m.TENANT_ID))
                .and(a.CUSTOMER_ID.eq(m.CUSTOMER_ID))
                .where(isMember(m))
                .and(scope.holds(m.CUSTOMER_ID))
                .and(JooqRuleStore.isActive(a, question.tenant()));
    }

    /** Those of either side who are not on the other. */
    private Select<Record3<Long, String, Boolean>> unmatched() {
        CommonTableExpression<Record2<Long, String>> w =
                name("w").fields("customer_id", "reason").asMaterialized(belonging());
        CrmAudienceStay m = CRM_AUDIENCE_STAY.as("m");
        return with(w).select(id(w), reason(w), inline(true))
                .from(w)
                .where(notExists(selectOne().from(m).where(isMember(m)).and(m.CUSTOMER_ID.eq(id(w)))))
                .unionAll(held(m, whyGone(m.CUSTOMER_ID), inline(false))
                        .and(notExists(selectOne().from(w).where(id(w).eq(m.CUSTOMER_ID)))));
    }

    /** Of those who belong and those who are in, whoever is found once. */
    private Select<Record3<Long, String, Boolean>> foundOnce() {
        Table<Record2<Long, String>> t = belonging().asTable("t", "customer_id", "reason");
        CrmAudienceStay m = CRM_AUDIENCE_STAY.as("m");
        Table<?> found = select(id(t), reason(t), inline(1))
                .from(t)
                .unionAll(held(m, castNull(SQLDataType.VARCHAR(16)), inline(0)))
                .asTable("found", "customer_id", "reason", "belongs");
        Field<Integer> belongs = found.field("belongs", SQLDataType.INTEGER);
        Table<?> d = select(
                        id(found), max(reason(found)).as("reason"), max(belongs).as("belongs"))
                .from(found)
                .groupBy(id(found))
                .having(count().eq(1))
                .asTable("d");
        Condition comes = d.field("belongs", SQLDataType.INTEGER).eq(inline(1));
        return select(id(d), when(comes, reason(d)).otherwise(whyGone(id(d))), field(comes))
                .from(d);
    }

    private Field<String> whyGone(Field<Long> customer) {
        if (question.basis() == AudienceQuestion.Basis.ARCHIVED) {
            return inline(StayReason.ARCHIVED.name());
        }
        CrmAudiencePick out = CRM_AUDIENCE_PICK.as("out_pick");
        return when(
                        exists(selectOne()
                                .from(out)
                                .where(isPick(out))
                                .and(out.CUSTOMER_ID.eq(customer))
                                .and(out.CHOICE.eq(AudienceChoice.OUT.name()))),
                        inline(StayReason.EXCLUDED.name()))
                .otherwise(inline(question.basis().name()));
    }

    /** If anybody is in; if not, those who belong are those who come. */
    boolean hasMembers() {
        CrmAudienceStay m = CRM_AUDIENCE_STAY.as("m");
        return session.dsl().fetchExists(selectOne().from(m).where(isMember(m)));
    }

    /** All who belong, as those who come. */
    Select<Record3<Long, String, Boolean>> all() {
        Table<Record2<Long, String>> t = belonging().asTable("t", "customer_id", "reason");
        return select(id(t), reason(t), inline(true)).from(t);
    }
}
