package dev.retailcrm.jdbc;

import static dev.retailcrm.jdbc.schema.Tables.CRM_ACCOUNT;
import static dev.retailcrm.jdbc.schema.tables.CrmHold.CRM_HOLD;
import static dev.retailcrm.jdbc.schema.tables.CrmLot.CRM_LOT;
import static dev.retailcrm.jdbc.schema.tables.CrmMovement.CRM_MOVEMENT;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.greatest;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.least;
import static org.jooq.impl.DSL.min;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.not;
import static org.jooq.impl.DSL.row;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.sum;
import static org.jooq.impl.DSL.when;

import dev.retailcrm.assets.ledger.Hold;
import dev.retailcrm.assets.rule.AssetField;
import dev.retailcrm.core.field.FieldType;
import dev.retailcrm.core.field.FieldValue;
import dev.retailcrm.core.spi.ValueQuestion;
import dev.retailcrm.jdbc.schema.tables.CrmHold;
import dev.retailcrm.jdbc.schema.tables.CrmLot;
import dev.retailcrm.jdbc.schema.tables.CrmMovement;
import java.util.List;
import java.util.function.Supplier;
import org.jooq.Condition;
import org.jooq.Field;
import org.jspecify.annotations.Nullable;

/** What accounts come to at an instant, from their lots and holds, as clauses. Not thread-safe. */
final class RuleAssets {
    private final Engine engine;
    private final long asOf;
    private final Supplier<String> aliases;

    RuleAssets(Engine engine, long asOf, Supplier<String> aliases) {
        this.engine = engine;
        this.asOf = asOf;
        this.aliases = aliases;
    }

    /**
     * Where a value is.
     *
     * @param rows those that a value comes from
     * @param column the value that the rows of a customer come to
     * @param grouped whether there may be several, which come to it together
     */
    record Source(RuleSet rows, RuleColumn column, boolean grouped) {}

    /**
     * The value is as asked.
     *
     * @param question {@code null} if it is enough that there is a value
     */
    RuleClause clause(AssetField asked, @Nullable ValueQuestion question) {
        Source source = source(asked);
        boolean sum = asked.type() != FieldType.INSTANT;
        if (question == null) {
            return sum ? new RuleClause.All(List.of()) : new RuleClause.Among(source.rows());
        }
        Condition holds = new RuleValues(engine, source.column()).is(question);
        FieldValue nothing = asked.amount(0);
        if (sum && RuleValues.holds(question, nothing)) {
            return new RuleClause.Negation(new RuleClause.Among(
                    isWhetherAny(question, nothing)
                            ? source.rows()
                            : source.rows().having(not(holds))));
        }
        return new RuleClause.Among(
                sum && isWhetherAny(question, nothing)
                        ? source.rows()
                        : source.grouped()
                                ? source.rows().having(holds)
                                : source.rows().where(holds));
    }

    /** Whether every amount but 0 is as good as any other: amounts are never below. */
    private static boolean isWhetherAny(ValueQuestion question, FieldValue nothing) {
        return question instanceof ValueQuestion.Compare compare
                && compare.value().equals(nothing)
                && switch (compare.comparison()) {
                    case EQ, NE, GT, LE -> true;
                    case GE, LT -> false;
                };
    }

    Source source(AssetField asked) {
        return switch (asked.what()) {
            case AVAILABLE -> {
                var l = CRM_LOT.as(aliases.get());
                yield amounts(asked, l, l.AVAILABLE_MS.le(asOf).and(isLasting(l)));
            }
            case EXPIRING -> {
                var l = CRM_LOT.as(aliases.get());
                long end = asOf + asked.ahead().toMillis();
                yield amounts(asked, l, l.EXPIRES_MS.gt(asOf).and(l.EXPIRES_MS.lt(end)));
            }
            case NEXT_EXPIRY -> {
                var l = CRM_LOT.as(aliases.get());
                yield new Source(
                        rest(asked, l, l.EXPIRES_MS.gt(asOf)),
                        RuleColumn.number(asked.type(), min(l.EXPIRES_MS)),
                        true);
            }
            case LAST_ACTIVE -> {
                var a = CRM_ACCOUNT.as(aliases.get());
                Condition present = a.ASSET.eq(asked.asset().code()).and(a.ACTIVE_MS.isNotNull());
                yield new Source(
                        RuleSet.of(a, a.TENANT_ID, a.CUSTOMER_ID, present),
                        RuleColumn.number(asked.type(), a.ACTIVE_MS),
                        false);
            }
        };
    }

    private Condition isLasting(CrmLot l) {
        return l.EXPIRES_MS.isNull().or(l.EXPIRES_MS.gt(asOf));
    }

    private Source amounts(AssetField asked, CrmLot l, Condition counts) {
        Field<Long> sum = sum(rest(l)).coerce(Long.class);
        RuleColumn column = asked.type() == FieldType.MONEY
                ? RuleColumn.money(inline(asked.asset().unit()), sum)
                : RuleColumn.number(asked.type(), sum);
        return new Source(rest(asked, l, counts), column, true);
    }

    /** Lots of which something remains. */
    private RuleSet rest(AssetField asked, CrmLot l, Condition counts) {
        return RuleSet.of(
                l,
                l.TENANT_ID,
                l.CUSTOMER_ID,
                l.ASSET
                        .eq(asked.asset().code())
                        .and(l.OPEN_UNTIL_MS.isNotNull())
                        .and(counts)
                        .and(rest(l).gt(0L)));
    }

    /** What remains of a lot. Of few is anything held: the others are not looked up. */
    private Field<Long> rest(CrmLot l) {
        return l.REMAINING.plus(
                when(l.HELD.gt(0L), coalesce(freed(l), inline(0L))).otherwise(inline(0L)));
    }

    /**
     * What holds whose time is over free of a lot, without what pays the debt: that is paid from what they reserved first, in the order of holds
     * and of what they reserved.
     */
    private Field<Long> freed(CrmLot l) {
        var h = CRM_HOLD.as(aliases.get());
        var m = CRM_MOVEMENT.as(aliases.get());
        var a = CRM_ACCOUNT.as(aliases.get());
        var earlier = CRM_HOLD.as(aliases.get());
        var before = CRM_MOVEMENT.as(aliases.get());
        Field<Long> upToThis = field(select(sum(before.HELD_DELTA).coerce(Long.class))
                .from(earlier)
                .join(before)
                .on(reserves(earlier, before))
                .where(isOver(earlier, l))
                .and(row(before.SEQ, before.LINE).le(row(m.SEQ, m.LINE))));
        Field<Long> debt = field(select(a.DEBT)
                .from(a)
                .where(a.TENANT_ID
                        .eq(l.TENANT_ID)
                        .and(a.CUSTOMER_ID.eq(l.CUSTOMER_ID))
                        .and(a.ASSET.eq(l.ASSET))));
        Field<Long> free = greatest(inline(0L), least(m.HELD_DELTA, upToThis.minus(debt)));
        return field(select(sum(free).coerce(Long.class))
                .from(h)
                .join(m)
                .on(reserves(h, m))
                .where(isOver(h, l))
                .and(m.LOT_NO.eq(l.LOT_NO)));
    }

    /** What a hold reserved: movements under its number. */
    static Condition reserves(CrmHold h, CrmMovement m) {
        return m.TENANT_ID
                .eq(h.TENANT_ID)
                .and(m.CUSTOMER_ID.eq(h.CUSTOMER_ID))
                .and(m.ASSET.eq(h.ASSET))
                .and(m.SEQ.eq(h.HOLD_NO));
    }

    private Condition isOver(CrmHold h, CrmLot l) {
        return noCondition()
                .and(h.TENANT_ID.eq(l.TENANT_ID))
                .and(h.CUSTOMER_ID.eq(l.CUSTOMER_ID))
                .and(h.ASSET.eq(l.ASSET))
                .and(h.STATE.eq(Hold.State.OPEN.name()))
                .and(h.OPEN_UNTIL_MS.le(asOf));
    }
}
