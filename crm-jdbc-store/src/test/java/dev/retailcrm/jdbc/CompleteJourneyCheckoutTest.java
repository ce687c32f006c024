package dev.retailcrm.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.retailcrm.assets.checkout.Basket;
import dev.retailcrm.assets.checkout.BasketLine;
import dev.retailcrm.assets.checkout.Bill;
import dev.retailcrm.assets.checkout.Checkout;
import dev.retailcrm.assets.checkout.CheckoutOrder;
import dev.retailcrm.assets.checkout.CheckoutParts;
import dev.retailcrm.assets.checkout.CheckoutPolicy;
import dev.retailcrm.assets.checkout.PointsRate;
import dev.retailcrm.assets.checkout.Refund;
import dev.retailcrm.assets.checkout.Settlement;
import dev.retailcrm.assets.coupon.CouponBenefit.AmountOff;
import dev.retailcrm.assets.coupon.CouponClaim;
import dev.retailcrm.assets.coupon.CouponId;
import dev.retailcrm.assets.coupon.CouponStacking;
import dev.retailcrm.assets.coupon.CouponState;
import dev.retailcrm.assets.coupon.CouponTemplate;
import dev.retailcrm.assets.coupon.CouponValidity;
import dev.retailcrm.assets.earn.EarnRule;
import dev.retailcrm.assets.earn.EarningProgram;
import dev.retailcrm.assets.ledger.Asset;
import dev.retailcrm.assets.ledger.AssetError;
import dev.retailcrm.assets.ledger.Balance;
import dev.retailcrm.assets.ledger.Posting;
import dev.retailcrm.assets.ledger.ShortfallPolicy;
import dev.retailcrm.assets.ledger.Terms;
import dev.retailcrm.assets.points.Points;
import dev.retailcrm.core.customer.Registration;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.kernel.StoreId;
import dev.retailcrm.tck.InMemoryCrm;
import dev.retailcrm.tck.MutableClock;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.assertj.core.api.Assertions;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A year of a grocer's loyalty program (dunnhumby, Complete Journey) through the checkout: 75,000 lines as baskets with their discounts, and every coupon
 * that was redeemed. Each books on its day for its household, and neither before or after its campaign nor for a household the campaign was not
 * for. What a coupon was worth the file does not say; here it is one cent.
 */
class CompleteJourneyCheckoutTest {
    private static final Path FOLDER = Path.of("..", "..", "shared", "data", "completejourney");
    private static final CurrencyUnit USD = CurrencyUnit.USD;
    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
    private static final Money CENT = Money.of(USD, new BigDecimal("0.01"));

    private record Campaign(String id, LocalDate first, LocalDate last) {}

    private record Redemption(String household, String campaign, LocalDate day, int number) {}

    /** A basket of the file, or one for what was redeemed on a day of which the sample has none. */
    private record Visit(String household, String number, Instant at, Basket basket) {}

    private static final Map<String, Campaign> CAMPAIGNS = new LinkedHashMap<>();
    private static final Map<String, Set<String>> TARGETED = new TreeMap<>();
    private static final List<Redemption> REDEMPTIONS = new ArrayList<>();
    private static final List<Visit> VISITS = new ArrayList<>();
    private static Money sales = Money.zero(USD);

    private final MutableClock clock = MutableClock.at("2016-11-01T12:00:00Z");
    private final InMemoryCrm.Tenant shop =
            InMemoryCrm.builder(clock).zone(NEW_YORK).build().tenant("grocer");
    private final Map<String, CustomerId> ids = new HashMap<>();
    private final Map<String, Deque<CouponId>> coupons = new HashMap<>();
    private Checkout checkout = shop.checkout();
    private Points points = shop.points();
    private int refusals;

    private static List<String[]> rows(String file) throws IOException {
        List<String> lines = Files.readAllLines(FOLDER.resolve(file));
        return lines.subList(1, lines.size()).stream()
                .map(line -> line.replace("\"", "").split(",", -1))
                .toList();
    }

    @BeforeAll
    static void read() throws IOException {
        assumeThat(Files.exists(FOLDER)).as("%s is there", FOLDER).isTrue();
        for (String[] row : rows("campaign_descriptions.csv")) {
            CAMPAIGNS.put(row[0], new Campaign(row[0], LocalDate.parse(row[2]), LocalDate.parse(row[3])));
        }
        for (String[] row : rows("campaigns.csv")) {
            TARGETED.computeIfAbsent(row[0], first -> new HashSet<>()).add(row[1]);
        }
        for (String[] row : rows("coupon_redemptions.csv")) {
            REDEMPTIONS.add(new Redemption(row[0], row[2], LocalDate.parse(row[3]), REDEMPTIONS.size()));
        }
        Map<String, List<String[]>> baskets = new LinkedHashMap<>();
        for (String[] row : rows("transactions_sample.csv")) {
            baskets.computeIfAbsent(row[2], first -> new ArrayList<>()).add(row);
        }
        baskets.forEach((number, lines) -> VISITS.add(visit(number, lines)));
        VISITS.sort((one, other) -> one.at().compareTo(other.at()));
    }

    private static Visit visit(String number, List<String[]> rows) {
        List<BasketLine> lines = new ArrayList<>();
        for (String[] row : rows) {
            Money paid = money(row[5]);
            Money retail = money(row[6]);
            Money match = money(row[8]);
            sales = sales.plus(paid);
            BasketLine line = BasketLine.of(
                            lines.size() + 1, row[3], paid.plus(retail).plus(match))
                    .quantity(Math.max(1, Long.parseLong(row[4])));
            line = retail.isZero() ? line : line.discount("retail", retail);
            lines.add(match.isZero() ? line : line.discount("match", match));
        }
        String[] first = rows.get(0);
        Instant at = LocalDateTime.parse(first[10].replace(' ', 'T'))
                .atZone(NEW_YORK)
                .toInstant();
        return new Visit(first[0], number, at, Basket.of(lines).in(StoreId.of(first[1])));
    }

    private static Money money(String text) {
        return Money.of(USD, new BigDecimal(text), RoundingMode.HALF_UP);
    }

    private CustomerId id(String household) {
        return ids.computeIfAbsent(
                household,
                it -> shop.customers()
                        .register(Registration.of("Household " + it).key(it))
                        .id());
    }

    private void open() {
        var base = EarnRule.perMoney("base", 1, Money.of(USD, BigDecimal.ONE));
        shop.earning()
                .define(
                        EarningProgram.of("standard", Asset.points("standard"), List.of(base)),
                        RequestKey.of("standard"));
        Terms owing = shop.terms().onShortfall(ShortfallPolicy.DEBT);
        points = shop.points("standard", owing);
        checkout = shop.checkout(
                CheckoutPolicy.standard().points(PointsRate.of(25, Money.of(USD, new BigDecimal("0.25")))),
                new CheckoutParts(
                        points, shop::storedValue, shop::giftCards, shop.coupons(), shop.earning(owing), List.of()));
        for (Campaign campaign : CAMPAIGNS.values()) {
            shop.coupons()
                    .templates()
                    .define(
                            CouponTemplate.of(campaign.id(), "Campaign " + campaign.id(), new AmountOff(CENT))
                                    .good(CouponValidity.between(campaign.first(), campaign.last()))
                                    .stacking(CouponStacking.any().times(100))
                                    .active(),
                            RequestKey.of("campaign/" + campaign.id()));
        }
        TARGETED.forEach((campaign, households) -> households.forEach(it -> issue(campaign, it)));
    }

    /** As many coupons of a campaign as the household redeems; one at least. */
    private void issue(String campaign, String household) {
        int redeemed = (int) REDEMPTIONS.stream()
                .filter(it -> it.campaign().equals(campaign) && it.household().equals(household))
                .count();
        var issued = shop.coupons()
                .issue(
                        id(household),
                        CouponClaim.of(campaign, Math.max(1, redeemed)),
                        Posting.key("issue/" + campaign + "/" + household));
        Deque<CouponId> hers = new ArrayDeque<>();
        issued.forEach(it -> hers.add(it.id()));
        coupons.put(campaign + "/" + household, hers);
    }

    @Test
    void a_year_of_baskets_and_coupons_books_and_reconciles() {
        open();
        clock.set(Instant.parse("2018-03-01T12:00:00Z"));
        Map<String, List<Redemption>> open = new HashMap<>();
        REDEMPTIONS.forEach(it -> open.computeIfAbsent(day(it.household(), it.day()), first -> new ArrayList<>())
                .add(it));
        List<Settlement> settled = new ArrayList<>();
        for (Visit visit : VISITS) {
            String day = day(visit.household(), visit.at().atZone(NEW_YORK).toLocalDate());
            List<Redemption> redeemed = open.getOrDefault(day, List.of());
            boolean enough = visit.basket().net().isGreaterThan(CENT.multipliedBy(redeemed.size()));
            settled.add(settle(visit, enough ? redeemed : List.of()));
            if (enough) {
                open.remove(day);
            }
        }
        open.values().forEach(these -> settled.add(settle(elsewhere(these.get(0)), these)));

        requireAllRedeemed(settled);
        requireReconciled(settled);
        requireReconciledAfterCancelling(settled);
    }

    private static String day(String household, LocalDate day) {
        return household + "@" + day;
    }

    private static Visit elsewhere(Redemption redemption) {
        return new Visit(
                redemption.household(),
                "redemption " + redemption.number(),
                redemption.day().atTime(LocalTime.NOON).atZone(NEW_YORK).toInstant(),
                Basket.of(BasketLine.of(1, "not in the sample", Money.of(USD, BigDecimal.ONE))));
    }

    private Settlement settle(Visit visit, List<Redemption> redeemed) {
        CustomerId household = id(visit.household());
        List<CouponId> used = new ArrayList<>();
        for (Redemption redemption : redeemed) {
            CouponId coupon = Objects.requireNonNull(coupons.get(redemption.campaign() + "/" + redemption.household()))
                    .remove();
            refuseElsewhere(redemption, household, coupon);
            used.add(coupon);
        }
        return checkout.settle(
                household,
                CheckoutOrder.of(visit.number(), visit.basket()).allPoints().coupons(used),
                Posting.key("settle/" + visit.number()).at(visit.at()));
    }

    private void refuseElsewhere(Redemption redemption, CustomerId household, CouponId coupon) {
        Campaign campaign = Objects.requireNonNull(CAMPAIGNS.get(redemption.campaign()));
        refused(household, coupon, campaign.first().minusDays(1), "PENDING");
        refused(household, coupon, campaign.last().plusDays(1), "EXPIRED");
        Set<String> targeted = Objects.requireNonNull(TARGETED.get(campaign.id()));
        String other = VISITS.stream()
                .map(Visit::household)
                .filter(it -> !targeted.contains(it))
                .findFirst()
                .orElseThrow();
        refused(id(other), coupon, redemption.day(), "UNKNOWN");
    }

    private void refused(CustomerId household, CouponId coupon, LocalDate day, String why) {
        Instant at = day.atTime(LocalTime.NOON).atZone(NEW_YORK).toInstant();
        var order = CheckoutOrder.of("refused", Basket.of(BasketLine.of(1, "A", Money.of(USD, BigDecimal.ONE))))
                .coupons(List.of(coupon));
        CrmException refusal = Assertions.catchThrowableOfType(
                CrmException.class,
                () -> checkout.settle(household, order, Posting.key("refused").at(at)));
        assertThat(refusal).isNotNull();
        assertThat(refusal.code()).isEqualTo(AssetError.CHECKOUT_MISMATCH);
        assertThat(refusal.getMessage()).contains(why);
        refusals++;
    }

    private void requireAllRedeemed(List<Settlement> settled) {
        assertThat(settled.stream()
                        .mapToInt(it -> it.order().bill().coupons().size())
                        .sum())
                .isEqualTo(REDEMPTIONS.size())
                .isEqualTo(2_102);
        assertThat(refusals).isEqualTo(3 * 2_102);
        assertThat(CAMPAIGNS.keySet().stream()
                        .mapToLong(it -> shop.coupons().templates().counts(it).getOrDefault(CouponState.REDEEMED, 0L))
                        .sum())
                .isEqualTo(2_102);
    }

    private void requireReconciled(List<Settlement> settled) {
        assertThat(VISITS).hasSize(47_243);
        Money net = Money.zero(USD);
        long spent = 0;
        long earned = 0;
        for (Settlement one : settled) {
            Bill bill = one.order().bill();
            assertThat(bill.due().plus(bill.pointsValue())).isEqualTo(bill.net());
            net = net.plus(bill.net());
            spent += bill.points();
            earned += one.earned().points(Asset.points("standard"));
        }
        int elsewhere = settled.size() - VISITS.size();
        assertThat(net)
                .isEqualTo(
                        sales.plus(Money.of(USD, BigDecimal.valueOf(elsewhere))).minus(CENT.multipliedBy(2_102)));
        assertThat(spent).isPositive();
        assertThat(balance()).isEqualTo(earned - spent);
    }

    private long balance() {
        long sum = 0;
        for (CustomerId id : ids.values()) {
            Balance balance = points.balance(id);
            sum += balance.available() - balance.debt();
        }
        return sum;
    }

    /** Every seventh order, in the order in which they were settled, and then all others. */
    private void requireReconciledAfterCancelling(List<Settlement> settled) {
        Money paid = Money.zero(USD);
        for (int first = 0; first < 7; first++) {
            for (int i = first; i < settled.size(); i += 7) {
                var order = settled.get(i).order();
                Refund refund =
                        checkout.cancel(order.customer(), order.number(), Posting.key("cancel/" + order.number()));
                assertThat(refund.back().money()).isEqualTo(order.bill().due());
                assertThat(refund.back().points()).isEqualTo(order.bill().points());
                paid = paid.plus(refund.back().money());
            }
        }
        assertThat(balance()).isZero();
        assertThat(paid)
                .isEqualTo(settled.stream().map(it -> it.order().bill().due()).reduce(Money.zero(USD), Money::plus));
        assertThat(CAMPAIGNS.keySet().stream()
                        .mapToLong(it -> shop.coupons().templates().counts(it).getOrDefault(CouponState.REDEEMED, 0L))
                        .sum())
                .isZero();
    }
}
