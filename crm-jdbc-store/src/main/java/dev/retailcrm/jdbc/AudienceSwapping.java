package dev.retailcrm.jdbc;

import static dev.retailcrm.jdbc.schema.Tables.CRM_AUDIENCE_DRAFT;
import static dev.retailcrm.jdbc.schema.Tables.CRM_AUDIENCE_PICK;
import static dev.retailcrm.jdbc.schema.Tables.CRM_AUDIENCE_STAY;
import static dev.retailcrm.jdbc.schema.Tables.CRM_CUSTOMER;
import static dev.retailcrm.jdbc.schema.Tables.CRM_OUTBOX;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.exists;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.greatest;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.max;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.notExists;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.selectOne;
import static org.jooq.impl.DSL.val;
import static org.jooq.impl.DSL.when;

import dev.retailcrm.audience.AudienceChanged;
import dev.retailcrm.audience.AudienceChoice;
import dev.retailcrm.audience.AudienceStatus;
import dev.retailcrm.audience.StayReason;
import dev.retailcrm.audience.spi.AudienceSwap;
import dev.retailcrm.audience.spi.AudienceTally;
import dev.retailcrm.core.event.EventEnvelope;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.jdbc.schema.tables.CrmAudienceDraft;
import dev.retailcrm.jdbc.schema.tables.CrmAudiencePick;
import dev.retailcrm.jdbc.schema.tables.CrmAudienceStay;
import dev.retailcrm.jdbc.schema.tables.CrmCustomer;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jooq.CaseConditionStep;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;

/**
 * Lets what was computed of an audience take the place of its members: locks those who come or go, ends stays, begins stays, and tells of both. No
 * row passes through memory, but for the ids that are locked on engines that cannot lock without answering. Not thread-safe.
 */
final class AudienceSwapping {
    private static final int PAGE = 10_000;
    private static final CustomerId ANY = CustomerId.of(1);

    private final Session session;
    private final DSLContext dsl;
    private final AudienceSwap swap;
    private final String tenant;
    private final String key;
    private final long asOf;
    private final boolean asked;

    AudienceSwapping(Session session, AudienceSwap swap) {
        this.session = session;
        this.dsl = session.dsl();
        this.swap = swap;
        this.tenant = swap.tenant().value();
        this.key = swap.audience().key();
        this.asOf = swap.asOf().toEpochMilli();
        this.asked = swap.audience().status() != AudienceStatus.ARCHIVED;
    }

    AudienceTally run() {
        CrmAudienceDraft d = CRM_AUDIENCE_DRAFT.as("d");
        if (!dsl.fetchExists(selectOne().from(d).where(isDraft(d)))) {
            return new AudienceTally(0, 0);
        }
        lock();
        int left = leave();
        int entered = enter();
        if (left > 0) {
            tell(false);
        }
        if (entered > 0) {
            tell(true);
        }
        return new AudienceTally(entered, left);
    }

    private Condition isDraft(CrmAudienceDraft d) {
        return d.TENANT_ID.eq(tenant).and(d.AUDIENCE_KEY.eq(key));
    }

    private void lock() {
        CrmAudienceDraft d = CRM_AUDIENCE_DRAFT.as("d");
        if (session.engine() == Engine.POSTGRESQL) {
            CrmCustomer c = CRM_CUSTOMER.as("c");
            dsl.select(count())
                    .from(select(c.CUSTOMER_ID)
                            .from(c)
                            .join(d)
                            .on(d.TENANT_ID.eq(c.TENANT_ID))
                            .and(d.CUSTOMER_ID.eq(c.CUSTOMER_ID))
                            .where(isDraft(d))
                            .orderBy(c.CUSTOMER_ID)
                            .forUpdate()
                            .of(c)
                            .asTable("held"))
                    .fetch();
            return;
        }
        Long last = 0L;
        while (last != null) {
            List<Long> page = dsl.select(d.CUSTOMER_ID)
                    .from(d)
                    .where(isDraft(d))
                    .and(d.CUSTOMER_ID.gt(last))
                    .orderBy(d.CUSTOMER_ID)
                    .limit(PAGE)
                    .fetch(d.CUSTOMER_ID);
            Set<CustomerId> ids = page.stream().map(CustomerId::of).collect(Collectors.toSet());
            RecordLock.locked(session, swap.tenant(), ids);
            last = page.size() < PAGE ? null : page.get(PAGE - 1);
        }
    }

    /** Of the customer of a row: she is active, and was not said to be the contrary by hand since. */
    private Condition stands(Field<Long> customer, AudienceChoice contrary) {
        CrmCustomer c = CRM_CUSTOMER.as("c");
        CrmAudiencePick p = CRM_AUDIENCE_PICK.as("p");
        Condition active = exists(selectOne()
                .from(c)
                .where(JooqRuleStore.isActive(c, swap.tenant()))
                .and(c.CUSTOMER_ID.eq(customer)));
        return asked
                ? active.and(notExists(selectOne()
                        .from(p)
                        .where(p.TENANT_ID.eq(tenant))
                        .and(p.AUDIENCE_KEY.eq(key))
                        .and(p.CUSTOMER_ID.eq(customer))
                        .and(p.CHOICE.eq(contrary.name()))))
                : active;
    }

    private int leave() {
        CrmAudienceStay s = CRM_AUDIENCE_STAY;
        CrmAudienceDraft d = CRM_AUDIENCE_DRAFT.as("d");
        Condition hers = isDraft(d).and(d.CUSTOMER_ID.eq(s.CUSTOMER_ID)).andNot(d.ENTERS);
        return dsl.update(s)
                .set(s.UNTIL_MS, greatest(val(asOf), s.FROM_MS))
                .set(s.UNTIL_FOR, field(select(d.REASON).from(d).where(hers)))
                .set(s.UNTIL_VERSION, swap.audience().version())
                .set(s.UNTIL_GENERATION, swap.generation())
                .where(s.TENANT_ID.eq(tenant))
                .and(s.AUDIENCE_KEY.eq(key))
                .and(s.UNTIL_MS.isNull())
                .and(exists(selectOne().from(d).where(hers)))
                .and(stands(s.CUSTOMER_ID, AudienceChoice.IN))
                .execute();
    }

    private int enter() {
        CrmAudienceStay s = CRM_AUDIENCE_STAY;
        CrmAudienceStay now = CRM_AUDIENCE_STAY.as("now_in");
        CrmAudienceDraft d = CRM_AUDIENCE_DRAFT.as("d");
        boolean first = !dsl.fetchExists(
                selectOne().from(now).where(now.TENANT_ID.eq(tenant)).and(now.AUDIENCE_KEY.eq(key)));
        CrmAudienceStay before = CRM_AUDIENCE_STAY.as("earlier");
        Condition hers =
                before.TENANT_ID.eq(tenant).and(before.AUDIENCE_KEY.eq(key)).and(before.CUSTOMER_ID.eq(d.CUSTOMER_ID));
        Field<Long> number = first
                ? inline(1L)
                : coalesce(field(select(max(before.STAY_NO)).from(before).where(hers)), inline(0L))
                        .plus(inline(1L));
        Field<Long> from = first
                ? val(asOf)
                : greatest(
                        val(asOf),
                        coalesce(field(select(max(before.UNTIL_MS)).from(before).where(hers)), inline(0L)));
        return dsl.insertInto(
                        s,
                        s.TENANT_ID,
                        s.CUSTOMER_ID,
                        s.AUDIENCE_KEY,
                        s.STAY_NO,
                        s.FROM_MS,
                        s.FROM_FOR,
                        s.FROM_VERSION,
                        s.FROM_GENERATION)
                .select(select(
                                d.TENANT_ID,
                                d.CUSTOMER_ID,
                                d.AUDIENCE_KEY,
                                number,
                                from,
                                d.REASON,
                                val(swap.audience().version()),
                                val(swap.generation()))
                        .from(d)
                        .where(isDraft(d))
                        .and(d.ENTERS)
                        .and(stands(d.CUSTOMER_ID, AudienceChoice.OUT))
                        .and(
                                first
                                        ? noCondition()
                                        : notExists(selectOne()
                                                .from(now)
                                                .where(now.TENANT_ID.eq(tenant))
                                                .and(now.AUDIENCE_KEY.eq(key))
                                                .and(now.CUSTOMER_ID.eq(d.CUSTOMER_ID))
                                                .and(now.UNTIL_MS.isNull())))
                        .orderBy(d.CUSTOMER_ID))
                .execute();
    }

    private void tell(boolean entered) {
        CrmAudienceStay s = CRM_AUDIENCE_STAY.as("s");
        Field<String> reason = entered ? s.FROM_FOR : s.UNTIL_FOR;
        CaseConditionStep<String> data = null;
        for (StayReason each : StayReason.values()) {
            String text = event(entered, each).data();
            data = data == null
                    ? when(reason.eq(inline(each.name())), val(text))
                    : data.when(reason.eq(inline(each.name())), val(text));
        }
        EventEnvelope any = event(entered, StayReason.RULE);
        Field<Long> seq = s.STAY_NO.times(inline(2L)).minus(inline(entered ? 1L : 0L));
        dsl.insertInto(
                        CRM_OUTBOX,
                        CRM_OUTBOX.TENANT_ID,
                        CRM_OUTBOX.CUSTOMER_ID,
                        CRM_OUTBOX.SOURCE,
                        CRM_OUTBOX.SEQ,
                        CRM_OUTBOX.TYPE,
                        CRM_OUTBOX.AT_MS,
                        CRM_OUTBOX.DATA)
                .select(select(
                                s.TENANT_ID,
                                s.CUSTOMER_ID,
                                val(any.source()),
                                seq,
                                val(any.type()),
                                entered ? s.FROM_MS : s.UNTIL_MS,
                                Objects.requireNonNull(data))
                        .from(s)
                        .where(s.TENANT_ID.eq(tenant))
                        .and(s.AUDIENCE_KEY.eq(key))
                        .and((entered ? s.FROM_GENERATION : s.UNTIL_GENERATION).eq(swap.generation())))
                .execute();
    }

    /** Of anybody: what it says does not depend on whom it is about. */
    private EventEnvelope event(boolean entered, StayReason reason) {
        return AudienceChanged.envelope(swap.tenant(), ANY, swap.audience(), 1, entered, reason, swap.asOf());
    }
}
