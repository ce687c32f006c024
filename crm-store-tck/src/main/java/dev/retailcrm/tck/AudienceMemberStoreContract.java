package dev.retailcrm.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retailcrm.audience.AudienceChanged;
import dev.retailcrm.audience.AudienceChoice;
import dev.retailcrm.audience.AudiencePick;
import dev.retailcrm.audience.AudienceRule;
import dev.retailcrm.audience.AudienceSnapshot;
import dev.retailcrm.audience.AudienceStay;
import dev.retailcrm.audience.StayReason;
import dev.retailcrm.audience.spi.AudienceChunk;
import dev.retailcrm.audience.spi.AudienceFile;
import dev.retailcrm.audience.spi.AudienceFileChange;
import dev.retailcrm.audience.spi.AudienceMemberStore;
import dev.retailcrm.audience.spi.AudienceQuestion;
import dev.retailcrm.audience.spi.AudienceRun;
import dev.retailcrm.audience.spi.AudienceState;
import dev.retailcrm.audience.spi.AudienceSwap;
import dev.retailcrm.audience.spi.AudienceTally;
import dev.retailcrm.core.customer.CustomerStatus;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.rule.AllOf;
import dev.retailcrm.core.rule.Condition;
import dev.retailcrm.core.rule.Rule;
import dev.retailcrm.core.rule.Rules;
import dev.retailcrm.core.spi.RequestStore.Booked;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The numbered rules of {@link AudienceMemberStore}. */
public abstract class AudienceMemberStoreContract extends AudienceFacade {
    private static final Condition EVERYBODY = new AllOf(List.of());
    private static final AudienceRule VIP = at(AudienceRule.list("vip", "VIP"), 5, 2);
    private static final int DRAWS = 60;

    private CustomerId bob = nobody();
    private CustomerId cid = nobody();
    private CustomerId dan = nobody();

    /** A contract. */
    protected AudienceMemberStoreContract() {}

    /** Four customers, ascending by id. */
    @BeforeEach
    public final void registerFour() {
        bob = crm().newCustomer(ACME);
        cid = crm().newCustomer(ACME);
        dan = crm().newCustomer(ACME);
        List<CustomerId> sorted = Stream.of(ann, bob, cid, dan).sorted().toList();
        first = sorted.get(0);
        bob = sorted.get(1);
        cid = sorted.get(2);
        dan = sorted.get(3);
    }

    private CustomerId first = nobody();

    private static AudienceRule at(AudienceRule audience, long number, long version) {
        return new AudienceRule(
                audience.key(),
                audience.name(),
                audience.kind(),
                audience.status(),
                audience.rule(),
                audience.every(),
                audience.excluded(),
                audience.limit(),
                audience.owner(),
                audience.description(),
                number,
                version);
    }

    private AudienceMemberStore store() {
        return crm().audienceMembers();
    }

    private AudienceQuestion question(AudienceQuestion.Basis basis, Condition rule, @Nullable Integer limit) {
        return question(ACME, basis, rule, limit, Set.of());
    }

    private AudienceQuestion question(
            TenantId tenant,
            AudienceQuestion.Basis basis,
            Condition rule,
            @Nullable Integer limit,
            Set<String> excluded) {
        var ready = rules(ACME).compile(Rule.of(rule));
        return committed(
                () -> new AudienceQuestion(tenant, "vip", basis, rules(ACME).query(ready, now()), 1, excluded, limit));
    }

    private AudienceQuestion listed() {
        return question(AudienceQuestion.Basis.LISTED, EVERYBODY, null);
    }

    private AudienceFileChange change(CustomerId customer, List<AudienceStay> stays, AudiencePick... picks) {
        return new AudienceFileChange(ACME, customer, stays, List.of(picks), Map.of(), Set.of(), List.of(), null);
    }

    private void apply(AudienceFileChange change) {
        commit(() -> {
            store().lockAll(ACME, List.of(change.customer()));
            assertThat(store().apply(change)).isTrue();
        });
    }

    private static AudiencePick pick(@Nullable AudienceChoice choice, long listing) {
        return new AudiencePick("vip", choice, listing, 0, null);
    }

    private void list(CustomerId... customers) {
        for (CustomerId each : customers) {
            apply(change(each, List.of(), pick(null, 1)));
        }
    }

    private AudienceStay stay(long number, Instant from) {
        return new AudienceStay("vip", number, from, StayReason.LISTED, 2, null);
    }

    private AudienceTally computed(AudienceQuestion question, long generation) {
        return committed(() -> {
            store().lock(ACME, "vip");
            assertThat(store().draft(question, null, 100).place()).isNull();
            return store().swap(new AudienceSwap(ACME, VIP, generation, now()));
        });
    }

    private List<CustomerId> in() {
        return committed(() -> store().members(ACME, "vip", null, null, 100));
    }

    private AudienceFile file(CustomerId customer) {
        return committed(() -> store().find(ACME, customer)).orElseThrow();
    }

    private AudienceStay stayOf(CustomerId customer) {
        return present(file(customer).stays().get("vip"));
    }

    private AudienceStay.End end(CustomerId customer) {
        return present(stayOf(customer).end());
    }

    @Test
    public final void am_1_nothing_of_another_tenant_is_found_or_changed() {
        list(first, bob);
        computed(listed(), 1);
        var snapshot = new AudienceSnapshot("may", Rule.of(EVERYBODY), now(), 0);
        commit(() -> store().freeze(ACME, snapshot, listed().rule()));
        AudienceQuestion theirs = question(ZENITH, AudienceQuestion.Basis.LISTED, EVERYBODY, null, Set.of());
        commit(() -> {
            assertThat(store().states(ZENITH)).isEmpty();
            assertThat(store().lock(ZENITH, "vip")).isEqualTo(AudienceState.none("vip"));
            assertThat(store().draft(theirs, null, 9)).isEqualTo(new AudienceChunk(0, null));
            assertThat(store().swap(new AudienceSwap(ZENITH, VIP, 2, now())).isNothing())
                    .isTrue();
            assertThat(store().impact(theirs).isNothing()).isTrue();
            assertThat(store().belonging(theirs, List.of(first))).isEmpty();
            assertThat(store().members(ZENITH, "vip", null, null, 9)).isEmpty();
            assertThat(store().count(ZENITH, "vip", null)).isZero();
            assertThat(store().find(ZENITH, first)).isEmpty();
            assertThat(store().lockAll(ZENITH, List.of(first))).isEmpty();
            assertThat(store().stays(ZENITH, first, null, 9)).isEmpty();
            assertThat(store().snapshots(ZENITH)).isEmpty();
            assertThat(store().frozen(ZENITH, "may", null, 9)).isEmpty();
            store().thaw(ZENITH, "may");
        });
        assertThat(in()).containsExactly(first, bob);
        assertThat(committed(() -> store().frozen(ACME, "may", null, 9))).hasSize(4);
    }

    @Test
    public final void am_2_a_transaction_sees_what_it_wrote_and_others_do_not() {
        list(first);
        rolledBack(() -> {
            store().lock(ACME, "vip");
            store().draft(listed(), null, 100);
            store().swap(new AudienceSwap(ACME, VIP, 1, now()));
            store().write(ACME, AudienceState.none("vip").running(AudienceRun.of(1, T0)));
            assertThat(store().members(ACME, "vip", null, null, 9)).containsExactly(first);
            assertThat(store().states(ACME)).hasSize(1);
        });
        assertThat(in()).isEmpty();
        assertThat(told(first)).isEmpty();
        assertThat(computed(listed(), 1)).isEqualTo(new AudienceTally(1, 0));
    }

    @Test
    public final void am_3_who_locks_a_state_waits_and_sees_what_was_left() {
        AudienceState running = AudienceState.none("vip").running(AudienceRun.of(3, T0));
        try (var race = new Race();
                HostTransaction host = crm().begin()) {
            assertThat(store().lock(ACME, "vip")).isEqualTo(AudienceState.none("vip"));
            store().write(ACME, running);
            Future<AudienceState> other = race.start(() -> committed(() -> store().lock(ACME, "vip")));
            assertThat(Race.waits(other)).as("who locks waits").isTrue();
            committed(() -> store().lock(ACME, "other"));
            host.commit();
            assertThat(Race.result(other)).isEqualTo(running);
        }
    }

    @Test
    public final void am_4_and_am_5_states_are_kept_as_they_were_given() {
        var done = new AudienceState("b", 7, 3, T0, 2, 5, "CRM-CORE-441", null);
        var open = AudienceState.none("a")
                .uploading()
                .running(AudienceRun.of(9, T0.plusMillis(1)).at(bob, 12));
        commit(() -> {
            for (AudienceState each : List.of(done, open)) {
                store().lock(ACME, each.audience());
                store().write(ACME, each);
            }
        });
        assertThat(committed(() -> store().states(ACME))).containsExactly(open, done);
        assertThat(committed(() -> store().lock(ACME, "a"))).isEqualTo(open);
    }

    @Test
    public final void am_24_what_is_being_computed_or_has_a_list_that_counts_is_pending() {
        var idle = new AudienceState("idle", 7, 3, T0, 0, 5, null, null);
        var computing = AudienceState.none("computing").running(AudienceRun.of(9, T0));
        var counting = AudienceState.none("counting").uploading().uploaded();
        commit(() -> {
            for (AudienceState each : List.of(computing, counting, idle)) {
                store().lock(ACME, each.audience());
                store().write(ACME, each);
            }
        });
        assertThat(committed(() -> store().pending(ACME))).containsExactly(computing, counting);
        assertThat(committed(() -> store().pending(ZENITH))).isEmpty();
    }

    @Test
    public final void am_25_of_those_who_are_held_the_last_stays_and_what_was_said_are_found() {
        AudienceStay past = new AudienceStay(
                "vip", 1, T0, StayReason.LISTED, 2, new AudienceStay.End(T0.plusMillis(1), StayReason.EXCLUDED, 2));
        apply(change(first, List.of(stay(1, T0)), pick(AudienceChoice.IN, 3)));
        apply(change(first, List.of(past), pick(AudienceChoice.IN, 3)));
        apply(change(first, List.of(stay(2, now())), pick(AudienceChoice.IN, 3)));
        apply(change(bob, List.of(stay(1, T0)), pick(null, 0)));
        apply(change(bob, List.of(past), pick(null, 0)));

        Map<CustomerId, AudienceFile> held = committed(() -> {
            store().lockAll(ACME, List.of(first, bob, cid));
            return store().held(ACME, List.of(first, bob, cid, nobody()));
        });

        assertThat(held).containsOnlyKeys(first, bob, cid);
        for (CustomerId each : List.of(first, bob, cid)) {
            assertThat(held)
                    .containsEntry(
                            each, committed(() -> store().find(ACME, each)).orElseThrow());
        }
        assertThat(present(held.get(first)).stays()).containsEntry("vip", stay(2, now()));
        assertThat(present(held.get(bob)).stays()).containsEntry("vip", past);
        assertThat(committed(() -> store().held(ZENITH, List.of(first)))).isEmpty();
    }

    @Test
    public final void am_6_exactly_those_who_differ_are_kept_aside_of_each_step() {
        CustomerId restricted = crm().newCustomer(ACME);
        list(first, bob, cid, restricted);
        computed(listed(), 1);
        customers().changeStatus(restricted, CustomerStatus.RESTRICTED, key());
        apply(change(first, List.of(), pick(null, 0)));
        apply(change(bob, List.of(), pick(AudienceChoice.OUT, 1)));
        apply(change(dan, List.of(), pick(AudienceChoice.IN, 0)));
        Set<CustomerId> seen = new TreeSet<>();
        Optional<CustomerId> place = Optional.empty();
        do {
            CustomerId after = place.orElse(null);
            place = committed(() -> {
                store().lock(ACME, "vip");
                AudienceChunk chunk = store().draft(listed(), after, 2);
                assertThat(chunk.evaluated()).isBetween(0L, 2L);
                return Optional.ofNullable(chunk.place());
            });
            assertThat(place.isEmpty() || seen.add(place.get())).isTrue();
        } while (place.isPresent());
        assertThat(in()).containsExactly(first, bob, cid);
        commit(() -> {
            store().lock(ACME, "vip");
            assertThat(store().swap(new AudienceSwap(ACME, VIP, 2, now()))).isEqualTo(new AudienceTally(1, 2));
        });
        assertThat(in()).containsExactly(cid, dan);
        assertThat(file(restricted).isIn("vip")).isTrue();
        assertThat(end(bob).reason()).isEqualTo(StayReason.EXCLUDED);
        assertThat(stayOf(dan).reason()).isEqualTo(StayReason.INCLUDED);
    }

    @Test
    public final void am_6_and_am_12_stores_and_memory_choose_the_same() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        List<CustomerId> all = new ArrayList<>(List.of(first, bob, cid, dan));
        for (int i = 0; i < 12; i++) {
            all.add(crm().newCustomer(ACME));
        }
        list(all.get(4), all.get(5));
        AudienceStay other = new AudienceStay("other", 1, now(), StayReason.RULE, 1, null);
        apply(change(all.get(6), List.of(other)));
        apply(change(first, List.of(other)));
        for (int draw = 0; draw < DRAWS; draw++) {
            CustomerId one = all.get(random.nextInt(all.size()));
            AudienceChoice choice =
                    random.nextInt(3) == 0 ? null : random.nextBoolean() ? AudienceChoice.IN : AudienceChoice.OUT;
            apply(change(one, List.of(), pick(choice, random.nextInt(2))));
            Integer limit = random.nextBoolean() ? null : 1 + random.nextInt(8);
            Set<String> excluded = random.nextBoolean() ? Set.of() : Set.of("other");
            AudienceQuestion.Basis basis =
                    random.nextBoolean() ? AudienceQuestion.Basis.LISTED : AudienceQuestion.Basis.RULE;
            AudienceQuestion asked = question(ACME, basis, EVERYBODY, limit, excluded);
            Set<CustomerId> expected = chosen(all, asked);
            assertThat(committed(() -> store().belonging(asked, all)))
                    .as("seed %d draw %d", seed, draw)
                    .isEqualTo(expected);
            AudienceTally impact = committed(() -> store().impact(asked));
            assertThat(computed(asked, draw + 1))
                    .as("seed %d draw %d", seed, draw)
                    .isEqualTo(impact);
            assertThat(new TreeSet<>(in())).as("seed %d draw %d", seed, draw).isEqualTo(expected);
        }
    }

    /** By nothing but what was said. */
    private Set<CustomerId> chosen(List<CustomerId> all, AudienceQuestion asked) {
        List<CustomerId> by = new ArrayList<>();
        List<CustomerId> included = new ArrayList<>();
        for (CustomerId each : all) {
            AudiencePick said = file(each).picks().getOrDefault("vip", pick(null, 0));
            boolean decided = asked.basis() == AudienceQuestion.Basis.RULE || said.listing() == 1;
            boolean excluded = !asked.excluded().isEmpty() && file(each).isIn("other");
            if (said.choice() == AudienceChoice.IN) {
                included.add(each);
            } else if (said.choice() == null && decided && !excluded) {
                by.add(each);
            }
        }
        included.sort(Comparator.comparing(asked::rank));
        by.sort(Comparator.comparing(asked::rank));
        Integer limit = asked.limit();
        int most = limit == null ? all.size() : Math.max(limit, included.size());
        included.addAll(by);
        return new TreeSet<>(included.subList(0, Math.min(most, included.size())));
    }

    @Test
    public final void am_7_what_is_kept_aside_of_some_is_found_anew() {
        list(first, bob);
        commit(() -> {
            store().lock(ACME, "vip");
            store().draft(listed(), null, 100);
        });
        apply(change(first, List.of(), pick(null, 0)));
        apply(change(bob, List.of(), pick(null, 0)));
        list(cid, dan);
        commit(() -> {
            store().lock(ACME, "vip");
            store().redraft(listed(), Set.of(first, cid));
            store().swap(new AudienceSwap(ACME, VIP, 1, now()));
        });
        assertThat(in()).containsExactly(bob, cid);
    }

    @Test
    public final void am_8_what_was_said_since_counts_and_each_is_told_once() {
        list(first, bob, cid);
        computed(listed(), 1);
        Instant later = now().plusSeconds(5);
        crm().clock().set(later);
        apply(change(first, List.of(), pick(null, 0)));
        apply(change(bob, List.of(), pick(null, 0)));
        list(dan);
        CustomerId eve = crm().newCustomer(ACME);
        list(eve);
        commit(() -> {
            store().lock(ACME, "vip");
            store().draft(listed(), null, 100);
        });
        apply(change(bob, List.of(), pick(AudienceChoice.IN, 0)));
        apply(change(dan, List.of(), pick(AudienceChoice.OUT, 1)));
        customers().changeStatus(eve, CustomerStatus.RESTRICTED, key());
        commit(() -> {
            store().lock(ACME, "vip");
            assertThat(store().swap(new AudienceSwap(ACME, VIP, 2, later))).isEqualTo(new AudienceTally(0, 1));
            assertThat(store().swap(new AudienceSwap(ACME, VIP, 3, later)).isNothing())
                    .isTrue();
        });
        assertThat(in()).containsExactly(bob, cid);
        assertThat(told(first)).containsExactly("1 entered vip LISTED", "2 left vip LISTED");
        assertThat(told(bob)).containsExactly("1 entered vip LISTED");
        assertThat(told(eve)).isEmpty();
        AudienceStay hers = stayOf(first);
        assertThat(end(first).at()).isEqualTo(later);
        assertThat(hers.version()).isEqualTo(2);
    }

    @Test
    public final void am_8_a_swap_waits_for_who_holds_a_customer() {
        list(first);
        commit(() -> {
            store().lock(ACME, "vip");
            store().draft(listed(), null, 100);
        });
        try (var race = new Race();
                HostTransaction host = crm().begin()) {
            store().lockAll(ACME, List.of(first));
            store().apply(change(first, List.of(stay(1, now()))));
            Future<AudienceTally> swap = race.start(() -> committed(() -> {
                store().lock(ACME, "vip");
                return store().swap(new AudienceSwap(ACME, VIP, 1, now()));
            }));
            assertThat(Race.waits(swap)).as("the swap waits").isTrue();
            host.commit();
            assertThat(Race.result(swap)).isEqualTo(new AudienceTally(0, 0));
        }
        assertThat(in()).containsExactly(first);
    }

    @Test
    public final void am_9_what_is_forgotten_is_not_swapped_in() {
        list(first);
        commit(() -> {
            store().lock(ACME, "vip");
            store().draft(listed(), null, 100);
            store().discard(ACME, "vip");
            assertThat(store().swap(new AudienceSwap(ACME, VIP, 1, now())).isNothing())
                    .isTrue();
        });
        assertThat(in()).isEmpty();
    }

    @Test
    public final void am_10_and_am_11_who_would_come_and_go_is_told_and_nothing_written() {
        list(first, bob);
        computed(listed(), 1);
        apply(change(first, List.of(), pick(null, 0)));
        list(cid, dan);
        List<String> before = crm().dump();
        commit(() -> {
            assertThat(store().impact(listed())).isEqualTo(new AudienceTally(2, 1));
            assertThat(store().differing(listed(), true, null, 1)).containsExactly(cid);
            assertThat(store().differing(listed(), true, cid, 9)).containsExactly(dan);
            assertThat(store().differing(listed(), false, null, 9)).containsExactly(first);
            assertThat(store().differing(listed(), false, first, 9)).isEmpty();
        });
        assertThat(crm().dump()).isEqualTo(before);
        AudienceQuestion archived = question(AudienceQuestion.Basis.ARCHIVED, EVERYBODY, null);
        assertThat(committed(() -> store().impact(archived))).isEqualTo(new AudienceTally(0, 2));
    }

    @Test
    public final void am_13_who_locks_customers_waits_and_sees_what_was_left() {
        try (var race = new Race();
                HostTransaction host = crm().begin()) {
            Map<CustomerId, AudienceFile> both = store().lockAll(ACME, List.of(bob, first, nobody()));
            assertThat(both).containsOnlyKeys(first, bob);
            store().apply(change(first, List.of(stay(1, now())), pick(AudienceChoice.IN, 0)));
            Future<Map<CustomerId, AudienceFile>> other =
                    race.start(() -> committed(() -> store().lockAll(ACME, List.of(first))));
            assertThat(Race.waits(other)).as("who locks waits").isTrue();
            host.commit();
            AudienceFile seen = present(Race.result(other).get(first));
            assertThat(seen.stays()).containsEntry("vip", stay(1, now()));
            assertThat(seen.picks()).containsEntry("vip", pick(AudienceChoice.IN, 0));
        }
    }

    @Test
    public final void am_14_a_key_is_booked_once_and_everything_kept_as_given() {
        RequestKey request = RequestKey.of("once");
        AudienceStay begun = stay(1, now());
        var booking = new AudienceFileChange.Booking(request, new Booked(4, "audience#true"));
        var change = new AudienceFileChange(
                ACME,
                first,
                List.of(begun),
                List.of(new AudiencePick("vip", AudienceChoice.IN, 3, 4, bob)),
                Map.of("may", Optional.of(cid), "June", Optional.empty()),
                Set.of(),
                List.of(AudienceChanged.envelope(ACME, first, VIP, 1, true, StayReason.INCLUDED, now())),
                booking);
        apply(change);
        AudienceStay ended = new AudienceStay(
                "vip",
                1,
                begun.from(),
                begun.reason(),
                begun.version(),
                new AudienceStay.End(now().plusMillis(1), StayReason.MERGED, 3));
        var again = new AudienceFileChange(
                ACME, first, List.of(ended), List.of(), Map.of(), Set.of("may"), List.of(), booking);
        commit(() -> {
            store().lockAll(ACME, List.of(first));
            assertThat(store().apply(again)).isFalse();
        });
        assertThat(file(first).stays()).containsEntry("vip", begun);
        assertThat(file(first).picks()).containsEntry("vip", new AudiencePick("vip", AudienceChoice.IN, 3, 4, bob));
        assertThat(file(first).frozen()).containsEntry("may", Optional.of(cid)).containsEntry("June", Optional.empty());
        assertThat(told(first)).containsExactly("1 entered vip INCLUDED");
        apply(new AudienceFileChange(
                ACME, first, List.of(ended), List.of(pick(null, 0)), Map.of(), Set.of("may"), List.of(), null));
        assertThat(file(first).stays()).containsEntry("vip", ended);
        assertThat(file(first).picks()).isEmpty();
        assertThat(file(first).frozen()).containsOnlyKeys("June");
    }

    @Test
    public final void am_15_changes_of_many_are_written_together() {
        commit(() -> {
            store().lockAll(ACME, List.of(first, bob, cid));
            store().applyAll(List.of());
            store().applyAll(List.of(
                    change(first, List.of(stay(1, now()))),
                    change(bob, List.of(), pick(AudienceChoice.OUT, 0)),
                    change(cid, List.of(), pick(null, 0))));
        });
        assertThat(in()).containsExactly(first);
        assertThat(file(bob).picks()).hasSize(1);
        assertThat(file(cid).picks()).isEmpty();
    }

    @Test
    public final void am_16_and_am_17_members_are_found_at_any_instant() {
        Instant start = now();
        list(first, bob, cid);
        computed(listed(), 1);
        crm().clock().set(start.plus(Duration.ofHours(1)));
        apply(change(bob, List.of(), pick(null, 0)));
        computed(listed(), 2);
        Instant end = now();
        commit(() -> {
            assertThat(store().members(ACME, "vip", null, null, 1)).containsExactly(first);
            assertThat(store().members(ACME, "vip", null, first, 9)).containsExactly(cid);
            assertThat(store().members(ACME, "vip", start, null, 9)).containsExactly(first, bob, cid);
            assertThat(store().members(ACME, "vip", end.minusMillis(1), bob, 9)).containsExactly(cid);
            assertThat(store().members(ACME, "vip", end, null, 9)).containsExactly(first, cid);
            assertThat(store().members(ACME, "vip", start.minusMillis(1), null, 9))
                    .isEmpty();
            assertThat(store().count(ACME, "vip", null)).isEqualTo(2);
            assertThat(store().count(ACME, "vip", start)).isEqualTo(3);
            assertThat(store().count(ACME, "VIP", null)).isZero();
        });
        customers().changeStatus(first, CustomerStatus.RESTRICTED, key());
        assertThat(in()).containsExactly(cid);
        assertThat(committed(() -> store().count(ACME, "vip", start))).isEqualTo(2);
    }

    @Test
    public final void am_18_stays_come_by_audience_and_number() {
        AudienceStay before = new AudienceStay("a", 1, now(), StayReason.RULE, 1, null);
        AudienceStay over = new AudienceStay(
                "vip", 1, now(), StayReason.LISTED, 2, new AudienceStay.End(now(), StayReason.RULE, 2));
        apply(change(first, List.of(before, stay(1, now()))));
        apply(change(first, List.of(over)));
        apply(change(first, List.of(stay(2, now()))));
        commit(() -> {
            assertThat(store().stays(ACME, first, null, 9)).containsExactly(before, over, stay(2, now()));
            assertThat(store().stays(ACME, first, before, 1)).containsExactly(over);
            assertThat(store().stays(ACME, first, over, 9)).containsExactly(stay(2, now()));
            assertThat(store().stays(ACME, bob, null, 9)).isEmpty();
        });
    }

    @Test
    public final void am_19_to_am_22_snapshots_are_frozen_and_deleted() {
        customers().changeStatus(dan, CustomerStatus.RESTRICTED, key());
        var all = new AudienceSnapshot("may", Rule.of(EVERYBODY), now(), 0);
        var none = new AudienceSnapshot("June", Rule.of(Rules.field("status").missing()), now(), 0);
        var nothing = question(AudienceQuestion.Basis.RULE, none.rule().condition(), null);
        commit(() -> {
            assertThat(store().freeze(ACME, all, listed().rule())).isEqualTo(all.of(3));
            assertThat(store().freeze(ACME, none, nothing.rule())).isEqualTo(none);
        });
        commit(() -> {
            assertThat(store().snapshots(ACME)).containsExactly(none, all.of(3));
            assertThat(store().frozen(ACME, "may", null, 2)).containsExactly(first, bob);
            assertThat(store().frozen(ACME, "may", bob, 2)).containsExactly(cid);
            assertThat(store().frozen(ACME, "June", null, 2)).isEmpty();
        });
        customers().changeStatus(bob, CustomerStatus.RESTRICTED, key());
        assertThat(committed(() -> store().frozen(ACME, "may", null, 9))).containsExactly(first, cid);
        commit(() -> store().thaw(ACME, "may"));
        assertThat(committed(() -> store().snapshots(ACME))).containsExactly(none);
        assertThat(file(first).frozen()).isEmpty();
    }

    @Test
    public final void am_23_rows_of_a_customer_are_deleted_a_few_at_a_time() {
        apply(new AudienceFileChange(
                ACME,
                first,
                List.of(stay(1, now()), new AudienceStay("b", 1, now(), StayReason.RULE, 1, null)),
                List.of(pick(AudienceChoice.IN, 0)),
                Map.of("may", Optional.empty()),
                Set.of(),
                List.of(),
                null));
        apply(change(bob, List.of(stay(1, now()))));
        int rows = 0;
        for (int i = 0; i < 5; i++) {
            int removed = committed(() -> {
                store().lockAll(ACME, List.of(first));
                return store().remove(ACME, first, 1);
            });
            assertThat(removed).isEqualTo(i < 4 ? 1 : 0);
            rows += removed;
        }
        assertThat(rows).isEqualTo(4);
        assertThat(file(first).stays()).isEmpty();
        assertThat(file(first).picks()).isEmpty();
        assertThat(file(first).frozen()).isEmpty();
        assertThat(file(bob).isIn("vip")).isTrue();
    }
}
