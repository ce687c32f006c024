package dev.retailcrm.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retailcrm.assets.ledger.Asset;
import dev.retailcrm.assets.ledger.AssetError;
import dev.retailcrm.assets.ledger.Calendar;
import dev.retailcrm.assets.ledger.EntryType;
import dev.retailcrm.assets.ledger.Grant;
import dev.retailcrm.assets.ledger.Posting;
import dev.retailcrm.assets.tier.TierAct;
import dev.retailcrm.assets.tier.TierEntry;
import dev.retailcrm.assets.tier.TierLevel;
import dev.retailcrm.assets.tier.TierMeasure;
import dev.retailcrm.assets.tier.TierOutlook;
import dev.retailcrm.assets.tier.TierPeriod;
import dev.retailcrm.assets.tier.TierProgram;
import dev.retailcrm.assets.tier.TierProgress;
import dev.retailcrm.assets.tier.TierStanding;
import dev.retailcrm.assets.tier.Tiers;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.PageRequest;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.merge.MergeStrategy;
import dev.retailcrm.core.trade.Order;
import dev.retailcrm.core.trade.OrderLine;
import dev.retailcrm.core.trade.OrderNumber;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.joda.money.Money;
import org.junit.jupiter.api.Test;

/** What {@link Tiers} does, in exact numbers, whatever the store. */
public abstract class TierContract extends MergeFacade {
    private static final String CLUB = "club";
    private static final List<TierLevel> LEVELS = List.of(
            TierLevel.of("base", 0), TierLevel.of("silver", 20).giving(List.of("MUG")), TierLevel.of("gold", 30));

    private final AtomicInteger keys = new AtomicInteger();

    /** A contract. */
    protected TierContract() {}

    private Tiers tiers() {
        return new Tiers(ACME, ZONE, crm().tierPorts());
    }

    private TierProgram yearly() {
        return tiers().define(
                        TierProgram.of(
                                CLUB,
                                TierMeasure.spent(CNY),
                                TierPeriod.last(1, Calendar.YEAR),
                                LEVELS,
                                LocalDate.of(2026, 1, 1)),
                        RequestKey.of("define " + keys.incrementAndGet()));
    }

    private void spend(CustomerId customer, long minor) {
        trade().record(Order.of(
                customer,
                OrderNumber.of("pos", "R" + keys.incrementAndGet()),
                crm().clock().instant(),
                List.of(OrderLine.of("A", Money.ofMinor(CNY, minor)))));
    }

    private Posting posting() {
        return by("tier " + keys.incrementAndGet());
    }

    private String level(CustomerId customer) {
        return level(customer, crm().clock().instant());
    }

    private String level(CustomerId customer, Instant at) {
        return tiers().level(customer, CLUB, at).key();
    }

    private List<TierAct> acts(CustomerId customer) {
        return tiers().history(customer, PageRequest.first(100)).items().stream()
                .map(TierEntry::act)
                .toList();
    }

    private TierProgress advance() {
        return tiers().advance(CLUB, null, 1_000);
    }

    @Test
    public final void with_a_floor_of_20_40_lifts_20_to_30() {
        yearly();
        tiers().floor(ann, CLUB, "silver", null, posting());
        spend(ann, 40);

        assertThat(level(ann)).isEqualTo("gold");
        advance();
        assertThat(acts(ann)).containsExactly(TierAct.FLOOR_SET, TierAct.UPGRADED);
    }

    @Test
    public final void with_a_floor_of_20_nothing_lowers_30_to_20() {
        yearly();
        spend(ann, 30);
        tiers().floor(ann, CLUB, "silver", null, posting());
        assertThat(level(ann)).isEqualTo("gold");
        crm().clock().advance(Duration.ofDays(367));

        assertThat(level(ann)).isEqualTo("silver");
        advance();
        assertThat(acts(ann)).containsExactly(TierAct.UPGRADED, TierAct.FLOOR_SET, TierAct.DOWNGRADED);
    }

    @Test
    public final void with_a_floor_of_20_21_changes_nothing_and_tells_nobody() {
        yearly();
        spend(ann, 20);
        tiers().floor(ann, CLUB, "silver", null, posting());
        advance();
        crm().clock().advance(Duration.ofDays(1));
        spend(ann, 1);
        List<String> before = crm().dump();

        assertThat(advance().changed()).isZero();
        assertThat(level(ann)).isEqualTo("silver");
        assertThat(crm().dump()).isEqualTo(before);
    }

    @Test
    public final void a_level_is_right_at_every_instant_whether_or_not_anything_ran() {
        yearly();
        spend(ann, 25);
        Instant reached = crm().clock().instant();
        crm().clock().advance(Duration.ofDays(30));
        spend(ann, 10);
        Instant gold = crm().clock().instant();
        crm().clock().advance(Duration.ofDays(800));

        for (int ran = 0; ran < 2; ran++) {
            assertThat(level(ann, reached.minusMillis(1))).isEqualTo("base");
            assertThat(level(ann, reached)).isEqualTo("silver");
            assertThat(level(ann, gold.minusMillis(1))).isEqualTo("silver");
            assertThat(level(ann, gold)).isEqualTo("gold");
            assertThat(level(ann, gold.plus(Duration.ofDays(365)))).isEqualTo("gold");
            assertThat(level(ann, gold.plus(Duration.ofDays(366)))).isEqualTo("base");
            assertThat(level(ann)).isEqualTo("base");
            assertThat(level(ann, crm().clock().instant().plus(Duration.ofDays(999))))
                    .isEqualTo("base");
            advance();
        }
        assertThat(tiers().history(ann, PageRequest.first(9)).items())
                .extracting(TierEntry::at)
                .startsWith(reached, gold);
    }

    @Test
    public final void what_is_missing_and_what_will_become_is_told() {
        yearly();
        spend(ann, 22);
        TierOutlook outlook = tiers().outlook(ann, CLUB);

        assertThat(outlook.level().key()).isEqualTo("silver");
        assertThat(outlook.value()).isEqualTo(22);
        assertThat(outlook.above().orElseThrow().key()).isEqualTo("gold");
        assertThat(outlook.missing()).isEqualTo(8);
        assertThat(outlook.toKeep()).isEqualTo(20);
        assertThat(outlook.projected().key()).isEqualTo("base");
        assertThat(outlook.changesAt()).isEqualTo(outlook.standing().until());
    }

    @Test
    public final void commands_are_repeatable_and_named_by_their_keys() {
        yearly();
        TierStanding floored = repeatable(() -> tiers().floor(ann, CLUB, "gold", null, by("floor")));
        assertThat(floored.floor()).isNotNull();
        refused(CoreError.REQUEST_KEY_REUSED, () -> tiers().floor(ann, CLUB, "silver", null, by("floor")));
        refused(CoreError.REQUEST_KEY_REUSED, () -> tiers().lock(ann, CLUB, null, by("floor")));
        refused(AssetError.UNKNOWN_LEVEL, () -> tiers().floor(ann, CLUB, "platinum", null, by("x")));
        refused(AssetError.INVALID_TERM, () -> tiers().floor(ann, CLUB, "gold", T0, by("x")));
        refused(AssetError.UNKNOWN_DEFINITION, () -> tiers().floor(ann, "other", "gold", null, by("x")));
        refused(CoreError.UNKNOWN_CUSTOMER, () -> tiers().floor(nobody(), CLUB, "gold", null, by("x")));
        tiers().unfloor(ann, CLUB, posting());
        assertThat(level(ann)).isEqualTo("base");
        assertThat(acts(ann)).containsExactly(TierAct.FLOOR_SET, TierAct.FLOOR_ENDED);
    }

    @Test
    public final void a_locked_level_waits_and_a_paid_one_ends() {
        yearly();
        tiers().lock(ann, CLUB, null, posting());
        spend(ann, 30);
        assertThat(level(ann)).isEqualTo("base");
        tiers().unlock(ann, CLUB, posting());
        assertThat(level(ann)).isEqualTo("gold");
        CustomerId bob = crm().newCustomer(ACME);
        tiers().pay(bob, CLUB, "silver", crm().clock().instant().plus(DAY), posting());
        assertThat(level(bob)).isEqualTo("silver");
        crm().clock().advance(DAY);
        assertThat(level(bob)).isEqualTo("base");
        tiers().pay(bob, CLUB, "gold", crm().clock().instant().plus(DAY), posting());
        tiers().unpay(bob, CLUB, posting());
        assertThat(level(bob)).isEqualTo("base");
    }

    @Test
    public final void growth_value_lifts_and_taking_it_back_does_not_lower_before_the_end() {
        Asset growth = Asset.growth("club");
        tiers().define(
                        TierProgram.of(
                                CLUB, TierMeasure.earned(growth), TierPeriod.ever(), LEVELS, LocalDate.of(2026, 1, 1)),
                        RequestKey.of("define"));
        var ledger = ledger(ACME, growth, terms());
        ledger.grant(ann, EntryType.EARN, Grant.of(30), Posting.key("grow"));
        assertThat(level(ann)).isEqualTo("gold");
        crm().clock().advance(DAY);
        ledger.takeBack(ann, RequestKey.of("grow"), 5, Posting.key("back"));
        assertThat(level(ann)).isEqualTo("gold");
        crm().clock().advance(Duration.ofDays(367));
        assertThat(level(ann)).isEqualTo("silver");
    }

    @Test
    public final void many_are_advanced_page_by_page_once() {
        yearly();
        List<CustomerId> many = Stream.concat(
                        Stream.of(ann),
                        Stream.generate(() -> crm().newCustomer(ACME)).limit(6))
                .sorted()
                .toList();
        many.forEach(it -> spend(it, it.equals(ann) ? 5 : 25));
        int changed = 0;
        int members = 0;
        CustomerId after = null;
        do {
            TierProgress step = tiers().advance(CLUB, after, 3);
            changed += step.changed();
            members += step.members();
            after = step.cursor();
        } while (after != null);

        assertThat(members).isEqualTo(7);
        assertThat(changed).isEqualTo(6);
        List<String> before = crm().dump();
        assertThat(advance().changed()).isZero();
        assertThat(crm().dump()).isEqualTo(before);
        assertThat(before.stream().filter(it -> it.contains("MUG") && it.contains("tier.upgraded")))
                .hasSize(6);
    }

    @Test
    public final void two_who_advance_at_once_book_everything_once() {
        yearly();
        List<CustomerId> many =
                Stream.generate(() -> crm().newCustomer(ACME)).limit(10).toList();
        many.forEach(it -> spend(it, 25));
        List<Race.Attempt<TierProgress>> all = Race.of(6, no -> no % 2 == 0 ? advance() : locked(many.get(no)));

        assertThat(all).allMatch(Race.Attempt::succeeded);
        advance();
        many.forEach(it -> assertThat(acts(it)).containsOnlyOnce(TierAct.UPGRADED));
    }

    private TierProgress locked(CustomerId customer) {
        tiers().floor(customer, CLUB, "gold", null, by("race"));
        return new TierProgress(1, 1, null);
    }

    @Test
    public final void a_survivor_has_the_higher_level_until_they_are_two_again() {
        yearly();
        CustomerId bob = crm().newCustomer(ACME);
        spend(bob, 30);
        advance();
        crm().clock().advance(DAY);
        merges().merge(ann, bob, MergeStrategy.standard(), RequestKey.of("merge"));
        assertThat(level(ann)).isEqualTo("gold");
        assertThat(level(bob)).isEqualTo("gold");
        merges().unmerge(bob, RequestKey.of("unmerge"));
        assertThat(level(ann)).isEqualTo("base");
        assertThat(level(bob)).isEqualTo("gold");
    }

    @Test
    public final void a_retired_program_has_no_levels() {
        TierProgram program = yearly();
        assertThat(tiers().retire(CLUB, RequestKey.of("retire")).retired()).isTrue();
        refused(AssetError.UNKNOWN_DEFINITION, () -> level(ann));
        assertThat(tiers().all()).containsOnlyKeys(CLUB);
        assertThat(tiers().find(CLUB).orElseThrow().version()).isEqualTo(program.version() + 1);
    }
}
