package dev.retailcrm.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retailcrm.assets.coupon.Coupon;
import dev.retailcrm.assets.coupon.CouponAct;
import dev.retailcrm.assets.coupon.CouponBatch;
import dev.retailcrm.assets.coupon.CouponBenefit.FreeItem;
import dev.retailcrm.assets.coupon.CouponEntry;
import dev.retailcrm.assets.coupon.CouponEvent;
import dev.retailcrm.assets.coupon.CouponId;
import dev.retailcrm.assets.coupon.CouponOrigin;
import dev.retailcrm.assets.coupon.CouponState;
import dev.retailcrm.assets.coupon.CouponTemplate;
import dev.retailcrm.assets.spi.CouponChange;
import dev.retailcrm.assets.spi.CouponHolder;
import dev.retailcrm.assets.spi.CouponStore;
import dev.retailcrm.assets.spi.CouponStore.Applied;
import dev.retailcrm.assets.spi.CouponStore.CodeRow;
import dev.retailcrm.assets.spi.CouponStore.Outcome;
import dev.retailcrm.assets.spi.CouponTake;
import dev.retailcrm.assets.spi.CouponTaken;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.kernel.StoreId;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.spi.OutboxStore.Claim;
import dev.retailcrm.core.spi.OutboxStore.Claimed;
import dev.retailcrm.core.spi.RequestStore.Booked;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The rules of {@link CouponStore}. */
public abstract class CouponStoreContract extends StoreContract {
    private static final Booked BOOKED = new Booked(Long.MIN_VALUE, "coupons#0#1");
    private static final long DAY = 20_000;

    private CustomerId ann = nobody();

    /** A contract. */
    protected CouponStoreContract() {}

    /** Registers the customer that most rules are about. */
    @BeforeEach
    public final void registerAnn() {
        ann = crm().newCustomer(ACME);
    }

    private CouponStore store() {
        return crm().coupons();
    }

    private static CouponTemplate template(String key, long version) {
        return new CouponTemplate(
                key,
                "春节 " + key,
                new FreeItem(1),
                CouponTemplate.of("x", "X", new FreeItem(1)).scope(),
                null,
                0,
                CouponTemplate.of("x", "X", new FreeItem(1)).stacking(),
                CouponTemplate.of("x", "X", new FreeItem(1)).validity(),
                CouponTemplate.of("x", "X", new FreeItem(1)).limits(),
                true,
                CouponTemplate.of("x", "X", new FreeItem(1)).active().state(),
                version);
    }

    private boolean defined(TenantId tenant, CouponTemplate template, String key) {
        return committed(() -> {
            store().lockTemplate(tenant, template.key());
            return store().define(tenant, template, RequestKey.of(key), BOOKED);
        });
    }

    private static Coupon coupon(CustomerId customer, long id) {
        return new Coupon(
                CouponId.of(id),
                customer,
                new CouponTemplate.Version("ten", 3),
                CouponState.AVAILABLE,
                CouponOrigin.CLAIM,
                T0,
                T0.plusSeconds(60),
                null,
                null,
                null,
                customer,
                T0,
                1);
    }

    private static CouponEntry entry(CustomerId customer, long seq, long coupon) {
        return new CouponEntry(
                customer,
                seq,
                CouponId.of(coupon),
                seq,
                "ten",
                CouponAct.CLAIMED,
                T0.plusMillis(seq),
                T0,
                null,
                "order " + seq,
                StoreId.of("S01"),
                null);
    }

    private CouponChange added(CustomerId customer, @Nullable String key, @Nullable CouponTake take, long... ids) {
        long last = committed(() -> store().lockAll(ACME, List.of(customer)).values().stream()
                .mapToLong(CouponHolder::lastSeq)
                .sum());
        List<Coupon> coupons = new ArrayList<>();
        List<CouponEntry> entries = new ArrayList<>();
        for (long id : ids) {
            coupons.add(coupon(customer, id));
            entries.add(entry(customer, last + entries.size() + 1, id));
        }
        var booking = key == null ? null : new CouponChange.Booking(RequestKey.of(key), BOOKED);
        return new CouponChange(ACME, customer, coupons, List.of(), List.of(), entries, booking, take, null);
    }

    private Applied applied(CouponChange change) {
        return committed(() -> {
            store().lockAll(ACME, List.of(change.customer()));
            return store().apply(change);
        });
    }

    private <T> T read(Supplier<T> question) {
        return crm().unitOfWork().read(question);
    }

    private static CouponTake take(long count, long total) {
        return new CouponTake("ten", count, total, null, 0);
    }

    private List<String> hashes(String prefix, int count) {
        return IntStream.range(0, count).mapToObj(i -> prefix + i).toList();
    }

    private CouponBatch batch(long id, long ordered) {
        return new CouponBatch(CouponId.of(id), "ten", false, ordered, 0, false, T0, 1);
    }

    // --- tenants and transactions

    @Test
    public final void co_1_another_tenant_finds_nothing() {
        defined(ACME, template("ten", 1), "k");
        applied(added(ann, "c", null, 1));
        commit(() -> store().open(ACME, batch(5, 9), RequestKey.of("o"), BOOKED, take(9, 9)));
        commit(() -> store().addCodes(ACME, CouponId.of(5), List.of("h")));

        assertThat(read(() -> store().newest(ZENITH, "ten"))).isEmpty();
        assertThat(read(() ->
                        store().versions(ZENITH, List.of(template("ten", 1).id()))))
                .isEmpty();
        assertThat(read(() -> store().templates(ZENITH, null, 9))).isEmpty();
        assertThat(committed(() -> store().lockTemplate(ZENITH, "ten"))).isEmpty();
        assertThat(read(() -> store().booked(ZENITH, RequestKey.of("k")))).isEmpty();
        assertThat(read(() -> store().taken(ZENITH, "ten", null))).isEqualTo(new CouponTaken(0, 0));
        assertThat(read(() -> store().batch(ZENITH, CouponId.of(5)))).isEmpty();
        assertThat(committed(() -> store().lockBatch(ZENITH, CouponId.of(5)))).isEmpty();
        assertThat(read(() -> store().known(ZENITH, List.of("h")))).isEmpty();
        assertThat(read(() -> store().code(ZENITH, List.of("h")))).isEmpty();
        assertThat(committed(() -> store().lockCode(ZENITH, "h"))).isEmpty();
        assertThat(committed(() -> store().lockAll(ZENITH, List.of(ann)))).isEmpty();
        assertThat(read(() -> store().find(ZENITH, ann, List.of(CouponId.of(1)))))
                .isEmpty();
        assertThat(read(() -> store().coupons(ZENITH, ann, false, null, 9))).isEmpty();
        assertThat(read(() -> store().entries(ZENITH, ann, 0, 9))).isEmpty();
        assertThat(read(() -> store().entriesOf(ZENITH, ann, CouponId.of(1)))).isEmpty();
        assertThat(read(() -> store().counts(ZENITH, "ten"))).isEmpty();
        assertThat(read(() -> store().lastAt(ZENITH, List.of(ann)))).isEmpty();
        assertThat(defined(ZENITH, template("ten", 1), "k")).isTrue();
        commit(() -> assertThat(store().addCodes(ZENITH, CouponId.of(5), List.of("h")))
                .isEmpty());
    }

    @Test
    public final void co_2_24_what_is_written_is_seen_by_its_transaction_and_then_by_all_or_nobody() {
        CouponChange change = added(ann, "c", null, 1);
        List<String> before = crm().dump();
        try (var race = new Race();
                HostTransaction host = crm().begin()) {
            store().lockAll(ACME, List.of(ann));
            store().apply(change);

            assertThat(store().coupons(ACME, ann, false, null, 9)).isEqualTo(change.added());
            assertThat(store().entries(ACME, ann, 0, 9)).isEqualTo(change.entries());
            assertThat(Race.result(race.start(() -> read(() -> store().coupons(ACME, ann, false, null, 9)))))
                    .isEmpty();
            host.rollback();
        }
        assertThat(crm().dump()).isEqualTo(before);
    }

    // --- templates

    @Test
    public final void co_3_4_5_every_version_is_kept_and_the_newest_listed_by_key() {
        defined(ACME, template("b", 1), "1");
        defined(ACME, template("B", 1), "2");
        defined(ACME, template("b", 2), "3");

        assertThat(read(() -> store().newest(ACME, "b"))).contains(template("b", 2));
        assertThat(read(() -> store().newest(ACME, "c"))).isEmpty();
        var ids = List.of(
                template("b", 1).id(), template("B", 1).id(), template("b", 3).id());
        assertThat(read(() -> store().versions(ACME, ids)).values())
                .containsExactlyInAnyOrder(template("b", 1), template("B", 1));
        assertThat(read(() -> store().templates(ACME, null, 9))).containsExactly(template("B", 1), template("b", 2));
        assertThat(read(() -> store().templates(ACME, "B", 9))).containsExactly(template("b", 2));
        assertThat(read(() -> store().templates(ACME, null, 1))).containsExactly(template("B", 1));
    }

    @Test
    public final void co_6_a_lock_of_a_template_that_waited_returns_what_the_holder_left() {
        defined(ACME, template("ten", 1), "1");
        try (var race = new Race();
                HostTransaction host = crm().begin()) {
            store().lockTemplate(ACME, "ten");
            Future<Optional<CouponTemplate>> second =
                    race.start(() -> committed(() -> store().lockTemplate(ACME, "ten")));
            assertThat(Race.waits(second)).as("the second waits").isTrue();
            store().define(ACME, template("ten", 2), RequestKey.of("2"), BOOKED);
            host.commit();

            assertThat(Race.result(second)).contains(template("ten", 2));
        }
    }

    @Test
    public final void co_7_8_a_key_is_booked_once_and_a_first_version_written_once() {
        assertThat(defined(ACME, template("ten", 1), "k")).isTrue();
        List<String> before = crm().dump();
        assertThat(defined(ACME, template("ten", 1), "other")).isFalse();
        assertThat(defined(ACME, template("ten", 2), "k")).isFalse();
        assertThat(defined(ACME, template("new", 1), "k")).isFalse();

        assertThat(crm().dump()).isEqualTo(before);
        assertThat(read(() -> store().booked(ACME, RequestKey.of("k")))).contains(BOOKED);
        assertThat(read(() -> store().booked(ACME, RequestKey.of("K")))).isEmpty();
    }

    // --- taking

    @Test
    public final void co_9_10_11_a_batch_takes_from_its_template() {
        defined(ACME, template("ten", 1), "1");
        Applied opened = committed(() -> store().open(ACME, batch(5, 9), RequestKey.of("o"), BOOKED, take(9, 10)));
        List<String> before = crm().dump();
        Applied again = committed(() -> store().open(ACME, batch(6, 1), RequestKey.of("o"), BOOKED, take(1, 10)));
        Applied more = committed(() -> store().open(ACME, batch(6, 2), RequestKey.of("p"), BOOKED, take(2, 10)));

        assertThat(opened).isEqualTo(Applied.WRITTEN);
        assertThat(again).isEqualTo(Applied.REPEATED);
        assertThat(more).isEqualTo(Applied.tooFew(1));
        assertThat(crm().dump()).isEqualTo(before);
        assertThat(read(() -> store().taken(ACME, "ten", DAY))).isEqualTo(new CouponTaken(9, 0));
        assertThat(read(() -> store().batch(ACME, CouponId.of(5)))).contains(batch(5, 9));
    }

    @Test
    public final void co_12_13_a_batch_is_locked_and_written() {
        defined(ACME, template("ten", 1), "1");
        commit(() -> store().open(ACME, batch(5, 9), RequestKey.of("o"), BOOKED, take(9, 10)));
        var after = new CouponBatch(CouponId.of(5), "ten", false, 9, 4, true, T0, 2);
        try (var race = new Race();
                HostTransaction host = crm().begin()) {
            store().lockBatch(ACME, CouponId.of(5));
            Future<Optional<CouponBatch>> second =
                    race.start(() -> committed(() -> store().lockBatch(ACME, CouponId.of(5))));
            assertThat(Race.waits(second)).as("the second waits").isTrue();
            store().write(ACME, after);
            host.commit();

            assertThat(Race.result(second)).contains(after);
        }
    }

    @Test
    public final void co_22_23_24_too_few_leave_everything_as_it_was_and_the_rest_can_be_taken() {
        defined(ACME, template("ten", 1), "1");
        applied(added(ann, "a", take(3, 5), 1, 2, 3));
        CouponChange three = added(ann, "b", take(3, 5), 4, 5, 6);
        List<String> before = crm().dump();
        assertThat(applied(three)).isEqualTo(Applied.tooFew(2));
        assertThat(crm().dump()).isEqualTo(before);

        CouponChange two = added(ann, "b", take(2, 5), 4, 5);
        try (HostTransaction host = crm().begin()) {
            store().lockAll(ACME, List.of(ann));
            assertThat(store().apply(three)).isEqualTo(Applied.tooFew(2));
            assertThat(store().apply(two)).isEqualTo(Applied.WRITTEN);
            host.commit();
        }
        assertThat(read(() -> store().taken(ACME, "ten", null)).total()).isEqualTo(5);
        assertThat(read(() -> store().coupons(ACME, ann, false, null, 9))).hasSize(5);
        assertThat(read(() -> store().entries(ACME, ann, 0, 9))).hasSize(5);
    }

    @Test
    public final void co_22_a_day_that_is_full_takes_nothing_from_the_total() {
        defined(ACME, template("ten", 1), "1");
        var first = new CouponTake("ten", 2, 10, DAY, 2);
        var more = new CouponTake("ten", 1, 10, DAY, 2);
        var tomorrow = new CouponTake("ten", 1, 10, DAY + 1, 2);
        assertThat(applied(added(ann, "a", new CouponTake("ten", 3, 10, DAY, 2), 1, 2, 3)))
                .isEqualTo(Applied.tooFew(2));
        assertThat(applied(added(ann, "a", first, 1, 2))).isEqualTo(Applied.WRITTEN);
        assertThat(applied(added(ann, "b", more, 3))).isEqualTo(Applied.tooFew(0));
        assertThat(applied(added(ann, "c", tomorrow, 3))).isEqualTo(Applied.WRITTEN);

        assertThat(read(() -> store().taken(ACME, "ten", DAY))).isEqualTo(new CouponTaken(3, 2));
        assertThat(read(() -> store().taken(ACME, "ten", DAY + 1))).isEqualTo(new CouponTaken(3, 1));
    }

    @Test
    public final void co_22_who_takes_waits_for_who_took_and_gets_what_was_rolled_back() {
        defined(ACME, template("ten", 1), "1");
        CustomerId bea = crm().newCustomer(ACME);
        CouponChange anns = added(ann, "a", take(5, 5), 1, 2, 3, 4, 5);
        CouponChange beas = added(bea, "a", take(1, 5), 6);
        try (var race = new Race();
                HostTransaction host = crm().begin()) {
            store().lockAll(ACME, List.of(ann));
            store().apply(anns);
            Future<Applied> second = race.start(() -> applied(beas));
            assertThat(Race.waits(second)).as("the second waits").isTrue();
            host.rollback();

            assertThat(Race.result(second)).isEqualTo(Applied.WRITTEN);
        }
        assertThat(read(() -> store().taken(ACME, "ten", null)).total()).isEqualTo(1);
    }

    // --- codes

    @Test
    public final void co_14_15_30_codes_are_written_once() {
        List<String> first = hashes("h", 450);
        commit(() -> assertThat(store().addCodes(ACME, CouponId.of(5), first)).isEmpty());
        List<String> more = new ArrayList<>(hashes("i", 300));
        more.addAll(List.of("h7", "H7", "h449"));
        commit(() -> assertThat(store().addCodes(ACME, CouponId.of(6), more)).containsExactlyInAnyOrder("h7", "h449"));

        assertThat(read(() -> store().known(ACME, List.of("h7", "H7", "h999")))).containsExactlyInAnyOrder("h7", "H7");
        assertThat(read(() -> store().code(ACME, List.of("x", "h7"))))
                .contains(new CodeRow("h7", CouponId.of(5), null, null));
        assertThat(read(() -> store().code(ACME, List.of("i299"))).map(CodeRow::batch))
                .contains(CouponId.of(6));
        assertThat(read(() -> store().code(ACME, List.of("x")))).isEmpty();
    }

    @Test
    public final void co_14_who_writes_a_code_waits_for_who_wrote_it() {
        try (var race = new Race();
                HostTransaction host = crm().begin()) {
            store().addCodes(ACME, CouponId.of(5), List.of("h"));
            Future<Set<String>> second =
                    race.start(() -> committed(() -> store().addCodes(ACME, CouponId.of(6), List.of("h"))));
            assertThat(Race.waits(second)).as("the second waits").isTrue();
            host.rollback();

            assertThat(Race.result(second)).isEmpty();
        }
        assertThat(read(() -> store().code(ACME, List.of("h"))).map(CodeRow::batch))
                .contains(CouponId.of(6));
    }

    @Test
    public final void co_16_a_code_is_locked_and_given() {
        commit(() -> store().addCodes(ACME, CouponId.of(5), List.of("h")));
        CouponChange bound = added(ann, "c", null, 1);
        try (var race = new Race();
                HostTransaction host = crm().begin()) {
            store().lockAll(ACME, List.of(ann));
            store().lockCode(ACME, "h");
            Future<Optional<CodeRow>> second = race.start(() -> committed(() -> store().lockCode(ACME, "h")));
            assertThat(Race.waits(second)).as("the second waits").isTrue();
            store().apply(new CouponChange(
                    ACME, ann, bound.added(), List.of(), List.of(), bound.entries(), bound.booking(), null, "h"));
            host.commit();

            assertThat(Race.result(second)).contains(new CodeRow("h", CouponId.of(5), ann, CouponId.of(1)));
        }
    }

    // --- customers

    @Test
    public final void co_17_a_lock_that_waited_returns_what_the_holder_left() {
        CouponChange change = added(ann, "c", null, 1);
        try (var race = new Race();
                HostTransaction host = crm().begin()) {
            store().lockAll(ACME, List.of(ann));
            Future<Map<CustomerId, CouponHolder>> second =
                    race.start(() -> committed(() -> store().lockAll(ACME, List.of(ann, nobody()))));
            assertThat(Race.waits(second)).as("the second waits").isTrue();
            store().apply(change);
            host.commit();

            assertThat(Race.result(second)).containsOnlyKeys(ann);
            assertThat(Race.result(second).values())
                    .extracting(CouponHolder::lastSeq)
                    .containsExactly(1L);
        }
    }

    @Test
    public final void co_18_19_coupons_are_kept_as_they_were_given() {
        CustomerId bea = crm().newCustomer(ACME);
        CouponChange change = added(ann, "c", null, 1, 2, 3);
        applied(change);
        Instant until = T0.plusSeconds(9);
        Coupon first = change.added().get(0);
        Coupon locked = changed(first, CouponState.LOCKED, until, "🎟 order", null);
        Coupon given = changed(change.added().get(1), CouponState.TRANSFERRED, null, null, bea);
        applied(CouponChange.moved(ACME, ann, List.of(), List.of(locked, given), List.of(CouponId.of(3))));

        assertThat(read(() -> store().coupons(ACME, ann, false, null, 9))).containsExactly(locked, given);
        assertThat(read(() -> store().coupons(ACME, ann, true, null, 9))).containsExactly(locked);
        assertThat(read(() -> store().coupons(ACME, ann, false, CouponId.of(1), 9)))
                .containsExactly(given);
        assertThat(read(() -> store().coupons(ACME, ann, false, null, 1))).containsExactly(locked);
        assertThat(read(() -> store().find(ACME, ann, List.of(CouponId.of(2), CouponId.of(3)))))
                .containsOnly(Map.entry(CouponId.of(2), given));
        assertThat(read(() -> store().counts(ACME, "ten")))
                .containsOnly(Map.entry(CouponState.LOCKED, 1L), Map.entry(CouponState.TRANSFERRED, 1L));
    }

    private static Coupon changed(
            Coupon it,
            CouponState state,
            @Nullable Instant until,
            @Nullable String reference,
            @Nullable CustomerId other) {
        return new Coupon(
                it.id(),
                it.customer(),
                it.template(),
                state,
                CouponOrigin.TRANSFER,
                it.validFrom(),
                it.expiresAt(),
                until,
                reference,
                other,
                nobody(),
                it.obtainedAt(),
                it.version() + 1);
    }

    @Test
    public final void co_20_what_another_gave_does_not_count() {
        applied(added(ann, "c", null, 1, 2));
        CustomerId bea = crm().newCustomer(ACME);
        applied(added(bea, "c", null, 3));
        Coupon given = changed(coupon(ann, 2), CouponState.AVAILABLE, null, null, null);
        applied(CouponChange.moved(ACME, ann, List.of(), List.of(given), List.of()));

        assertThat(committed(() -> {
                    store().lockAll(ACME, List.of(ann));
                    return store().obtained(ACME, ann, "ten") * 10 + store().obtained(ACME, ann, "TEN");
                }))
                .isEqualTo(10);
    }

    @Test
    public final void co_21_23_a_key_that_is_booked_writes_nothing() {
        assertThat(applied(added(ann, "c", null, 1)).outcome()).isEqualTo(Outcome.WRITTEN);
        List<String> before = crm().dump();
        CouponChange again = added(ann, "c", null, 2);
        CouponChange other = added(ann, "d", null, 3);
        try (HostTransaction host = crm().begin()) {
            store().lockAll(ACME, List.of(ann));
            assertThat(store().apply(again)).isEqualTo(Applied.REPEATED);
            assertThat(store().coupons(ACME, ann, false, null, 9)).hasSize(1);
            assertThat(store().apply(other)).isEqualTo(Applied.WRITTEN);
            host.rollback();
        }
        assertThat(crm().dump()).isEqualTo(before);
        assertThat(committed(() -> crm().requests().find(ACME, ann, RequestKey.of("c"))))
                .contains(BOOKED);
    }

    @Test
    public final void co_24_each_entry_is_an_event_of_its_number() {
        applied(added(ann, "c", null, 1, 2));

        Claim everything = new Claim(null, 10_000, T0.plusSeconds(60), T0.plusSeconds(90));
        List<Claimed> claimed = committed(() -> crm().outbox().claim(ACME, everything));
        assertThat(claimed.stream()
                        .filter(it -> it.event().source().equals(CouponEvent.STREAM))
                        .map(it -> it.event().seq() + it.event().type()))
                .containsExactly("1coupon.claimed", "2coupon.claimed");
    }

    @Test
    public final void co_25_26_29_entries_are_in_order() {
        CouponChange change = added(ann, "c", null, 2, 1, 3);
        applied(change);
        List<CouponEntry> all = change.entries();

        assertThat(read(() -> store().entries(ACME, ann, 0, 9))).isEqualTo(all);
        assertThat(read(() -> store().entries(ACME, ann, 1, 1))).containsExactly(all.get(1));
        assertThat(read(() -> store().entriesOf(ACME, ann, CouponId.of(1)))).containsExactly(all.get(1));
        assertThat(read(() -> store().lastAt(ACME, List.of(ann, nobody()))))
                .containsOnly(Map.entry(ann, T0.plus(Duration.ofMillis(3))));
    }

    @Test
    public final void co_27_coupons_of_all_customers_are_counted() {
        applied(added(ann, "c", null, 1, 2));
        applied(added(crm().newCustomer(ACME), "c", null, 3));

        assertThat(read(() -> store().counts(ACME, "ten"))).containsOnly(Map.entry(CouponState.AVAILABLE, 3L));
        assertThat(read(() -> store().counts(ACME, "Ten"))).isEmpty();
    }

    @Test
    public final void co_28_rows_are_removed_coupons_first() {
        applied(added(ann, "c", null, 1, 2));
        assertThat(removed(3)).isEqualTo(3);
        assertThat(read(() -> store().coupons(ACME, ann, false, null, 9))).isEmpty();
        assertThat(read(() -> store().entries(ACME, ann, 0, 9))).hasSize(1);
        assertThat(removed(3)).isEqualTo(1);
        assertThat(removed(3)).isZero();
    }

    private int removed(int limit) {
        return committed(() -> {
            store().lockAll(ACME, List.of(ann));
            return store().remove(ACME, ann, limit);
        });
    }
}
