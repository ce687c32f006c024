package dev.retailcrm.jdbc;

import static dev.retailcrm.jdbc.schema.Tables.CRM_TIER;
import static org.jooq.impl.DSL.choose;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.falseCondition;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.greatest;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.val;
import static org.jooq.impl.DSL.when;

import dev.retailcrm.assets.tier.TierField;
import dev.retailcrm.core.field.FieldType;
import dev.retailcrm.core.kernel.Instants;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.spi.ValueQuestion;
import dev.retailcrm.jdbc.schema.tables.CrmTier;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jooq.CaseValueStep;
import org.jooq.CaseWhenStep;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/**
 * Where a customer stands in a program at an instant, as values of her row: worked out of the JSON of her standings, of which there is one of a
 * program, from its key on up to the instant it tells of. Not thread-safe.
 */
final class RuleTiers {
    private static final long NONE = -1;

    private final Engine engine;
    private final TenantId tenant;
    private final long asOf;
    private final Field<Long> customer;
    private final CrmTier tier;
    private final List<String> levels;
    private final RuleProperties standing;

    /**
     * A program.
     *
     * @param customer the column of the outer row
     * @param levels the lowest first
     */
    RuleTiers(
            Engine engine,
            TenantId tenant,
            long asOf,
            Field<Long> customer,
            String alias,
            String program,
            List<String> levels) {
        this.engine = engine;
        this.tenant = tenant;
        this.asOf = asOf;
        this.customer = customer;
        this.tier = CRM_TIER.as(alias);
        this.levels = levels;
        this.standing = new RuleProperties(engine, standing(program));
    }

    private Field<String> standing(String program) {
        String key = program.replace("\\", "\\\\").replace("\"", "\\\"");
        String pattern = "\\{\"program\":\"" + key.replaceAll("[^A-Za-z0-9]", "\\\\$0") + "\",.*?\"asOf\":[0-9]+\\}";
        return field(
                engine == Engine.POSTGRESQL ? "substring({0} from {1})" : "regexp_substr({0}, {1})",
                SQLDataType.VARCHAR,
                tier.STANDINGS,
                val(pattern));
    }

    /** The value is as asked; {@code null} if it is enough that there is a value. */
    RuleOfRow clause(TierField.What what, @Nullable ValueQuestion question) {
        if (what == TierField.What.UNTIL) {
            RuleColumn column = RuleColumn.number(FieldType.INSTANT, until());
            Condition present = column.present();
            return new RuleOfRow(question == null ? present : present.and(new RuleValues(engine, column).is(question)));
        } else if (question == null) {
            return new RuleOfRow(noCondition());
        } else if (what == TierField.What.RANK) {
            return new RuleOfRow(new RuleValues(engine, RuleColumn.number(FieldType.LONG, rank())).is(question));
        }
        List<Long> ranks = new ArrayList<>();
        for (int i = 0; i < levels.size(); i++) {
            if (holds(question, levels.get(i))) {
                ranks.add((long) i);
            }
        }
        return new RuleOfRow(ranks.isEmpty() ? falseCondition() : rank().in(ranks));
    }

    private static boolean holds(ValueQuestion question, String level) {
        if (question instanceof ValueQuestion.Texts it) {
            return it.texts().contains(level) != it.negated();
        } else if (question instanceof ValueQuestion.Like it) {
            return switch (it.match()) {
                case CONTAINS -> level.contains(it.text());
                case STARTS -> level.startsWith(it.text());
                case ENDS -> level.endsWith(it.text());
                case MATCHES -> Pattern.matches(it.text(), level);
            };
        }
        throw new IllegalStateException("texts are asked about");
    }

    /** How many levels are below hers. */
    Field<Long> rank() {
        return coalesce(hers(rankOfRow()), inline(0L));
    }

    /** The key of her level. */
    Field<String> level() {
        CaseValueStep<Long> rank = choose(rank());
        CaseWhenStep<Long, String> level = rank.when(inline(0L), val(levels.get(0)));
        for (int i = 1; i < levels.size(); i++) {
            level = level.when(inline((long) i), val(levels.get(i)));
        }
        Field<String> text = level.otherwise(val(levels.get(0)));
        return engine == Engine.MARIADB ? field("({0} collate utf8mb4_nopad_bin)", SQLDataType.VARCHAR, text) : text;
    }

    /** When it ends; null if it does not. */
    Field<Long> until() {
        Field<Long> rank = rankOfRow();
        Field<Long> grace = coalesce(number("grace"), number("until"));
        Field<Long> locked = number("locked");
        Field<Long> reachedUntil = when(locked.isNotNull(), greatest(locked, coalesce(grace, locked)))
                .otherwise(grace);
        Field<Long> end = greatest(
                coalesce(when(rank(text("reached")).eq(rank), reachedUntil), inline(NONE)),
                coalesce(when(bound("floor").eq(rank), inner("floor")), inline(NONE)),
                coalesce(when(bound("paid").eq(rank), inner("paid")), inline(NONE)));
        return hers(when(rank.gt(0L).and(end.gt(NONE)).and(end.lt(Instants.LAST.toEpochMilli())), end));
    }

    private Field<Long> rankOfRow() {
        return greatest(coalesce(rank(text("reached")), inline(0L)), bound("floor"), bound("paid"));
    }

    /** The rank of a level that is hers at least for a while; -1 when that is over, or there is none. */
    private Field<Long> bound(String name) {
        return when(inner(name).gt(asOf), rank(standing.inner(name, "level"))).otherwise(inline(NONE));
    }

    private Field<Long> rank(Field<String> level) {
        CaseValueStep<String> key = choose(level);
        CaseWhenStep<String, Long> rank = key.when(val(levels.get(0)), inline(0L));
        for (int i = 1; i < levels.size(); i++) {
            rank = rank.when(val(levels.get(i)), inline((long) i));
        }
        return rank.otherwise(inline(0L));
    }

    private Field<String> text(String name) {
        return standing.column(name, FieldType.TEXT).texts();
    }

    private Field<Long> number(String name) {
        return standing.column(name, FieldType.LONG).numbers();
    }

    private Field<Long> inner(String name) {
        return standing.inner(name, "until").cast(SQLDataType.BIGINT);
    }

    private Field<Long> hers(Field<Long> value) {
        return field(select(value)
                .from(tier)
                .where(tier.TENANT_ID.eq(tenant.value()))
                .and(tier.CUSTOMER_ID.eq(customer)));
    }
}
