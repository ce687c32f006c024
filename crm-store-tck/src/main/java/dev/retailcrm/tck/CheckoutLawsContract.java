package dev.retailcrm.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retailcrm.assets.checkout.Basket;
import dev.retailcrm.assets.checkout.BasketLine;
import dev.retailcrm.assets.checkout.Bill;
import dev.retailcrm.assets.checkout.Checkout;
import dev.retailcrm.assets.checkout.CheckoutOrder;
import dev.retailcrm.assets.checkout.CheckoutPolicy;
import dev.retailcrm.assets.checkout.GivenBack;
import dev.retailcrm.assets.checkout.LineKind;
import dev.retailcrm.assets.checkout.PointsRate;
import dev.retailcrm.assets.checkout.Quote;
import dev.retailcrm.assets.checkout.SettledOrder;
import dev.retailcrm.assets.checkout.Settlement;
import dev.retailcrm.assets.coupon.Coupon;
import dev.retailcrm.assets.coupon.CouponBenefit.AmountOff;
import dev.retailcrm.assets.coupon.CouponBenefit.FreeItem;
import dev.retailcrm.assets.coupon.CouponId;
import dev.retailcrm.assets.coupon.CouponTemplate;
import dev.retailcrm.assets.earn.CapPeriod;
import dev.retailcrm.assets.earn.CapUse;
import dev.retailcrm.assets.earn.EarnBasis;
import dev.retailcrm.assets.earn.EarnCap;
import dev.retailcrm.assets.earn.EarnRule;
import dev.retailcrm.assets.earn.EarningProgram;
import dev.retailcrm.assets.ledger.Posting;
import dev.retailcrm.assets.ledger.ShortfallPolicy;
import dev.retailcrm.assets.ledger.Terms;
import dev.retailcrm.assets.stored.MoneyBalance;
import dev.retailcrm.assets.stored.PresentedCard;
import dev.retailcrm.assets.stored.TopUp;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.PageRequest;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.joda.money.Money;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Laws of the checkout: a quote is what is settled; refunds in any steps and order, delivered late and twice, leave what one refund of the same leaves;
 * and what is wholly refunded leaves what there was before.
 */
public abstract class CheckoutLawsContract extends CheckoutFacade {
    private static final CheckoutPolicy RATED = CheckoutPolicy.standard()
            .points(PointsRate.of(7, yuan("0.05"))
                    .atMost(4_000)
                    .capped(EarnCap.points(CapPeriod.DAY, 500))
                    .capped(EarnCap.points(CapPeriod.ORDER, 400)));

    private static final List<LineKind> KINDS =
            List.of(LineKind.GOODS, LineKind.GOODS, LineKind.GOODS, LineKind.FREIGHT, LineKind.EXCLUDED);

    /** A contract. */
    protected CheckoutLawsContract() {}

    /** How many orders are tried. Default: 15. */
    protected int sequences() {
        return 15;
    }

    private Terms owing() {
        return terms().onShortfall(ShortfallPolicy.DEBT);
    }

    private Checkout shop() {
        return checkout(RATED, owing());
    }

    /** Two programs, one of them capped, and three coupons. */
    @BeforeEach
    public final void open() {
        var base = EarnRule.perMoney("base", 3, yuan("2.00"));
        var units = EarnRule.of("units", new EarnBasis.PerUnit(2, 3, RoundingMode.UP))
                .capped(EarnCap.points(CapPeriod.DAY, 5));
        var order = EarnRule.perOrder("order", 11).capped(EarnCap.times(CapPeriod.MONTH, 1));
        earning(owing())
                .define(
                        EarningProgram.of("standard", POINTS, List.of(base, units, order))
                                .capped(EarnCap.points(CapPeriod.DAY, 90)),
                        key());
        grows();
        percent("ninth", 9, 2);
        coupons()
                .templates()
                .define(
                        CouponTemplate.of("one", "One off", new AmountOff(yuan("1.11")))
                                .active(),
                        key());
        coupons()
                .templates()
                .define(CouponTemplate.of("gift", "One free", new FreeItem(1)).active(), key());
    }

    /** A customer with assets, and an order of hers. */
    private record Shopper(CustomerId id, PresentedCard card, CheckoutOrder order) {}

    private Shopper shopper(int seed) {
        Random random = new Random(seed);
        CustomerId id = crm().newCustomer(ACME);
        points(owing()).earn(id, 1 + random.nextInt(900), posting());
        points(owing()).earn(id, 1 + random.nextInt(900), posting());
        stored(owing())
                .topUp(id, TopUp.of(cents(1 + random.nextInt(3_000))).bonus(cents(1 + random.nextInt(500))), posting());
        PresentedCard card = card("7.77").by(id);
        for (String template : List.of("ninth", "ninth", "one", "gift")) {
            if (random.nextInt(3) > 0) {
                coupon(id, template);
            }
        }
        List<BasketLine> lines = new ArrayList<>();
        int count = 1 + random.nextInt(5);
        for (int no = 0; no < count; no++) {
            lines.add(BasketLine.of(no, "S" + random.nextInt(3), cents(random.nextInt(4_000)))
                    .quantity(1 + random.nextInt(4))
                    .kind(no == 0 ? LineKind.GOODS : KINDS.get(random.nextInt(KINDS.size()))));
        }
        CheckoutOrder order = CheckoutOrder.of("order", Basket.of(lines));
        order = random.nextInt(4) > 0 ? order.bestCoupons() : order;
        order = random.nextInt(4) > 0 ? order.points(random.nextInt(700)) : order.allPoints();
        order = random.nextInt(4) > 0 ? order.storedValue(cents(random.nextInt(3_000))) : order;
        order = random.nextInt(3) == 0 ? order.giftCard(card) : order;
        return new Shopper(id, card, order);
    }

    private static Money cents(long minor) {
        return Money.ofMinor(CNY, minor);
    }

    private Instant now() {
        return crm().clock().instant();
    }

    /** All that a customer has. */
    private String has(Shopper shopper) {
        CustomerId id = shopper.id();
        MoneyBalance stored = stored(owing()).balance(id);
        String lots = ledger(ACME, stored(owing()).ledger().asset(), owing()).reads().lots(id).stream()
                .map(it -> it.part() + " " + it.remaining())
                .collect(Collectors.joining(","));
        String coupons = coupons().of(id, PageRequest.first(9)).items().stream()
                .map(it -> it.template().template() + " " + it.stateAt(now()))
                .sorted()
                .toList()
                .toString();
        List<String> periods = List.of(
                CapPeriod.DAY.at(now(), ZONE), CapPeriod.MONTH.at(now(), ZONE), CapPeriod.CUSTOMER.at(now(), ZONE));
        String uses = crm().unitOfWork().read(() -> crm().earnings().uses(ACME, id, periods)).stream()
                .filter(it -> it.points() != 0 || it.times() != 0)
                .sorted((one, other) -> one.key().compareTo(other.key()))
                .map(CapUse::toString)
                .toList()
                .toString();
        return "points " + points(owing()).balance(id)
                + "\ngrowth " + ledger(ACME, GROWTH, owing()).reads().balance(id, null)
                + "\nstored " + stored + " " + lots
                + "\ncard " + giftCards().balance(shopper.card()).value()
                + "\ncoupons " + coupons
                + "\nuses " + uses;
    }

    @Test
    public final void a_quote_is_what_is_settled() {
        for (int seed = 1; seed <= sequences(); seed++) {
            Shopper shopper = shopper(seed);
            Quote quote = shop().quote(shopper.id(), shopper.order(), now());

            Settlement settled = shop().settle(
                            shopper.id(), shopper.order().expecting(quote.bill().due()), Posting.key("s"));

            assertThat(settled.order().bill()).as("bill of seed %d", seed).isEqualTo(quote.bill());
            assertThat(settled.earned().programs())
                    .as("earned of seed %d", seed)
                    .isEqualTo(quote.earns());
            requireSound(settled.order().bill(), shopper.order());
        }
    }

    /** By price, that is by all she gives, whatever she pays with; and at the same price, by what is left to be paid. */
    @Test
    public final void no_combination_of_up_to_six_assets_beats_what_the_quote_picks() {
        for (int seed = 1; seed <= sequences(); seed++) {
            Random random = new Random(3_000 + seed);
            Shopper shopper = shopper(seed);
            CheckoutOrder order = CheckoutOrder.of("order", shopper.order().basket());
            Bill picked = shop().quote(
                            shopper.id(), order.bestCoupons().allPoints().allStoredValue(), now())
                    .bill();
            List<CouponId> hers = coupons().of(shopper.id(), PageRequest.first(9)).items().stream()
                    .map(Coupon::id)
                    .toList();
            for (int chosen = 0; chosen < 1 << hers.size(); chosen++) {
                int some = chosen;
                CheckoutOrder by = order.coupons(IntStream.range(0, hers.size())
                        .filter(it -> (some >> it & 1) == 1)
                        .mapToObj(hers::get)
                        .toList());
                by = random.nextInt(3) > 0 ? by.points(random.nextInt(2_000)) : by.allPoints();
                by = random.nextBoolean() ? by.storedValue(cents(random.nextInt(4_000))) : by.allStoredValue();
                Bill other = shop().quote(shopper.id(), by, now()).bill();
                requireSound(other, by);
                assertThat(other.net()).as("price of %s, seed %d", by, seed).isGreaterThanOrEqualTo(picked.net());
                if (other.net().equals(picked.net())) {
                    assertThat(other.due()).as("due of %s, seed %d", by, seed).isGreaterThanOrEqualTo(picked.due());
                }
            }
        }
    }

    private static void requireSound(Bill bill, CheckoutOrder order) {
        Money discounts = bill.lines().stream()
                .flatMap(it -> it.discounts().stream())
                .map(it -> it.amount())
                .reduce(cents(0), Money::plus);
        assertThat(bill.net().plus(discounts)).isEqualTo(order.basket().gross());
        assertThat(bill.coupons().stream().map(Bill.UsedCoupon::off).reduce(cents(0), Money::plus))
                .isEqualTo(discounts);
        assertThat(bill.pointsValue()).isEqualTo(cents(bill.points() / 7 * 5));
        assertThat(bill.principal().plus(bill.bonus())).isEqualTo(bill.storedValue());
        assertThat(bill.cards().stream().map(Bill.UsedCard::amount).reduce(cents(0), Money::plus))
                .isEqualTo(bill.giftCards());
        bill.lines().forEach(line -> {
            assertThat(line.due().isNegative()).isFalse();
            assertThat(line.points().isZero() || line.kind() == LineKind.GOODS).isTrue();
            assertThat(line.storedValue().isZero() || line.kind() != LineKind.EXCLUDED)
                    .isTrue();
        });
    }

    @Test
    public final void refunds_in_any_steps_leave_what_one_refund_leaves() {
        for (int seed = 1; seed <= sequences(); seed++) {
            Random random = new Random(1_000 + seed);
            Shopper inSteps = shopper(seed);
            Shopper atOnce = shopper(seed);
            SettledOrder order = settled(inSteps, random);
            SortedMap<Integer, Long> all = part(left(order), random);
            Money money = refundInSteps(inSteps, order, all, random);
            settled(atOnce, random);

            Money once = shop().refund(atOnce.id(), "order", money(all), posting())
                    .back()
                    .money();

            assertThat(money).as("money paid out of seed %d", seed).isEqualTo(once);
            assertThat(has(inSteps)).as("assets of seed %d", seed).isEqualTo(has(atOnce));
            assertThat(shop().find(inSteps.id(), "order").orElseThrow().givenBack())
                    .extracting("points", "storedValue", "money", "lines")
                    .isEqualTo(List.of(
                            backOf(atOnce).points(),
                            backOf(atOnce).storedValue(),
                            backOf(atOnce).money(),
                            backOf(atOnce).lines()));
        }
    }

    private GivenBack backOf(Shopper shopper) {
        return shop().find(shopper.id(), "order").orElseThrow().givenBack();
    }

    @Test
    public final void what_is_wholly_refunded_leaves_what_there_was() {
        for (int seed = 1; seed <= sequences(); seed++) {
            Random random = new Random(2_000 + seed);
            Shopper shopper = shopper(seed);
            String before = has(shopper);
            SettledOrder order = settled(shopper, random);
            Money money = cents(0);
            if (random.nextBoolean()) {
                money = refundInSteps(shopper, order, part(left(order), random), random);
            }

            if (!left(shop().find(shopper.id(), "order").orElseThrow()).isEmpty()) {
                money = money.plus(
                        shop().cancel(shopper.id(), "order", posting()).back().money());
            }

            assertThat(money)
                    .as("money paid out of seed %d", seed)
                    .isEqualTo(order.bill().due());
            assertThat(has(shopper)).as("assets of seed %d", seed).isEqualTo(before);
        }
    }

    /** Settled, perhaps twice, by one or two tills. */
    private SettledOrder settled(Shopper shopper, Random random) {
        SettledOrder order = shop().settle(shopper.id(), shopper.order(), Posting.key("till-1"))
                .order();
        for (int again = random.nextInt(3); again > 0; again--) {
            assertThat(shop().settle(shopper.id(), shopper.order(), Posting.key("till-" + again))
                            .order())
                    .isEqualTo(order);
        }
        return order;
    }

    private static SortedMap<Integer, Long> left(SettledOrder order) {
        SortedMap<Integer, Long> sums = order.givenBack().lines();
        SortedMap<Integer, Long> left = new TreeMap<>();
        order.bill().lines().forEach(line -> {
            long more = line.net().getAmountMinorLong() - sums.getOrDefault(line.no(), 0L);
            if (more > 0 || !sums.containsKey(line.no())) {
                left.put(line.no(), more);
            }
        });
        return left;
    }

    /** Some lines, wholly or in part; one at least. */
    private static SortedMap<Integer, Long> part(SortedMap<Integer, Long> left, Random random) {
        SortedMap<Integer, Long> part = new TreeMap<>();
        left.forEach((line, most) -> {
            long amount = random.nextBoolean() || most == 0 ? most : 1 + random.nextLong(most);
            if (random.nextInt(4) > 0 || part.isEmpty()) {
                part.put(line, amount);
            }
        });
        return part;
    }

    private static Map<Integer, Money> money(SortedMap<Integer, Long> lines) {
        Map<Integer, Money> amounts = new TreeMap<>();
        lines.forEach((line, minor) -> amounts.put(line, cents(minor)));
        return amounts;
    }

    /** In parts of one or more lines, some delivered twice; what was paid out. */
    private Money refundInSteps(Shopper shopper, SettledOrder order, SortedMap<Integer, Long> all, Random random) {
        SortedMap<Integer, Long> left = new TreeMap<>(all);
        Money money = cents(0);
        List<Runnable> again = new ArrayList<>();
        for (int step = 1; !left.isEmpty(); step++) {
            SortedMap<Integer, Long> these = step > 6 ? new TreeMap<>(left) : part(left, random);
            these.forEach((line, amount) ->
                    left.compute(line, (no, most) -> most == null || most.equals(amount) ? null : most - amount));
            Posting posting = posting();
            var refund = shop().refund(shopper.id(), order.number(), money(these), posting);
            money = money.plus(refund.back().money());
            assertThat(refund.back().money().isNegative()).isFalse();
            again.add(() -> assertThat(shop().refund(shopper.id(), order.number(), money(these), posting))
                    .isEqualTo(refund));
            again.get(random.nextInt(again.size())).run();
        }
        return money;
    }
}
