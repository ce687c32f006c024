package dev.retailcrm.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retailcrm.assets.benefit.BenefitAct;
import dev.retailcrm.assets.benefit.BenefitEntry;
import dev.retailcrm.assets.benefit.BenefitSource;
import dev.retailcrm.assets.card.Card;
import dev.retailcrm.assets.card.CardIssue;
import dev.retailcrm.assets.card.CardProduct;
import dev.retailcrm.assets.card.CardStanding;
import dev.retailcrm.assets.card.CardState;
import dev.retailcrm.assets.card.Cards;
import dev.retailcrm.assets.ledger.Asset;
import dev.retailcrm.assets.ledger.AssetError;
import dev.retailcrm.assets.ledger.Calendar;
import dev.retailcrm.assets.redeem.RedeemItem;
import dev.retailcrm.assets.redeem.Redemption;
import dev.retailcrm.assets.report.AssetReports;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.PageRequest;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What {@link Cards} does, in exact numbers, whatever the store. */
public abstract class CardContract extends BenefitFacade {
    private static final RedeemItem WASH = RedeemItem.card("wash");

    /** A contract. */
    protected CardContract() {}

    /** Ten uses for 100.00, for a year. */
    private CardProduct wash() {
        return define(CardProduct.paid("wash", "Ten washes", yuan("100.00"), 10, Set.of())
                .lasting(1, Calendar.YEAR));
    }

    private Card issued() {
        return issued(ann);
    }

    private Card issued(CustomerId customer) {
        return cards().issue(customer, CardIssue.of("wash"), posting());
    }

    private CardStanding now(CustomerId customer, Card card) {
        return cards().find(customer, card.id()).orElseThrow();
    }

    @Test
    public final void a_product_is_kept_as_it_was_given() {
        define(tenth());
        CardProduct product = CardProduct.paid("plus", "Plus 会员", yuan("199.00"), 3, Set.of("tenth"))
                .lasting(2, Calendar.MONTH)
                .perCustomer(5);
        CardProduct made = define(product);
        assertThat(cards().product("plus")).contains(made);
        assertThat(CardProduct.parse(made.toJson())).isEqualTo(made);
        assertThat(cards().products()).containsOnlyKeys("plus");
        refused(AssetError.UNKNOWN_DEFINITION, () -> define(CardProduct.free("gift", "Gift", 0, Set.of("none"))));
        cards().retire("plus", key());
        refused(AssetError.UNKNOWN_DEFINITION, () -> cards().issue(ann, CardIssue.of("plus"), posting()));
    }

    @Test
    public final void of_thirty_uses_at_once_a_card_of_ten_gives_ten() {
        wash();
        Card card = issued();

        List<Race.Attempt<Redemption>> all = Race.of(30, no -> redeem(ann, WASH, 1));

        assertThat(all.stream().filter(Race.Attempt::succeeded)).hasSize(10);
        assertThat(all.stream()
                        .filter(it -> it.refusal() != null)
                        .map(it -> it.refusal().code()))
                .containsOnly(AssetError.INSUFFICIENT_VALUE);
        assertThat(now(ann, card).usesLeft()).isZero();
        assertThat(cards().usesLeft(ann, "wash")).isZero();
        assertThat(redemptions().of(ann, PageRequest.first(99)).items()).hasSize(10);
    }

    @Test
    public final void what_is_paid_back_and_what_was_used_are_the_price_to_the_cent() {
        define(CardProduct.paid("wash", "Ten washes", yuan("99.99"), 10, Set.of()));
        Card card = repeatable(() -> cards().issue(ann, CardIssue.of("wash"), by("issue")));
        redeem(ann, WASH, 3);
        assertThat(now(ann, card).usesLeft()).isEqualTo(7);
        assertThat(now(ann, card).refundable()).isEqualTo(yuan("69.99"));

        Card back = repeatable(() -> cards().refund(ann, card.id(), by("refund")));
        assertThat(back.refund()).isEqualTo(yuan("69.99"));
        assertThat(now(ann, card).state()).isEqualTo(CardState.REFUNDED);
        assertThat(cards().usesLeft(ann, "wash")).isZero();
        refused(AssetError.CARD_STATE, () -> cards().refund(ann, card.id(), posting()));
        refused(AssetError.INSUFFICIENT_VALUE, () -> redeem(ann, WASH, 1));
        assertThat(benefits().history(ann, PageRequest.first(9)).items())
                .extracting(BenefitEntry::act)
                .containsExactly(BenefitAct.ISSUED, BenefitAct.REDEEMED, BenefitAct.REFUNDED);
    }

    @Test
    public final void a_card_without_uses_is_used_by_days_that_have_begun() {
        define(tenth());
        define(CardProduct.paid("plus", "Plus", yuan("10.00"), 0, Set.of("tenth"))
                .lasting(2, Calendar.DAY));
        Card card = cards().issue(ann, CardIssue.of("plus").soldFor(yuan("9.99")), posting());

        assertThat(hers(ann, "tenth").sources())
                .containsExactly(new BenefitSource(BenefitSource.Kind.CARD, "plus", card.id(), card.until()));
        assertThat(now(ann, card).refundable()).isEqualTo(yuan("6.66"));
        pass(DAY);
        assertThat(cards().refund(ann, card.id(), posting()).refund()).isEqualTo(yuan("3.33"));
        assertThat(keysOf(ann)).isEmpty();
    }

    @Test
    public final void a_card_ends_and_what_was_left_of_it_with_it() {
        wash();
        Card card = issued();
        redeem(ann, WASH, 4);
        pass(DAY.multipliedBy(366));

        assertThat(now(ann, card).state()).isEqualTo(CardState.EXPIRED);
        assertThat(now(ann, card).usesLeft()).isZero();
        assertThat(now(ann, card).refundable()).isEqualTo(yuan("0.00").plus(yuan("0.00")));
        refused(AssetError.INSUFFICIENT_VALUE, () -> redeem(ann, WASH, 1));
        refused(AssetError.CARD_STATE, () -> cards().refund(ann, card.id(), posting()));
    }

    @Test
    public final void a_renewal_goes_on_where_the_card_ends_or_now_if_nothing_is_left_of_it() {
        wash();
        Card first = issued();
        Card second = repeatable(() -> cards().renew(ann, first.id(), CardIssue.of("wash"), by("renew")));
        assertThat(second.from()).isEqualTo(first.until());
        assertThat(now(ann, second).state()).isEqualTo(CardState.TO_COME);
        assertThat(now(ann, second).usesLeft()).isEqualTo(10);
        refused(AssetError.CARD_STATE, () -> cards().renew(ann, first.id(), CardIssue.of("wash"), posting()));
        refused(AssetError.INSUFFICIENT_VALUE, () -> redeem(ann, WASH, 11));
        assertThat(cards().refund(ann, second.id(), posting()).refund()).isEqualTo(yuan("100.00"));

        redeem(ann, WASH, 10);
        Card third = cards().renew(ann, first.id(), CardIssue.of("wash"), posting());
        assertThat(third.from()).isEqualTo(crm().clock().instant());
        assertThat(cards().usesLeft(ann, "wash")).isEqualTo(10);
    }

    @Test
    public final void a_trial_is_once() {
        define(CardProduct.trial("try", "Try", 2, Set.of(), 7, Calendar.DAY));
        Card card = cards().issue(ann, CardIssue.of("try"), posting());
        assertThat(card.price()).isNull();
        refused(AssetError.LIMIT_EXCEEDED, () -> cards().issue(ann, CardIssue.of("try"), posting()));
        refused(
                CoreError.INVALID_VALUE,
                () -> cards().issue(ann, CardIssue.of("try").soldFor(yuan("1.00")), posting()));
        assertThat(cards().refund(ann, card.id(), posting()).refund()).isNull();
        assertThat(Race.of(6, no -> cards().issue(ann, CardIssue.of("try"), posting())).stream()
                        .filter(Race.Attempt::succeeded))
                .hasSize(1);
    }

    @Test
    public final void of_cards_that_end_together_the_older_is_used_first() {
        wash();
        Card one = issued();
        pass(Duration.ofSeconds(1));
        Card two = issued();
        redeem(ann, WASH, 12);
        assertThat(now(ann, one).usesLeft()).isZero();
        assertThat(now(ann, two).usesLeft()).isEqualTo(8);
        assertThat(cards().refund(ann, two.id(), posting()).refund()).isEqualTo(yuan("80.00"));
        assertThat(cards().refund(ann, one.id(), posting()).refund()).isEqualTo(yuan("0.00"));
    }

    @Test
    public final void uses_taken_back_are_on_the_card_again() {
        wash();
        Card card = issued();
        Redemption five = redeem(ann, WASH, 5);
        Redemption after = repeatable(() -> redemptions().reverse(ann, five.id(), 2, by("reverse")));
        assertThat(after.left()).isEqualTo(3);
        assertThat(now(ann, card).usesLeft()).isEqualTo(7);
        refused(AssetError.REVERSAL_EXCEEDS_BOOKING, () -> redemptions().reverse(ann, five.id(), 4, posting()));
        redemptions().reverse(ann, five.id(), 3, posting());
        assertThat(now(ann, card).usesLeft()).isEqualTo(10);
    }

    @Test
    public final void cards_are_the_survivors_and_each_ones_own_again() {
        wash();
        CustomerId bob = crm().newCustomer(ACME);
        Card his = issued(bob);
        redeem(bob, WASH, 4);
        merge(ann, bob);
        assertThat(now(ann, his).usesLeft()).isEqualTo(6);
        redeem(ann, WASH, 1);
        assertThat(now(bob, his).usesLeft()).isEqualTo(5);
        assertThat(cards().of(ann, PageRequest.first(9)).items()).hasSize(1);
        merges().unmerge(bob, key());
        assertThat(cards().find(ann, his.id())).isEmpty();
        assertThat(now(bob, his).usesLeft()).isEqualTo(cards().usesLeft(bob, "wash"));
        assertThat(cards().usesLeft(ann, "wash")).isZero();
        assertThat(cards().refund(bob, his.id(), posting()).refund()).isNotNull();
    }

    @Test
    public final void what_is_refunded_of_a_merged_card_is_its_own() {
        wash();
        CustomerId bob = crm().newCustomer(ACME);
        Card his = issued(bob);
        redeem(bob, WASH, 4);
        merge(ann, bob);
        assertThat(cards().refund(ann, his.id(), posting()).refund()).isEqualTo(yuan("60.00"));
        assertThat(cards().usesLeft(ann, "wash")).isZero();
    }

    @Test
    public final void reports_count_uses_like_any_asset() {
        wash();
        issued();
        redeem(ann, WASH, 3);
        var reports = new AssetReports(ACME, crm().ledgerHistory(), crm().unitOfWork(), ZONE);
        var liability = reports.liability(Asset.count("wash"), crm().clock().instant(), Set.of());
        assertThat(liability.rows()).hasSize(1);
        assertThat(liability.rows().get(0).amount()).isEqualTo(7);
        assertThat(reports.liability(POINTS, crm().clock().instant(), Set.of()).rows())
                .isEmpty();
        assertThat(Asset.parse("count:wash")).isEqualTo(Asset.count("wash"));
    }
}
