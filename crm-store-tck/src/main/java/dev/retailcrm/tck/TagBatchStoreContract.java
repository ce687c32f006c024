package dev.retailcrm.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retailcrm.core.history.Actor;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.tags.TagAct;
import dev.retailcrm.tags.TagBatch;
import dev.retailcrm.tags.TagBatchProgress;
import dev.retailcrm.tags.TagBatchProgress.State;
import dev.retailcrm.tags.TagEntry;
import dev.retailcrm.tags.TagMark;
import dev.retailcrm.tags.TagOutcome;
import dev.retailcrm.tags.TagOutcome.Kind;
import dev.retailcrm.tags.TagSource;
import dev.retailcrm.tags.Tagging;
import dev.retailcrm.tags.spi.TagBatchStore;
import dev.retailcrm.tags.spi.TagChange;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The rules of {@link TagBatchStore}. */
public abstract class TagBatchStoreContract extends StoreContract {
    private static final TagBatch BATCH = TagBatch.add("B '\"%_\\", Tagging.of("vip"));
    private static final String ID = BATCH.id();

    private List<CustomerId> all = List.of();

    /** A contract. */
    protected TagBatchStoreContract() {}

    /** Registers customers, ascending by id. */
    @BeforeEach
    public final void registerMany() {
        all = Stream.generate(() -> crm().newCustomer(ACME)).limit(4).sorted().toList();
    }

    private TagBatchStore store() {
        return crm().tagBatches();
    }

    private static TagBatchProgress progress(State state, @Nullable String place, long changed) {
        return new TagBatchProgress(BATCH, state, place, "undo", changed, 2, 3, 4, T0, T0.plusSeconds(9));
    }

    @Test
    public final void tb_1_nothing_of_another_tenant_is_found() {
        open();
        entry(all.get(0), 1, "vip", ID);
        write(List.of(new TagOutcome(all.get(1), Kind.UNCHANGED, null)));

        assertThat(store().find(ZENITH, ID)).isEmpty();
        assertThat(committed(() -> store().lock(ZENITH, ID))).isEmpty();
        assertThat(store().known(ZENITH, ID, all)).isEmpty();
        assertThat(store().outcomes(ZENITH, ID, null, 10)).isEmpty();
        assertThat(store().changed(ZENITH, ID, null, 10)).isEmpty();
        assertThat(store().lasting(ZENITH, ID, all)).isEmpty();
    }

    @Test
    public final void tb_2_tb_4_a_batch_is_made_once_under_its_id_byte_for_byte() {
        assertThat(open()).isTrue();
        List<String> before = crm().dump();
        try (HostTransaction host = crm().begin()) {
            assertThat(open()).isFalse();
            assertThat(store().find(ACME, ID)).isPresent();
            host.commit();
        }
        assertThat(crm().dump()).isEqualTo(before);
        assertThat(store().find(ACME, ID)).contains(progress(State.RUNNING, null, 1));
        assertThat(store().find(ACME, ID + "x")).isEmpty();
        assertThat(store().find(ACME, ID.toLowerCase(Locale.ROOT))).isEmpty();
    }

    @Test
    public final void tb_3_a_lock_that_waited_returns_what_the_holder_left() {
        open();
        try (var race = new Race();
                HostTransaction host = crm().begin()) {
            store().lock(ACME, ID);
            Future<Optional<TagBatchProgress>> second = race.start(() -> committed(() -> store().lock(ACME, ID)));
            assertThat(Race.waits(second)).as("the second waits").isTrue();

            store().write(ACME, progress(State.DONE, "p", 7), List.of());
            host.commit();

            assertThat(Race.result(second)).contains(progress(State.DONE, "p", 7));
        }
    }

    @Test
    public final void tb_5_progress_and_outcomes_are_kept_together_and_what_is_told_first_stays() {
        open();
        entry(all.get(0), 1, "vip", ID);
        List<String> before = crm().dump();
        rolledBack(() -> writeNow(List.of(new TagOutcome(all.get(1), Kind.REFUSED, "CRM-TAG-107"))));
        assertThat(crm().dump()).isEqualTo(before);

        write(List.of(
                new TagOutcome(all.get(1), Kind.REFUSED, "CRM-TAG-107"),
                new TagOutcome(all.get(0), Kind.UNCHANGED, null)));
        write(List.of(new TagOutcome(all.get(1), Kind.UNCHANGED, null)));

        assertThat(store().outcomes(ACME, ID, null, 10))
                .containsExactly(
                        new TagOutcome(all.get(0), Kind.CHANGED, null),
                        new TagOutcome(all.get(1), Kind.REFUSED, "CRM-TAG-107"));
    }

    @Test
    public final void tb_6_tb_7_tb_8_customers_are_known_and_paged_by_id() {
        open();
        entry(all.get(0), 1, "vip", ID);
        entry(all.get(0), 2, "gold", ID);
        entry(all.get(1), 1, "vip", "other");
        entry(all.get(2), 1, "vip", ID);
        write(List.of(new TagOutcome(all.get(3), Kind.UNCHANGED, null)));

        assertThat(store().known(ACME, ID, all)).isEqualTo(Set.of(all.get(0), all.get(2), all.get(3)));
        assertThat(store().known(ACME, ID, List.of())).isEmpty();
        assertThat(store().changed(ACME, ID, null, 10)).containsExactly(all.get(0), all.get(2));
        assertThat(store().changed(ACME, ID, all.get(0), 10)).containsExactly(all.get(2));
        assertThat(store().outcomes(ACME, ID, all.get(0), 1))
                .containsExactly(new TagOutcome(all.get(2), Kind.CHANGED, null));
        assertThat(store().outcomes(ACME, ID, null, 10)).hasSize(3);
    }

    @Test
    public final void tb_9_only_entries_after_which_nothing_became_of_the_tag_last() {
        open();
        TagEntry first = entry(all.get(0), 1, "vip", ID);
        TagEntry gold = entry(all.get(0), 2, "gold", ID);
        entry(all.get(1), 1, "vip", ID);
        entry(all.get(1), 2, "vip", null);
        entry(all.get(2), 1, "vip", "other");

        var lasting = store().lasting(ACME, ID, all);

        assertThat(lasting).containsOnlyKeys(all.get(0));
        assertThat(lasting.get(all.get(0))).containsExactly(first, gold);
        assertThat(store().lasting(ACME, ID, List.of(all.get(3)))).isEmpty();
    }

    private boolean open() {
        return committed(() -> store().open(ACME, progress(State.RUNNING, null, 1)));
    }

    private void write(List<TagOutcome> outcomes) {
        commit(() -> writeNow(outcomes));
    }

    private void writeNow(List<TagOutcome> outcomes) {
        store().lock(ACME, ID);
        store().write(ACME, progress(State.RUNNING, "p", 1), outcomes);
    }

    private TagEntry entry(CustomerId customer, long seq, String tag, @Nullable String batch) {
        var mark = new TagMark(tag, T0.plusSeconds(seq), null, null, TagSource.manual(), Actor.UNKNOWN);
        return committed(() -> {
            var before = Objects.requireNonNull(
                    crm().tags().lockAll(ACME, List.of(customer)).get(customer));
            var entry = new TagEntry(
                    seq,
                    tag,
                    TagAct.ASSIGNED,
                    before.marks().get(tag),
                    mark,
                    TagSource.manual(),
                    batch,
                    Actor.UNKNOWN,
                    null,
                    T0);
            crm().tags().apply(new TagChange(ACME, customer, List.of(entry), null));
            return entry;
        });
    }
}
