package dev.retailcrm.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retailcrm.assets.checkout.Basket;
import dev.retailcrm.assets.checkout.BasketLine;
import dev.retailcrm.assets.coupon.Coupon;
import dev.retailcrm.assets.coupon.CouponAct;
import dev.retailcrm.assets.coupon.CouponBatch;
import dev.retailcrm.assets.coupon.CouponBenefit.AmountOff;
import dev.retailcrm.assets.coupon.CouponBenefit.FreeItem;
import dev.retailcrm.assets.coupon.CouponBenefit.PercentOff;
import dev.retailcrm.assets.coupon.CouponBenefit.Shipping;
import dev.retailcrm.assets.coupon.CouponClaim;
import dev.retailcrm.assets.coupon.CouponCode;
import dev.retailcrm.assets.coupon.CouponEntry;
import dev.retailcrm.assets.coupon.CouponId;
import dev.retailcrm.assets.coupon.CouponLimits;
import dev.retailcrm.assets.coupon.CouponOffer;
import dev.retailcrm.assets.coupon.CouponOrigin;
import dev.retailcrm.assets.coupon.CouponScope;
import dev.retailcrm.assets.coupon.CouponStacking;
import dev.retailcrm.assets.coupon.CouponState;
import dev.retailcrm.assets.coupon.CouponTemplate;
import dev.retailcrm.assets.coupon.CouponTemplateState;
import dev.retailcrm.assets.coupon.CouponValidity;
import dev.retailcrm.assets.coupon.ImportedCodes;
import dev.retailcrm.assets.coupon.PresentedCode;
import dev.retailcrm.assets.ledger.AssetError;
import dev.retailcrm.assets.ledger.Posting;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.PageRequest;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.kernel.StoreId;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What {@link dev.retailcrm.assets.coupon.Coupons} do, whatever the store. */
public abstract class CouponsContract extends CouponFacade {
    /** A contract. */
    protected CouponsContract() {}

    /** What is defined. */
    @Nested
    final class Templates {
        @Test
        void keep_every_part_and_every_version() {
            CouponTemplate full = CouponTemplate.of("vip", "十元券 \"🎟\"", new PercentOff(1_250, yuan("99.99")))
                    .within(CouponScope.all()
                            .skus("A", "a")
                            .categories("tea")
                            .brands("Q")
                            .stores(StoreId.of("S01"))
                            .channels("app", "pos"))
                    .from(yuan("50.00"))
                    .fromUnits(2)
                    .stacking(CouponStacking.any().in("g").onItsOwn().times(3))
                    .good(CouponValidity.between(LocalDate.of(2026, 3, 1), LocalDate.of(2026, 3, 31)))
                    .limitedTo(CouponLimits.none().total(1_000).perCustomer(2).perDay(10))
                    .notTransferable();
            CouponTemplate first = define(full);
            CouponTemplate second = coupons().templates().change(first.taking(new Shipping(null)), key());

            assertThat(first.version()).isEqualTo(1);
            assertThat(second.version()).isEqualTo(2);
            assertThat(coupons().templates().find("vip")).contains(second);
            assertThat(coupons().templates().find(first.id())).contains(first);
            assertThat(coupons().templates().find(new CouponTemplate.Version("vip", 3)))
                    .isEmpty();
        }

        @Test
        void are_defined_once_and_changed_from_what_was_read() {
            CouponTemplate ten = define(ten());

            refused(AssetError.COUPON_TEMPLATE_EXISTS, () -> define(ten()));
            coupons().templates().change(ten.named("Other"), key());
            refused(CoreError.VERSION_CONFLICT, () -> coupons().templates().change(ten, key()));
            refused(
                    AssetError.UNKNOWN_COUPON_TEMPLATE,
                    () -> coupons().templates().change(CouponTemplate.of("no", "No", new FreeItem(1)), key()));
            refused(
                    AssetError.UNKNOWN_COUPON_TEMPLATE,
                    () -> coupons().templates().end("no", key()));
        }

        @Test
        void are_repeatable() {
            RequestKey define = key();
            RequestKey pause = key();
            repeatable(() -> coupons().templates().define(ten(), define));
            repeatable(() -> coupons().templates().pause("ten", pause));

            refused(CoreError.REQUEST_KEY_REUSED, () -> coupons().templates().end("ten", pause));
            refused(
                    CoreError.REQUEST_KEY_REUSED,
                    () -> coupons().templates().define(CouponTemplate.of("x", "X", new FreeItem(1)), define));
        }

        @Test
        void of_two_who_define_one_at_once_one_does() {
            var attempts = Race.of(
                    8, i -> coupons().templates().define(ten().named("Name " + i), RequestKey.of("define/" + i)));

            assertThat(attempts).filteredOn(Race.Attempt::succeeded).hasSize(1);
            assertThat(attempts)
                    .filteredOn(it -> !it.succeeded())
                    .extracting(it -> Objects.requireNonNull(it.refusal()).code())
                    .allMatch(it -> it == AssetError.COUPON_TEMPLATE_EXISTS || it == CoreError.LOCK_TIMEOUT);
        }

        @Test
        void a_total_is_not_set_later() {
            CouponTemplate ten = define(ten());
            refused(
                    AssetError.INVALID_COUPON_TEMPLATE,
                    () -> coupons()
                            .templates()
                            .change(ten.limitedTo(CouponLimits.none().total(5)), key()));
        }

        @Test
        void only_active_ones_are_given_and_ended_ones_never_again() {
            define(CouponTemplate.of("ten", "Draft", new AmountOff(yuan("10.00"))));
            refused(AssetError.COUPON_TEMPLATE_STATE, () -> claimed(ann));
            coupons().templates().activate("ten", key());
            CouponId coupon = claimed(ann);
            coupons().templates().pause("ten", key());
            refused(AssetError.COUPON_TEMPLATE_STATE, () -> claimed(ann));
            CouponTemplate ended = coupons().templates().end("ten", key());
            assertThat(ended.state()).isEqualTo(CouponTemplateState.ENDED);
            refused(
                    AssetError.COUPON_TEMPLATE_STATE,
                    () -> coupons().templates().activate("ten", key()));
            refused(
                    AssetError.COUPON_TEMPLATE_STATE,
                    () -> coupons().templates().change(ended, key()));

            assertThat(now(ann, coupon).stateAt(T0)).isEqualTo(CouponState.AVAILABLE);
        }

        @Test
        void are_listed_by_key_in_their_newest_version() {
            for (String key : List.of("b", "a", "B")) {
                define(CouponTemplate.of(key, "Name", new FreeItem(1)));
            }
            coupons().templates().pause("a", key());

            assertThat(Pages.all(2, page -> coupons().templates().all(page)))
                    .extracting(it -> it.key() + it.version())
                    .containsExactly("B1", "a2", "b1");
        }

        @Test
        void are_of_one_tenant() {
            define(ten());
            assertThat(coupons(ZENITH).templates().find("ten")).isEmpty();
            assertThat(coupons(ZENITH).templates().all(PageRequest.first(9)).items())
                    .isEmpty();
            CustomerId zoe = crm().newCustomer(ZENITH);
            refused(
                    AssetError.UNKNOWN_COUPON_TEMPLATE,
                    () -> coupons(ZENITH).claim(zoe, CouponClaim.of("ten"), posting()));
        }
    }

    /** Who gets how many. */
    @Nested
    final class Claims {
        @Test
        void give_coupons_in_the_version_of_that_time() {
            CouponTemplate ten = define(ten());
            List<Coupon> two = coupons().claim(ann, CouponClaim.of("ten", 2), posting());
            coupons().templates().change(ten.taking(new AmountOff(yuan("5.00"))), key());
            Coupon later =
                    coupons().issue(ann, CouponClaim.of("ten"), posting()).get(0);

            assertThat(two)
                    .hasSize(2)
                    .doesNotHaveDuplicates()
                    .allMatch(it -> it.template().version() == 1);
            assertThat(later.template().version()).isEqualTo(2);
            assertThat(later.origin()).isEqualTo(CouponOrigin.ISSUE);
            assertThat(coupons().usable(ann)).hasSize(3).containsAll(two);
        }

        @Test
        void are_repeatable_also_when_nothing_is_left() {
            define(CouponLimits.none().total(2).perCustomer(2));
            Posting first = posting();
            repeatable(() -> coupons().claim(ann, CouponClaim.of("ten", 2), first));

            refused(CoreError.REQUEST_KEY_REUSED, () -> coupons().claim(ann, CouponClaim.of("ten"), first));
            coupons().templates().end("ten", key());
            assertThat(coupons().claim(ann, CouponClaim.of("ten", 2), first)).hasSize(2);
        }

        @Test
        void all_or_nothing_unless_fewer_will_do() {
            define(CouponLimits.none().total(5).perCustomer(4));
            coupons().claim(ann, CouponClaim.of("ten", 3), posting());

            assertThat(refused(
                            AssetError.COUPONS_EXHAUSTED,
                            () -> coupons().claim(ann, CouponClaim.of("ten", 2), posting())))
                    .containsEntry("limit", "PER_CUSTOMER")
                    .containsEntry("available", 1L)
                    .containsEntry("missing", 1L);
            CustomerId bea = crm().newCustomer(ACME);
            assertThat(coupons().obtainable(bea, "ten")).isEqualTo(2);
            assertThat(coupons().claim(bea, CouponClaim.upTo("ten", 3), posting()))
                    .hasSize(2);
            assertThat(refused(
                            AssetError.COUPONS_EXHAUSTED,
                            () -> coupons().claim(bea, CouponClaim.upTo("ten", 3), posting())))
                    .containsEntry("limit", "TOTAL")
                    .containsEntry("available", 0L);
            assertThat(coupons().templates().left("ten")).contains(0L);
        }

        @Test
        void a_day_is_one_of_the_retailers_zone() {
            define(CouponLimits.none().perDay(1));
            now("2026-03-01T23:59:59.999");
            coupons().claim(ann, CouponClaim.of("ten"), posting());
            refused(AssetError.COUPONS_EXHAUSTED, () -> coupons().claim(ann, CouponClaim.of("ten"), posting()));
            now("2026-03-02T00:00:00");
            coupons().claim(ann, CouponClaim.of("ten"), posting());
            refused(AssetError.COUPONS_EXHAUSTED, () -> coupons().claim(ann, CouponClaim.of("ten"), posting()));
        }

        @Test
        void what_a_day_refuses_is_not_taken_from_the_total() {
            define(CouponLimits.none().total(3).perDay(2));
            coupons().claim(ann, CouponClaim.of("ten", 2), posting());
            refused(AssetError.COUPONS_EXHAUSTED, () -> coupons().claim(ann, CouponClaim.of("ten"), posting()));

            assertThat(coupons().templates().left("ten")).contains(1L);
        }

        @Test
        void of_fifty_who_claim_three_of_a_hundred_exactly_a_hundred_are_given() {
            define(CouponLimits.none().total(100));
            List<CustomerId> customers = customers(50);

            var attempts = Race.of(
                    50, i -> coupons().claim(customers.get(i), CouponClaim.upTo("ten", 3), Posting.key("claim")));

            assertThat(attempts.stream()
                            .filter(Race.Attempt::succeeded)
                            .mapToInt(it -> it.orFail().size()))
                    .hasSize(34)
                    .satisfies(all ->
                            assertThat(all.stream().mapToInt(it -> it).sum()).isEqualTo(100));
            assertThat(customers.stream()
                            .mapToInt(it -> coupons().usable(it).size())
                            .sum())
                    .isEqualTo(100);
            assertThat(coupons().templates().left("ten")).contains(0L);
            assertThat(coupons().templates().counts("ten")).containsOnly(Map.entry(CouponState.AVAILABLE, 100L));
        }

        @Test
        void of_fifty_who_claim_three_of_a_hundred_a_day_or_none_thirty_three_get_them() {
            define(CouponLimits.none().total(1_000).perDay(100));
            List<CustomerId> customers = customers(50);

            var attempts =
                    Race.of(50, i -> coupons().claim(customers.get(i), CouponClaim.of("ten", 3), Posting.key("claim")));

            assertThat(attempts).filteredOn(Race.Attempt::succeeded).hasSize(33);
            assertThat(coupons().templates().left("ten")).contains(901L);
        }

        @Test
        void of_twenty_that_claim_the_one_a_customer_may_get_one_succeeds() {
            define(CouponLimits.none().total(100).perCustomer(1));

            var attempts = Race.of(20, i -> coupons().claim(ann, CouponClaim.of("ten"), Posting.key("claim/" + i)));

            assertThat(attempts).filteredOn(Race.Attempt::succeeded).hasSize(1);
            assertThat(coupons().usable(ann)).hasSize(1);
            assertThat(coupons().templates().left("ten")).contains(99L);
        }

        @Test
        void one_claim_sent_twenty_times_gives_once() {
            define(CouponLimits.none().total(100));

            var attempts = Race.of(20, i -> coupons().claim(ann, CouponClaim.of("ten"), Posting.key("claim")));

            assertThat(attempts).allMatch(Race.Attempt::succeeded);
            assertThat(coupons().usable(ann)).hasSize(1);
            assertThat(coupons().templates().left("ten")).contains(99L);
        }

        @Test
        void a_host_that_rolls_back_gives_nothing() {
            define(CouponLimits.none().total(5));
            List<String> before = crm().dump();
            rolledBack(() -> coupons().claim(ann, CouponClaim.of("ten", 5), posting()));

            assertThat(crm().dump()).isEqualTo(before);
            assertThat(coupons().obtainable(ann, "ten")).isEqualTo(5);
        }

        @Test
        void a_refusal_leaves_the_hosts_transaction_usable() {
            define(CouponLimits.none().total(1));
            try (HostTransaction host = crm().begin()) {
                coupons().claim(ann, CouponClaim.of("ten"), posting());
                assertThat(Race.attempt(() -> coupons().claim(ann, CouponClaim.of("ten"), posting()))
                                .succeeded())
                        .isFalse();
                host.commit();
            }
            assertThat(coupons().usable(ann)).hasSize(1);
        }

        @Test
        void nobody_unknown_or_erased_gets_any() {
            define(ten());
            refused(CoreError.UNKNOWN_CUSTOMER, () -> coupons().claim(nobody(), CouponClaim.of("ten"), posting()));
            eraseRecord(ann);
            refused(CoreError.CUSTOMER_ERASED, () -> coupons().claim(ann, CouponClaim.of("ten"), posting()));
        }

        @Test
        void coupons_that_would_have_expired_are_not_given() {
            define(ten().good(CouponValidity.between(LocalDate.of(2026, 2, 1), LocalDate.of(2026, 2, 28))));
            refused(AssetError.COUPON_STATE, () -> coupons().claim(ann, CouponClaim.of("ten"), posting()));
        }
    }

    private List<CustomerId> customers(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> crm().newCustomer(ACME))
                .sorted()
                .toList();
    }

    /** When coupons are good. */
    @Nested
    final class Validity {
        @Test
        void days_are_the_retailers_and_the_first_counts() {
            define(ten().good(CouponValidity.days(2)));
            now("2026-03-01T22:00:00");
            CouponId coupon = claimed(ann);

            assertThat(now(ann, coupon).validFrom()).isEqualTo(local("2026-03-01T22:00:00"));
            assertThat(now(ann, coupon).expiresAt()).isEqualTo(local("2026-03-03T00:00:00"));
            now("2026-03-02T23:59:59.999");
            assertThat(coupons().usable(ann)).hasSize(1);
            now("2026-03-03T00:00:00");
            assertThat(coupons().usable(ann)).isEmpty();
            refused(AssetError.COUPON_STATE, () -> coupons().redeem(ann, one(coupon), order("1")));
        }

        @Test
        void days_may_begin_later_or_be_fixed() {
            define(ten().good(CouponValidity.days(1).after(1)));
            CouponId tomorrow = claimed(ann);
            define(CouponTemplate.of("may", "May", new FreeItem(1))
                    .good(CouponValidity.between(LocalDate.of(2026, 5, 1), LocalDate.of(2026, 5, 1)))
                    .active());
            CouponId may = coupons()
                    .claim(ann, CouponClaim.of("may"), posting())
                    .get(0)
                    .id();

            assertThat(now(ann, tomorrow).stateAt(T0)).isEqualTo(CouponState.PENDING);
            assertThat(now(ann, tomorrow).validFrom()).isEqualTo(local("2026-03-02T00:00:00"));
            assertThat(now(ann, tomorrow).expiresAt()).isEqualTo(local("2026-03-03T00:00:00"));
            assertThat(now(ann, may).validFrom()).isEqualTo(local("2026-05-01T00:00:00"));
            assertThat(now(ann, may).expiresAt()).isEqualTo(local("2026-05-02T00:00:00"));
            refused(AssetError.COUPON_STATE, () -> coupons().redeem(ann, one(may), order("1")));
        }
    }

    /** Locking, using and giving back. */
    @Nested
    final class Use {
        @Test
        void a_life() {
            CouponId coupon = claimed(ann);
            coupons().lock(ann, one(coupon), Duration.ofMinutes(10), order("A"));
            coupons().release(ann, one(coupon), order("A"));
            coupons().lock(ann, one(coupon), Duration.ofMinutes(10), order("B"));
            Coupon used = coupons()
                    .redeem(ann, one(coupon), order("B").in(StoreId.of("S01")))
                    .get(0);
            coupons().giveBack(ann, one(coupon), order("B"));
            coupons().revoke(ann, one(coupon), posting());

            assertThat(used.state()).isEqualTo(CouponState.REDEEMED);
            assertThat(used.reference()).isEqualTo("B");
            assertThat(life(ann, coupon))
                    .containsExactly("CLAIMED", "LOCKED", "RELEASED", "LOCKED", "REDEEMED", "RETURNED", "VOIDED");
            assertThat(coupons().history(ann, PageRequest.first(100)).items())
                    .extracting(CouponEntry::seq)
                    .containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L);
            refused(AssetError.COUPON_STATE, () -> coupons().redeem(ann, one(coupon), order("C")));
        }

        @Test
        void every_step_is_repeatable() {
            CouponId coupon = claimed(ann);
            Posting lock = order("A");
            Posting release = order("A");
            Posting redeem = order("A");
            Posting back = order("A");
            Posting revoke = order("A");
            repeatable(() -> coupons().lock(ann, one(coupon), Duration.ofMinutes(1), lock));
            repeatable(() -> coupons().release(ann, one(coupon), release));
            repeatable(() -> coupons().redeem(ann, one(coupon), redeem));
            repeatable(() -> coupons().giveBack(ann, one(coupon), back));
            repeatable(() -> coupons().revoke(ann, one(coupon), revoke));

            assertThat(coupons().redeem(ann, one(coupon), redeem).get(0).state())
                    .isEqualTo(CouponState.VOID);
            refused(CoreError.REQUEST_KEY_REUSED, () -> coupons().giveBack(ann, one(coupon), redeem));
        }

        @Test
        void a_lock_keeps_others_out_until_it_ends_by_time() {
            CouponId coupon = claimed(ann);
            coupons().lock(ann, one(coupon), Duration.ofMinutes(10), order("A"));
            refused(AssetError.COUPON_STATE, () -> coupons().lock(ann, one(coupon), Duration.ofMinutes(1), order("B")));
            refused(AssetError.COUPON_STATE, () -> coupons().redeem(ann, one(coupon), order("B")));
            refused(AssetError.COUPON_STATE, () -> coupons().redeem(ann, one(coupon), posting()));
            refused(AssetError.COUPON_STATE, () -> coupons().release(ann, one(coupon), order("B")));
            assertThat(coupons().usable(ann)).isEmpty();

            crm().clock().set(T0.plus(Duration.ofMinutes(10)));
            assertThat(coupons().usable(ann)).hasSize(1);
            assertThat(coupons().redeem(ann, one(coupon), order("B")).get(0).reference())
                    .isEqualTo("B");
        }

        @Test
        void a_lock_outlives_the_coupon() {
            CouponId coupon = claimed(ann);
            now("2026-03-07T23:59:00");
            coupons().lock(ann, one(coupon), Duration.ofMinutes(10), order("A"));
            now("2026-03-08T00:05:00");
            coupons().redeem(ann, one(coupon), order("A"));

            assertThat(now(ann, coupon).state()).isEqualTo(CouponState.REDEEMED);
        }

        @Test
        void a_till_that_delivers_late_uses_what_was_good_then() {
            CouponId coupon = claimed(ann);
            now("2026-03-20T00:00:00");
            refused(AssetError.COUPON_STATE, () -> coupons().redeem(ann, one(coupon), order("A")));
            refused(
                    AssetError.COUPON_STATE,
                    () -> coupons().redeem(ann, one(coupon), order("A").at(local("2026-02-20T00:00:00"))));
            coupons().redeem(ann, one(coupon), order("A").at(local("2026-03-05T00:00:00")));

            CouponEntry used = coupons().history(ann, coupon).get(1);
            assertThat(used.at()).isEqualTo(local("2026-03-20T00:00:00"));
            assertThat(used.occurredAt()).isEqualTo(local("2026-03-05T00:00:00"));
        }

        @Test
        void what_expired_while_it_was_used_stays_expired() {
            CouponId early = claimed(ann);
            CouponId late = claimed(ann);
            coupons().redeem(ann, Set.of(early, late), order("A"));
            coupons().giveBack(ann, one(early), posting());
            now("2026-03-08T00:00:00");
            Coupon back = coupons().giveBack(ann, one(late), posting()).get(0);

            assertThat(back.stateAt(crm().clock().instant())).isEqualTo(CouponState.EXPIRED);
            assertThat(coupons().usable(ann)).isEmpty();
            refused(AssetError.COUPON_STATE, () -> coupons().redeem(ann, one(late), order("B")));
        }

        @Test
        void several_are_used_together_or_none() {
            CouponId one = claimed(ann);
            CouponId other = claimed(ann);
            coupons().redeem(ann, one(other), order("A"));

            refused(AssetError.COUPON_STATE, () -> coupons().redeem(ann, Set.of(one, other), order("B")));
            refused(AssetError.UNKNOWN_COUPON, () -> coupons().redeem(ann, Set.of(one, CouponId.of(7)), order("B")));
            assertThat(now(ann, one).state()).isEqualTo(CouponState.AVAILABLE);
        }

        @Test
        void is_only_for_who_has_it() {
            CouponId coupon = claimed(ann);
            CustomerId bea = crm().newCustomer(ACME);
            refused(AssetError.UNKNOWN_COUPON, () -> coupons().redeem(bea, one(coupon), order("A")));
            refused(CoreError.UNKNOWN_CUSTOMER, () -> coupons(ZENITH).redeem(ann, one(coupon), order("A")));
            assertThat(coupons().find(bea, coupon)).isEmpty();
            assertThat(coupons(ZENITH).find(ann, coupon)).isEmpty();
            assertThat(coupons(ZENITH).of(ann, PageRequest.first(5)).items()).isEmpty();
        }

        @Test
        void is_where_it_is_good() {
            define(ten().within(CouponScope.all().stores(StoreId.of("S01"))));
            CouponId coupon = claimed(ann);
            refused(AssetError.COUPON_OUT_OF_SCOPE, () -> coupons().redeem(ann, one(coupon), order("A")));
            refused(
                    AssetError.COUPON_OUT_OF_SCOPE,
                    () -> coupons().redeem(ann, one(coupon), order("A").in(StoreId.of("s01"))));
            coupons().redeem(ann, one(coupon), order("A").in(StoreId.of("S01")));
        }

        @Test
        void of_sixteen_tills_that_use_one_coupon_one_does() {
            CouponId coupon = claimed(ann);

            var attempts = Race.of(
                    16,
                    i -> coupons()
                            .redeem(ann, one(coupon), Posting.key("till/" + i).reference("order " + i)));

            assertThat(attempts).filteredOn(Race.Attempt::succeeded).hasSize(1);
            assertThat(life(ann, coupon)).containsExactly("CLAIMED", "REDEEMED");
        }

        @Test
        void is_offered_with_what_it_takes_off() {
            define(ten().from(yuan("20.00")));
            CouponId coupon = claimed(ann);
            Basket small = Basket.of(BasketLine.of(1, "tea", yuan("15.00")));
            Basket large = Basket.of(BasketLine.of(1, "tea", yuan("25.00")));

            CouponOffer no = coupons().offers(ann, small).get(0);
            CouponOffer yes = coupons().offers(ann, large).get(0);

            assertThat(no.worth().missing()).isEqualTo(yuan("5.00"));
            assertThat(yes.coupon().id()).isEqualTo(coupon);
            assertThat(yes.worth().total()).isEqualTo(yuan("10.00"));
            assertThat(yes.worth().takenOff(large, "ten").net()).isEqualTo(yuan("15.00"));
        }
    }

    /** Giving coupons away. */
    @Nested
    final class Transfers {
        @Test
        void move_a_coupon_and_its_history() {
            CouponId coupon = claimed(ann);
            CustomerId bea = crm().newCustomer(ACME);
            Posting first = posting();
            Coupon hers = repeatable(() -> coupons().transfer(ann, bea, coupon, first));

            assertThat(hers.customer()).isEqualTo(bea);
            assertThat(hers.origin()).isEqualTo(CouponOrigin.TRANSFER);
            assertThat(now(ann, coupon).state()).isEqualTo(CouponState.TRANSFERRED);
            assertThat(coupons().usable(ann)).isEmpty();
            assertThat(coupons().usable(bea)).containsExactly(hers);
            refused(AssetError.COUPON_STATE, () -> coupons().redeem(ann, one(coupon), order("A")));
            coupons().redeem(bea, one(coupon), order("A"));
            assertThat(life(bea, coupon)).containsExactly("CLAIMED", "TRANSFERRED", "RECEIVED", "REDEEMED");
            assertThat(life(ann, coupon)).isEqualTo(life(bea, coupon));
        }

        @Test
        void may_go_back_and_still_count_where_they_were_got() {
            define(CouponLimits.none().perCustomer(1));
            CouponId coupon = claimed(ann);
            CustomerId bea = crm().newCustomer(ACME);
            coupons().transfer(ann, bea, coupon, posting());
            refused(AssetError.COUPONS_EXHAUSTED, () -> claimed(ann));
            claimed(bea);
            Coupon back = coupons().transfer(bea, ann, coupon, posting());

            assertThat(back.origin()).isEqualTo(CouponOrigin.CLAIM);
            assertThat(coupons().usable(ann)).hasSize(1);
            refused(AssetError.COUPONS_EXHAUSTED, () -> claimed(ann));
        }

        @Test
        void of_what_is_free_and_may_be_given() {
            CouponId coupon = claimed(ann);
            CustomerId bea = crm().newCustomer(ACME);
            refused(AssetError.SAME_ACCOUNT, () -> coupons().transfer(ann, ann, coupon, posting()));
            refused(CoreError.UNKNOWN_CUSTOMER, () -> coupons().transfer(ann, nobody(), coupon, posting()));
            refused(AssetError.UNKNOWN_COUPON, () -> coupons().transfer(bea, ann, coupon, posting()));
            coupons().lock(ann, one(coupon), Duration.ofMinutes(1), order("A"));
            refused(AssetError.COUPON_STATE, () -> coupons().transfer(ann, bea, coupon, posting()));
            coupons()
                    .templates()
                    .change(coupons().templates().find("ten").orElseThrow().notTransferable(), key());
            CouponId bound = claimed(ann);
            refused(AssetError.COUPON_NOT_TRANSFERABLE, () -> coupons().transfer(ann, bea, bound, posting()));
        }

        @Test
        void of_many_to_and_fro_lose_and_double_nothing() {
            CustomerId bea = crm().newCustomer(ACME);
            List<CouponId> all = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                all.add(claimed(i % 2 == 0 ? ann : bea));
            }

            Race.of(
                    16,
                    i -> coupons()
                            .transfer(
                                    i % 2 == 0 ? ann : bea,
                                    i % 2 == 0 ? bea : ann,
                                    all.get(i % 8),
                                    Posting.key("transfer/" + i)));

            assertThat(coupons().usable(ann).size() + coupons().usable(bea).size())
                    .isEqualTo(8);
        }
    }

    /** Codes. */
    @Nested
    final class Codes {
        @Test
        void are_made_step_by_step_and_all_differ() {
            define(ten());
            RequestKey order = key();
            CouponBatch batch = repeatable(() -> codes().order("ten", 250, order));
            Set<CouponCode> made = new HashSet<>();
            List<CouponCode> step;
            do {
                step = codes().make(batch.id(), 100);
                made.addAll(step);
            } while (!step.isEmpty());

            assertThat(made).hasSize(250);
            CouponBatch done = codes().find(batch.id()).orElseThrow();
            assertThat(done.isDone()).isTrue();
            assertThat(crm().dump().toString())
                    .doesNotContain(made.stream().map(CouponCode::characters).toList());
            refused(CoreError.REQUEST_KEY_REUSED, () -> codes().order("ten", 251, order));
        }

        @Test
        void count_against_the_total_when_they_are_ordered_and_not_again() {
            define(CouponLimits.none().total(10).perDay(1).perCustomer(1));
            CouponBatch batch = codes().order("ten", 9, key());
            assertThat(refused(AssetError.COUPONS_EXHAUSTED, () -> codes().order("ten", 2, key())))
                    .containsEntry("available", 1L);
            CouponCode code = codes().make(batch.id(), 1).get(0);
            claimed(ann);
            CustomerId bea = crm().newCustomer(ACME);
            coupons().bind(bea, presented(code), posting());

            assertThat(coupons().templates().left("ten")).contains(0L);
            CouponCode other = codes().make(batch.id(), 1).get(0);
            refused(AssetError.COUPONS_EXHAUSTED, () -> coupons().bind(bea, presented(other), posting()));
        }

        @Test
        void of_many_who_make_at_once_each_gets_others() {
            define(ten());
            CouponBatch batch = codes().order("ten", 100, key());

            var attempts = Race.of(8, i -> codes().make(batch.id(), 15));

            List<CouponCode> all = new ArrayList<>();
            attempts.forEach(it -> all.addAll(it.orFail()));
            assertThat(all).hasSize(100).doesNotHaveDuplicates();
        }

        @Test
        void are_brought_once_by_one_customer() {
            define(ten());
            CouponCode code = made();
            Posting first = posting();
            Coupon coupon = repeatable(() -> coupons().bind(ann, presented(code), first));

            assertThat(coupon.origin()).isEqualTo(CouponOrigin.CODE);
            assertThat(coupons().find(presented(code)).orElseThrow()).isEqualTo(coupon);
            assertThat(life(ann, coupon.id())).containsExactly("BOUND");
            refused(AssetError.COUPON_CODE_USED, () -> coupons().bind(ann, presented(code), posting()));
            CustomerId bea = crm().newCustomer(ACME);
            refused(AssetError.COUPON_CODE_USED, () -> coupons().bind(bea, presented(code), posting()));
        }

        @Test
        void of_many_who_bring_one_code_one_gets_the_coupon() {
            define(ten());
            CouponCode code = made();
            List<CustomerId> all = customers(12);

            var attempts = Race.of(12, i -> coupons().bind(all.get(i), presented(code), Posting.key("bind")));

            assertThat(attempts).filteredOn(Race.Attempt::succeeded).hasSize(1);
            assertThat(all.stream().mapToInt(it -> coupons().usable(it).size()).sum())
                    .isEqualTo(1);
        }

        private CouponCode made() {
            CouponBatch batch = codes().order("ten", 1, key());
            return codes().make(batch.id(), 10).get(0);
        }

        @Test
        void are_found_however_they_are_typed_and_guessing_is_slowed_down() {
            define(ten());
            CouponCode code = made();
            String typed = " " + code.reveal().toLowerCase(Locale.ROOT).replace('-', ' ') + " ";
            coupons().bind(ann, PresentedCode.of(typed, "till-1"), posting());

            for (int i = 0; i < 10; i++) {
                refused(
                        AssetError.UNKNOWN_COUPON_CODE,
                        () -> coupons().bind(ann, PresentedCode.of("guess", "till-9"), posting()));
            }
            refused(
                    AssetError.TOO_MANY_GUESSES,
                    () -> coupons().bind(ann, PresentedCode.of(code.reveal(), "till-9"), posting()));
        }

        @Test
        void are_good_for_nothing_once_withdrawn() {
            define(ten());
            CouponBatch batch = codes().order("ten", 3, key());
            List<CouponCode> made = codes().make(batch.id(), 2);
            Coupon had = coupons().bind(ann, presented(made.get(0)), posting());
            repeatable(() -> codes().withdraw(batch.id()));

            refused(AssetError.COUPON_CODE_WITHDRAWN, () -> coupons().bind(ann, presented(made.get(1)), posting()));
            refused(AssetError.COUPON_CODE_WITHDRAWN, () -> codes().make(batch.id(), 1));
            assertThat(coupons().usable(ann)).containsExactly(had);
        }

        @Test
        void from_elsewhere_are_taken_as_they_are() {
            define(ten());
            RequestKey first = key();
            ImportedCodes imported =
                    codes().importCodes("ten", List.of("WELCOME", "welcome", "WELCOME", " 春节快乐 ", "W-1"), first);
            ImportedCodes again = codes().importCodes("ten", List.of("W-1", "W-2"), key());

            assertThat(imported.refused()).containsExactly(2);
            assertThat(imported.batch().made()).isEqualTo(4);
            assertThat(again.refused()).containsExactly(0);
            assertThat(again.batch().made()).isEqualTo(1);
            assertThat(codes().importCodes("ten", List.of("WELCOME", "welcome", "WELCOME", " 春节快乐 ", "W-1"), first)
                            .batch())
                    .isEqualTo(imported.batch());
            coupons().bind(ann, PresentedCode.of("welcome", "web"), posting());
            coupons().bind(ann, PresentedCode.of("春节快乐", "web"), posting());
            refused(
                    AssetError.COUPON_CODE_USED,
                    () -> coupons().bind(ann, PresentedCode.of("welcome", "web"), posting()));
            refused(
                    AssetError.UNKNOWN_COUPON_CODE,
                    () -> coupons().bind(ann, PresentedCode.of("WELCOMe", "web"), posting()));
            refused(
                    AssetError.UNKNOWN_COUPON_BATCH,
                    () -> codes().make(again.batch().id(), 1));
        }

        @Test
        void imported_at_once_are_there_once() {
            define(ten());
            List<String> same =
                    IntStream.range(0, 300).mapToObj(i -> "code " + i).toList();

            var attempts = Race.of(4, i -> codes().importCodes("ten", same, RequestKey.of("import/" + i)));

            int there = attempts.stream()
                    .mapToInt(it -> 300 - it.orFail().refused().size())
                    .sum();
            assertThat(there).isEqualTo(300);
        }

        @Test
        void are_those_of_one_tenant() {
            define(ten());
            CouponCode code = made();
            CustomerId zoe = crm().newCustomer(ZENITH);
            refused(AssetError.UNKNOWN_COUPON_CODE, () -> coupons(ZENITH).bind(zoe, presented(code), posting()));
            CouponBatch batch = codes().order("ten", 1, key());
            assertThat(coupons(ZENITH).codes().find(batch.id())).isEmpty();
            refused(
                    AssetError.UNKNOWN_COUPON_BATCH,
                    () -> coupons(ZENITH).codes().make(batch.id(), 1));
        }
    }

    /** Everything at once. */
    @Nested
    final class Storm {
        private static final int CUSTOMERS = 4;
        private static final int STEPS = 30;
        private static final int TOTAL = 40;

        private final List<CustomerId> all = new ArrayList<>();

        @Test
        void leaves_every_coupon_with_one_customer_and_every_step_in_its_history() {
            define(CouponLimits.none().total(TOTAL));
            all.addAll(customers(CUSTOMERS));

            Race.of(8, this::live);

            Set<CouponId> got = new HashSet<>();
            Map<CouponId, Integer> holders = new HashMap<>();
            for (CustomerId customer : all) {
                List<CouponEntry> entries = Pages.all(100, page -> coupons().history(customer, page));
                assertThat(entries)
                        .extracting(CouponEntry::seq)
                        .isEqualTo(LongStream.rangeClosed(1, entries.size())
                                .boxed()
                                .toList());
                for (Coupon coupon : Pages.all(100, page -> coupons().of(customer, page))) {
                    got.add(coupon.id());
                    holders.merge(coupon.id(), coupon.state() == CouponState.TRANSFERRED ? 0 : 1, Integer::sum);
                    List<CouponEntry> life = coupons().history(customer, coupon.id());
                    assertThat(life)
                            .filteredOn(it -> it.act() != CouponAct.RECEIVED)
                            .extracting(CouponEntry::version)
                            .isEqualTo(LongStream.rangeClosed(
                                            1,
                                            life.stream()
                                                    .mapToLong(CouponEntry::version)
                                                    .max()
                                                    .orElse(0))
                                    .boxed()
                                    .toList());
                }
            }
            assertThat(holders.values()).containsOnly(1);
            assertThat(coupons().templates().left("ten")).contains((long) TOTAL - got.size());
        }

        /** Whatever is refused is. */
        private boolean live(int thread) {
            var random = new SplittableRandom(thread);
            for (int step = 0; step < STEPS; step++) {
                Posting posting = Posting.key("storm/" + thread + "/" + step).reference("order " + thread % 3);
                CustomerId customer = all.get(random.nextInt(CUSTOMERS));
                CustomerId other = all.get(random.nextInt(CUSTOMERS));
                int what = random.nextInt(7);
                List<Coupon> hers =
                        coupons().of(customer, PageRequest.first(100)).items();
                if (what == 0 || hers.isEmpty()) {
                    Race.attempt(() -> coupons().claim(customer, CouponClaim.upTo("ten", 3), posting));
                } else {
                    CouponId one = hers.get(random.nextInt(hers.size())).id();
                    boolean seldom = random.nextInt(9) == 0;
                    Race.attempt(() -> step(seldom ? 0 : what, customer, other, one, posting));
                }
            }
            return true;
        }

        private List<Coupon> step(int what, CustomerId customer, CustomerId other, CouponId one, Posting posting) {
            return switch (what) {
                case 0 -> coupons().revoke(customer, one(one), posting);
                case 1, 2 -> coupons().lock(customer, one(one), DAY, posting);
                case 3 -> coupons().release(customer, one(one), posting);
                case 4 -> coupons().redeem(customer, one(one), posting);
                case 5 -> coupons().giveBack(customer, one(one), posting);
                default -> List.of(coupons().transfer(customer, other, one, posting));
            };
        }
    }
}
