package dev.retailcrm.assets.checkout;

import dev.retailcrm.assets.checkout.Bill.UsedCard;
import dev.retailcrm.assets.checkout.CouponChoice.Candidate;
import dev.retailcrm.assets.checkout.CouponChoice.Chosen;
import dev.retailcrm.assets.checkout.Quote.Available;
import dev.retailcrm.assets.checkout.Quote.Limit;
import dev.retailcrm.assets.checkout.Quote.PointsRoom;
import dev.retailcrm.assets.coupon.Coupon;
import dev.retailcrm.assets.coupon.CouponId;
import dev.retailcrm.assets.coupon.CouponState;
import dev.retailcrm.assets.coupon.CouponTemplate;
import dev.retailcrm.assets.coupon.CouponWorth;
import dev.retailcrm.assets.coupon.OpenCoupons;
import dev.retailcrm.assets.earn.CapPeriod;
import dev.retailcrm.assets.earn.CapUse;
import dev.retailcrm.assets.earn.EarnCap;
import dev.retailcrm.assets.earn.EarnRule;
import dev.retailcrm.assets.earn.OpenEarning;
import dev.retailcrm.assets.ledger.Asset;
import dev.retailcrm.assets.ledger.Ledger;
import dev.retailcrm.assets.ledger.LedgerChange;
import dev.retailcrm.assets.ledger.OpenWallet;
import dev.retailcrm.assets.ledger.Part;
import dev.retailcrm.assets.ledger.Posting;
import dev.retailcrm.assets.spi.CheckoutBookings;
import dev.retailcrm.assets.spi.CheckoutNeeds;
import dev.retailcrm.assets.spi.CheckoutStanding;
import dev.retailcrm.assets.spi.CheckoutStore;
import dev.retailcrm.assets.spi.CouponChange;
import dev.retailcrm.assets.spi.EarnChange;
import dev.retailcrm.assets.spi.MemberTerms;
import dev.retailcrm.assets.stored.OpenCards;
import dev.retailcrm.assets.stored.PresentedCard;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.StoreId;
import dev.retailcrm.core.kernel.TenantId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * One order at the checkout: everything it needs is read, once; then it is worked out; then, if it is to be settled, booked. A quote reads and works
 * out the same as what is settled, so both come to the same. Locks are taken in the order of all commands: her record, then wallets and gift cards by
 * their ids. Made within a unit of work and used only there; not thread-safe.
 */
final class Till {
    /** In whose name uses of points count: as no program is called, since keys begin with no blank. */
    static final String POINTS = " points";

    /** So many lots are read ahead. An amount seldom comes from more. */
    static final int LOTS = 4;

    private final CheckoutPolicy policy;
    private final CheckoutParts parts;
    private final CustomerId customer;
    private final CheckoutOrder order;
    private final Map<CustomerId, PresentedCard> cards;
    private final Posting posting;
    private final Instant at;
    private final boolean locking;

    private final Basket basket;
    private final OpenEarning earning;
    private final OpenCoupons coupons;
    private final OpenWallet wallet;
    private final Map<CustomerId, OpenWallet> cardWallets = new TreeMap<>();
    private final Map<CustomerId, Long> onCards = new TreeMap<>();
    private final List<Coupon> loaded;
    private long points;
    private long stored;

    /**
     * Reads all that the order needs: in one step if it is to be settled and no other wallet is locked but hers.
     *
     * @param store where orders are settled
     * @param cards the order's gift cards by their ids, in the order in which they are used up
     * @param posting under which it is settled; a quote's is never booked
     */
    Till(
            CheckoutPolicy policy,
            CheckoutParts parts,
            TenantId tenant,
            CheckoutStore store,
            CustomerId customer,
            CheckoutOrder order,
            Map<CustomerId, PresentedCard> cards,
            Posting posting,
            Instant at,
            boolean locking) {
        this.policy = policy;
        this.parts = parts;
        this.customer = customer;
        this.order = order;
        this.cards = cards;
        this.posting = posting;
        this.at = at;
        this.locking = locking;
        Basket reduced = order.basket();
        List<EarnRule> rewards = new ArrayList<>();
        for (MemberTerms terms : parts.terms()) {
            MemberTerms.Granted granted = terms.of(customer, reduced, at);
            reduced = granted.basket();
            rewards.addAll(granted.rewards());
        }
        this.basket = reduced;
        this.earning = OpenEarning.of(parts.earning(), customer, Purchase.of(basket), rewards, at);
        if (locking && cards.isEmpty()) {
            CheckoutNeeds needs = needs(tenant);
            CheckoutStanding standing = store.lock(needs);
            this.coupons = OpenCoupons.locked(parts.coupons(), customer, at, standing);
            this.wallet = OpenWallet.locked(needs, standing);
            if (openHers()) {
                earning.know(standing);
            } else {
                earning.load(caps());
            }
            this.loaded = coupons.loaded();
        } else {
            this.coupons = OpenCoupons.of(parts.coupons(), customer, at, locking);
            this.wallet = locking ? OpenWallet.locked(customer) : OpenWallet.unlocked(customer);
            openWallets();
            earning.load(caps());
            this.loaded = order.wantsBestCoupons() ? coupons.loadOpen() : coupons.load(order.chosenCoupons());
        }
    }

    private CheckoutNeeds needs(TenantId tenant) {
        List<Ledger> used = new ArrayList<>();
        if (rate() != null && order.mostPoints() > 0) {
            used.add(parts.points().ledger());
        }
        if (order.mostStoredMinor() > 0) {
            used.add(storedLedger());
        }
        Set<Asset> assets = new LinkedHashSet<>();
        used.forEach(it -> assets.add(it.asset()));
        assets.addAll(earning.assets());
        return new CheckoutNeeds(
                tenant,
                customer,
                order.wantsBestCoupons(),
                order.chosenCoupons(),
                OpenCoupons.MOST,
                List.copyOf(assets),
                used.stream().filter(OpenWallet::takesFirst).map(Ledger::asset).toList(),
                LOTS,
                at,
                earning.periods(caps()));
    }

    private List<EarnCap> caps() {
        PointsRate rate = rate();
        return rate == null ? List.of() : rate.caps();
    }

    private void openWallets() {
        OpenCards giftCards =
                cards.isEmpty() ? null : new OpenCards(parts.cards().apply(basket.currency()));
        for (CustomerId owner : owners()) {
            PresentedCard card = cards.get(owner);
            if (giftCards != null && card != null) {
                OpenWallet opened = locking ? OpenWallet.locked(owner) : OpenWallet.unlocked(owner);
                CustomerId by = card.customer() == null ? customer : card.customer();
                cardWallets.put(owner, opened);
                onCards.put(owner, giftCards.open(owner, by, opened, locking, leg("card")));
            } else {
                openHers();
            }
        }
    }

    /** Her and the gift cards, each once, in the order in which wallets are locked. */
    private List<CustomerId> owners() {
        List<CustomerId> all = new ArrayList<>(cards.keySet());
        all.add(customer);
        Collections.sort(all);
        return all;
    }

    /** Whether her wallet was locked as it was read. */
    private boolean openHers() {
        if (rate() != null && (!locking || order.mostPoints() > 0)) {
            points = wallet.open(parts.points().ledger(), leg("points"));
        }
        if (!locking || order.mostStoredMinor() > 0) {
            stored = wallet.open(storedLedger(), leg("stored"));
        }
        boolean open = wallet.isOpen();
        if (locking && !open) {
            earning.lock();
        }
        return open;
    }

    private Ledger storedLedger() {
        return parts.stored().apply(basket.currency()).ledger();
    }

    /** The rate of points for this basket; {@code null} if nothing is paid with points. */
    private @Nullable PointsRate rate() {
        PointsRate rate = policy.points();
        return rate != null && rate.isFor(order.basket()) ? rate : null;
    }

    private Posting leg(String booking) {
        return leg(posting, order.number(), booking, order.basket().store().orElse(posting.store()));
    }

    static Posting leg(Posting posting, String number, String booking, @Nullable StoreId store) {
        return new Posting(SettledOrder.key(number, booking), posting.at(), store, posting.staff(), number);
    }

    /** What it comes to. */
    record Priced(
            Bill bill,
            Purchase purchase,
            SortedMap<CouponId, String> unused,
            boolean exhaustive,
            PointsRoom room,
            List<CapUse> uses,
            List<Mismatch> mismatches) {}

    Priced price() {
        SortedMap<CouponId, String> unused = new TreeMap<>();
        Chosen chosen = CouponChoice.of(basket, candidates(unused));
        chosen.used().forEach(it -> unused.remove(it.candidate().coupon().id()));
        Pricing pricing = new Pricing(chosen.basket());
        PointsRoom room = room(pricing);
        PointsRate rate = rate();
        long usedPoints = rate == null ? 0 : Math.min(room.usable(), order.mostPoints() / rate.block() * rate.block());
        pricing.payByPoints(rate == null ? 0 : rate.minorOf(usedPoints));
        long usedStored = Math.min(Math.min(order.mostStoredMinor(), stored), pricing.payable());
        pricing.payByStored(usedStored);
        List<UsedCard> usedCards = new ArrayList<>();
        pricing.payByCards(useCards(pricing.payable(), usedCards));
        Map<Part, Long> split =
                usedStored == 0 ? Map.of() : wallet.parts(Asset.storedValue(basket.currency()), usedStored);
        Bill bill = pricing.bill(
                chosen.used(),
                usedPoints,
                split.getOrDefault(Part.PRINCIPAL, 0L),
                split.getOrDefault(Part.BONUS, 0L),
                usedCards);
        List<CapUse> uses = rate == null || usedPoints == 0
                ? List.of()
                : rate.caps().stream()
                        .filter(it -> !isOfOrder(it))
                        .map(it -> earning.use(it, POINTS, usedPoints))
                        .toList();
        Purchase purchase = Pricing.purchase(chosen.basket(), bill);
        return new Priced(bill, purchase, unused, chosen.exhaustive(), room, uses, mismatches(bill, unused));
    }

    private static boolean isOfOrder(EarnCap cap) {
        return cap.period() == CapPeriod.ORDER;
    }

    /** Those that could be used; of the others, and until they are used of these too, the reason why not. */
    private List<Candidate> candidates(SortedMap<CouponId, String> unused) {
        order.chosenCoupons().forEach(it -> unused.put(it, "UNKNOWN"));
        List<Candidate> candidates = new ArrayList<>();
        for (Coupon coupon : loaded) {
            Optional<CouponState> refusal = coupons.refusal(coupon, order.number());
            Optional<CouponTemplate> template = coupons.template(coupon);
            if (refusal.isPresent() || template.isEmpty()) {
                unused.put(coupon.id(), refusal.map(Enum::name).orElse("UNKNOWN"));
                continue;
            }
            CouponWorth worth = template.get().worth(basket);
            unused.put(
                    coupon.id(),
                    worth.refusal() == null ? "NOT_BEST" : worth.refusal().name());
            candidates.add(new Candidate(coupon, template.get()));
        }
        return candidates;
    }

    private PointsRoom room(Pricing pricing) {
        PointsRate rate = rate();
        if (rate == null) {
            return new PointsRoom(0, Limit.NO_RATE);
        }
        long byPrice = rate.usable(Long.MAX_VALUE, pricing.payableByPoints());
        long capped = Long.MAX_VALUE;
        for (EarnCap cap : rate.caps()) {
            capped = Math.min(capped, isOfOrder(cap) ? cap.points() : earning.room(cap, POINTS));
        }
        long byCaps = capped / rate.block() * rate.block();
        long byBalance = Math.min(points, Ledger.MAX_AMOUNT) / rate.block() * rate.block();
        long usable = Math.min(byPrice, Math.min(byCaps, byBalance));
        return new PointsRoom(
                usable, usable == byPrice ? Limit.PRICE : usable == byBalance ? Limit.AVAILABLE : Limit.CAP);
    }

    private long useCards(long payable, List<UsedCard> used) {
        long left = payable;
        for (CustomerId card : cards.keySet()) {
            long amount = Math.min(left, onCards.getOrDefault(card, 0L));
            if (amount > 0) {
                used.add(new UsedCard(card, Money.ofMinor(basket.currency(), amount)));
                left -= amount;
            }
        }
        return payable - left;
    }

    private List<Mismatch> mismatches(Bill bill, SortedMap<CouponId, String> unused) {
        List<Mismatch> all = new ArrayList<>();
        order.expected()
                .filter(it -> !it.equals(bill.due()))
                .ifPresent(it -> all.add(new Mismatch(
                        Mismatch.What.DUE, it.toString(), bill.due().toString())));
        for (CouponId chosen : order.chosenCoupons()) {
            String why = unused.get(chosen);
            if (why != null) {
                all.add(new Mismatch(Mismatch.What.COUPON, chosen.toString(), why));
            }
        }
        return all;
    }

    Quote quote() {
        Priced priced = price();
        long cardsMinor = onCards.values().stream().mapToLong(it -> it).sum();
        return new Quote(
                at,
                priced.bill(),
                priced.unused(),
                priced.exhaustive(),
                priced.room(),
                new Available(
                        points, Money.ofMinor(basket.currency(), stored), Money.ofMinor(basket.currency(), cardsMinor)),
                earning.earns(priced.purchase()),
                priced.mismatches());
    }

    /** Refuses what booking would, before anything is written. */
    void require(Priced priced) {
        earning.require(priced.purchase(), leg("earned"));
    }

    /** Decides everything; it is known that nothing can be refused. */
    CheckoutBookings bookings(Priced priced) {
        Bill bill = priced.bill();
        CouponChange used = coupons.redeeming(
                bill.coupons().stream().map(Bill.UsedCoupon::coupon).toList(), leg("coupons"));
        if (bill.points() > 0) {
            wallet.spend(parts.points().ledger().asset(), bill.points());
        }
        long storedMinor = bill.storedValue().getAmountMinorLong();
        if (storedMinor > 0) {
            wallet.spend(Asset.storedValue(basket.currency()), storedMinor);
        }
        List<LedgerChange> changes = new ArrayList<>();
        for (UsedCard card : bill.cards()) {
            OpenWallet opened = cardWallets.get(card.card());
            if (opened != null) {
                opened.spend(Asset.giftCard(basket.currency()), card.amount().getAmountMinorLong());
                changes.addAll(opened.changes());
            }
        }
        EarnChange earned = earning.booking(priced.purchase(), priced.uses(), wallet, leg("earned"));
        changes.addAll(wallet.changes());
        return new CheckoutBookings(used, changes, earned);
    }

    /** Gives what is earned in accounts that are yet to be opened. */
    void finish() {
        wallet.finish();
    }
}
