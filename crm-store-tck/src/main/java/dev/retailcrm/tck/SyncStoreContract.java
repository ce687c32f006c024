package dev.retailcrm.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retailcrm.core.customer.CustomerStatus;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.tags.spi.SyncLink;
import dev.retailcrm.tags.spi.SyncMark;
import dev.retailcrm.tags.spi.SyncPhase;
import dev.retailcrm.tags.spi.SyncRun;
import dev.retailcrm.tags.spi.SyncStore;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every {@link SyncStore} does. Names of rules start with the number that the port's Javadoc gives them. */
public abstract class SyncStoreContract extends StoreContract {
    private static final String HERE = "wecom";
    private static final CustomerId HOME = CustomerId.of(7);

    /** A contract. */
    protected SyncStoreContract() {}

    private SyncStore store() {
        return crm().sync();
    }

    private static SyncRun run(String channel, long version, String cursor) {
        return new SyncRun(
                channel,
                3,
                true,
                SyncPhase.STOPPED,
                SyncPhase.CUSTOMERS,
                cursor,
                2,
                T0.plusSeconds(9),
                T0,
                7,
                Map.of("SEEN", 4L),
                "CRM-TAG-151",
                T0.minusSeconds(1),
                version);
    }

    private static SyncMark mark(CustomerId customer, String ref, @Nullable String problem, String... asked) {
        Map<String, Boolean> all = new HashMap<>();
        Stream.of(asked).forEach(tag -> all.put(tag, true));
        return new SyncMark(customer, HOME, ref, 3, 4, Set.of("vip", "Vip"), all, problem, 2);
    }

    private void write(String channel, SyncMark mark) {
        store().lock(ACME, List.of(mark.customer()));
        store().write(ACME, channel, mark);
    }

    private Map<String, SyncMark> marks(CustomerId customer, String... refs) {
        Map<String, CustomerId> asked = new HashMap<>();
        Stream.of(refs).forEach(ref -> asked.put(ref, customer));
        return store().marks(ACME, HERE, asked);
    }

    @Test
    public final void sy_1_tenants_and_channels_are_apart() {
        CustomerId ann = crm().newCustomer(ACME);
        commit(() -> {
            store().record(ACME, run(HERE, 1, "a"));
            store().link(ACME, HERE, List.of(new SyncLink("x1", "vip", "VIP", 1, 1)));
            write(HERE, mark(ann, "r1", "CRM-TAG-107"));
        });

        assertThat(store().run(ZENITH, HERE)).isEmpty();
        assertThat(store().run(ACME, "other")).isEmpty();
        assertThat(store().links(ZENITH, HERE)).isEmpty();
        assertThat(store().links(ACME, "other")).isEmpty();
        assertThat(store().marks(ZENITH, HERE, Map.of("r1", ann))).isEmpty();
        assertThat(store().marks(ACME, "other", Map.of("r1", ann))).isEmpty();
        assertThat(store().open(ZENITH, HERE, null, 10)).isEmpty();
        assertThat(store().open(ACME, "other", null, 10)).isEmpty();
    }

    @Test
    public final void sy_2_what_this_transaction_wrote_is_seen_and_what_is_rolled_back_is_not() {
        CustomerId ann = crm().newCustomer(ACME);
        rolledBack(() -> {
            assertThat(store().record(ACME, run(HERE, 1, "a"))).isTrue();
            store().link(ACME, HERE, List.of(new SyncLink("x1", "vip", "VIP", 1, 1)));
            write(HERE, mark(ann, "r1", null));
            assertThat(store().run(ACME, HERE)).isPresent();
            assertThat(store().links(ACME, HERE)).hasSize(1);
            assertThat(marks(ann, "r1")).hasSize(1);
        });

        assertThat(store().run(ACME, HERE)).isEmpty();
        assertThat(store().links(ACME, HERE)).isEmpty();
        assertThat(marks(ann, "r1")).isEmpty();
    }

    @Test
    public final void sy_3_4_a_run_takes_the_place_of_the_version_before_it_only() {
        assertThat(committed(() -> store().record(ACME, run(HERE, 2, "a")))).isFalse();
        assertThat(committed(() -> store().record(ACME, run(HERE, 1, "a")))).isTrue();
        assertThat(committed(() -> store().record(ACME, run(HERE, 1, "b")))).isFalse();
        assertThat(committed(() -> store().record(ACME, run(HERE, 3, "b")))).isFalse();
        assertThat(store().run(ACME, HERE)).contains(run(HERE, 1, "a"));
        assertThat(committed(() -> store().record(ACME, run(HERE, 2, "客户")))).isTrue();
        assertThat(store().run(ACME, HERE)).contains(run(HERE, 2, "客户"));
    }

    @Test
    public final void sy_4_of_several_at_once_one_writes_and_the_others_can_go_on() {
        try (var race = new Race();
                HostTransaction host = crm().begin()) {
            assertThat(store().record(ACME, run(HERE, 1, "a"))).isTrue();
            Future<Boolean> second = race.start(() -> committed(() -> {
                boolean written = store().record(ACME, run(HERE, 1, "b"));
                store().link(ACME, HERE, List.of(new SyncLink("x1", "vip", "VIP", 1, 1)));
                return written;
            }));
            Race.waits(second);
            host.commit();

            assertThat(Race.result(second)).isFalse();
        }
        assertThat(store().run(ACME, HERE)).contains(run(HERE, 1, "a"));
        assertThat(store().links(ACME, HERE)).hasSize(1);
    }

    @Test
    public final void sy_5_6_7_links_are_kept_replaced_and_deleted_by_id() {
        var one = new SyncLink("x1", "vip", "VIP", 1, 1);
        var two = new SyncLink("X1", "baby", "母婴", 1, 2);
        commit(() -> store().link(ACME, HERE, List.of(one, two)));
        assertThat(store().links(ACME, HERE)).containsExactly(two, one);

        commit(() -> store().link(ACME, HERE, List.of(one.seen(5, "Vip"))));
        assertThat(store().links(ACME, HERE)).containsExactly(two, one.seen(5, "Vip"));

        commit(() -> store().unlink(ACME, HERE, List.of("X1", "none")));
        assertThat(store().links(ACME, HERE)).containsExactly(one.seen(5, "Vip"));
    }

    @Test
    public final void sy_8_9_marks_are_found_by_customer_and_reference() {
        CustomerId ann = crm().newCustomer(ACME);
        CustomerId bob = crm().newCustomer(ACME);
        commit(() -> {
            write(HERE, mark(ann, "r1", null, "old"));
            write(HERE, mark(ann, "r1", "CRM-TAG-107", "baby"));
            write(HERE, mark(ann, "R1", null));
        });

        assertThat(marks(ann, "r1", "R1", "r2"))
                .containsOnlyKeys("r1", "R1")
                .containsEntry("r1", mark(ann, "r1", "CRM-TAG-107", "baby"));
        assertThat(marks(bob, "r1")).isEmpty();
    }

    @Test
    public final void sy_10_what_is_open_is_listed_in_order() {
        CustomerId one = crm().newCustomer(ACME);
        CustomerId other = crm().newCustomer(ACME);
        CustomerId ann = one.compareTo(other) < 0 ? one : other;
        CustomerId bob = ann.equals(one) ? other : one;
        commit(() -> {
            write(HERE, mark(bob, "r1", null, "vip"));
            write(HERE, mark(ann, "r3", "CRM-TAG-107"));
            write(HERE, mark(ann, "r2", null, "vip"));
            write(HERE, mark(ann, "r1", null));
        });

        List<SyncMark> all = store().open(ACME, HERE, null, 10);
        assertThat(all).extracting(SyncMark::ref).containsExactly("r2", "r3", "r1");
        assertThat(store().open(ACME, HERE, all.get(0), 1)).containsExactly(all.get(1));
        assertThat(store().open(ACME, HERE, all.get(2), 10)).isEmpty();
    }

    @Test
    public final void sy_11_the_marks_of_a_customer_are_deleted_in_parts() {
        CustomerId ann = crm().newCustomer(ACME);
        commit(() -> {
            write(HERE, mark(ann, "r1", null));
            write(HERE, mark(ann, "r2", null));
            write("other", mark(ann, "r3", null));
        });

        assertThat(committed(() -> store().remove(ACME, ann, 2))).isEqualTo(2);
        assertThat(committed(() -> store().remove(ACME, ann, 2))).isEqualTo(1);
        assertThat(committed(() -> store().remove(ACME, ann, 2))).isZero();
        assertThat(marks(ann, "r1", "r2")).isEmpty();
    }

    @Test
    public final void sy_12_all_marks_of_a_customer_are_found() {
        CustomerId ann = crm().newCustomer(ACME);
        commit(() -> {
            write(HERE, mark(ann, "r2", null));
            write(HERE, mark(ann, "r1", null));
            write("other", mark(ann, "r3", null));
        });

        assertThat(store().of(ACME, ann))
                .containsExactly(
                        Map.entry("other", List.of(mark(ann, "r3", null))),
                        Map.entry(HERE, List.of(mark(ann, "r1", null), mark(ann, "r2", null))));
        assertThat(store().of(ZENITH, ann)).isEmpty();
    }

    @Test
    public final void sy_13_a_lock_tells_where_everybody_stands_and_is_waited_for() {
        CustomerId ann = crm().newCustomer(ACME);
        CustomerId bob = crm().newCustomer(ACME);
        eraseRecord(bob);
        assertThat(committed(() -> store().lock(ACME, List.of(bob, nobody(), ann))))
                .containsOnlyKeys(ann, bob)
                .hasEntrySatisfying(ann, it -> assertThat(it.status()).isEqualTo(CustomerStatus.ACTIVE))
                .hasEntrySatisfying(bob, it -> assertThat(it.status()).isEqualTo(CustomerStatus.ERASED));
        assertThat(committed(() -> store().lock(ZENITH, List.of(ann)))).isEmpty();

        try (var race = new Race();
                HostTransaction host = crm().begin()) {
            store().lock(ACME, List.of(ann));
            Future<Map<String, SyncMark>> second = race.start(() -> committed(() -> {
                store().lock(ACME, List.of(ann));
                return marks(ann, "r1");
            }));
            assertThat(Race.waits(second)).as("the second waits").isTrue();
            write(HERE, mark(ann, "r1", null));
            host.commit();

            assertThat(Race.result(second)).containsOnlyKeys("r1");
        }
    }

    @Test
    public final void sy_14_nothing_is_left_of_whom_is_erased() {
        CustomerId ann = crm().newCustomer(ACME);
        commit(() -> {
            write(HERE, mark(ann, "r1", "CRM-TAG-107"));
            write("other", mark(ann, "r2", null));
        });

        eraseRecord(ann);

        assertThat(marks(ann, "r1")).isEmpty();
        assertThat(store().of(ACME, ann)).isEmpty();
        assertThat(store().open(ACME, HERE, null, 10)).isEmpty();
    }
}
