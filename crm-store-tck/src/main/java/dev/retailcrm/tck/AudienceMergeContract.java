package dev.retailcrm.tck;

import static dev.retailcrm.audience.AudienceSet.in;
import static org.assertj.core.api.Assertions.assertThat;

import dev.retailcrm.audience.AudienceRule;
import dev.retailcrm.audience.AudienceStay;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.PageRequest;
import dev.retailcrm.core.merge.MergeConflict;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of audiences as customers are merged, and taken apart. */
public abstract class AudienceMergeContract extends AudienceFacade {
    private CustomerId bob = nobody();
    private CustomerId cid = nobody();

    /** A contract. */
    protected AudienceMergeContract() {}

    /** Registers two more, and three lists. */
    @BeforeEach
    public final void registerMore() {
        bob = crm().newCustomer(ACME);
        cid = crm().newCustomer(ACME);
        for (String each : List.of("a", "b", "c")) {
            define(AudienceRule.list(each, each));
        }
        advance();
    }

    private List<String> audiencesOf(CustomerId customer) {
        return audiences().stays(customer, PageRequest.first(100)).items().stream()
                .filter(AudienceStay::isOpen)
                .map(AudienceStay::audience)
                .toList();
    }

    private void unmerge(CustomerId merged) {
        merges().unmerge(merged, key());
    }

    @Test
    public final void the_survivor_is_in_the_audiences_of_both_and_taken_apart_both_are_in_their_own() {
        audiences().list("a", List.of(ann));
        audiences().list("b", List.of(ann, bob));
        audiences().list("c", List.of(bob));
        audiences().snapshots().freeze("may", in("c"), key());
        merge(ann, bob);

        assertThat(audiencesOf(ann)).containsExactly("a", "b", "c");
        assertThat(audiencesOf(bob)).as("the old id").containsExactly("a", "b", "c");
        assertThat(members("b")).containsExactly(ann);
        assertThat(members("c")).containsExactly(ann);
        assertThat(all(page -> audiences().snapshots().members("may", page))).containsExactly(ann);
        assertThat(told(bob))
                .containsExactly("1 entered b LISTED", "2 left b MERGED", "1 entered c LISTED", "2 left c MERGED");
        audiences().recompute("c");
        advance();
        assertThat(members("c")).containsExactly(ann);

        unmerge(bob);
        assertThat(audiencesOf(ann)).containsExactly("a", "b");
        assertThat(audiencesOf(bob)).containsExactly("b", "c");
        assertThat(all(page -> audiences().snapshots().members("may", page))).containsExactly(bob);
        for (String each : List.of("a", "b", "c")) {
            audiences().recompute(each);
        }
        advance();
        assertThat(audiencesOf(ann)).containsExactly("a", "b");
        assertThat(audiencesOf(bob)).containsExactly("b", "c");
    }

    @Test
    public final void what_was_said_by_hand_of_either_is_said_of_the_survivor_where_nothing_was_said_of_her() {
        audiences().exclude("a", ann, key());
        audiences().include("a", bob, key());
        audiences().include("b", bob, key());
        merge(ann, bob);
        assertThat(audiencesOf(ann)).containsExactly("b");
        audiences().include("c", bob, key());
        unmerge(bob);
        assertThat(audiencesOf(ann)).containsExactly("c");
        assertThat(audiencesOf(bob)).containsExactly("a", "b");
    }

    @Test
    public final void what_those_who_stay_merged_had_stays() {
        audiences().list("a", List.of(bob, cid));
        merge(ann, bob);
        merge(ann, cid);
        unmerge(bob);
        assertThat(audiencesOf(ann)).containsExactly("a");
        assertThat(audiencesOf(bob)).containsExactly("a");
        audiences().recompute("a");
        advance();
        assertThat(audiencesOf(ann)).containsExactly("a");
        unmerge(cid);
        assertThat(audiencesOf(ann)).isEmpty();
        assertThat(members("a")).containsExactlyInAnyOrder(bob, cid);
    }

    @Test
    public final void what_was_changed_since_stays_with_the_survivor_and_is_told() {
        audiences().list("a", List.of(bob));
        merge(ann, bob);
        audiences().exclude("a", ann, key());
        audiences().include("a", ann, key());
        List<MergeConflict> told = merges().unmerge(bob, key()).conflicts();
        assertThat(audiencesOf(ann)).containsExactly("a");
        assertThat(audiencesOf(bob)).containsExactly("a");
        assertThat(told.stream().map(MergeConflict::subject)).containsOnlyOnce("a");
    }
}
