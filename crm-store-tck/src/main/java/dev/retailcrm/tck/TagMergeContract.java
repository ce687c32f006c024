package dev.retailcrm.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.merge.MergeConflict;
import dev.retailcrm.core.merge.MergeStrategy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What merging customers does to their tags, whatever the store. */
public abstract class TagMergeContract extends TagFacade {
    private CustomerId bob = nobody();

    /** A contract. */
    protected TagMergeContract() {}

    /** Registers whom the first is merged with. */
    @BeforeEach
    public final void registerBob() {
        bob = crm().newCustomer(ACME);
        flags("a", "b", "c");
        exclusive("value", "gold", "silver");
    }

    @Test
    public final void the_survivor_has_the_tags_of_both_and_her_own_of_an_exclusive_group() {
        assign(ann, "a");
        assign(ann, "gold");
        assign(bob, "a");
        assignFor(bob, "b", DAY);
        assign(bob, "silver");
        var preview = merges().preview(ann, bob, MergeStrategy.standard());
        assertThat(preview.parts()).filteredOn(it -> it.name().equals("tags")).allSatisfy(it -> {
            assertThat(it.moved()).isEqualTo(Map.of("tags", 1L));
            assertThat(it.conflicts()).containsExactly(MergeConflict.told("tags", "silver", "EXCLUSIVE", 0));
        });

        merge(ann, bob);

        assertThat(tagsOf(ann)).containsExactly("a", "b", "gold");
        assertThat(tagsOf(bob)).containsExactly("a", "b", "gold");
        assertThat(tags().counts()).isEqualTo(Map.of("a", 1L, "b", 1L, "c", 0L, "gold", 1L, "silver", 0L));
        assign(bob, "c");
        assertThat(tagsOf(ann)).containsExactly("a", "b", "c", "gold");
        pass(DAY);
        assertThat(tags().count("b")).isZero();
    }

    @Test
    public final void taken_apart_both_have_what_they_had() {
        assign(ann, "a");
        take(ann, "a");
        assign(bob, "b");
        assign(bob, "silver");
        assign(ann, "gold");
        List<String> hers =
                List.of(tags().of(ann).toString(), tags().removedByHand(ann).toString());
        List<String> theirs = List.of(tags().of(bob).toString());
        var counts = tags().counts();
        merge(ann, bob);
        pass(Duration.ofSeconds(1));

        assertThat(merges().unmerge(bob, key()).conflicts()).isEmpty();

        assertThat(List.of(tags().of(ann).toString(), tags().removedByHand(ann).toString()))
                .isEqualTo(hers);
        assertThat(List.of(tags().of(bob).toString())).isEqualTo(theirs);
        assertThat(tags().counts()).isEqualTo(counts);
    }

    @Test
    public final void what_was_changed_since_stays_with_the_survivor_and_is_told() {
        assign(bob, "a");
        assign(bob, "b");
        merge(ann, bob);
        take(ann, "a");
        assign(ann, "c");

        var conflicts = merges().unmerge(bob, key()).conflicts();

        assertThat(conflicts).contains(MergeConflict.told("tags", "a", "CHANGED_SINCE", 0));
        assertThat(tagsOf(ann)).containsExactly("c");
        assertThat(tagsOf(bob)).containsExactly("a", "b");
    }

    @Test
    public final void what_another_who_stays_merged_had_stays() {
        CustomerId cid = crm().newCustomer(ACME);
        assign(bob, "a");
        assign(cid, "a");
        merge(ann, bob);
        merge(ann, cid);

        merges().unmerge(bob, key());

        assertThat(tagsOf(ann)).containsExactly("a");
        assertThat(tagsOf(bob)).containsExactly("a");
        assertThat(tags().count("a")).isEqualTo(2);
        merges().unmerge(cid, key());
        assertThat(tagsOf(ann)).isEmpty();
        assertThat(tags().count("a")).isEqualTo(2);
    }

    @Test
    public final void a_removal_by_hand_of_either_is_respected_by_rules() {
        assign(bob, "a");
        take(bob, "a");
        byRule(ann, "a");
        merge(ann, bob);

        assertThat(tagsOf(ann)).isEmpty();
        assertThat(tags().removedByHand(ann)).hasSize(1);
        assertThat(tags().count("a")).isZero();
    }
}
