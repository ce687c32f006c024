package dev.retailcrm.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retailcrm.core.customer.CustomerStatus;
import dev.retailcrm.core.event.EventEnvelope;
import dev.retailcrm.core.field.FieldValue;
import dev.retailcrm.core.history.Actor;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.kernel.StaffId;
import dev.retailcrm.core.kernel.StoreId;
import dev.retailcrm.core.spi.OutboxStore.Claim;
import dev.retailcrm.core.spi.RequestStore.Booked;
import dev.retailcrm.tags.TagAct;
import dev.retailcrm.tags.TagCatalog;
import dev.retailcrm.tags.TagChanged;
import dev.retailcrm.tags.TagDefinition;
import dev.retailcrm.tags.TagEntry;
import dev.retailcrm.tags.TagMark;
import dev.retailcrm.tags.TagSource;
import dev.retailcrm.tags.TagText;
import dev.retailcrm.tags.spi.TagChange;
import dev.retailcrm.tags.spi.TagChange.Booking;
import dev.retailcrm.tags.spi.TagDefinitionChange;
import dev.retailcrm.tags.spi.TagItem;
import dev.retailcrm.tags.spi.TagSnapshot;
import dev.retailcrm.tags.spi.TagStore;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The rules of {@link TagStore}. */
public abstract class TagStoreContract extends StoreContract {
    private static final Actor KIM = Actor.staff(StaffId.of("kim"));
    private static final Instant END = T0.plusSeconds(60);

    private CustomerId ann = nobody();
    private CustomerId bob = nobody();

    /** A contract. */
    protected TagStoreContract() {}

    /** Registers two customers of one tenant. */
    @BeforeEach
    public final void registerTwo() {
        List<CustomerId> two =
                Stream.generate(() -> crm().newCustomer(ACME)).limit(2).sorted().toList();
        ann = two.get(0);
        bob = two.get(1);
    }

    private TagStore store() {
        return crm().tags();
    }

    // --- TG definitions

    @Test
    public final void tg_1_nothing_of_another_tenant_is_found() {
        define("vip", 1, "k");

        assertThat(store().catalog(ZENITH)).isEqualTo(TagCatalog.empty());
        assertThat(committed(() -> store().lockDefinitions(ZENITH)).items()).isEmpty();
        assertThat(store().booked(ZENITH, RequestKey.of("k"))).isEmpty();
    }

    @Test
    public final void tg_2_a_transaction_sees_what_it_wrote_and_others_do_not() {
        try (var race = new Race();
                HostTransaction host = crm().begin()) {
            define("vip", 1, "k");

            assertThat(store().catalog(ACME).tags()).containsOnlyKeys("vip");
            assertThat(Race.result(race.start(() -> store().catalog(ACME).items())))
                    .isEmpty();
            host.rollback();
        }
        assertThat(store().catalog(ACME).items()).isEmpty();
    }

    @Test
    public final void tg_3_what_another_committed_is_seen_at_once() {
        define("vip", 1, "k1");
        assertThat(store().catalog(ACME).tags()).containsOnlyKeys("vip");

        define("vip", 2, "k2");
        define("gold", 1, "k3");

        assertThat(store().catalog(ACME).tags()).containsOnlyKeys("gold", "vip");
        assertThat(store().catalog(ACME).tags().get("vip"))
                .extracting(TagDefinition::version)
                .isEqualTo(2L);
    }

    @Test
    public final void tg_4_a_second_definition_waits_and_sees_the_first_and_who_tags_does_not_wait() {
        try (var race = new Race();
                HostTransaction host = crm().begin()) {
            store().lockDefinitions(ACME);
            Future<List<TagItem>> second = race.start(
                    () -> committed(() -> store().lockDefinitions(ACME)).items());
            assertThat(Race.waits(second)).as("the second waits").isTrue();
            Future<Boolean> tagged = race.start(() -> assign(ann, "vip", "k"));
            assertThat(Race.result(tagged)).isTrue();

            define("vip", 1, "k");
            host.commit();

            assertThat(Race.result(second)).extracting(TagItem::key).containsExactly("vip");
        }
    }

    @Test
    public final void tg_5_tg_6_definition_and_key_are_kept_together_or_not_at_all() {
        List<String> before = crm().dump();
        rolledBack(() -> define("vip", 1, "k"));
        assertThat(crm().dump()).isEqualTo(before);

        define("vip", 1, "k");

        assertThat(store().booked(ACME, RequestKey.of("k"))).contains(new Booked(7, "vip"));
        assertThat(store().booked(ACME, RequestKey.of("K"))).isEmpty();
    }

    @Test
    public final void tg_7_definitions_are_kept_as_they_were_given_and_deleted_by_kind_and_key() {
        var odd = new TagItem(
                TagItem.Kind.TEMPLATE,
                "K '\"%_\\",
                3,
                "{\"key\":\"K\",\"name\":\"N\",\"scene\":\"S\",\"more\":\"" + "大😀".repeat(9_000) + "\"}");
        var same = new TagItem(TagItem.Kind.GROUP, "vip", 1, "{\"key\":\"vip\",\"name\":\"V\",\"version\":1}");
        TagItem vip = define("vip", 1, "k1");
        write(List.of(odd, same), List.of(), "k2");
        assertThat(store().catalog(ACME).items()).containsExactlyInAnyOrder(odd, same, vip);

        write(List.of(), List.of(vip), "k3");

        assertThat(store().catalog(ACME).items()).containsExactlyInAnyOrder(odd, same);
    }

    // --- TA-1, TA-2 who sees what

    @Test
    public final void ta_1_nothing_of_another_tenant_is_found() {
        put(ann, mark("vip", T0, END), "k");

        assertThat(committed(() -> store().lockAll(ZENITH, List.of(ann)))).isEmpty();
        assertThat(store().marks(ZENITH, List.of(ann))).isEmpty();
        assertThat(store().entries(ZENITH, ann, 0, 10)).isEmpty();
        assertThat(store().holders(ZENITH, Set.of("vip"), T0, null, 10)).isEmpty();
        assertThat(store().marked(ZENITH, "vip", null, 10)).isEmpty();
        assertThat(store().over(ZENITH, END, 10)).isEmpty();
        assertThat(store().count(ZENITH, Set.of("vip"), T0)).isZero();
        assertThat(store().counts(ZENITH, T0)).isEmpty();
        assertThat(committed(() -> store().lockTag(ZENITH, "vip", T0))).isZero();
    }

    @Test
    public final void ta_2_a_transaction_sees_what_it_wrote_and_others_do_not() {
        try (var race = new Race();
                HostTransaction host = crm().begin()) {
            assign(ann, "vip", "k");

            assertThat(store().marks(ACME, List.of(ann))).hasSize(1);
            assertThat(count("vip", T0)).isEqualTo(1);
            assertThat(Race.result(race.start(() -> store().marks(ACME, List.of(ann)))))
                    .isEmpty();
            assertThat(Race.result(race.start(() -> count("vip", T0)))).isZero();
            host.rollback();
        }
        assertThat(count("vip", T0)).isZero();
    }

    // --- TA-3 lock

    @Test
    public final void ta_3_locks_return_status_marks_and_the_last_entry_and_leave_out_the_unknown() {
        put(ann, mark("vip", T0, null), "k1");
        put(ann, mark("gold", T0.plusSeconds(5), END), "k2");
        put(ann, null, "vip", "k3");
        eraseRecord(bob);

        var found = committed(() -> store().lockAll(ACME, List.of(bob, nobody(), ann)));

        assertThat(found).containsOnlyKeys(ann, bob);
        assertThat(found.get(ann))
                .isEqualTo(new TagSnapshot(
                        ACME,
                        ann,
                        CustomerStatus.ACTIVE,
                        null,
                        3,
                        T0.plusSeconds(5),
                        Map.of("gold", mark("gold", T0.plusSeconds(5), END))));
        assertThat(found.get(bob)).isEqualTo(TagSnapshot.none(ACME, bob, CustomerStatus.ERASED));
    }

    @Test
    public final void ta_3_a_lock_that_waited_returns_what_the_holder_left() {
        assign(ann, "vip", "k1");
        try (var race = new Race();
                HostTransaction host = crm().begin()) {
            store().lockAll(ACME, List.of(ann));
            Future<Map<CustomerId, TagSnapshot>> second = race.start(() -> committed(() -> {
                store().marks(ACME, List.of(ann));
                return store().lockAll(ACME, List.of(ann, bob));
            }));
            assertThat(Race.waits(second)).as("the second waits").isTrue();

            assign(ann, "gold", "k2");
            host.commit();

            TagSnapshot seen = Objects.requireNonNull(Race.result(second).get(ann));
            assertThat(seen.marks()).containsOnlyKeys("gold", "vip");
            assertThat(seen.lastSeq()).isEqualTo(2);
        }
    }

    @Test
    public final void ta_18_of_who_is_locked_all_is_found_as_this_transaction_left_it() {
        put(ann, mark("vip", T0, null), "k1");
        put(ann, null, "vip", "k2");
        eraseRecord(bob);
        try (HostTransaction host = crm().begin()) {
            store().lockAll(ACME, List.of(ann, bob));
            put(ann, mark("gold", T0.plusSeconds(5), END), "k3");

            var found = store().held(ACME, List.of(bob, nobody(), ann));

            assertThat(found).isEqualTo(store().lockAll(ACME, List.of(ann, bob)));
            assertThat(found).containsOnlyKeys(ann, bob);
            assertThat(found.get(ann))
                    .isEqualTo(new TagSnapshot(
                            ACME,
                            ann,
                            CustomerStatus.ACTIVE,
                            null,
                            3,
                            T0.plusSeconds(5),
                            Map.of("gold", mark("gold", T0.plusSeconds(5), END))));
            assertThat(store().held(ZENITH, List.of(ann))).isEmpty();
            host.rollback();
        }
    }

    @Test
    public final void ta_3_customers_tagged_at_once_do_not_wait_for_each_other() {
        try (var race = new Race();
                HostTransaction host = crm().begin()) {
            assign(ann, "vip", "k");
            assertThat(Race.result(race.start(() -> assign(bob, "vip", "k")))).isTrue();
            host.commit();
        }
        assertThat(count("vip", T0)).isEqualTo(2);
    }

    // --- TA-4, TA-5, TA-6, TA-7 apply

    @Test
    public final void ta_4_a_key_booked_for_the_customer_writes_nothing_and_harms_nothing() {
        assign(ann, "vip", "k");
        List<String> before = crm().dump();
        try (HostTransaction host = crm().begin()) {
            assertThat(assign(ann, "gold", "k")).isFalse();
            assertThat(assign(bob, "gold", "k")).isTrue();
            host.rollback();
        }
        assertThat(crm().dump()).isEqualTo(before);
    }

    @Test
    public final void ta_5_tags_entries_key_and_event_are_kept_together_or_not_at_all() {
        List<String> before = crm().dump();
        rolledBack(() -> assign(ann, "vip", "k"));
        assertThat(crm().dump()).isEqualTo(before);

        assign(ann, "vip", "k");

        assertThat(crm().requests().find(ACME, ann, RequestKey.of("k"))).contains(new Booked(7, "tags#0+1"));
        assertThat(store().entries(ACME, ann, 0, 10)).hasSize(1);
        assertThat(events()).containsExactly("tag.assigned 1");
    }

    @Test
    public final void ta_6_everything_is_kept_as_it_was_given() {
        List<FieldValue> values = List.of(
                FieldValue.text("大😀 '\"%_\\" + "x".repeat(480)),
                FieldValue.number(Long.MIN_VALUE),
                FieldValue.decimal(new BigDecimal("-12345678901234567890.0123456789")),
                FieldValue.money(Money.of(CurrencyUnit.of("CNY"), new BigDecimal("8.00"))),
                FieldValue.date(LocalDate.of(2024, 2, 29)),
                FieldValue.instant(Instant.parse("9999-12-31T00:00:00Z")),
                FieldValue.flag(true));
        Actor odd = Actor.system("Job '\"%_\\").at(StoreId.of("S1")).via("pos");
        for (FieldValue value : values) {
            String tag = "Tag " + value.type() + " '\"%_\\" + "x".repeat(20);
            var mark = new TagMark(tag, T0, END, value, TagSource.rule("r '\"", 9), odd);
            long seq = last(ann) + 1;
            var entry =
                    new TagEntry(seq, tag, TagAct.ASSIGNED, null, mark, TagSource.sync("wecom"), "B1", odd, "why", T0);
            commit(() -> {
                store().lockAll(ACME, List.of(ann));
                store().apply(new TagChange(ACME, ann, List.of(entry), null));
            });

            assertThat(store().marks(ACME, List.of(ann)).get(ann)).contains(mark);
            assertThat(store().entries(ACME, ann, seq - 1, 1)).containsExactly(entry);
        }
    }

    @Test
    public final void ta_6_the_same_tag_is_made_changed_and_gone_in_one_decision() {
        TagMark old = mark("vip", T0, END);
        TagMark now = mark("vip", T0, null);
        put(ann, old, "k");
        commit(() -> {
            store().lockAll(ACME, List.of(ann));
            store().apply(new TagChange(
                    ACME,
                    ann,
                    List.of(
                            entry(2, "vip", old, null),
                            entry(3, "vip", null, now),
                            entry(4, "gold", null, mark("gold", T0, null)),
                            entry(5, "gold", mark("gold", T0, null), null)),
                    null));
        });

        assertThat(store().marks(ACME, List.of(ann)).get(ann)).containsExactly(now);
        assertThat(count("vip", END)).isEqualTo(1);
        assertThat(count("gold", END)).isZero();
    }

    @Test
    public final void ta_7_decisions_of_many_are_written_as_each_would_be() {
        List<CustomerId> many = Stream.generate(() -> crm().newCustomer(ACME))
                .limit(250)
                .sorted()
                .toList();
        commit(() -> {
            store().lockAll(ACME, many);
            store().applyAll(many.stream()
                    .map(it -> new TagChange(ACME, it, List.of(entry(1, "vip", null, mark("vip", T0, END))), null))
                    .toList());
        });

        assertThat(count("vip", T0)).isEqualTo(250);
        assertThat(count("vip", END)).isZero();
        assertThat(store().holders(ACME, Set.of("vip"), T0, null, 1_000)).isEqualTo(many);
        assertThat(store().entries(ACME, many.get(249), 0, 10)).hasSize(1);
        assertThat(events()).hasSize(250);
        commit(() -> store().applyAll(List.of()));
    }

    // --- TA-8 limits

    @Test
    public final void ta_8_who_fills_a_tag_waits_for_whoever_fills_it_and_counts_what_that_one_left() {
        define("vip", 1, "d");
        try (var race = new Race();
                HostTransaction host = crm().begin()) {
            assign(ann, "vip", "k");
            assertThat(store().lockTag(ACME, "vip", T0)).isEqualTo(1);
            Future<Long> second = race.start(() -> committed(() -> {
                count("vip", T0);
                return store().lockTag(ACME, "vip", T0);
            }));
            assertThat(Race.waits(second)).as("the second waits").isTrue();
            host.commit();

            assertThat(Race.result(second)).isEqualTo(1);
        }
    }

    @Test
    public final void ta_8_what_begins_after_the_instant_takes_room_and_what_is_over_does_not() {
        define("vip", 1, "d");
        put(ann, mark("vip", T0.plusSeconds(5), END), "k1");
        put(bob, mark("vip", T0, T0.plusSeconds(2)), "k2");

        assertThat(committed(() -> store().lockTag(ACME, "vip", T0))).isEqualTo(2);
        assertThat(committed(() -> store().lockTag(ACME, "vip", T0.plusSeconds(2))))
                .isEqualTo(1);
        assertThat(committed(() -> store().lockTag(ACME, "vip", END))).isZero();
    }

    // --- TA-9 to TA-13 questions

    @Test
    public final void ta_9_marks_are_found_ascending_and_nobodys_are_left_out() {
        put(ann, mark("vip", T0, null), "k1");
        put(ann, mark("gold", T0, T0), "k2");
        List<CustomerId> asked =
                new ArrayList<>(IntStream.range(0, 997).mapToObj(i -> nobody()).toList());
        asked.addAll(List.of(ann, bob));

        assertThat(store().marks(ACME, asked))
                .isEqualTo(Map.of(ann, List.of(mark("gold", T0, T0), mark("vip", T0, null))));
    }

    @Test
    public final void ta_10_entries_are_paged_by_number() {
        IntStream.range(0, 5).forEach(i -> assign(ann, "t" + i, "k" + i));

        assertThat(store().entries(ACME, ann, 1, 3)).extracting(TagEntry::seq).containsExactly(2L, 3L, 4L);
        assertThat(store().entries(ACME, nobody(), 0, 3)).isEmpty();
    }

    @Test
    public final void ta_11_ta_12_holders_have_a_tag_at_the_instant_and_the_marked_any_mark() {
        List<CustomerId> three =
                Stream.of(ann, bob, crm().newCustomer(ACME)).sorted().toList();
        ann = three.get(0);
        bob = three.get(1);
        CustomerId cid = three.get(2);
        put(ann, mark("vip", T0, END), "k1");
        put(bob, mark("gold", T0, null), "k2");
        put(bob, mark("vip", T0, T0), "k3");
        put(cid, mark("vip", T0.plusMillis(1), null), "k4");

        assertThat(holders(T0, "vip")).containsExactly(ann);
        assertThat(holders(T0.plusMillis(1), "vip")).containsExactly(ann, cid);
        assertThat(holders(END, "vip")).containsExactly(cid);
        assertThat(holders(END.minusMillis(1), "vip", "gold")).containsExactly(ann, bob, cid);
        assertThat(store().holders(ACME, Set.of("vip", "gold"), T0, ann, 1)).containsExactly(bob);
        assertThat(store().marked(ACME, "vip", null, 10)).containsExactly(ann, bob, cid);
        assertThat(store().marked(ACME, "vip", ann, 1)).containsExactly(bob);
    }

    @Test
    public final void ta_13_whose_tags_are_over_is_named_once_the_longest_ago_first() {
        put(bob, mark("vip", T0, T0.plusSeconds(1)), "k1");
        put(bob, mark("gold", T0, T0.plusSeconds(3)), "k2");
        put(ann, mark("vip", T0, T0.plusSeconds(2)), "k3");
        put(ann, mark("gold", T0, T0), "k4");

        assertThat(store().over(ACME, T0.plusMillis(999), 10)).isEmpty();
        assertThat(store().over(ACME, T0.plusSeconds(1), 10)).containsExactly(bob);
        assertThat(store().over(ACME, END, 10)).containsExactly(bob, ann);
        assertThat(store().over(ACME, END, 1)).containsExactly(bob);
    }

    // --- TA-14, TA-15, TA-16 counts

    @Test
    public final void ta_14_ta_15_counts_are_right_at_each_instant() {
        put(ann, mark("vip", T0, END), "k1");
        put(bob, mark("vip", T0, null), "k2");
        put(bob, mark("gold", T0, null), "k3");
        put(bob, mark("old", T0, T0), "k4");

        assertThat(count("vip", T0.minusMillis(1))).isZero();
        assertThat(count("vip", END.minusMillis(1))).isEqualTo(2);
        assertThat(count("vip", END)).isEqualTo(1);
        assertThat(store().count(ACME, Set.of("vip", "gold"), T0)).isEqualTo(2);
        assertThat(store().counts(ACME, END)).isEqualTo(Map.of("gold", 1L, "vip", 1L));
        put(ann, null, "vip", "k5");
        assertThat(count("vip", T0)).isEqualTo(1);
        assertThat(count("vip", END)).isEqualTo(1);
    }

    @Test
    public final void ta_14_a_tag_that_is_over_is_counted_out_once() {
        put(ann, mark("vip", T0, END), "k1");
        TagMark again = mark("vip", END.plusSeconds(1), null);
        commit(() -> {
            store().lockAll(ACME, List.of(ann));
            var over = new TagEntry(
                    2, "vip", TagAct.EXPIRED, mark("vip", T0, END), null, TagSource.manual(), null, KIM, null, END);
            var next = new TagEntry(
                    3, "vip", TagAct.ASSIGNED, null, again, TagSource.manual(), null, KIM, null, again.from());
            store().apply(new TagChange(ACME, ann, List.of(over, next), null));
        });

        assertThat(count("vip", END)).isZero();
        assertThat(count("vip", again.from())).isEqualTo(1);
    }

    @Test
    public final void ta_16_folding_changes_no_count() {
        for (int i = 0; i < 5; i++) {
            put(ann, mark("vip", T0.plusSeconds(i), null), "on" + i);
            put(ann, null, "vip", T0.plusSeconds(i), "off" + i);
        }
        put(ann, mark("vip", T0.plusSeconds(7), END), "last");
        put(bob, mark("vip", T0.plusSeconds(7), null), "last");

        int folded = committed(() -> store().fold(ACME, T0.plusSeconds(6), 3));
        while (folded > 0) {
            assertThat(count("vip", T0.plusSeconds(6))).isZero();
            assertThat(count("vip", T0.plusSeconds(7))).isEqualTo(2);
            assertThat(count("vip", END)).isEqualTo(1);
            folded = committed(() -> store().fold(ACME, T0.plusSeconds(6), 3));
        }
        committed(() -> store().fold(ACME, END.plus(Duration.ofDays(1)), 100));
        assertThat(count("vip", END.plus(Duration.ofDays(1)))).isEqualTo(1);
    }

    // --- TA-17 erasure

    @Test
    public final void ta_17_erasure_deletes_tags_then_entries_and_counts_them_out() {
        put(ann, mark("vip", T0, END), "k1");
        put(ann, mark("gold", T0, null), "k2");
        put(bob, mark("gold", T0, null), "k3");

        assertThat(remove(ann, 1)).isEqualTo(1);
        assertThat(store().entries(ACME, ann, 0, 10)).hasSize(2);
        assertThat(remove(ann, 2)).isEqualTo(2);
        assertThat(store().marks(ACME, List.of(ann))).isEmpty();
        assertThat(remove(ann, 5)).isEqualTo(1);
        assertThat(remove(ann, 5)).isZero();

        assertThat(store().entries(ACME, ann, 0, 10)).isEmpty();
        assertThat(store().counts(ACME, T0)).isEqualTo(Map.of("gold", 1L));
        assertThat(store().counts(ACME, END)).isEqualTo(Map.of("gold", 1L));
    }

    private int remove(CustomerId customer, int limit) {
        return committed(() -> {
            store().lockAll(ACME, List.of(customer));
            return store().remove(ACME, customer, T0, limit);
        });
    }

    private List<CustomerId> holders(Instant at, String... tags) {
        return store().holders(ACME, Set.of(tags), at, null, 10);
    }

    private long count(String tag, Instant at) {
        return store().count(ACME, Set.of(tag), at);
    }

    private List<String> events() {
        return committed(() -> crm().outbox()
                        .claim(ACME, new Claim(null, 1_000, T0.plus(Duration.ofDays(1)), T0.plus(Duration.ofDays(2)))))
                .stream()
                .map(it -> it.event())
                .filter(it -> it.source().equals(TagChanged.STREAM))
                .map(TagStoreContract::line)
                .toList();
    }

    private static String line(EventEnvelope event) {
        return event.type() + " " + event.seq();
    }

    private static TagMark mark(String tag, Instant from, @Nullable Instant until) {
        return new TagMark(tag, from, until, null, TagSource.manual(), KIM);
    }

    private static TagEntry entry(long seq, String tag, @Nullable TagMark before, @Nullable TagMark after) {
        return new TagEntry(seq, tag, TagAct.CHANGED, before, after, TagSource.manual(), null, KIM, null, T0);
    }

    private boolean assign(CustomerId customer, String tag, String key) {
        return put(customer, mark(tag, T0, null), tag, T0, key);
    }

    private boolean put(CustomerId customer, TagMark after, String key) {
        return put(customer, after, after.tag(), after.from(), key);
    }

    private boolean put(CustomerId customer, @Nullable TagMark after, String tag, String key) {
        return put(customer, after, tag, T0, key);
    }

    private boolean put(CustomerId customer, @Nullable TagMark after, String tag, Instant at, String key) {
        return committed(() -> {
            TagSnapshot now = Objects.requireNonNull(
                    store().lockAll(ACME, List.of(customer)).get(customer));
            var entry = new TagEntry(
                    now.lastSeq() + 1,
                    tag,
                    after == null ? TagAct.REMOVED : TagAct.ASSIGNED,
                    now.marks().get(tag),
                    after,
                    TagSource.manual(),
                    null,
                    KIM,
                    null,
                    at);
            var booking = new Booking(RequestKey.of(key), new Booked(7, "tags#" + now.lastSeq() + "+1"));
            return store().apply(new TagChange(ACME, customer, List.of(entry), booking));
        });
    }

    private long last(CustomerId customer) {
        return store().entries(ACME, customer, 0, 1_000).size();
    }

    private TagItem define(String tag, long version, String key) {
        TagDefinition plain = TagDefinition.flag(tag, "Name");
        var definition = new TagDefinition(
                tag, plain.name(), null, null, null, null, null, null, null, null, plain.status(), null, null, version);
        var item = new TagItem(TagItem.Kind.TAG, tag, version, TagText.of(definition));
        write(List.of(item), List.of(), key);
        return item;
    }

    private void write(List<TagItem> written, List<TagItem> deleted, String key) {
        commit(() -> {
            store().lockDefinitions(ACME);
            String answer = written.isEmpty() ? "" : written.get(0).key();
            store().define(new TagDefinitionChange(ACME, written, deleted, RequestKey.of(key), new Booked(7, answer)));
        });
    }
}
