package dev.retailcrm.assets.checkout;

import dev.retailcrm.assets.earn.Earned;
import dev.retailcrm.assets.ledger.Asset;
import dev.retailcrm.assets.ledger.AssetError;
import dev.retailcrm.assets.ledger.Posting;
import dev.retailcrm.assets.spi.CheckoutBookings;
import dev.retailcrm.assets.spi.CheckoutChange;
import dev.retailcrm.assets.spi.CheckoutPorts;
import dev.retailcrm.assets.stored.OpenCards;
import dev.retailcrm.assets.stored.PresentedCard;
import dev.retailcrm.core.access.Access;
import dev.retailcrm.core.access.Right;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.ErrorKind;
import dev.retailcrm.core.kernel.Fingerprint;
import dev.retailcrm.core.kernel.Instants;
import dev.retailcrm.core.kernel.Page;
import dev.retailcrm.core.kernel.PageRequest;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.kernel.StoreId;
import dev.retailcrm.core.kernel.Survivors;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.spi.RequestStore.Booked;
import dev.retailcrm.core.trade.Order;
import dev.retailcrm.core.trade.Trade;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * The checkout of one tenant: what a basket costs a customer with her coupons, points, stored value and gift cards, and what it earns her; all of that
 * booked at once; and given back. Thread-safe.
 *
 * <p>What the till says are wishes and expectations; the checkout decides. Discounts come first: those of the basket, those of members, coupons. Then
 * points pay for goods, stored value and gift cards for all but {@link LineKind#EXCLUDED excluded} lines, and money for the rest. A quote and what is
 * settled come to the same, as long as nothing changed between.
 *
 * <p>Commands join the host's transaction if there is one, and book everything or nothing. They are booked once: an order by its number and by its
 * request key, so that an offline till may deliver late, and twice. The old id of a customer who was merged stands for the one she was merged into.
 *
 * <p>All commands refuse with {@link CoreError#UNKNOWN_CUSTOMER}, {@link CoreError#CUSTOMER_ERASED}, {@link CoreError#REQUEST_KEY_REUSED},
 * {@link CoreError#INSTANT_OUT_OF_RANGE} and {@link CoreError#INVALID_VALUE}, and throw what the unit of work throws.
 */
public final class Checkout {
    private final TenantId tenant;
    private final CheckoutPolicy policy;
    private final CheckoutPorts ports;
    private final CheckoutParts parts;
    private final Instants clock;
    private final Access access;
    private final @Nullable TradeRecord record;

    /** The checkout of a tenant, which books with these facades. */
    public Checkout(TenantId tenant, CheckoutPolicy policy, CheckoutPorts ports, CheckoutParts parts) {
        this(
                Check.present(tenant, "tenant"),
                Check.present(policy, "policy"),
                Check.present(ports, "ports"),
                Check.present(parts, "parts"),
                Access.unrestricted(),
                null);
    }

    private Checkout(
            TenantId tenant,
            CheckoutPolicy policy,
            CheckoutPorts ports,
            CheckoutParts parts,
            Access access,
            @Nullable TradeRecord record) {
        this.tenant = tenant;
        this.policy = policy;
        this.ports = ports;
        this.parts = parts;
        this.clock = new Instants(ports.ledger().clock());
        this.access = access;
        this.record = record;
    }

    /** The same checkout, as far as this access permits. */
    public Checkout guardedBy(Access granted) {
        return new Checkout(tenant, policy, ports, parts, Check.present(granted, "access"), record);
    }

    /**
     * The same checkout, which records what it settles and refunds as trade too, in the same transaction; by default it does not. An order is recorded
     * once by its source and number: what was recorded under them by others stands, and refunds of it are left to them. Goods and freight are recorded, by
     * their price after discounts, whatever pays for it; lines that are {@link LineKind#EXCLUDED} are not. A line has its category if it has one alone.
     *
     * @param trade of the same tenant over the same unit of work; it asks what its own access permits
     * @param source the system that numbers the orders, as in {@link dev.retailcrm.core.trade.OrderNumber}
     */
    public Checkout recordedBy(Trade trade, String source) {
        return new Checkout(tenant, policy, ports, parts, access, new TradeRecord(trade, source));
    }

    /**
     * What an order would come to. Nothing is written or locked. One load, of seven round trips on all engines where points, stored value and coupons
     * are asked for: four more where something fell due, one where caps count, three for each gift card, and those of audiences and tiers that
     * earning asks for. What is worked out then reads nothing.
     *
     * @param at from 1970, at most 36 hours ahead of the clock
     * @throws CrmException {@link AssetError#UNKNOWN_GIFT_CARD}, {@link AssetError#GIFT_CARD_STATE}, {@link AssetError#GIFT_CARD_BOUND},
     *     {@link AssetError#TOO_MANY_GUESSES}
     */
    public Quote quote(CustomerId customer, CheckoutOrder order, Instant at) {
        access.require(Right.READ_ASSETS, Check.present(customer, "customer"));
        Map<CustomerId, PresentedCard> cards = presented(Check.present(order, "order"));
        Instant when = clock.orNow(Check.present(at, "instant"));
        Posting posting = Posting.key(SettledOrder.key(order.number(), "quote")).at(when);
        return ports.ledger()
                .unitOfWork()
                .read(() -> till(current(customer), order, cards, posting, when, false)
                        .quote());
    }

    private Till till(
            CustomerId current,
            CheckoutOrder order,
            Map<CustomerId, PresentedCard> cards,
            Posting posting,
            Instant at,
            boolean locking) {
        return new Till(policy, parts, tenant, ports.store(), current, order, cards, posting, at, locking);
    }

    private CustomerId current(CustomerId customer) {
        return Survivors.current(customer, id -> ports.ledger().owners().survivor(tenant, id));
    }

    private Map<CustomerId, PresentedCard> presented(CheckoutOrder order) {
        Map<CustomerId, PresentedCard> cards = new LinkedHashMap<>();
        if (!order.giftCards().isEmpty()) {
            access.require(Right.USE_GIFT_CARDS);
            OpenCards ours = new OpenCards(parts.cards().apply(order.basket().currency()));
            order.giftCards().forEach(it -> cards.putIfAbsent(ours.presented(it), it));
        }
        return cards;
    }

    /**
     * Books an order: its coupons are used, points, stored value and gift cards spent, and what it earns is given. By its number it is booked once,
     * under whatever key.
     * On PostgreSQL an order with a coupon, points, stored value and one program of earning takes three round trips, elsewhere 34.
     *
     * @param posting when it was bought, by whom and, unless the basket says, where; its reference is kept with nothing
     * @throws CrmException {@link AssetError#CHECKOUT_MISMATCH} by the {@link MismatchPolicy}; what {@link #quote} throws;
     *     {@link AssetError#CAP_EXCEEDED} and {@link AssetError#AMOUNT_OUT_OF_RANGE} by what it earns; {@link AssetError#INVALID_BASKET} if the
     *     bill is too long to be kept
     */
    public Settlement settle(CustomerId customer, CheckoutOrder order, Posting posting) {
        access.require(Right.BOOK_ASSETS, Check.present(customer, "customer"));
        if (Check.present(order, "order").usesCoupons()) {
            access.require(Right.USE_COUPONS, customer);
        }
        Instant at = clock.orNow(Check.present(posting, "posting").at());
        Map<CustomerId, PresentedCard> cards = presented(order);
        long fingerprint = order.addTo(content("settle", posting), new ArrayList<>(cards.keySet()))
                .value();
        return Survivors.follow(
                customer,
                current -> watched(current, () -> {
                    Till till;
                    Till.Priced priced;
                    CheckoutBookings bookings;
                    try {
                        till = till(current, order, cards, posting.at(at), at, true);
                        priced = till.price();
                        require(priced.mismatches());
                        till.require(priced);
                        bookings = till.bookings(priced);
                    } catch (CrmException refusal) {
                        return settled(refusal, current, order.number(), fingerprint);
                    }
                    var settled = new SettledOrder(
                            current,
                            order.number(),
                            at,
                            order.basket().store().orElse(posting.store()),
                            priced.bill(),
                            priced.uses(),
                            priced.mismatches(),
                            List.of());
                    Order sold = record == null ? null : record.order(settled, order.basket());
                    var booked = new Booked(fingerprint, answer(settled));
                    List<RequestKey> keys = List.of(settled.key("settled"), posting.key());
                    if (!ports.store().apply(new CheckoutChange(tenant, current, settled, keys, booked, bookings))) {
                        return settled(keyTaken(), current, order.number(), fingerprint);
                    }
                    till.finish();
                    if (record != null && sold != null) {
                        record.record(sold);
                    }
                    return new Settlement(
                            settled, Check.present(bookings.earned(), "earning").earned());
                }));
    }

    /** In a unit of work, telling once of all that is booked. */
    <T> T watched(CustomerId customer, Supplier<T> command) {
        return ports.ledger().unitOfWork().run(() -> ports.ledger().watching(tenant, customer, command));
    }

    private void require(List<Mismatch> mismatches) {
        if (!mismatches.isEmpty() && policy.mismatch() == MismatchPolicy.REFUSE) {
            throw AssetError.CHECKOUT_MISMATCH.with(
                    Map.of("mismatches", mismatches), "the order is not what was expected: %s", mismatches);
        }
    }

    /** The first answer if the number was settled with the same content; else the refusal. */
    private Settlement settled(CrmException refusal, CustomerId customer, String number, long fingerprint) {
        Booked booked = isAboutContent(refusal)
                ? booked(customer, SettledOrder.key(number, "settled")).orElseThrow(() -> refusal)
                : rethrown(refusal);
        if (booked.fingerprint() != fingerprint) {
            throw CoreError.REQUEST_KEY_REUSED.because("the order %s was settled before with other content", number);
        }
        SettledOrder order = order(booked);
        Earned earned = parts.earning()
                .earned(customer, order.key("earned"))
                .orElseThrow(() -> AssetError.UNKNOWN_EARNING.because("nothing was earned by the order"));
        return new Settlement(order, earned);
    }

    private static Booked rethrown(CrmException refusal) {
        throw refusal;
    }

    private static boolean isAboutContent(CrmException refusal) {
        return refusal.kind() == ErrorKind.REJECTED
                || refusal.kind() == ErrorKind.INVALID
                || refusal.code() == CoreError.REQUEST_KEY_REUSED;
    }

    /**
     * Gives back what lines of an order cost: of each line as much of every asset that paid for it as its part was, the rest in money; points in
     * whole ones, rounded down, and the remainder with the last of them. What those lines earned is taken back. When nothing is left of the
     * order its coupons are given back, if the {@link CouponReturn} says so. Any number of times, in any order, with the same end.
     *
     * @param number the order's
     * @param lines what is refunded of each line, by its number, at most what is left of it: above zero, or zero for a line that cost nothing
     * @return what is to be paid out, among others
     * @throws CrmException {@link AssetError#UNKNOWN_ORDER}; {@link AssetError#REFUND_EXCEEDS_ORDER} also for a line that is not of the order;
     *     {@link AssetError#TOO_MANY_REFUNDS}; {@link AssetError#WRONG_CURRENCY}; {@link CoreError#REFUND_EXCEEDS_ORDER} if it is
     *     {@linkplain #recordedBy recorded} and others recorded refunds of it too; {@link AssetError#INSUFFICIENT_VALUE} if what was
     *     earned is used up, by the {@link dev.retailcrm.assets.ledger.ShortfallPolicy}
     */
    public Refund refund(CustomerId customer, String number, Map<Integer, Money> lines, Posting posting) {
        access.require(Right.BOOK_ASSETS, Check.present(customer, "customer"));
        return new Refunding(this, number, Refunding.amounts(lines), posting).of(customer);
    }

    /**
     * Refunds all that is left of an order, as {@link #refund} does.
     *
     * @throws CrmException as {@link #refund}; {@link AssetError#ORDER_REFUNDED} if nothing is left
     */
    public Refund cancel(CustomerId customer, String number, Posting posting) {
        access.require(Right.BOOK_ASSETS, Check.present(customer, "customer"));
        return new Refunding(this, number, null, posting).of(customer);
    }

    /** An order of a customer; empty if she settled none with this number. Three round trips. */
    public Optional<SettledOrder> find(CustomerId customer, String number) {
        access.require(Right.READ_ASSETS, Check.present(customer, "customer"));
        checkNumber(number);
        return ports.ledger()
                .unitOfWork()
                .read(() -> booked(current(customer), SettledOrder.key(number, "settled"))
                        .map(this::latest));
    }

    /** The orders of a customer by their numbers, without those of others who were merged into her. One round trip. */
    public Page<SettledOrder> orders(CustomerId customer, PageRequest page) {
        access.require(Right.READ_ASSETS, Check.present(customer, "customer"));
        String after = Check.present(page, "page").after();
        return Page.of(
                ports.ledger().unitOfWork().read(() -> ports.store().list(tenant, customer, after, page.size() + 1)),
                page.size(),
                SettledOrder::number);
    }

    static String checkNumber(String number) {
        return Check.code(number, CheckoutOrder.MAX_NUMBER, "number of an order");
    }

    TenantId tenant() {
        return tenant;
    }

    @Nullable
    TradeRecord record() {
        return record;
    }

    CheckoutPolicy policy() {
        return policy;
    }

    CheckoutPorts ports() {
        return ports;
    }

    CheckoutParts parts() {
        return parts;
    }

    Instants clock() {
        return clock;
    }

    Optional<Booked> booked(CustomerId customer, RequestKey key) {
        return ports.ledger().requests().find(tenant, customer, key);
    }

    private static final String ANSWER = "order#";

    /** Names an order and the last of its refunds. */
    static String answer(SettledOrder order) {
        return ANSWER + order.customer() + "#" + order.refunds().size() + "#" + order.number();
    }

    /** The order that an answer names, as it was then. */
    private SettledOrder order(Booked booked) {
        return latest(booked).first(Integer.parseInt(parts(booked)[1]));
    }

    /** The order that an answer names. */
    SettledOrder latest(Booked booked) {
        String[] answer = parts(booked);
        return ports.store()
                .find(tenant, CustomerId.parse(answer[0]), answer[2])
                .orElseThrow(() -> CoreError.STORE_FAILED.because("the store names an order and does not find it"));
    }

    /** The order as a refund left it; empty if the key was not booked by one. */
    Optional<SettledOrder> refunded(Booked booked) {
        return booked.answer().startsWith(ANSWER) && !parts(booked)[1].equals("0")
                ? Optional.of(order(booked))
                : Optional.empty();
    }

    private static String[] parts(Booked booked) {
        return booked.answer().substring(ANSWER.length()).split("#", 3);
    }

    static CrmException keyTaken() {
        return CoreError.REQUEST_KEY_REUSED.because("the request key was booked elsewhere for this customer");
    }

    /** Starts the content of a command. */
    static Fingerprint content(String command, Posting posting) {
        return Check.present(posting, "posting").fingerprint("checkout." + command, Asset.points("all"));
    }

    static @Nullable StoreId store(SettledOrder order, Posting posting) {
        return posting.store() == null ? order.store() : posting.store();
    }
}
