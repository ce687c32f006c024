package dev.retailcrm.jdbc;

import dev.retailcrm.assets.coupon.CouponTemplate;
import dev.retailcrm.assets.earn.CapUse;
import dev.retailcrm.assets.ledger.Account;
import dev.retailcrm.assets.ledger.Asset;
import dev.retailcrm.assets.ledger.LedgerChange;
import dev.retailcrm.assets.ledger.Lot;
import dev.retailcrm.assets.spi.CheckoutBookings;
import dev.retailcrm.assets.spi.CheckoutChange;
import dev.retailcrm.assets.spi.CheckoutNeeds;
import dev.retailcrm.assets.spi.CheckoutStanding;
import dev.retailcrm.assets.spi.CouponHolder;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.jdbc.JooqCouponStore.WithTemplate;
import dev.retailcrm.jdbc.JooqLedgerStore.OfAccount;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Settlements on PostgreSQL: one round trip to lock and read, one to write. Thread-safe. */
final class PostgresCheckout {
    private static final String LAST =
            "SELECT (SELECT COALESCE(MAX(seq), 0) FROM crm_coupon_entry WHERE tenant_id = ? AND customer_id = ?),"
                    + " (SELECT COALESCE(MAX(earning_no), 0) FROM crm_earning WHERE tenant_id = ? AND customer_id = ?)";

    private final PostgresSettlement settlement = new PostgresSettlement();
    private final JooqCouponStore coupons;
    private final JooqLedgerStore ledger;
    private final JooqEarnStore earnings;
    private final PostgresLedgerWriter writer;

    /** The numbers of her last entry of coupons, and of what she earned last. */
    private record Last(long entry, long earned) {}

    PostgresCheckout(JooqCouponStore coupons, JooqLedgerStore ledger, JooqEarnStore earnings, Settings settings) {
        this.coupons = coupons;
        this.ledger = ledger;
        this.earnings = earnings;
        this.writer = new PostgresLedgerWriter(new PortableLedgerWriter(settings));
    }

    CheckoutStanding lock(Session session, CheckoutNeeds needs) {
        TenantId tenant = needs.tenant();
        CustomerId customer = needs.customer();
        Together together = new Together(session);
        session.markLocking();
        List<RecordLock> record = RecordLock.add(together, tenant, customer);
        List<Account> wallet = ledger.addLock(together, tenant, customer, needs.assets());
        List<Last> last = together.query(
                LAST,
                bind -> bind.text(tenant.value())
                        .number(customer.value())
                        .text(tenant.value())
                        .number(customer.value()),
                row -> new Last(row.getLong(1), row.getLong(2)));
        List<WithTemplate> hers =
                needs.open() || !needs.named().isEmpty() ? coupons.addCoupons(together, needs) : List.of();
        List<OfAccount> spendable = needs.spent().isEmpty() ? List.of() : ledger.addSpendable(together, needs);
        List<CapUse> uses =
                needs.periods().isEmpty() ? List.of() : earnings.addUses(together, tenant, customer, needs.periods());
        together.send();
        Map<CouponTemplate.Version, CouponTemplate> templates = new HashMap<>();
        for (WithTemplate one : hers) {
            if (one.template() != null) {
                templates.put(one.coupon().template(), one.template());
            }
        }
        Map<Asset, List<Lot>> lots = new HashMap<>();
        for (Asset asset : needs.spent()) {
            lots.put(
                    asset,
                    spendable.stream()
                            .filter(it -> it.asset().equals(asset.code()))
                            .map(OfAccount::lot)
                            .toList());
        }
        return new CheckoutStanding(
                record.stream()
                        .findFirst()
                        .map(it -> new CouponHolder(
                                customer,
                                it.status(),
                                it.mergedInto(),
                                last.get(0).entry()))
                        .orElse(null),
                hers.stream().map(WithTemplate::coupon).toList(),
                templates,
                WalletLocks.wanted(wallet, needs.assets()),
                lots,
                uses,
                last.get(0).earned());
    }

    /** Writes a new order; false, and nothing written, if one of its keys was booked before. */
    boolean write(Session session, CheckoutChange change) {
        List<LedgerChange> merged = PostgresSettlement.together(change);
        List<String> fresh = settlement.write(session, change, merged);
        if (fresh.size() < PostgresSettlement.keys(change, merged)) {
            fresh.forEach(
                    key -> JooqRequestStore.unbook(session, change.tenant(), change.customer(), new RequestKey(key)));
            if (change.keys().stream().allMatch(it -> fresh.contains(it.value()))) {
                throw CheckoutBookings.keyTaken();
            }
            return false;
        }
        Together together = new Together(session);
        change.bookings().ledger().stream()
                .filter(it -> !merged.contains(it))
                .forEach(it -> writer.add(together, it, PostgresCheckout::requireWritten));
        together.send();
        return true;
    }

    private static void requireWritten(int rows) {
        if (rows != 1) {
            throw CheckoutBookings.keyTaken();
        }
    }
}
