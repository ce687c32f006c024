package dev.retailcrm.jdbc;

import dev.retailcrm.assets.checkout.OrderText;
import dev.retailcrm.assets.checkout.SettledOrder;
import dev.retailcrm.assets.coupon.Coupon;
import dev.retailcrm.assets.coupon.CouponTemplate;
import dev.retailcrm.assets.earn.CapUse;
import dev.retailcrm.assets.ledger.Account;
import dev.retailcrm.assets.ledger.AccountId;
import dev.retailcrm.assets.ledger.Asset;
import dev.retailcrm.assets.ledger.LedgerChange;
import dev.retailcrm.assets.ledger.Lot;
import dev.retailcrm.assets.spi.CheckoutBookings;
import dev.retailcrm.assets.spi.CheckoutChange;
import dev.retailcrm.assets.spi.CheckoutNeeds;
import dev.retailcrm.assets.spi.CheckoutStanding;
import dev.retailcrm.assets.spi.CouponChange;
import dev.retailcrm.assets.spi.CouponHolder;
import dev.retailcrm.assets.spi.EarnChange;
import dev.retailcrm.core.customer.CustomerStatus;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.kernel.TenantId;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Settlements on PostgreSQL: one round trip to lock and read, one for the order and its keys, one for what is booked with it. Thread-safe. */
final class PostgresCheckout {
    private final JooqCouponStore coupons;
    private final JooqLedgerStore ledger;
    private final JooqEarnStore earnings;

    PostgresCheckout(JooqCouponStore coupons, JooqLedgerStore ledger, JooqEarnStore earnings) {
        this.coupons = coupons;
        this.ledger = ledger;
        this.earnings = earnings;
    }

    CheckoutStanding lock(Session session, CheckoutNeeds needs) {
        TenantId tenant = needs.tenant();
        CustomerId customer = needs.customer();
        Together together = new Together(session);
        session.markLocking();
        List<RecordLock> record = RecordLock.add(together, tenant, customer);
        List<Account> wallet = ledger.addLock(together, tenant, customer, needs.assets());
        List<Long> lastEntry = JooqCouponStore.addLastSeq(together, tenant, customer);
        List<Coupon> hers = List.of();
        List<CouponTemplate> templates = List.of();
        if (needs.open() || !needs.named().isEmpty()) {
            hers = coupons.addCoupons(together, needs);
            templates = coupons.addTemplates(together, needs);
        }
        Map<Asset, List<Lot>> lots = new HashMap<>();
        for (Asset asset : needs.spent()) {
            AccountId id = new AccountId(tenant, customer, asset);
            lots.put(asset, ledger.addSpendable(together, id, needs.at(), needs.lots()));
        }
        List<CapUse> uses =
                needs.periods().isEmpty() ? List.of() : earnings.addUses(together, tenant, customer, needs.periods());
        List<Long> lastEarned = JooqEarnStore.addLast(together, tenant, customer);
        together.send();
        Map<CouponTemplate.Version, CouponTemplate> versions = new HashMap<>();
        templates.forEach(it -> versions.put(it.id(), it));
        return new CheckoutStanding(
                record.stream()
                        .findFirst()
                        .map(it -> new CouponHolder(customer, it.status(), it.mergedInto(), lastEntry.get(0)))
                        .orElse(null),
                hers,
                versions,
                WalletLocks.wanted(wallet, needs.assets()),
                lots,
                uses,
                lastEarned.isEmpty() ? 0 : lastEarned.get(0));
    }

    /** Writes a new order with its keys; false, and nothing written, if one of those was booked before. */
    boolean insert(Session session, CheckoutChange change, String bill) {
        SettledOrder order = change.order();
        int keys = change.keys().size();
        List<String> booked = session.query(
                "WITH k AS (INSERT INTO crm_request (tenant_id, customer_id, request_key, fingerprint, answer) VALUES "
                        + String.join(", ", Collections.nCopies(keys, "(?, ?, ?, ?, ?)"))
                        + " ON CONFLICT DO NOTHING RETURNING request_key), o AS (INSERT INTO crm_checkout (tenant_id,"
                        + " customer_id, order_no, at_ms, store_id, bill, refunds) SELECT ?, ?, ?, ?, ?, ?, ? WHERE"
                        + " (SELECT COUNT(*) FROM k) = ?) SELECT request_key FROM k",
                statement -> {
                    Bind bind = new Bind(statement);
                    JooqCheckoutStore.bind(bind, change);
                    bind.text(change.tenant().value())
                            .number(order.customer().value())
                            .text(order.number())
                            .instant(order.at())
                            .text(order.store() == null ? null : order.store().value())
                            .text(bill)
                            .text(OrderText.of(order.refunds()))
                            .number(keys);
                },
                row -> row.getString(1));
        if (booked.size() < keys) {
            booked.forEach(
                    key -> JooqRequestStore.unbook(session, change.tenant(), change.customer(), new RequestKey(key)));
        }
        return booked.size() == keys;
    }

    void write(Session session, CheckoutBookings bookings) {
        Together together = new Together(session);
        CouponChange used = bookings.coupons();
        if (used != null) {
            coupons.add(together, used);
        }
        for (LedgerChange change : bookings.ledger()) {
            ledger.add(together, change, PostgresCheckout::requireWritten);
        }
        EarnChange earned = bookings.earned();
        if (earned != null) {
            earnings.add(together, earned, PostgresCheckout::requireWritten);
        }
        together.send();
    }

    private static void requireWritten(int rows) {
        if (rows != 1) {
            throw CheckoutBookings.keyTaken();
        }
    }
}
