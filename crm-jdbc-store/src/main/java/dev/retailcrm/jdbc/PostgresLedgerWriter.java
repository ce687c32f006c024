package dev.retailcrm.jdbc;

import static dev.retailcrm.jdbc.PortableLedgerWriter.bindAccount;
import static dev.retailcrm.jdbc.PortableLedgerWriter.bindEntry;
import static dev.retailcrm.jdbc.PortableLedgerWriter.bindEvent;
import static dev.retailcrm.jdbc.PortableLedgerWriter.bindId;
import static dev.retailcrm.jdbc.PortableLedgerWriter.bindNewLot;
import static dev.retailcrm.jdbc.PortableLedgerWriter.envelope;

import dev.retailcrm.assets.ledger.AccountId;
import dev.retailcrm.assets.ledger.LedgerChange;
import dev.retailcrm.assets.ledger.LedgerChange.Request;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.jdbc.PostgresStatements.Prepared;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.IntConsumer;

/**
 * One data-modifying statement for everything a command writes. The insert of the key comes first and gates the rest: if the key is
 * there, nothing else happens and no unique violation ends the host's transaction. Each part of the statement for one customer names
 * her, so that it touches one partition.
 */
final class PostgresLedgerWriter implements LedgerWriter {
    /** A grant that makes one lot and does nothing else: the shape of most commands. */
    private static final String GRANT = """
            WITH k AS (
                INSERT INTO crm_request (tenant_id, customer_id, request_key, fingerprint, answer)
                VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING RETURNING 1),
            e AS (
                INSERT INTO crm_entry (tenant_id, customer_id, asset, seq, type, amount, balance_after, held_after, at_ms,
                    occurred_ms, request_key, reverses, pro_rata, reference, reason, store_id, staff_id)
                SELECT ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ? FROM k),
            l AS (
                INSERT INTO crm_lot (tenant_id, customer_id, asset, lot_no, part, granted, remaining, held, available_ms,
                    expires_ms, open_until_ms, slide_days, cost_currency, cost_minor)
                SELECT ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ? FROM k),
            o AS (
                INSERT INTO crm_outbox (tenant_id, customer_id, source, seq, type, at_ms, data)
                SELECT ?, ?, ?, ?, ?, ?, ? FROM k)
            UPDATE crm_account a SET seq = ?, posted = ?, held = ?, debt = ?, pending = ?, as_of_ms = ?, active_ms = ?,
                due_ms = ?, slides = ?, event_seq = ?
            FROM k WHERE a.tenant_id = ? AND a.customer_id = ? AND a.asset = ?
            """;

    private final PortableLedgerWriter portable;
    private final PostgresStatements statements = new PostgresStatements();

    PostgresLedgerWriter(PortableLedgerWriter portable) {
        this.portable = portable;
    }

    @Override
    public boolean apply(Session session, LedgerChange change) {
        Request request = change.request();
        if (request == null) {
            applyAll(session, List.of(change));
            return true;
        }
        Prepared prepared = prepared(change, request);
        int written =
                session.update(prepared.sql(), statement -> prepared.binds().to(new Bind(statement)));
        if (written == 1) {
            portable.after(session, change);
        }
        return written == 1;
    }

    private static boolean isPlainGrant(LedgerChange change) {
        return change.entries().size() == 1
                && change.opened().size() == 1
                && change.changed().isEmpty()
                && change.movements().isEmpty()
                && change.placed().isEmpty()
                && change.ended().isEmpty();
    }

    /**
     * Writes a keyed change with other statements.
     *
     * @param written told 0 if its key was booked before, else 1
     */
    void add(Together together, LedgerChange change, IntConsumer written) {
        Prepared prepared = prepared(change, Objects.requireNonNull(change.request(), "a key"));
        together.update(prepared.sql(), prepared.binds(), written);
        portable.after(together, change);
    }

    private Prepared prepared(LedgerChange change, Request request) {
        return isPlainGrant(change) ? grant(change, request) : statements.one(change, request);
    }

    private static Prepared grant(LedgerChange change, Request request) {
        AccountId id = change.before().id();
        return new Prepared(GRANT, bind -> {
            bind.text(id.tenant().value())
                    .number(id.customer().value())
                    .text(request.key().value())
                    .number(request.fingerprint())
                    .text(request.answer());
            bindEntry(bindId(bind, id), change.entries().get(0));
            bindNewLot(bindId(bind, id), change.opened().get(0));
            bindEvent(bind, envelope(change));
            bindId(bindAccount(bind, change.after()), id);
        });
    }

    @Override
    public Set<CustomerId> applyAll(Session session, List<LedgerChange> changes) {
        if (changes.isEmpty()) {
            return Set.of();
        }
        Set<Long> written = statements.all(session, changes);
        Set<CustomerId> known = new HashSet<>();
        for (LedgerChange change : changes) {
            CustomerId customer = change.before().id().customer();
            if (written.contains(customer.value())) {
                portable.after(session, change);
            } else {
                known.add(customer);
            }
        }
        return known;
    }
}
