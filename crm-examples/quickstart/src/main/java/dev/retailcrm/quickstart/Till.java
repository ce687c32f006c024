package dev.retailcrm.quickstart;

import dev.retailcrm.assets.ledger.Booking;
import dev.retailcrm.assets.ledger.Calendar;
import dev.retailcrm.assets.ledger.Expiry;
import dev.retailcrm.assets.ledger.Posting;
import dev.retailcrm.assets.ledger.ShortfallPolicy;
import dev.retailcrm.assets.points.Points;
import dev.retailcrm.assets.stored.StoredValue;
import dev.retailcrm.assets.stored.TopUp;
import dev.retailcrm.core.customer.Customers;
import dev.retailcrm.core.customer.Identity;
import dev.retailcrm.core.customer.Registration;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.kernel.StoreId;
import dev.retailcrm.core.spi.UnitOfWork;
import dev.retailcrm.jdbc.JdbcCrm;
import dev.retailcrm.jdbc.JdbcTenant;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

/**
 * A shop's till: it delivers its receipts in bundles, a transaction each. Everything is named after the purchase, so that a till
 * which lost the answer may send it again, as often as it likes. Thread-safe.
 */
final class Till {
    static final CurrencyUnit CURRENCY = CurrencyUnit.USD;

    private static final StoreId STORE = StoreId.of("S01");
    private static final long POINTS_AT_ONCE = 100;

    final Points points;
    final StoredValue stored;
    private final Customers customers;
    private final UnitOfWork unitOfWork;
    private final Map<String, CustomerId> known = new ConcurrentHashMap<>();
    private final AtomicInteger repeats = new AtomicInteger();

    Till(JdbcCrm crm) {
        JdbcTenant shop = crm.tenant("shop");
        unitOfWork = crm.unitOfWork();
        customers = shop.customers();
        points = shop.points(
                "standard",
                shop.terms()
                        .expiring(Expiry.after(1, Calendar.YEAR).toEndOf(Calendar.YEAR))
                        .onShortfall(ShortfallPolicy.DEBT));
        stored = shop.storedValue(CURRENCY);
    }

    /** Books a bundle of receipts in one transaction, all or none. What a till sent twice is booked once. */
    void book(List<Purchase> bundle) {
        Map<String, CustomerId> customers = unitOfWork.run(() -> find(bundle));
        known.putAll(customers);
        unitOfWork.run(() -> {
            bundle.forEach(purchase -> book(customer(purchase.customer()), purchase));
            return bundle;
        });
        for (Purchase purchase : bundle) {
            if (purchase.number() % 100 == 0) {
                sendAgain(customer(purchase.customer()), purchase);
            }
        }
    }

    private void book(CustomerId customer, Purchase purchase) {
        if (purchase.number() % 5 == 0) {
            spendPoints(customer, purchase);
        }
        if (purchase.number() % 10 == 0) {
            payFromStoredValue(customer, purchase);
        }
        earn(customer, purchase);
        if (purchase.number() % 50 == 0) {
            takeOnePieceBack(customer, purchase);
        }
    }

    /** The bundle's customers; those the shop does not know yet are registered. */
    private Map<String, CustomerId> find(List<Purchase> bundle) {
        Map<String, CustomerId> found = new HashMap<>();
        for (Purchase purchase : bundle) {
            CustomerId known = this.known.get(purchase.customer());
            found.computeIfAbsent(purchase.customer(), number -> known == null ? findOrRegister(number) : known);
        }
        return found;
    }

    private CustomerId findOrRegister(String number) {
        return customers
                .findBy(Identity.external("shop", number))
                .orElseGet(() -> customers.register(Registration.of("Customer " + number)
                        .externalId("shop", number)
                        .joinedAt(STORE)
                        .key(RequestKey.of("register/" + number))))
                .id();
    }

    CustomerId customer(String number) {
        return Objects.requireNonNull(known.get(number), "a customer of a bundle");
    }

    private void earn(CustomerId customer, Purchase purchase) {
        long earned = Purchase.points(purchase.amount());
        if (earned > 0) {
            points.earn(customer, earned, posting(purchase, "earn"));
        }
    }

    /** The till lost the answer and sends the purchase again: it must get the answer it lost, and nothing more. */
    private void sendAgain(CustomerId customer, Purchase purchase) {
        long earned = Purchase.points(purchase.amount());
        if (earned > 0) {
            long before = entries(customer);
            Booking again = points.earn(customer, earned, posting(purchase, "earn"));
            if (again.entry().amount() != earned || entries(customer) != before) {
                throw new IllegalStateException("a repetition was booked");
            }
            repeats.incrementAndGet();
        }
    }

    private long entries(CustomerId customer) {
        return points.account(customer).orElseThrow().account().seq();
    }

    /** Pays a little with points: what she had just before, up to a hundred. */
    private void spendPoints(CustomerId customer, Purchase purchase) {
        Instant before = purchase.at().minusMillis(1);
        long spent = Math.min(POINTS_AT_ONCE, points.balance(customer, before).available());
        if (spent > 0) {
            points.spend(customer, spent, posting(purchase, "spend"));
        }
    }

    /** Tops the account up to the next ten, with ten per cent on top, and pays with it. */
    private void payFromStoredValue(CustomerId customer, Purchase purchase) {
        if (purchase.amount().signum() > 0) {
            BigDecimal tens =
                    purchase.amount().divide(BigDecimal.TEN, 0, RoundingMode.UP).multiply(BigDecimal.TEN);
            Money principal = Money.of(CURRENCY, tens);
            stored.topUp(
                    customer,
                    TopUp.of(principal).bonus(principal.multipliedBy(new BigDecimal("0.10"), RoundingMode.UNNECESSARY)),
                    posting(purchase, "top-up"));
            stored.spend(customer, Money.of(CURRENCY, purchase.amount()), posting(purchase, "pay"));
        }
    }

    /** The customer returns one piece: its points go, and its money comes back where it came from. */
    private void takeOnePieceBack(CustomerId customer, Purchase purchase) {
        BigDecimal piece = purchase.amount().divide(BigDecimal.valueOf(purchase.quantity()), 2, RoundingMode.DOWN);
        long kept = Purchase.points(purchase.amount().subtract(piece));
        long back = Purchase.points(purchase.amount()) - kept;
        if (back > 0) {
            points.takeBack(customer, key(purchase, "earn"), back, posting(purchase, "return"));
        }
        if (purchase.number() % 10 == 0 && piece.signum() > 0) {
            stored.refund(customer, key(purchase, "pay"), Money.of(CURRENCY, piece), posting(purchase, "pay-back"));
        }
    }

    int repeats() {
        return repeats.get();
    }

    private static RequestKey key(Purchase purchase, String what) {
        return RequestKey.of("S01/" + purchase.number() + "/" + what);
    }

    private static Posting posting(Purchase purchase, String what) {
        return Posting.key(key(purchase, what)).at(purchase.at()).in(STORE).reference("receipt " + purchase.number());
    }
}
