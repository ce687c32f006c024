package dev.retailcrm.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retailcrm.assets.benefit.Benefit;
import dev.retailcrm.assets.benefit.BenefitAct;
import dev.retailcrm.assets.benefit.BenefitBlock;
import dev.retailcrm.assets.benefit.BenefitEntry;
import dev.retailcrm.assets.benefit.BenefitGrant;
import dev.retailcrm.assets.benefit.BenefitPrivacy;
import dev.retailcrm.assets.benefit.BenefitSource;
import dev.retailcrm.assets.benefit.BenefitWorth;
import dev.retailcrm.assets.benefit.Benefits;
import dev.retailcrm.assets.benefit.BirthdayWindow;
import dev.retailcrm.assets.benefit.CustomerBenefit;
import dev.retailcrm.assets.benefit.GrantOrder;
import dev.retailcrm.assets.benefit.UseLimit;
import dev.retailcrm.assets.benefit.UsePeriod;
import dev.retailcrm.assets.ledger.AssetError;
import dev.retailcrm.assets.ledger.Posting;
import dev.retailcrm.assets.redeem.RedeemItem;
import dev.retailcrm.assets.redeem.Redemption;
import dev.retailcrm.core.customer.BirthDate;
import dev.retailcrm.core.customer.ProfilePatch;
import dev.retailcrm.core.customer.Registration;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.PageRequest;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.kernel.StoreId;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What {@link Benefits} does, whatever the store. */
public abstract class BenefitContract extends BenefitFacade {
    /** A contract. */
    protected BenefitContract() {}

    @Test
    public final void a_definition_is_kept_as_it_was_given() {
        Benefit all = Benefit.of("all", "Alles 全部", new BenefitWorth.PointsMultiplier(new BigDecimal("1.50")))
                .forEverybody()
                .forTier("club", Set.of("gold", "black"))
                .limitedTo(UseLimit.of(2, UsePeriod.MONTH))
                .between(LocalDate.of(2026, 1, 1), LocalDate.of(2026, 12, 31))
                .blockedOn(Set.of(LocalDate.of(2026, 5, 1)), Set.of(DayOfWeek.SUNDAY))
                .in(Set.of(S01, StoreId.of("S02")))
                .around(new BirthdayWindow(3, 4));
        List<BenefitWorth> worths = List.of(
                new BenefitWorth.FreeShipping(),
                new BenefitWorth.Service("fitting"),
                new BenefitWorth.Custom("{\"seats\": [1, 2]}"));

        Benefit made = repeatable(() -> benefits().define(all, key("all")));
        assertThat(made.version()).isEqualTo(1);
        assertThat(benefits().find("all")).contains(made);
        assertThat(Benefit.parse(made.toJson())).isEqualTo(made);
        worths.forEach(it -> define(Benefit.of("w" + worths.indexOf(it), "Worth", it)));
        assertThat(benefits().all().values().stream().map(Benefit::worth)).containsAll(worths);
        refused(CoreError.VERSION_CONFLICT, () -> define(all));
        assertThat(benefits()
                        .define(made.limitedTo(UseLimit.of(3, UsePeriod.DAY)), key())
                        .version())
                .isEqualTo(2);
    }

    private static RequestKey key(String name) {
        return RequestKey.of("benefit/" + name);
    }

    @Test
    public final void a_grant_is_hers_from_and_until_its_instants_and_until_it_is_taken_away() {
        define(tenth());
        assertThat(keysOf(ann)).isEmpty();
        var order = GrantOrder.of("tenth").byCampaign().between(T0.plus(DAY), T0.plus(DAY.multipliedBy(3)));
        Posting posting = by("grant").reference("spring");
        BenefitGrant grant = repeatable(() -> benefits().grant(ann, order, posting));

        assertThat(keysOf(ann)).isEmpty();
        pass(DAY);
        assertThat(keysOf(ann)).containsExactly("tenth");
        BenefitSource why = hers(ann, "tenth").sources().get(0);
        assertThat(why).isEqualTo(new BenefitSource(BenefitSource.Kind.CAMPAIGN, "spring", grant.id(), order.until()));
        refused(CoreError.REQUEST_KEY_REUSED, () -> benefits().grant(ann, GrantOrder.of("tenth"), posting));
        assertThat(benefits().of(ann, S01, T0.plus(DAY.multipliedBy(3)))).isEmpty();

        BenefitGrant ended = repeatable(() -> benefits().revoke(ann, grant.id(), by("revoke")));
        assertThat(ended.revokedAt()).isEqualTo(crm().clock().instant());
        assertThat(keysOf(ann)).isEmpty();
        assertThat(benefits().grants(ann, PageRequest.first(9)).items()).containsExactly(ended);
        assertThat(benefits().history(ann, PageRequest.first(9)).items())
                .extracting(BenefitEntry::act)
                .containsExactly(BenefitAct.GRANTED, BenefitAct.REVOKED);
        refused(AssetError.UNKNOWN_DEFINITION, () -> benefits().grant(ann, GrantOrder.of("none"), posting()));
        refused(
                AssetError.INVALID_TERM,
                () -> benefits().grant(ann, GrantOrder.of("tenth").between(null, T0), posting()));
        refused(CoreError.UNKNOWN_CUSTOMER, () -> benefits().grant(nobody(), GrantOrder.of("tenth"), posting()));
    }

    @Test
    public final void a_level_gives_benefits_as_long_as_she_is_at_it() {
        defineTiers();
        define(tenth().forTier("club", Set.of("gold")));
        assertThat(keysOf(ann)).isEmpty();

        tiers().floor(ann, "club", "gold", crm().clock().instant().plus(DAY), posting());
        assertThat(hers(ann, "tenth").sources())
                .containsExactly(new BenefitSource(BenefitSource.Kind.TIER, "club:gold", null, null));
        assertThat(benefits().usable(ann, null, crm().clock().instant()))
                .extracting(it -> it.benefit().worth())
                .containsExactly(new BenefitWorth.Discount(new BigDecimal("10")));
        pass(DAY);
        assertThat(keysOf(ann)).isEmpty();
    }

    @Test
    public final void what_keeps_her_from_using_it_is_told() {
        LocalDate today = crm().clock().instant().atZone(ZONE).toLocalDate();
        define(cake().between(today.plusDays(1), null));
        define(Benefit.of("over", "Over", new BenefitWorth.FreeShipping())
                .forEverybody()
                .between(null, today.minusDays(1)));
        define(Benefit.of("blocked", "Blocked", new BenefitWorth.FreeShipping())
                .forEverybody()
                .blockedOn(Set.of(today), Set.of()));
        define(Benefit.of("weekday", "Weekday", new BenefitWorth.FreeShipping())
                .forEverybody()
                .blockedOn(Set.of(), Set.of(today.getDayOfWeek())));
        define(Benefit.of("other", "Other", new BenefitWorth.FreeShipping())
                .forEverybody()
                .in(Set.of(StoreId.of("S02"))));

        assertThat(hers(ann, "cake").blocks()).containsExactly(BenefitBlock.NOT_YET);
        assertThat(hers(ann, "over").blocks()).containsExactly(BenefitBlock.OVER);
        assertThat(hers(ann, "blocked").blocks()).containsExactly(BenefitBlock.BLOCKED_DAY);
        assertThat(hers(ann, "weekday").blocks()).containsExactly(BenefitBlock.BLOCKED_DAY);
        assertThat(hers(ann, "other").blocks()).containsExactly(BenefitBlock.OTHER_STORE);
        assertThat(refused(AssetError.BENEFIT_BLOCKED, () -> redeem(ann, RedeemItem.benefit("other"), 1)))
                .isEqualTo(Map.of("benefit", "other", "blocks", List.of("OTHER_STORE")));
        benefits().retire("over", key());
        assertThat(keysOf(ann)).doesNotContain("over");
        refused(AssetError.NO_BENEFIT, () -> redeem(ann, RedeemItem.benefit("over"), 1));
    }

    @Test
    public final void a_limit_counts_uses_in_each_period_without_those_taken_back() {
        define(cake().limitedTo(UseLimit.of(3, UsePeriod.MONTH)));
        Redemption two = redeem(ann, RedeemItem.benefit("cake"), 2);
        assertThat(hers(ann, "cake").left()).isEqualTo(1);

        assertThat(refused(AssetError.LIMIT_EXCEEDED, () -> redeem(ann, RedeemItem.benefit("cake"), 2)))
                .containsEntry("available", 1L)
                .containsEntry("missing", 1L);
        redeem(ann, RedeemItem.benefit("cake"), 1);
        assertThat(hers(ann, "cake").blocks()).containsExactly(BenefitBlock.USED_UP);
        redemptions().reverse(ann, two.id(), 1, posting());
        assertThat(hers(ann, "cake").left()).isEqualTo(1);
        now("2026-04-01T00:00");
        assertThat(hers(ann, "cake").left()).isEqualTo(3);
    }

    @Test
    public final void of_twenty_uses_at_once_a_limit_of_one_lets_one_through() {
        define(cake().limitedTo(UseLimit.of(1, UsePeriod.DAY)));

        List<Race.Attempt<Redemption>> all = Race.of(20, no -> redeem(ann, RedeemItem.benefit("cake"), 1));

        assertThat(all.stream().filter(Race.Attempt::succeeded)).hasSize(1);
        assertThat(all.stream()
                        .filter(it -> it.refusal() != null)
                        .map(it -> it.refusal().code()))
                .containsOnly(AssetError.BENEFIT_BLOCKED);
        assertThat(redemptions().of(ann, PageRequest.first(99)).items()).hasSize(1);
    }

    @Test
    public final void a_birthday_is_in_her_own_zone_and_that_of_29_february_on_the_28th_in_common_years() {
        define(cake().around(BirthdayWindow.day()).limitedTo(UseLimit.of(1, UsePeriod.YEAR)));
        assertThat(hers(ann, "cake").blocks()).containsExactly(BenefitBlock.NO_BIRTH_DATE);
        var born = ProfilePatch.none().birthDate(BirthDate.of(LocalDate.of(2000, 2, 29)));
        CustomerId bea = register(Registration.of("Bea").with(born));
        CustomerId liz = register(Registration.of("Liz").with(born.timeZone(ZoneId.of("America/New_York"))));

        now("2027-02-27T23:59");
        assertThat(hers(bea, "cake").blocks()).containsExactly(BenefitBlock.NO_BIRTHDAY);
        now("2027-02-28T00:00");
        assertThat(hers(bea, "cake").isUsable()).isTrue();
        assertThat(hers(liz, "cake").isUsable()).isFalse();
        now("2027-02-28T13:00");
        assertThat(hers(liz, "cake").isUsable()).isTrue();
        redeem(bea, RedeemItem.benefit("cake"), 1);
        assertThat(hers(bea, "cake").blocks()).containsExactly(BenefitBlock.USED_UP);
        now("2027-03-01T00:00");
        assertThat(hers(bea, "cake").isUsable()).isFalse();
        assertThat(hers(liz, "cake").isUsable()).isTrue();
        now("2028-02-28T12:00");
        assertThat(hers(bea, "cake").isUsable()).isFalse();
        now("2028-02-29T12:00");
        assertThat(hers(bea, "cake").isUsable()).isTrue();
    }

    @Test
    public final void days_around_a_birthday_are_one_period_across_the_new_year() {
        define(cake().around(new BirthdayWindow(5, 5)).limitedTo(UseLimit.of(1, UsePeriod.YEAR)));
        CustomerId bea = register(
                Registration.of("Bea").with(ProfilePatch.none().birthDate(BirthDate.of(LocalDate.of(1990, 12, 30)))));
        now("2026-12-25T00:00");
        CustomerBenefit before = hers(bea, "cake");
        assertThat(before.isUsable()).isTrue();
        assertThat(before.period()).isEqualTo(new UsePeriod.Span(local("2026-12-25T00:00"), local("2027-01-05T00:00")));
        redeem(bea, RedeemItem.benefit("cake"), 1);
        now("2027-01-04T23:00");
        assertThat(hers(bea, "cake").blocks()).containsExactly(BenefitBlock.USED_UP);
        now("2027-12-25T00:00");
        assertThat(hers(bea, "cake").isUsable()).isTrue();
    }

    @Test
    public final void limits_hold_for_two_who_became_one_and_for_each_of_two_again() {
        define(cake().limitedTo(UseLimit.of(2, UsePeriod.EVER)));
        define(tenth());
        CustomerId bob = crm().newCustomer(ACME);
        BenefitGrant grant = benefits().grant(bob, GrantOrder.of("tenth"), by("grant"));
        Redemption his = redeem(bob, RedeemItem.benefit("cake"), 1);
        redeem(ann, RedeemItem.benefit("cake"), 1);

        merge(ann, bob);
        assertThat(hers(ann, "cake").left()).isZero();
        assertThat(hers(bob, "cake").left()).isZero();
        assertThat(keysOf(ann)).containsExactly("cake", "tenth");
        assertThat(benefits().grant(bob, GrantOrder.of("tenth"), by("grant")).id())
                .isEqualTo(grant.id());
        redemptions().reverse(bob, his.id(), 1, posting());
        assertThat(hers(ann, "cake").left()).isEqualTo(1);

        merges().unmerge(bob, key());
        assertThat(hers(ann, "cake").left()).isEqualTo(1);
        assertThat(hers(bob, "cake").left()).isEqualTo(2);
        assertThat(keysOf(ann)).containsExactly("cake");
        assertThat(keysOf(bob)).containsExactly("cake", "tenth");
    }

    @Test
    public final void nothing_of_who_was_erased_is_left() {
        define(tenth());
        benefits().grant(ann, GrantOrder.of("tenth"), posting());
        assertThat(crm().dump()).anyMatch(it -> it.contains("000812"));

        var part = new BenefitPrivacy(crm().benefits());
        List<String> rows = new ArrayList<>();
        Pages.all(1, page -> committed(() -> part.export(ACME, ann, page)))
                .forEach(it -> rows.add(it.list() + it.values()));
        assertThat(rows).hasSize(2).anyMatch(it -> it.contains("tenth")).noneMatch(it -> it.contains("kim"));
        int removed = committed(() -> {
            crm().benefits().lock(ACME, List.of(ann));
            return crm().benefits().remove(ACME, ann, 100);
        });
        assertThat(removed).isEqualTo(2);
        assertThat(benefits().grants(ann, PageRequest.first(9)).items()).isEmpty();
        assertThat(benefits().history(ann, PageRequest.first(9)).items()).isEmpty();
    }
}
