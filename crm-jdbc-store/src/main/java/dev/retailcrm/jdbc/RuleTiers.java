package dev.retailcrm.jdbc;

import static dev.retailcrm.jdbc.schema.Tables.CRM_TIER;
import static org.jooq.impl.DSL.choose;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.falseCondition;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.greatest;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.lateral;
import static org.jooq.impl.DSL.not;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.val;
import static org.jooq.impl.DSL.when;

import dev.retailcrm.assets.tier.TierField;
import dev.retailcrm.core.field.FieldType;
import dev.retailcrm.core.field.FieldValue;
import dev.retailcrm.core.kernel.Instants;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.spi.ValueQuestion;
import dev.retailcrm.jdbc.schema.tables.CrmTier;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jooq.CaseValueStep;
import org.jooq.CaseWhenStep;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Table;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/**
 * Where customers stand in a program at an instant: worked out of the JSON of their standings, of which there is one of a program, from its key on up to
 * the instant it tells of. Each step is a table of its own, so that the next names what it found, and does not repeat it. Who has no row is at the lowest
 * level, for ever. Immutable.
 */
final class RuleTiers {
    private static final long NONE = -1;
    private static final String TENANT = "tenant_id";
    private static final String CUSTOMER = "customer_id";

    private final Engine engine;
    private final TenantId tenant;
    private final long asOf;
    private final String alias;
    private final String program;
    private final List<String> levels;
    private final Table<?> rows;

    /**
     * A program.
     *
     * @param alias that begins the names of the tables
     * @param levels the lowest first
     */
    RuleTiers(Engine engine, TenantId tenant, long asOf, String alias, String program, List<String> levels) {
        this.engine = engine;
        this.tenant = tenant;
        this.asOf = asOf;
        this.alias = alias;
        this.program = program;
        this.levels = levels;
        this.rows = worked();
    }

    /**
     * The steps one after the other. PostgreSQL would put the expressions of each in the place of their names, up to a gigabyte of them: there each step is
     * lateral and fenced in by an {@code offset}, and still only those customers come to it who are asked about.
     */
    private Table<?> worked() {
        List<Function<Table<?>, List<Field<?>>>> steps =
                List.of(this::standing, this::found, this::ranks, RuleTiers::ends);
        CrmTier t = CRM_TIER.as(alias + "_row");
        Table<?> all = select(t.TENANT_ID.as(TENANT), t.CUSTOMER_ID.as(CUSTOMER), t.STANDINGS.as("standings"))
                .from(t)
                .where(t.TENANT_ID.eq(tenant.value()))
                .asTable(alias + "_all");
        Table<?> last = all;
        for (int i = 0; i < steps.size(); i++) {
            List<Field<?>> found = steps.get(i).apply(last);
            String name = alias + "_" + i;
            if (engine == Engine.POSTGRESQL) {
                last = lateral(select(found).offset(inline(0))).as(name);
                all = all.crossJoin(last);
            } else {
                last = select(all.field(TENANT), all.field(CUSTOMER))
                        .select(found)
                        .from(all)
                        .asTable(name);
                all = last;
            }
        }
        return select(all.field(TENANT), all.field(CUSTOMER), number(last, "stands"), number(last, "ends"))
                .from(all)
                .asTable(alias);
    }

    /** The standing in the program, as JSON. */
    private List<Field<?>> standing(Table<?> from) {
        String key = program.replace("\\", "\\\\").replace("\"", "\\\"");
        String pattern = "\\{\"program\":\"" + key.replaceAll("[^A-Za-z0-9]", "\\\\$0") + "\",.*?\"asOf\":[0-9]+\\}";
        Field<String> standing = field(
                engine == Engine.POSTGRESQL ? "substring({0} from {1})" : "regexp_substr({0}, {1})",
                SQLDataType.VARCHAR,
                from.field("standings"),
                val(pattern));
        return List.of(standing.as("standing"));
    }

    /** What it says. */
    private List<Field<?>> found(Table<?> from) {
        var standing = new RuleProperties(engine, from.field("standing", SQLDataType.VARCHAR));
        return List.of(
                rank(standing.column("reached", FieldType.TEXT).texts()).as("reached"),
                rank(standing.inner("floor", "level")).as("floor"),
                millis(standing.inner("floor", "until")).as("floor_until"),
                rank(standing.inner("paid", "level")).as("paid"),
                millis(standing.inner("paid", "until")).as("paid_until"),
                standing.column("grace", FieldType.LONG).numbers().as("grace"),
                standing.column("until", FieldType.LONG).numbers().as("until_ms"),
                standing.column("locked", FieldType.LONG).numbers().as("locked"));
    }

    private static Field<Long> millis(Field<String> text) {
        return text.cast(SQLDataType.BIGINT);
    }

    /** Which ranks count by then: one that is hers for a while is -1 when that is over, or there is none. */
    private List<Field<?>> ranks(Table<?> from) {
        Field<Long> floor = bound(from, "floor");
        Field<Long> paid = bound(from, "paid");
        Field<Long> reached = number(from, "reached");
        Field<Long> grace = coalesce(number(from, "grace"), number(from, "until_ms"));
        Field<Long> locked = number(from, "locked");
        return List.of(
                greatest(reached, floor, paid).as("stands"),
                reached.as("reached"),
                when(locked.isNotNull(), greatest(locked, coalesce(grace, locked)))
                        .otherwise(grace)
                        .as("reached_until"),
                floor.as("floor"),
                number(from, "floor_until").as("floor_until"),
                paid.as("paid"),
                number(from, "paid_until").as("paid_until"));
    }

    private Field<Long> bound(Table<?> from, String name) {
        return when(number(from, name + "_until").gt(asOf), number(from, name)).otherwise(inline(NONE));
    }

    /** When the highest of them ends. */
    private static List<Field<?>> ends(Table<?> from) {
        Field<Long> end = greatest(end(from, "reached"), end(from, "floor"), end(from, "paid"));
        return List.of(number(from, "stands").as("stands"), end.as("ends"));
    }

    private static Field<Long> end(Table<?> from, String name) {
        return coalesce(
                when(number(from, name).eq(number(from, "stands")), number(from, name + "_until")), inline(NONE));
    }

    private static Field<Long> number(Table<?> from, String name) {
        return from.field(name, SQLDataType.BIGINT);
    }

    /** Of customers with a standing in any program. */
    Table<?> rows() {
        return rows;
    }

    /** Whose row it is. */
    Field<Long> customer() {
        return number(rows, CUSTOMER);
    }

    /** How many levels are below hers, also where there is no row. */
    Field<Long> rank() {
        return coalesce(number(rows, "stands"), inline(0L));
    }

    /** When her level ends; null if it does not. */
    Field<Long> until() {
        Field<Long> ends = number(rows, "ends");
        return when(rank().gt(0L).and(ends.gt(NONE)).and(ends.lt(Instants.LAST.toEpochMilli())), ends);
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

    /** The value is as asked; {@code null} if it is enough that there is a value. */
    RuleClause clause(TierField.What what, @Nullable ValueQuestion question) {
        if (what == TierField.What.UNTIL) {
            RuleColumn column = RuleColumn.number(FieldType.INSTANT, until());
            Condition present = column.present();
            return among(question == null ? present : present.and(new RuleValues(engine, column).is(question)));
        } else if (question == null) {
            return new RuleClause.All(List.of());
        } else if (what == TierField.What.RANK) {
            Condition holds = new RuleValues(engine, RuleColumn.number(FieldType.LONG, rank())).is(question);
            return ranked(holds, RuleValues.holds(question, FieldValue.number(0)));
        }
        List<Long> ranks = new ArrayList<>();
        for (int i = 0; i < levels.size(); i++) {
            if (holds(question, levels.get(i))) {
                ranks.add((long) i);
            }
        }
        return ranked(ranks.isEmpty() ? falseCondition() : rank().in(ranks), ranks.contains(0L));
    }

    private RuleClause ranked(Condition holds, boolean holdsOfLowest) {
        return holdsOfLowest ? new RuleClause.Negation(among(not(holds))) : among(holds);
    }

    private RuleClause among(Condition condition) {
        return new RuleClause.Among(RuleSet.of(rows, rows.field(TENANT, SQLDataType.VARCHAR), customer(), condition));
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

    private Field<Long> rank(Field<String> level) {
        CaseValueStep<String> key = choose(level);
        CaseWhenStep<String, Long> rank = key.when(val(levels.get(0)), inline(0L));
        for (int i = 1; i < levels.size(); i++) {
            rank = rank.when(val(levels.get(i)), inline((long) i));
        }
        return rank.otherwise(inline(0L));
    }
}
