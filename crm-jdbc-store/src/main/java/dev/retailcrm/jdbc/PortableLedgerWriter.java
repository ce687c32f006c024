package dev.retailcrm.jdbc;

import static dev.retailcrm.jdbc.schema.tables.CrmAccount.CRM_ACCOUNT;
import static dev.retailcrm.jdbc.schema.tables.CrmEntry.CRM_ENTRY;
import static dev.retailcrm.jdbc.schema.tables.CrmHold.CRM_HOLD;
import static dev.retailcrm.jdbc.schema.tables.CrmLot.CRM_LOT;
import static dev.retailcrm.jdbc.schema.tables.CrmMovement.CRM_MOVEMENT;
import static dev.retailcrm.jdbc.schema.tables.CrmOutbox.CRM_OUTBOX;
import static dev.retailcrm.jdbc.schema.tables.CrmRequest.CRM_REQUEST;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.row;
import static org.jooq.impl.DSL.val;

import dev.retailcrm.assets.ledger.Account;
import dev.retailcrm.assets.ledger.AccountId;
import dev.retailcrm.assets.ledger.Entry;
import dev.retailcrm.assets.ledger.Hold;
import dev.retailcrm.assets.ledger.LedgerChange;
import dev.retailcrm.assets.ledger.Lot;
import dev.retailcrm.assets.ledger.Movement;
import dev.retailcrm.core.event.EventEnvelope;
import dev.retailcrm.core.kernel.CustomerId;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Query;
import org.jooq.Record;
import org.jooq.Row3;
import org.jooq.Table;

/** One statement a table, in batches: works on every engine whose transaction survives a duplicate key. */
final class PortableLedgerWriter implements LedgerWriter {
    private final DSLContext render;
    private final String insertRequest;
    private final String insertEntry;
    private final String insertLot;
    private final String updateLot;
    private final String insertMovement;
    private final String insertHold;
    private final String updateHold;
    private final String slideLots;
    private final String updateAccount;
    private final String insertEvent;
    private final String tellSiblings;

    PortableLedgerWriter(Settings settings) {
        render = settings.renderer();
        tellSiblings = sql(render.update(CRM_ACCOUNT)
                .set(CRM_ACCOUNT.EVENT_SEQ, (Long) null)
                .where(CRM_ACCOUNT.TENANT_ID.eq((String) null))
                .and(CRM_ACCOUNT.CUSTOMER_ID.eq((Long) null))
                .and(CRM_ACCOUNT.ASSET.ne((String) null)));
        insertRequest = insert(
                CRM_REQUEST,
                CRM_REQUEST.TENANT_ID,
                CRM_REQUEST.CUSTOMER_ID,
                CRM_REQUEST.REQUEST_KEY,
                CRM_REQUEST.FINGERPRINT,
                CRM_REQUEST.ANSWER);
        insertEntry = insert(CRM_ENTRY);
        insertLot = insert(CRM_LOT);
        insertMovement = insert(CRM_MOVEMENT);
        insertHold = insert(CRM_HOLD);
        insertEvent = sql(render.insertInto(
                        CRM_OUTBOX,
                        CRM_OUTBOX.TENANT_ID,
                        CRM_OUTBOX.CUSTOMER_ID,
                        CRM_OUTBOX.SOURCE,
                        CRM_OUTBOX.SEQ,
                        CRM_OUTBOX.TYPE,
                        CRM_OUTBOX.AT_MS,
                        CRM_OUTBOX.DATA)
                .values((String) null, null, null, null, null, null, null));
        updateLot = sql(render.update(CRM_LOT)
                .set(CRM_LOT.REMAINING, (Long) null)
                .set(CRM_LOT.HELD, (Long) null)
                .set(CRM_LOT.EXPIRES_MS, (Long) null)
                .set(CRM_LOT.OPEN_UNTIL_MS, (Long) null)
                .where(CRM_LOT.TENANT_ID.eq((String) null))
                .and(CRM_LOT.CUSTOMER_ID.eq((Long) null))
                .and(CRM_LOT.ASSET.eq((String) null))
                .and(CRM_LOT.LOT_NO.eq((Long) null)));
        Field<Long> slid = val((Long) null, CRM_LOT.EXPIRES_MS)
                .plus(CRM_LOT.SLIDE_DAYS
                        .cast(Long.class)
                        .times(inline(Duration.ofDays(1).toMillis())));
        slideLots = sql(render.update(CRM_LOT)
                .set(CRM_LOT.EXPIRES_MS, slid)
                .set(CRM_LOT.OPEN_UNTIL_MS, slid)
                .where(CRM_LOT.TENANT_ID.eq((String) null))
                .and(CRM_LOT.CUSTOMER_ID.eq((Long) null))
                .and(CRM_LOT.ASSET.eq((String) null))
                .and(CRM_LOT.OPEN_UNTIL_MS.isNotNull())
                .and(CRM_LOT.SLIDE_DAYS.gt(inline(0))));
        updateHold = sql(render.update(CRM_HOLD)
                .set(CRM_HOLD.STATE, (String) null)
                .set(CRM_HOLD.CAPTURED, (Long) null)
                .set(CRM_HOLD.ENDED_BY, (Long) null)
                .set(CRM_HOLD.OPEN_UNTIL_MS, (Long) null)
                .where(CRM_HOLD.TENANT_ID.eq((String) null))
                .and(CRM_HOLD.CUSTOMER_ID.eq((Long) null))
                .and(CRM_HOLD.ASSET.eq((String) null))
                .and(CRM_HOLD.HOLD_NO.eq((Long) null)));
        updateAccount = sql(render.update(CRM_ACCOUNT)
                .set(CRM_ACCOUNT.SEQ, (Long) null)
                .set(CRM_ACCOUNT.POSTED, (Long) null)
                .set(CRM_ACCOUNT.HELD, (Long) null)
                .set(CRM_ACCOUNT.DEBT, (Long) null)
                .set(CRM_ACCOUNT.PENDING, (Long) null)
                .set(CRM_ACCOUNT.AS_OF_MS, (Long) null)
                .set(CRM_ACCOUNT.ACTIVE_MS, (Long) null)
                .set(CRM_ACCOUNT.DUE_MS, (Long) null)
                .set(CRM_ACCOUNT.SLIDES, (Boolean) null)
                .set(CRM_ACCOUNT.EVENT_SEQ, (Long) null)
                .where(CRM_ACCOUNT.TENANT_ID.eq((String) null))
                .and(CRM_ACCOUNT.CUSTOMER_ID.eq((Long) null))
                .and(CRM_ACCOUNT.ASSET.eq((String) null)));
    }

    private String insert(Table<Record> table) {
        return insert(table, table.fields());
    }

    private String insert(Table<Record> table, Field<?>... fields) {
        return sql(render.insertInto(table, fields).values(new Object[fields.length]));
    }

    private static String sql(Query query) {
        return query.getSQL();
    }

    @Override
    public boolean apply(Session session, LedgerChange change) {
        LedgerChange.Request request = change.request();
        if (request != null
                && !session.insertUnlessPresent(insertRequest, statement -> bindRequest(statement, change, request))) {
            return false;
        }
        write(session, List.of(change));
        return true;
    }

    @Override
    public Set<CustomerId> applyAll(Session session, List<LedgerChange> changes) {
        Set<CustomerId> known = known(session, changes);
        List<LedgerChange> fresh = changes.stream()
                .filter(change -> !known.contains(change.before().id().customer()))
                .toList();
        session.each(
                insertRequest,
                fresh.stream().filter(change -> change.request() != null).toList(),
                (statement, change) -> bindRequest(statement, change, Objects.requireNonNull(change.request())));
        write(session, fresh);
        return known;
    }

    /** Looks the keys up with a locking read: a plain one may be as old as the host's transaction. */
    private static Set<CustomerId> known(Session session, List<LedgerChange> changes) {
        String tenant = changes.get(0).before().id().tenant().value();
        List<Row3<String, Long, String>> keys = new ArrayList<>();
        for (LedgerChange change : changes) {
            if (change.request() != null) {
                keys.add(row(
                        tenant,
                        change.before().id().customer().value(),
                        change.request().key().value()));
            }
        }
        if (keys.isEmpty()) {
            return Set.of();
        }
        var query = session.dsl()
                .select(CRM_REQUEST.CUSTOMER_ID)
                .from(CRM_REQUEST)
                .where(row(CRM_REQUEST.TENANT_ID, CRM_REQUEST.CUSTOMER_ID, CRM_REQUEST.REQUEST_KEY)
                        .in(keys));
        Set<CustomerId> known = new HashSet<>();
        session.fetchFresh(query).forEach(found -> known.add(CustomerId.of(found.value1())));
        return known;
    }

    private void write(Session session, List<LedgerChange> changes) {
        session.each(insertEntry, lines(changes, LedgerChange::entries), PortableLedgerWriter::bindEntry);
        session.each(insertLot, lines(changes, LedgerChange::opened), PortableLedgerWriter::bindNewLot);
        session.each(updateLot, lines(changes, LedgerChange::changed), PortableLedgerWriter::bindLot);
        changes.forEach(change -> after(session, change));
        session.each(insertMovement, movements(changes), PortableLedgerWriter::bindMovement);
        session.each(insertHold, lines(changes, LedgerChange::placed), PortableLedgerWriter::bindNewHold);
        session.each(updateHold, lines(changes, LedgerChange::ended), PortableLedgerWriter::bindHold);
        session.each(updateAccount, changes, PortableLedgerWriter::bindAccount);
        session.each(insertEvent, changes, PortableLedgerWriter::bindEvent);
    }

    /**
     * What some changes need beside their rows. Lots that slide are renewed. The first booking of an account tells the event's number to
     * the other accounts of the wallet: somebody may be waiting for one of them with a statement that cannot see the new account.
     */
    void after(Session session, LedgerChange change) {
        after((sql, binds) -> session.update(sql, statement -> binds.to(new Bind(statement))), change);
    }

    /** The same with other statements. */
    void after(Together together, LedgerChange change) {
        after((sql, binds) -> together.update(sql, binds, rows -> {}), change);
    }

    private void after(BiConsumer<String, Together.Binds> update, LedgerChange change) {
        AccountId id = change.before().id();
        if (change.slideFrom() != null) {
            update.accept(
                    slideLots, bind -> bindId(bind.instant(change.slideFrom()).instant(change.slideFrom()), id));
        }
        if (change.before().seq() == 0 && change.before().eventSeq() > 0) {
            update.accept(
                    tellSiblings, bind -> bindId(bind.number(change.after().eventSeq()), id));
        }
    }

    /** A line of a change, with the account it belongs to. */
    record Line<T>(AccountId account, T value, int number) {}

    static <T> List<Line<T>> lines(List<LedgerChange> changes, Function<LedgerChange, List<T>> part) {
        List<Line<T>> lines = new ArrayList<>();
        for (LedgerChange change : changes) {
            int number = 0;
            for (T value : part.apply(change)) {
                lines.add(new Line<>(change.before().id(), value, ++number));
            }
        }
        return lines;
    }

    /** Movements, numbered within their change, so that those of one entry keep their order. */
    static List<Line<Movement>> movements(List<LedgerChange> changes) {
        return lines(changes, LedgerChange::movements);
    }

    static Bind bindId(Bind bind, AccountId id) throws SQLException {
        return bind.text(id.tenant().value())
                .number(id.customer().value())
                .text(id.asset().code());
    }

    private static void bindRequest(PreparedStatement statement, LedgerChange change, LedgerChange.Request request)
            throws SQLException {
        AccountId id = change.before().id();
        new Bind(statement)
                .text(id.tenant().value())
                .number(id.customer().value())
                .text(request.key().value())
                .number(request.fingerprint())
                .text(request.answer());
    }

    private static void bindEntry(PreparedStatement statement, Line<Entry> line) throws SQLException {
        bindEntry(bindId(new Bind(statement), line.account()), line.value());
    }

    /** The columns of an entry after its key columns. */
    static Bind bindEntry(Bind bind, Entry entry) throws SQLException {
        return bind.number(entry.seq())
                .text(entry.type().name())
                .number(entry.amount())
                .number(entry.balanceAfter())
                .number(entry.heldAfter())
                .instant(entry.at())
                .instant(entry.occurredAt())
                .text(entry.key() == null ? null : entry.key().value())
                .numberOrNull(entry.reverses())
                .flag(entry.proRata())
                .text(entry.reference())
                .text(entry.reason())
                .text(entry.store() == null ? null : entry.store().value())
                .text(entry.staff() == null ? null : entry.staff().value());
    }

    private static void bindNewLot(PreparedStatement statement, Line<Lot> line) throws SQLException {
        bindNewLot(bindId(new Bind(statement), line.account()), line.value());
    }

    /** The columns of a lot after its key columns. */
    static Bind bindNewLot(Bind bind, Lot lot) throws SQLException {
        Lot.Cost cost = lot.cost();
        bind.number(lot.no())
                .text(lot.part().name())
                .number(lot.granted())
                .number(lot.remaining())
                .number(lot.held())
                .instant(lot.availableFrom())
                .instant(lot.expiresAt())
                .instant(lot.openUntil())
                .integer(lot.slideDays())
                .text(cost == null ? null : cost.currency().getCode());
        return cost == null ? bind.instant(null) : bind.number(cost.minor());
    }

    private static void bindLot(PreparedStatement statement, Line<Lot> line) throws SQLException {
        Lot lot = line.value();
        bindId(
                        new Bind(statement)
                                .number(lot.remaining())
                                .number(lot.held())
                                .instant(lot.expiresAt())
                                .instant(lot.openUntil()),
                        line.account())
                .number(lot.no());
    }

    private static void bindMovement(PreparedStatement statement, Line<Movement> line) throws SQLException {
        Movement movement = line.value();
        bindId(new Bind(statement), line.account())
                .number(movement.seq())
                .integer(line.number())
                .number(movement.lotNo())
                .text(movement.part().name())
                .number(movement.delta())
                .number(movement.heldDelta())
                .number(movement.costMinor());
    }

    private static void bindNewHold(PreparedStatement statement, Line<Hold> line) throws SQLException {
        Hold hold = line.value();
        bindId(new Bind(statement), line.account())
                .number(hold.no())
                .number(hold.amount())
                .instant(hold.expiresAt())
                .text(hold.state().name())
                .number(hold.captured())
                .number(hold.endedBy())
                .instant(hold.expiresAt());
    }

    private static void bindHold(PreparedStatement statement, Line<Hold> line) throws SQLException {
        Hold hold = line.value();
        bindId(
                        new Bind(statement)
                                .text(hold.state().name())
                                .number(hold.captured())
                                .number(hold.endedBy())
                                .instant(null),
                        line.account())
                .number(hold.no());
    }

    private static void bindAccount(PreparedStatement statement, LedgerChange change) throws SQLException {
        bindId(bindAccount(new Bind(statement), change.after()), change.before().id());
    }

    /** The columns of an account that change, in the order of the table. */
    static Bind bindAccount(Bind bind, Account account) throws SQLException {
        return bind.number(account.seq())
                .number(account.posted())
                .number(account.held())
                .number(account.debt())
                .number(account.pending())
                .instant(account.asOf())
                .instant(account.activeAt())
                .instant(account.dueAt())
                .flag(account.slides())
                .number(account.eventSeq());
    }

    private static void bindEvent(PreparedStatement statement, LedgerChange change) throws SQLException {
        bindEvent(new Bind(statement), envelope(change));
    }

    static EventEnvelope envelope(LedgerChange change) {
        return EventEnvelope.of(
                change.before().id().tenant(),
                EventEnvelope.WALLET,
                change.after().eventSeq(),
                change.event());
    }

    static Bind bindEvent(Bind bind, EventEnvelope event) throws SQLException {
        return bind.text(event.tenant().value())
                .number(event.customer().value())
                .text(event.source())
                .number(event.seq())
                .text(event.type())
                .instant(event.at())
                .text(event.data());
    }
}
