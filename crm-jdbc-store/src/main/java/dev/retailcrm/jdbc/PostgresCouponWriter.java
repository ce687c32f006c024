package dev.retailcrm.jdbc;

import static dev.retailcrm.jdbc.Column.millis;
import static dev.retailcrm.jdbc.Column.number;
import static dev.retailcrm.jdbc.Column.text;

import dev.retailcrm.assets.coupon.Coupon;
import dev.retailcrm.assets.coupon.CouponEntry;
import dev.retailcrm.assets.spi.CouponChange;
import dev.retailcrm.core.event.EventEnvelope;
import dev.retailcrm.core.kernel.CoreError;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** One data-modifying statement for coupons that change and what is told of it, without a key. Thread-safe. */
final class PostgresCouponWriter {
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

    private static final List<Column<CouponEntry>> ENTRY = List.of(
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

    private final Map<String, String> made = new ConcurrentHashMap<>();

    /** Whether a change is of that shape. */
    static boolean takes(CouponChange change) {
        return change.booking() == null
                && change.take() == null
                && change.codeHash() == null
                && change.added().isEmpty()
                && change.removed().isEmpty()
                && !change.changed().isEmpty()
                && !change.entries().isEmpty();
    }

    /** Adds the statement to others. */
    void add(Together together, CouponChange change) {
        var coupons = new PostgresRows<>(COUPON, change.changed());
        var entries = new PostgresRows<>(ENTRY, change.entries());
        var events = new PostgresRows<>(PostgresColumns.EVENT, change.events());
        String sql = made.computeIfAbsent(
                coupons.shape() + "+" + entries.shape(), shape -> sql(coupons, entries, events));
        together.update(
                sql,
                bind -> {
                    entries.bind(bind.text(change.tenant().value())
                            .number(change.customer().value()));
                    events.bind(bind.text(change.tenant().value())
                            .number(change.customer().value()));
                    coupons.bind(bind);
                    bind.text(change.tenant().value()).number(change.customer().value());
                },
                written -> {
                    if (written != change.changed().size()) {
                        throw CoreError.STORE_FAILED.because("coupons were changed without the lock of the customer");
                    }
                });
    }

    private static String sql(
            PostgresRows<Coupon> coupons, PostgresRows<CouponEntry> entries, PostgresRows<EventEnvelope> events) {
        String set = COUPON.stream()
                .skip(1)
                .map(column -> "%1$s = r.%1$s".formatted(column.name()))
                .collect(Collectors.joining(", "));
        return "WITH e AS (" + insert("crm_coupon_entry", entries) + "), o AS (" + insert("crm_outbox", events)
                + ") UPDATE crm_coupon t SET " + set + " FROM " + coupons.source()
                + " WHERE t.tenant_id = ? AND t.customer_id = ? AND t.coupon_id = r.coupon_id";
    }

    private static String insert(String table, PostgresRows<?> rows) {
        return "INSERT INTO " + table + " (tenant_id, customer_id, " + rows.names("") + ") SELECT ?, ?, "
                + rows.names("r.") + " FROM " + rows.source();
    }
}
