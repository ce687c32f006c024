package dev.retailcrm.jdbc;

import static dev.retailcrm.jdbc.schema.Tables.CRM_OUTBOX;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.notExists;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.selectOne;

import dev.retailcrm.core.event.EventEnvelope;
import dev.retailcrm.core.event.EventKey;
import dev.retailcrm.core.event.ParkedEvent;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.Page;
import dev.retailcrm.core.kernel.PageRequest;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.spi.OutboxStore;
import dev.retailcrm.jdbc.schema.tables.CrmOutbox;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import org.jooq.Condition;
import org.jooq.Record;
import org.jooq.Record3;
import org.jooq.Select;

/** Events in {@code crm_outbox}. A stream is leased by its head alone: whoever has the head has what follows. Thread-safe. */
final class JooqOutboxStore implements OutboxStore {
    /** Stands for the key in a statement that is rendered once and bound row by row. */
    private static final EventKey EACH = new EventKey(CustomerId.of(1), "each", 1);

    private static final String INSERT =
            "INSERT INTO crm_outbox (tenant_id, customer_id, source, seq, type, at_ms, data)"
                    + " VALUES (?, ?, ?, ?, ?, ?, ?)";

    private final JdbcUnitOfWork work;

    JooqOutboxStore(JdbcUnitOfWork work) {
        this.work = work;
    }

    /** Keeps an event, in the step that writes what it tells of. */
    static void append(Session session, EventEnvelope event) {
        session.dsl().insertInto(CRM_OUTBOX).set(columns(event).map()).execute();
    }

    /** The columns of an event that nobody was given yet. */
    static NewRow columns(EventEnvelope event) {
        NewRow columns = new NewRow();
        columns.put(CRM_OUTBOX.TENANT_ID, event.tenant().value());
        columns.put(CRM_OUTBOX.CUSTOMER_ID, event.customer().value());
        columns.put(CRM_OUTBOX.SOURCE, event.source());
        columns.put(CRM_OUTBOX.SEQ, event.seq());
        columns.put(CRM_OUTBOX.TYPE, event.type());
        columns.put(CRM_OUTBOX.AT_MS, event.at().toEpochMilli());
        columns.put(CRM_OUTBOX.DATA, event.data());
        return columns;
    }

    /** Keeps events as {@link #append}, in as few round trips as the driver can. */
    static void appendAll(Session session, List<EventEnvelope> events) {
        session.each(INSERT, events, (statement, event) -> PortableLedgerWriter.bindEvent(new Bind(statement), event));
    }

    /**
     * {@inheritDoc}
     *
     * <p>Three round trips: read what is free, lease each head that still is, and leave out the streams whose head somebody else got
     * in between. Rows are leased one by one in key order, so that two claims never wait for each other and each statement stays on
     * one shard.
     */
    @Override
    public List<Claimed> claim(TenantId tenant, Claim claim) {
        Session session = work.session();
        List<Claimed> free = free(session, tenant, claim);
        if (free.isEmpty()) {
            return List.of();
        }
        Map<Stream, EventKey> heads = new LinkedHashMap<>();
        free.forEach(it -> heads.putIfAbsent(Stream.of(it), it.event().key()));
        long lease = ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE);
        lease(session, tenant, heads.values(), claim, lease);
        Set<Stream> leased = leased(session, tenant, free, lease);
        return free.stream().filter(it -> leased.contains(Stream.of(it))).toList();
    }

    @Override
    public void delivered(TenantId tenant, List<EventKey> events) {
        Session session = work.session();
        String delete = session.dsl()
                .deleteFrom(CRM_OUTBOX)
                .where(isEvent(tenant, EACH))
                .getSQL();
        session.each(delete, events, (statement, event) -> bindKey(new Bind(statement), tenant, event));
    }

    @Override
    public void failed(TenantId tenant, List<Failure> failures) {
        Session session = work.session();
        String update = session.dsl()
                .update(CRM_OUTBOX)
                .set(CRM_OUTBOX.TRIES, 0)
                .set(CRM_OUTBOX.WAIT_UNTIL_MS, 0L)
                .set(CRM_OUTBOX.PARKED, false)
                .set(CRM_OUTBOX.ERROR, "")
                .set(CRM_OUTBOX.LEASE_UNTIL_MS, 0L)
                .where(isEvent(tenant, EACH))
                .getSQL();
        session.each(update, failures, (statement, failure) -> {
            Instant next = failure.nextTry();
            var bind = new Bind(statement)
                    .integer(failure.tries())
                    .number(next == null ? 0 : next.toEpochMilli())
                    .flag(next == null)
                    .text(failure.error())
                    .number(0);
            bindKey(bind, tenant, failure.event());
        });
    }

    @Override
    public Page<ParkedEvent> parked(TenantId tenant, PageRequest page) {
        String cursor = page.after();
        Condition after = cursor == null ? noCondition() : isAfter(cursor);
        List<ParkedEvent> found = work.session()
                .dsl()
                .selectFrom(CRM_OUTBOX)
                .where(CRM_OUTBOX.TENANT_ID.eq(tenant.value()))
                .and(CRM_OUTBOX.PARKED)
                .and(after)
                .orderBy(CRM_OUTBOX.CUSTOMER_ID, CRM_OUTBOX.SOURCE, CRM_OUTBOX.SEQ)
                .limit(page.size() + 1)
                .fetch(row -> new ParkedEvent(event(row), row.get(CRM_OUTBOX.TRIES), row.get(CRM_OUTBOX.ERROR)));
        if (found.size() <= page.size()) {
            return new Page<>(found, null);
        }
        List<ParkedEvent> shown = found.subList(0, page.size());
        return new Page<>(shown, shown.get(page.size() - 1).event().key().toString());
    }

    @Override
    public boolean release(TenantId tenant, EventKey event) {
        return work.session()
                        .dsl()
                        .update(CRM_OUTBOX)
                        .set(CRM_OUTBOX.PARKED, false)
                        .set(CRM_OUTBOX.TRIES, 0)
                        .set(CRM_OUTBOX.WAIT_UNTIL_MS, 0L)
                        .setNull(CRM_OUTBOX.ERROR)
                        .where(isEvent(tenant, event))
                        .and(CRM_OUTBOX.PARKED)
                        .execute()
                == 1;
    }

    /** Events of streams that neither wait nor are leased, from their heads on. */
    private static List<Claimed> free(Session session, TenantId tenant, Claim claim) {
        long now = claim.now().toEpochMilli();
        var head = freeHeads(tenant, claim).asTable("head");
        var rows = session.dsl()
                .select(CRM_OUTBOX.fields())
                .from(head)
                .join(CRM_OUTBOX)
                .on(CRM_OUTBOX.TENANT_ID.eq(tenant.value()))
                .and(CRM_OUTBOX.CUSTOMER_ID.eq(head.field(CRM_OUTBOX.CUSTOMER_ID)))
                .and(CRM_OUTBOX.SOURCE.eq(head.field(CRM_OUTBOX.SOURCE)))
                .and(CRM_OUTBOX.SEQ.ge(head.field(CRM_OUTBOX.SEQ)))
                .andNot(CRM_OUTBOX.PARKED)
                .orderBy(CRM_OUTBOX.CUSTOMER_ID, CRM_OUTBOX.SOURCE, CRM_OUTBOX.SEQ)
                .limit(claim.limit())
                .fetch();
        List<Claimed> free = new ArrayList<>(rows.size());
        Set<Stream> waiting = new HashSet<>();
        for (Record row : rows) {
            var claimed = new Claimed(event(row), row.get(CRM_OUTBOX.TRIES));
            if (row.get(CRM_OUTBOX.WAIT_UNTIL_MS) > now || row.get(CRM_OUTBOX.LEASE_UNTIL_MS) > now) {
                waiting.add(Stream.of(claimed)); // it was the head until an earlier event was put back
            }
            if (!waiting.contains(Stream.of(claimed))) {
                free.add(claimed);
            }
        }
        return free;
    }

    private static Select<Record3<Long, String, Long>> freeHeads(TenantId tenant, Claim claim) {
        long now = claim.now().toEpochMilli();
        CustomerId after = claim.after();
        CrmOutbox earlier = CRM_OUTBOX.as("earlier");
        return select(CRM_OUTBOX.CUSTOMER_ID, CRM_OUTBOX.SOURCE, CRM_OUTBOX.SEQ)
                .from(CRM_OUTBOX)
                .where(CRM_OUTBOX.TENANT_ID.eq(tenant.value()))
                .and(CRM_OUTBOX.CUSTOMER_ID.gt(after == null ? 0 : after.value()))
                .andNot(CRM_OUTBOX.PARKED)
                .and(CRM_OUTBOX.WAIT_UNTIL_MS.le(now))
                .and(CRM_OUTBOX.LEASE_UNTIL_MS.le(now))
                .and(notExists(selectOne()
                        .from(earlier)
                        .where(earlier.TENANT_ID.eq(CRM_OUTBOX.TENANT_ID))
                        .and(earlier.CUSTOMER_ID.eq(CRM_OUTBOX.CUSTOMER_ID))
                        .and(earlier.SOURCE.eq(CRM_OUTBOX.SOURCE))
                        .and(earlier.SEQ.lt(CRM_OUTBOX.SEQ))
                        .andNot(earlier.PARKED)))
                // The whole key, for H2 to see that it is in order.
                .orderBy(CRM_OUTBOX.TENANT_ID, CRM_OUTBOX.CUSTOMER_ID, CRM_OUTBOX.SOURCE, CRM_OUTBOX.SEQ)
                .limit(claim.limit());
    }

    private static void lease(Session session, TenantId tenant, Collection<EventKey> heads, Claim claim, long lease) {
        String update = session.dsl()
                .update(CRM_OUTBOX)
                .set(CRM_OUTBOX.LEASE, 0L)
                .set(CRM_OUTBOX.LEASE_UNTIL_MS, 0L)
                .where(isEvent(tenant, EACH))
                .andNot(CRM_OUTBOX.PARKED)
                .and(CRM_OUTBOX.WAIT_UNTIL_MS.le(0L))
                .and(CRM_OUTBOX.LEASE_UNTIL_MS.le(0L))
                .getSQL();
        session.each(update, List.copyOf(heads), (statement, head) -> {
            var bind = new Bind(statement).number(lease).instant(claim.leaseUntil());
            bindKey(bind, tenant, head).instant(claim.now()).instant(claim.now());
        });
    }

    private static Set<Stream> leased(Session session, TenantId tenant, List<Claimed> free, long lease) {
        long first = free.get(0).event().customer().value();
        long last = free.get(free.size() - 1).event().customer().value();
        return session
                .dsl()
                .select(CRM_OUTBOX.CUSTOMER_ID, CRM_OUTBOX.SOURCE)
                .from(CRM_OUTBOX)
                .where(CRM_OUTBOX.TENANT_ID.eq(tenant.value()))
                .and(CRM_OUTBOX.CUSTOMER_ID.between(first, last))
                .and(CRM_OUTBOX.LEASE.eq(lease))
                .fetch(row -> new Stream(CustomerId.of(row.value1()), row.value2()))
                .stream()
                .collect(Collectors.toSet());
    }

    private static EventEnvelope event(Record row) {
        return new EventEnvelope(
                TenantId.of(row.get(CRM_OUTBOX.TENANT_ID)),
                CustomerId.of(row.get(CRM_OUTBOX.CUSTOMER_ID)),
                row.get(CRM_OUTBOX.SOURCE),
                row.get(CRM_OUTBOX.SEQ),
                row.get(CRM_OUTBOX.TYPE),
                Instant.ofEpochMilli(row.get(CRM_OUTBOX.AT_MS)),
                row.get(CRM_OUTBOX.DATA));
    }

    /** In the order that {@link #bindKey} binds. */
    private static Condition isEvent(TenantId tenant, EventKey event) {
        return CRM_OUTBOX
                .TENANT_ID
                .eq(tenant.value())
                .and(CRM_OUTBOX.CUSTOMER_ID.eq(event.customer().value()))
                .and(CRM_OUTBOX.SOURCE.eq(event.source()))
                .and(CRM_OUTBOX.SEQ.eq(event.seq()));
    }

    private static Bind bindKey(Bind bind, TenantId tenant, EventKey event) throws SQLException {
        return bind.text(tenant.value())
                .number(event.customer().value())
                .text(event.source())
                .number(event.seq());
    }

    private static Condition isAfter(String cursor) {
        EventKey last = keyOf(cursor);
        long customer = last.customer().value();
        Condition laterInStream = CRM_OUTBOX.SOURCE.eq(last.source()).and(CRM_OUTBOX.SEQ.gt(last.seq()));
        return CRM_OUTBOX
                .CUSTOMER_ID
                .gt(customer)
                .or(CRM_OUTBOX.CUSTOMER_ID.eq(customer).and(CRM_OUTBOX.SOURCE.gt(last.source())))
                .or(CRM_OUTBOX.CUSTOMER_ID.eq(customer).and(laterInStream));
    }

    private static EventKey keyOf(String cursor) {
        try {
            return EventKey.parse(cursor);
        } catch (CrmException e) {
            throw CoreError.INVALID_CURSOR.causedBy(e, "not a cursor of this listing");
        }
    }

    /** What is delivered in order. */
    private record Stream(CustomerId customer, String source) {
        static Stream of(Claimed claimed) {
            return new Stream(claimed.event().customer(), claimed.event().source());
        }
    }
}
