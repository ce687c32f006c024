package dev.retailcrm.assets.checkout;

import dev.retailcrm.assets.checkout.Bill.UsedCard;
import dev.retailcrm.assets.checkout.Bill.UsedCoupon;
import dev.retailcrm.assets.coupon.CouponId;
import dev.retailcrm.assets.coupon.OpenCoupons;
import dev.retailcrm.assets.earn.CapUse;
import dev.retailcrm.assets.earn.OpenEarning;
import dev.retailcrm.assets.ledger.AssetError;
import dev.retailcrm.assets.ledger.Posting;
import dev.retailcrm.assets.spi.CheckoutChange;
import dev.retailcrm.assets.stored.GiftCards;
import dev.retailcrm.assets.stored.OpenCards;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.Fingerprint;
import dev.retailcrm.core.kernel.Survivors;
import dev.retailcrm.core.spi.RequestStore.Booked;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

/** One refund of an order, or its cancellation. For one command. */
final class Refunding {
    private final Checkout checkout;
    private final CheckoutParts parts;
    private final String number;
    private final @Nullable SortedMap<Integer, Money> lines;
    private final Posting posting;
    private final Instant at;

    /**
     * A refund.
     *
     * @param lines what is refunded of them; {@code null} for all that is left
     */
    Refunding(Checkout checkout, String number, @Nullable SortedMap<Integer, Money> lines, Posting posting) {
        this.checkout = checkout;
        this.parts = checkout.parts();
        this.number = Checkout.checkNumber(number);
        this.lines = lines;
        this.posting = Check.present(posting, "posting");
        this.at = checkout.clock().orNow(posting.at());
    }

    /** The amounts of a refund, checked. */
    static SortedMap<Integer, Money> amounts(Map<Integer, Money> refunded) {
        Check.range(Check.present(refunded, "refunded lines").size(), 1, Basket.MAX_LINES, "number of refunded lines");
        SortedMap<Integer, Money> amounts = new TreeMap<>();
        refunded.forEach((line, amount) -> {
            Check.range(Check.present(line, "line"), 0, BasketLine.MAX_NO, "line");
            BasketLine.minor(amount, 0, "amount refunded");
            amounts.put(line, amount);
        });
        return amounts;
    }

    Refund of(CustomerId customer) {
        long fingerprint = fingerprint();
        return Survivors.follow(customer, current -> checkout.watched(current, () -> of(current, fingerprint)));
    }

    private long fingerprint() {
        Fingerprint content =
                Checkout.content(lines == null ? "cancel" : "refund", posting).and(number);
        if (lines != null) {
            lines.forEach((line, amount) -> content.and(line).and(amount.toString()));
        }
        return content.value();
    }

    private Refund of(CustomerId customer, long fingerprint) {
        OpenCoupons coupons = OpenCoupons.of(parts.coupons(), customer, at, true);
        Optional<Booked> known = checkout.booked(customer, posting.key());
        if (known.isPresent()) {
            return repeated(known.get(), fingerprint);
        }
        SettledOrder before = checkout.booked(customer, SettledOrder.key(number, "settled"))
                .map(checkout::latest)
                .orElseThrow(() -> AssetError.UNKNOWN_ORDER.with(
                        Map.of("order", number), "the customer settled no order %s", number));
        SettledOrder after = before.refunding(lines == null ? left(before) : checked(before, lines));
        lockCards(before, customer);
        Refund refund = refund(after);
        TradeRecord record = checkout.record();
        var returned = record == null
                ? Optional.<dev.retailcrm.core.trade.Refund>empty()
                : record.refund(customer, after, refund.back().lines(), at);
        boolean refusing = OpenEarning.refusesShortfall(parts.earning());
        if (refusing) {
            takeBack(customer, refund);
        }
        Booked booked = new Booked(fingerprint, Checkout.answer(after));
        var change = new CheckoutChange(checkout.tenant(), customer, after, List.of(posting.key()), booked);
        if (!checkout.ports().store().apply(change)) {
            throw Checkout.keyTaken();
        }
        giveBack(customer, refund);
        if (refund.couponsBack()) {
            List<CouponId> used =
                    after.bill().coupons().stream().map(UsedCoupon::coupon).toList();
            coupons.load(used);
            coupons.giveBack(used, leg(after, "coupons"));
        }
        if (!refusing) {
            takeBack(customer, refund);
        }
        if (record != null) {
            returned.ifPresent(record.trade()::refund);
        }
        return refund;
    }

    private Refund repeated(Booked booked, long fingerprint) {
        return Optional.of(booked)
                .filter(it -> it.fingerprint() == fingerprint)
                .flatMap(checkout::refunded)
                .map(this::refund)
                .orElseThrow(() ->
                        CoreError.REQUEST_KEY_REUSED.because("the request key was used before for other content"));
    }

    private Refund refund(SettledOrder after) {
        int count = after.refunds().size();
        GivenBack back = after.givenBack().since(after.givenBack(count - 1));
        boolean coupons = back.everything()
                && !after.bill().coupons().isEmpty()
                && checkout.policy().coupons() == CouponReturn.WITH_THE_LAST;
        return new Refund(after, back, coupons);
    }

    private static SortedMap<Integer, Long> left(SettledOrder order) {
        SortedMap<Integer, Long> left = order.left();
        if (left.isEmpty()) {
            throw AssetError.ORDER_REFUNDED.with(
                    Map.of("order", order.number()), "nothing is left of the order %s", order.number());
        }
        return left;
    }

    private static SortedMap<Integer, Long> checked(SettledOrder order, SortedMap<Integer, Money> refunded) {
        if (order.refunds().size() == SettledOrder.MAX_REFUNDS) {
            throw AssetError.TOO_MANY_REFUNDS.because(
                    "an order is refunded %d times at most", SettledOrder.MAX_REFUNDS);
        }
        SortedMap<Integer, Long> left = order.left();
        SortedMap<Integer, Long> amounts = new TreeMap<>();
        refunded.forEach((line, money) -> {
            if (!money.getCurrencyUnit().equals(order.bill().currency())) {
                throw AssetError.WRONG_CURRENCY.because("what is refunded must be in the currency of the order");
            }
            long amount = money.getAmountMinorLong();
            Long most = left.get(line);
            if (most == null || amount > most || (amount == 0 && most > 0)) {
                long rest = most == null ? 0 : most;
                throw AssetError.REFUND_EXCEEDS_ORDER.with(
                        Map.of("line", line, "left", rest), "%d is left of line %d, not %d", rest, line, amount);
            }
            amounts.put(line, amount);
        });
        return amounts;
    }

    /** Those with lower ids before her wallet, the others when they are used. */
    private void lockCards(SettledOrder order, CustomerId customer) {
        order.bill().cards().stream()
                .map(UsedCard::card)
                .filter(it -> it.compareTo(customer) < 0)
                .sorted()
                .forEach(it -> new OpenCards(cards(order)).lock(it));
    }

    private GiftCards cards(SettledOrder order) {
        return parts.cards().apply(order.bill().currency());
    }

    private Posting leg(SettledOrder after, String booking) {
        return Till.leg(posting, number, booking + "-" + after.refunds().size(), Checkout.store(after, posting));
    }

    private void giveBack(CustomerId customer, Refund refund) {
        SettledOrder order = refund.order();
        GivenBack back = refund.back();
        CurrencyUnit currency = order.bill().currency();
        if (back.points() > 0) {
            parts.points().ledger().refund(customer, order.key("points"), back.points(), leg(order, "points"));
        }
        if (back.storedValue().isPositive()) {
            parts.stored()
                    .apply(currency)
                    .refund(customer, order.key("stored"), back.storedValue(), leg(order, "stored"));
        }
        back.cards().stream()
                .filter(it -> it.amount().isPositive())
                .sorted((one, other) -> one.card().compareTo(other.card()))
                .forEach(it -> cards(order).refund(it.card(), order.key("card"), it.amount(), leg(order, "card")));
    }

    private void takeBack(CustomerId customer, Refund refund) {
        SettledOrder order = refund.order();
        SortedMap<Integer, Money> amounts = new TreeMap<>();
        refund.back()
                .lines()
                .forEach((line, minor) ->
                        amounts.put(line, Money.ofMinor(order.bill().currency(), minor)));
        long before = order.givenBack(order.refunds().size() - 1).points();
        long points = refund.back().points();
        boolean last = points > 0 && before + points == order.bill().points();
        List<CapUse> uses = order.uses().stream()
                .filter(it -> points > 0)
                .map(it -> new CapUse(it.program(), it.rule(), it.period(), -points, last ? -it.times() : 0))
                .toList();
        OpenEarning.takeBack(parts.earning(), customer, order.key("earned"), amounts, uses, leg(order, "earned"));
    }
}
