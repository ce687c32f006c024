package dev.retailcrm.jdbc;

import static dev.retailcrm.jdbc.Column.millis;
import static dev.retailcrm.jdbc.Column.number;
import static dev.retailcrm.jdbc.Column.text;

import dev.retailcrm.assets.checkout.OrderText;
import dev.retailcrm.assets.checkout.SettledOrder;
import dev.retailcrm.assets.coupon.Coupon;
import dev.retailcrm.assets.coupon.CouponEntry;
import dev.retailcrm.assets.earn.CapUse;
import dev.retailcrm.assets.earn.EarnText;
import dev.retailcrm.assets.earn.Earned;
import dev.retailcrm.assets.ledger.Asset;
import dev.retailcrm.assets.ledger.LedgerChange;
import dev.retailcrm.assets.ledger.Lot;
import dev.retailcrm.assets.spi.CheckoutBookings;
import dev.retailcrm.assets.spi.CheckoutChange;
import dev.retailcrm.assets.spi.CouponChange;
import dev.retailcrm.assets.spi.EarnChange;
import dev.retailcrm.core.event.EventEnvelope;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.spi.RequestStore.Booked;
import dev.retailcrm.jdbc.PortableLedgerWriter.Line;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One data-modifying statement for an order and what is booked with it, of which each table is written once, whatever is booked. The insert of the keys
 * comes first and gates the rest: if one is there, nothing else happens. Thread-safe.
 */
final class PostgresSettlement {
    private static final List<Column<Key>> KEY = List.of(
            text("request_key", k -> k.key().value()),
            number("fingerprint", k -> k.booked().fingerprint()),
            text("answer", k -> k.booked().answer()));

    private static final List<Column<SettledOrder>> ORDER = List.of(
            text("order_no", SettledOrder::number),
            number("at_ms", o -> o.at().toEpochMilli()),
            text("store_id", o -> o.store() == null ? null : o.store().value()),
            text("bill", OrderText::of),
            text("refunds", o -> OrderText.of(o.refunds())));

    private static final List<Column<Coupon>> COUPON = List.of(
            number("coupon_id", c -> c.id().value()),
            text("template_key", c -> c.template().template()),
            number("template_version", c -> c.template().version()),
            text("state", c -> c.state().name()),
            text("origin", c -> c.origin().name()),
            number("from_ms", c -> c.validFrom().toEpochMilli()),
            number("until_ms", c -> c.expiresAt().toEpochMilli()),
            number("locked_until_ms", c -> millis(c.lockedUntil())),
            text("reference", Coupon::reference),
            number("other_id", c -> c.other() == null ? null : c.other().value()),
            number("home_id", c -> c.home().value()),
            number("obtained_ms", c -> c.obtainedAt().toEpochMilli()),
            number("version", Coupon::version));

    private static final List<Column<CouponEntry>> COUPON_ENTRY = List.of(
            number("seq", CouponEntry::seq),
            number("coupon_id", e -> e.coupon().value()),
            number("coupon_version", CouponEntry::version),
            text("template_key", CouponEntry::template),
            text("act", e -> e.act().name()),
            number("at_ms", e -> e.at().toEpochMilli()),
            number("occurred_ms", e -> e.occurredAt().toEpochMilli()),
            number("other_id", e -> e.other() == null ? null : e.other().value()),
            text("reference", CouponEntry::reference),
            text("store_id", e -> e.store() == null ? null : e.store().value()),
            text("staff_id", e -> e.staff() == null ? null : e.staff().value()));

    private static final List<Column<Earned>> EARNING = List.of(
            number("earning_no", Earned::no),
            text("request_key", e -> e.key().value()),
            text("occasion", e -> e.occasion() == null ? null : e.occasion().name()),
            number("at_ms", e -> e.at().toEpochMilli()),
            text("store_id", e -> e.store() == null ? null : e.store().value()),
            text("reference", Earned::reference),
            text("outcome", e -> EarnText.of(e.outcome())),
            text("returned", e -> EarnText.of(e.returned())));

    private static final List<Column<CapUse>> USE = List.of(
            text("period", CapUse::period),
            text("program_key", CapUse::program),
            text("rule_key", CapUse::rule),
            number("home_id", u -> 0L),
            number("points", CapUse::points),
            number("times", CapUse::times));

    private static final String ADD =
            " ON CONFLICT (tenant_id, customer_id, period, program_key, rule_key, home_id) DO UPDATE SET"
                    + " points = crm_earn_use.points + excluded.points, times = crm_earn_use.times + excluded.times";

    private static final List<Column<Line<Lot>>> LOT = Stream.concat(
                    Stream.of(PostgresSettlement.<Line<Lot>>asset()), PostgresColumns.LOT.stream())
            .toList();

    private static final List<Column<LedgerChange>> ACCOUNT = Stream.concat(
                    Stream.of(text(
                            "asset", (LedgerChange c) -> c.after().id().asset().code())),
                    PostgresColumns.ACCOUNT.stream())
            .toList();

    private final Map<String, String> made = new ConcurrentHashMap<>();

    private static <T extends Line<?>> Column<T> asset() {
        return text("asset", line -> line.account().asset().code());
    }

    /** A key and what is remembered under it. */
    private record Key(RequestKey key, Booked booked) {}

    /**
     * What is written of a table.
     *
     * @param keys how many of the columns name a row that is changed; 0 if rows are new
     * @param onConflict what becomes of a row that is there
     */
    private record Part<T>(String table, PostgresRows<T> given, int keys, String onConflict) {
        static <V> Part<V> insert(String table, List<Column<V>> columns, Collection<V> rows) {
            return new Part<>(table, new PostgresRows<>(columns, List.copyOf(rows)), 0, "");
        }

        static <V> List<Part<V>> update(String table, List<Column<V>> columns, Collection<V> rows, int keys) {
            return new PostgresRows<>(columns, List.copyOf(rows))
                    .apart().stream()
                            .map(given -> new Part<>(table, given, keys, ""))
                            .toList();
        }

        boolean isEmpty() {
            return given.rows().isEmpty();
        }

        String sql(String gate) {
            return keys == 0
                    ? "INSERT INTO " + table + " (tenant_id, customer_id, " + given.names("") + ") SELECT ?, ?, "
                            + given.names("r.") + " FROM " + gate + given.source() + onConflict
                    : "UPDATE " + table + " t SET "
                            + equal("", keys, given.columns().size()) + " FROM " + gate
                            + given.source() + " WHERE t.tenant_id = ? AND t.customer_id = ? AND "
                            + equal("t.", 0, keys).replace(",", " AND");
        }

        private String equal(String prefix, int from, int to) {
            return given.columns().subList(from, to).stream()
                    .map(column -> prefix + "%1$s = r.%1$s".formatted(column.name()))
                    .collect(Collectors.joining(", "));
        }

        void bind(Bind bind, CheckoutChange change) throws SQLException {
            if (keys == 0) {
                bindOwner(bind, change);
                given.bind(bind);
            } else {
                given.bind(bind);
                bindOwner(bind, change);
            }
        }

        private static void bindOwner(Bind bind, CheckoutChange change) throws SQLException {
            bind.text(change.tenant().value()).number(change.customer().value());
        }
    }

    /**
     * The changes of her wallet that can be written with the order: all or none. Of an account or a lot that several change only the last state is
     * written, so none may be new in one and changed by another; a first booking, and one that ends holds, is written by itself.
     */
    static List<LedgerChange> together(CheckoutChange change) {
        List<LedgerChange> hers = change.bookings().ledger().stream()
                .filter(it -> it.before().id().customer().equals(change.customer()))
                .toList();
        for (LedgerChange one : hers) {
            boolean apart = one.request() == null
                    || one.before().seq() == 0
                    || !one.placed().isEmpty()
                    || !one.ended().isEmpty()
                    || one.slideFrom() != null;
            if (apart || changesNewLot(hers, one)) {
                return List.of();
            }
        }
        return hers;
    }

    /** How many keys an order books, with that many changes of the ledger. */
    static int keys(CheckoutChange change, List<LedgerChange> ledger) {
        return change.keys().size() + ledger.size() + (change.bookings().earned() == null ? 0 : 1);
    }

    private static boolean changesNewLot(List<LedgerChange> all, LedgerChange one) {
        return all.stream()
                .filter(it ->
                        !it.equals(one) && it.before().id().equals(one.before().id()))
                .flatMap(it -> it.changed().stream())
                .anyMatch(lot -> one.opened().stream().anyMatch(it -> it.no() == lot.no()));
    }

    /**
     * Writes a new order.
     *
     * @param ledger those of its bookings that are written with it
     * @return the keys that were new; if those are not all, nothing was written but them
     */
    List<String> write(Session session, CheckoutChange change, List<LedgerChange> ledger) {
        CheckoutBookings bookings = change.bookings();
        List<Key> keys = new ArrayList<>();
        change.keys().forEach(it -> keys.add(new Key(it, change.booked())));
        List<EventEnvelope> events = new ArrayList<>();
        for (LedgerChange one : ledger) {
            LedgerChange.Request request = Objects.requireNonNull(one.request(), "a key");
            keys.add(new Key(request.key(), new Booked(request.fingerprint(), request.answer())));
            events.add(PortableLedgerWriter.envelope(one));
        }
        List<Part<?>> parts = new ArrayList<>();
        parts.add(Part.insert("crm_checkout", ORDER, List.of(change.order())));
        CouponChange used = bookings.coupons();
        if (used != null) {
            events.addAll(used.events());
            parts.addAll(Part.update("crm_coupon", COUPON, used.changed(), 1));
            parts.add(Part.insert("crm_coupon_entry", COUPON_ENTRY, used.entries()));
        }
        EarnChange earned = bookings.earned();
        if (earned != null) {
            keys.add(new Key(earned.key(), earned.booked()));
            parts.add(Part.insert("crm_earning", EARNING, List.of(earned.earned())));
            parts.add(new Part<>("crm_earn_use", new PostgresRows<>(USE, earned.uses()), 0, ADD));
        }
        parts.add(Part.insert(
                "crm_entry", PostgresColumns.ENTRY, PortableLedgerWriter.lines(ledger, LedgerChange::entries)));
        parts.add(Part.insert(
                "crm_lot", PostgresColumns.NEW_LOT, PortableLedgerWriter.lines(ledger, LedgerChange::opened)));
        parts.addAll(Part.update("crm_lot", LOT, lastLots(ledger), 2));
        parts.add(Part.insert("crm_movement", PostgresColumns.MOVEMENT, PortableLedgerWriter.movements(ledger)));
        parts.addAll(Part.update("crm_account", ACCOUNT, lastAccounts(ledger), 1));
        parts.add(Part.insert("crm_outbox", PostgresColumns.EVENT, events));
        parts.removeIf(Part::isEmpty);
        Part<Key> first = Part.insert("crm_request", KEY, keys);
        String shape = first.given().shape()
                + parts.stream()
                        .map(it -> it.table() + it.keys() + "#" + it.given().shape())
                        .collect(Collectors.joining("+"));
        String sql = made.computeIfAbsent(shape, none -> sql(first, parts));
        return session.query(
                sql,
                statement -> {
                    Bind bind = new Bind(statement);
                    first.bind(bind, change);
                    bind.number(keys.size());
                    for (Part<?> part : parts) {
                        part.bind(bind, change);
                    }
                },
                row -> row.getString(1));
    }

    private static Collection<Line<Lot>> lastLots(List<LedgerChange> ledger) {
        Map<List<Object>, Line<Lot>> last = new LinkedHashMap<>();
        PortableLedgerWriter.lines(ledger, LedgerChange::changed)
                .forEach(it -> last.put(List.of(it.account(), it.value().no()), it));
        return last.values();
    }

    private static Collection<LedgerChange> lastAccounts(List<LedgerChange> ledger) {
        Map<Asset, LedgerChange> last = new LinkedHashMap<>();
        ledger.forEach(it -> last.put(it.after().id().asset(), it));
        return last.values();
    }

    private static String sql(Part<Key> keys, List<Part<?>> parts) {
        StringBuilder sql = new StringBuilder("WITH k AS (")
                .append(keys.sql(""))
                .append(" ON CONFLICT DO NOTHING RETURNING request_key), ok AS (SELECT 1 FROM k HAVING COUNT(*) = ?)");
        int number = 0;
        for (Part<?> part : parts) {
            sql.append(", p")
                    .append(++number)
                    .append(" AS (")
                    .append(part.sql("ok, "))
                    .append(")");
        }
        return sql.append(" SELECT request_key FROM k").toString();
    }
}
