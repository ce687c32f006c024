package dev.retailcrm.jdbc;

import static dev.retailcrm.jdbc.schema.Tables.CRM_CHECKOUT;

import dev.retailcrm.assets.checkout.OrderText;
import dev.retailcrm.assets.checkout.SettledOrder;
import dev.retailcrm.assets.spi.CheckoutChange;
import dev.retailcrm.assets.spi.CheckoutNeeds;
import dev.retailcrm.assets.spi.CheckoutStanding;
import dev.retailcrm.assets.spi.CheckoutStore;
import dev.retailcrm.assets.spi.CouponStore;
import dev.retailcrm.assets.spi.EarnStore;
import dev.retailcrm.assets.spi.LedgerStore;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.kernel.StoreId;
import dev.retailcrm.core.kernel.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Settled orders, in {@code crm_checkout}, guarded by the lock of the customer's record. Thread-safe. */
final class JooqCheckoutStore implements CheckoutStore {
    private static final String ORDER =
            "SELECT order_no, at_ms, store_id, bill, refunds FROM crm_checkout WHERE tenant_id = ? AND customer_id = ?";

    private final JdbcUnitOfWork work;
    private final @Nullable PostgresCheckout postgres;
    private final CouponStore coupons;
    private final LedgerStore ledger;
    private final EarnStore earnings;

    JooqCheckoutStore(
            JdbcUnitOfWork work,
            Settings settings,
            JooqCouponStore coupons,
            JooqLedgerStore ledger,
            JooqEarnStore earnings) {
        this.work = work;
        this.postgres = settings.engine() == Engine.POSTGRESQL
                ? new PostgresCheckout(coupons, ledger, earnings, settings)
                : null;
        this.coupons = coupons;
        this.ledger = ledger;
        this.earnings = earnings;
    }

    @Override
    public CheckoutStanding lock(CheckoutNeeds needs) {
        return postgres == null ? needs.of(coupons, ledger, earnings) : postgres.lock(work.session(), needs);
    }

    @Override
    public Optional<SettledOrder> find(TenantId tenant, CustomerId customer, String number) {
        Session session = work.session();
        String sql = ORDER + " AND order_no = ?";
        return session
                .query(
                        session.mustReadFresh() ? sql + " LOCK IN SHARE MODE" : sql,
                        statement -> new Bind(statement)
                                .text(tenant.value())
                                .number(customer.value())
                                .text(number),
                        row -> order(row, customer))
                .stream()
                .findFirst();
    }

    @Override
    public boolean apply(CheckoutChange change) {
        Session session = work.session();
        TenantId tenant = change.tenant();
        SettledOrder order = change.order();
        if (change.isNew() && postgres != null) {
            return postgres.write(session, change);
        }
        String bill = change.isNew() ? OrderText.of(order) : "";
        String refunds = OrderText.of(order.refunds());
        if (!book(session, change)) {
            return false;
        }
        int written = change.isNew()
                ? session.update(
                        "INSERT INTO crm_checkout (tenant_id, customer_id, order_no, at_ms, store_id, bill, refunds)"
                                + " VALUES (?, ?, ?, ?, ?, ?, ?)",
                        statement -> new Bind(statement)
                                .text(tenant.value())
                                .number(order.customer().value())
                                .text(order.number())
                                .instant(order.at())
                                .text(
                                        order.store() == null
                                                ? null
                                                : order.store().value())
                                .text(bill)
                                .text(refunds))
                : session.update(
                        "UPDATE crm_checkout SET refunds = ? WHERE tenant_id = ? AND customer_id = ? AND order_no = ?",
                        statement -> new Bind(statement)
                                .text(refunds)
                                .text(tenant.value())
                                .number(order.customer().value())
                                .text(order.number()));
        if (written != 1) {
            throw CoreError.STORE_FAILED.because("an order was changed without the lock of the customer");
        }
        change.bookings().to(coupons, ledger, earnings);
        return true;
    }

    /** All keys or none. PostgreSQL passes over those that are there, and tells which it booked; the others then book none. */
    private static boolean book(Session session, CheckoutChange change) {
        if (session.engine() == Engine.POSTGRESQL) {
            List<String> booked = session.query(
                    "INSERT INTO crm_request (tenant_id, customer_id, request_key, fingerprint, answer) VALUES "
                            + String.join(
                                    ", ", Collections.nCopies(change.keys().size(), "(?, ?, ?, ?, ?)"))
                            + " ON CONFLICT DO NOTHING RETURNING request_key",
                    statement -> bind(new Bind(statement), change),
                    row -> row.getString(1));
            if (booked.size() == change.keys().size()) {
                return true;
            }
            booked.forEach(
                    key -> JooqRequestStore.unbook(session, change.tenant(), change.customer(), new RequestKey(key)));
            return false;
        }
        return session.insertUnlessPresent(
                "INSERT INTO crm_request (tenant_id, customer_id, request_key, fingerprint, answer) VALUES "
                        + String.join(", ", Collections.nCopies(change.keys().size(), "(?, ?, ?, ?, ?)")),
                change.keys().size(),
                statement -> bind(new Bind(statement), change));
    }

    private static void bind(Bind bind, CheckoutChange change) throws SQLException {
        for (RequestKey key : change.keys()) {
            bind.text(change.tenant().value())
                    .number(change.customer().value())
                    .text(key.value())
                    .number(change.booked().fingerprint())
                    .text(change.booked().answer());
        }
    }

    @Override
    public List<SettledOrder> list(TenantId tenant, CustomerId customer, @Nullable String after, int limit) {
        return work.session()
                .query(
                        ORDER + " AND order_no > ? ORDER BY order_no LIMIT ?",
                        statement -> new Bind(statement)
                                .text(tenant.value())
                                .number(customer.value())
                                .text(after == null ? "" : after)
                                .integer(limit),
                        row -> order(row, customer));
    }

    private static SettledOrder order(ResultSet row, CustomerId customer) throws SQLException {
        OrderText.Kept kept = OrderText.kept(row.getString(4));
        String store = row.getString(3);
        return new SettledOrder(
                customer,
                row.getString(1),
                Instant.ofEpochMilli(row.getLong(2)),
                store == null ? null : StoreId.of(store),
                kept.bill(),
                kept.uses(),
                kept.mismatches(),
                OrderText.refunds(row.getString(5)));
    }

    @Override
    public int remove(TenantId tenant, CustomerId customer, int limit) {
        Session session = work.session();
        List<String> numbers = session.dsl()
                .select(CRM_CHECKOUT.ORDER_NO)
                .from(CRM_CHECKOUT)
                .where(CRM_CHECKOUT.TENANT_ID.eq(tenant.value()))
                .and(CRM_CHECKOUT.CUSTOMER_ID.eq(customer.value()))
                .orderBy(CRM_CHECKOUT.ORDER_NO)
                .limit(limit)
                .fetch(CRM_CHECKOUT.ORDER_NO);
        return numbers.isEmpty()
                ? 0
                : session.dsl()
                        .deleteFrom(CRM_CHECKOUT)
                        .where(CRM_CHECKOUT.TENANT_ID.eq(tenant.value()))
                        .and(CRM_CHECKOUT.CUSTOMER_ID.eq(customer.value()))
                        .and(CRM_CHECKOUT.ORDER_NO.le(numbers.get(numbers.size() - 1)))
                        .execute();
    }
}
