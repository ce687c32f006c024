package dev.retailcrm.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retailcrm.core.customer.CustomerStatus;
import dev.retailcrm.core.history.Actor;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.PageRequest;
import dev.retailcrm.core.merge.MergeStrategy;
import dev.retailcrm.core.privacy.Erased;
import dev.retailcrm.core.privacy.ErasureStep;
import dev.retailcrm.tags.TagDefinition;
import dev.retailcrm.tags.TagEntry;
import dev.retailcrm.tags.TagError;
import dev.retailcrm.tags.TagGroup;
import dev.retailcrm.tags.TagSource;
import dev.retailcrm.tags.spi.ChannelLinks;
import dev.retailcrm.tags.spi.SyncLink;
import dev.retailcrm.tags.spi.SyncMark;
import dev.retailcrm.tags.spi.SyncPhase;
import dev.retailcrm.tags.sync.SyncCount;
import dev.retailcrm.tags.sync.SyncPace;
import dev.retailcrm.tags.sync.SyncPolicy;
import dev.retailcrm.tags.sync.SyncPrivacy;
import dev.retailcrm.tags.sync.SyncProgress;
import dev.retailcrm.tags.sync.SyncQuestion;
import dev.retailcrm.tags.sync.SyncSetup;
import dev.retailcrm.tags.sync.SyncSide;
import dev.retailcrm.tags.sync.TagSync;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What synchronisation of tags does, whatever the store, with an outside system in memory. */
public abstract class TagSyncContract extends TagFacade {
    private final SampleChannel theirs = new SampleChannel();
    private final Map<String, CustomerId> known = new HashMap<>();

    /** A contract. */
    protected TagSyncContract() {}

    private TagSync sync(SyncSetup setup) {
        ChannelLinks links = refs -> {
            Map<String, CustomerId> found = new HashMap<>(known);
            found.keySet().retainAll(refs);
            return found;
        };
        return new TagSync(ACME, crm().syncPorts(), tags(), theirs, links, setup);
    }

    private static SyncSetup by(SyncPolicy policy) {
        return SyncSetup.of(policy);
    }

    private static SyncProgress finish(TagSync sync) {
        SyncProgress progress = sync.start(false);
        for (int steps = 0; !progress.isOver(); steps++) {
            assertThat(steps).isLessThan(100);
            assertThat(progress.waitingUntil()).isEmpty();
            progress = sync.step();
        }
        assertThat(progress.phase()).isEqualTo(SyncPhase.DONE);
        return progress;
    }

    private CustomerId customer(String ref, String... ids) {
        CustomerId customer = crm().newCustomer(ACME);
        known.put(ref, customer);
        theirs.put(ref, ids);
        return customer;
    }

    /** Ann, known there as {@code ann}, and a tag that both sides have. */
    private String linked(String... ids) {
        known.put("ann", ann);
        define(TagDefinition.flag("vip", "VIP"));
        String id = theirs.tag("VIP");
        theirs.put("ann", ids);
        return id;
    }

    // --- tags

    @Test
    public final void tags_of_one_name_are_linked_and_others_left_alone() {
        String vip = linked();
        theirs.tag("Only there");
        define(TagDefinition.flag("here", "Only here"));

        SyncProgress done = finish(sync(by(SyncPolicy.NEWEST)));

        assertThat(done.count(SyncCount.LINKED)).isEqualTo(1);
        assertThat(crm().sync().links(ACME, "sample")).containsExactly(new SyncLink(vip, "vip", "VIP", 1, 1));
        assertThat(theirs.names()).hasSize(2);
        assertThat(definitions().catalog().tags()).containsOnlyKeys("vip", "here");
    }

    @Test
    public final void tags_are_adopted_and_published_if_that_is_set_up() {
        String gold = theirs.tag("Gold");
        definitions().defineGroup(TagGroup.of("value", "Value"), key());
        define(TagDefinition.flag("vip", "VIP").in("value"));
        define(TagDefinition.flag("secret", "Secret"));
        customer("bob", gold);
        TagSync sync = sync(by(SyncPolicy.NEWEST).adopting().publishing("value"));

        SyncProgress done = finish(sync);

        assertThat(done.count(SyncCount.DEFINED)).isEqualTo(1);
        assertThat(done.count(SyncCount.PUBLISHED)).isEqualTo(1);
        assertThat(theirs.names().values()).containsExactlyInAnyOrder("Gold", "VIP");
        assertThat(definitions().find("sample." + gold).orElseThrow().name()).isEqualTo("Gold");
        assertThat(tags().count("sample." + gold)).isEqualTo(1);
        assertThat(finish(sync).counts()).containsOnly(Map.entry(SyncCount.SEEN, 1L));
    }

    @Test
    public final void a_name_follows_the_side_that_changed_it() {
        String vip = linked();
        TagSync sync = sync(by(SyncPolicy.ASK));
        finish(sync);

        definitions().rename("vip", "Best", key());
        finish(sync);
        assertThat(theirs.names()).containsEntry(vip, "Best");

        theirs.rename(vip, "Better");
        finish(sync);
        assertThat(definitions().find("vip").orElseThrow().name()).isEqualTo("Better");

        theirs.rename(vip, "Theirs");
        definitions().rename("vip", "Ours", key());
        assertThat(finish(sync).count(SyncCount.NAMES_DIFFER)).isEqualTo(1);
        assertThat(theirs.names()).containsEntry(vip, "Theirs");
        finish(sync(by(SyncPolicy.OURS)));
        assertThat(theirs.names()).containsEntry(vip, "Ours");
    }

    @Test
    public final void a_tag_that_is_gone_there_stays_here() {
        String vip = linked();
        assign(ann, "vip");
        TagSync sync = sync(by(SyncPolicy.NEWEST));
        finish(sync);
        assertThat(theirs.of("ann")).containsExactly(vip);

        theirs.delete(vip);

        assertThat(finish(sync).count(SyncCount.UNLINKED)).isEqualTo(1);
        assertThat(tagsOf(ann)).containsExactly("vip");
    }

    // --- customers

    @Test
    public final void each_side_gets_what_changed_on_the_other() {
        String vip = linked();
        TagSync sync = sync(by(SyncPolicy.ASK));
        finish(sync);

        assign(ann, "vip");
        assertThat(finish(sync).count(SyncCount.ADDED_THERE)).isEqualTo(1);
        assertThat(theirs.of("ann")).containsExactly(vip);

        theirs.put("ann");
        assertThat(finish(sync).count(SyncCount.REMOVED)).isEqualTo(1);
        assertThat(tagsOf(ann)).isEmpty();

        theirs.put("ann", vip);
        assertThat(finish(sync).count(SyncCount.ASSIGNED)).isEqualTo(1);
        assertThat(tagsOf(ann)).containsExactly("vip");

        take(ann, "vip");
        assertThat(finish(sync).count(SyncCount.REMOVED_THERE)).isEqualTo(1);
        assertThat(theirs.of("ann")).isEmpty();
    }

    @Test
    public final void histories_name_the_channel() {
        linked(theirs.tag("VIP2"));
        define(TagDefinition.flag("vip2", "VIP2"));

        finish(sync(by(SyncPolicy.THEIRS)));

        List<TagEntry> entries = tags().history(ann, PageRequest.first(10)).items();
        assertThat(entries).extracting(TagEntry::source).containsExactly(TagSource.sync("sample"));
    }

    @Test
    public final void at_first_the_policy_says_who_is_right() {
        String vip = linked();
        String gold = theirs.tag("Gold");
        define(TagDefinition.flag("gold", "Gold"));
        for (SyncPolicy policy : List.of(SyncPolicy.OURS, SyncPolicy.THEIRS, SyncPolicy.NEWEST)) {
            CustomerId who = customer(policy.name(), gold);
            assign(who, "vip");
            CustomerId other = known.remove("ann");
            Map<String, CustomerId> all = new HashMap<>(known);
            known.keySet().retainAll(List.of(policy.name()));

            finish(sync(by(policy)));

            List<String> ours = tagsOf(who);
            switch (policy) {
                case OURS -> assertThat(ours).containsExactly("vip");
                case THEIRS -> assertThat(ours).containsExactly("gold");
                default -> assertThat(ours).containsExactly("gold", "vip");
            }
            assertThat(theirs.of(policy.name())).hasSize(ours.size()).isSubsetOf(vip, gold);
            known.putAll(all);
            if (other != null) {
                known.put("ann", other);
            }
        }
    }

    @Test
    public final void what_was_taken_away_by_hand_is_asked_if_nobody_knows_what_was_last() {
        String vip = linked();
        assign(ann, "vip");
        take(ann, "vip");
        theirs.put("ann", vip);

        assertThat(finish(sync(by(SyncPolicy.NEWEST))).count(SyncCount.ASKED)).isEqualTo(1);
        assertThat(tagsOf(ann)).isEmpty();
        assertThat(theirs.of("ann")).containsExactly(vip);
    }

    @Test
    public final void somebody_decides_what_is_asked_and_the_next_run_does_it() {
        String vip = linked();
        CustomerId bob = customer("bob", vip);
        assign(ann, "vip");
        TagSync sync = sync(by(SyncPolicy.ASK));

        assertThat(finish(sync).count(SyncCount.ASKED)).isEqualTo(2);
        assertThat(finish(sync).count(SyncCount.ASKED)).isEqualTo(2);
        List<SyncQuestion> open = sync.open(null, 10);
        assertThat(open).hasSize(2);
        assertThat(sync.open(open.get(1), 10)).isEmpty();
        sync.answer(ann, "ann", "vip", SyncSide.OURS);
        sync.answer(bob, "bob", "vip", SyncSide.OURS);
        refused(TagError.NOTHING_ASKED, () -> sync.answer(ann, "ann", "vip", SyncSide.THEIRS));
        finish(sync);

        assertThat(theirs.of("ann")).containsExactly(vip);
        assertThat(theirs.of("bob")).isEmpty();
        assertThat(sync.open(null, 10)).isEmpty();
    }

    @Test
    public final void an_answer_for_the_other_side_changes_ours() {
        String vip = linked();
        CustomerId bob = customer("bob", vip);
        assign(ann, "vip");
        TagSync sync = sync(by(SyncPolicy.ASK));
        finish(sync);

        sync.answer(ann, "ann", "vip", SyncSide.THEIRS);
        sync.answer(bob, "bob", "vip", SyncSide.THEIRS);
        finish(sync);

        assertThat(tagsOf(ann)).isEmpty();
        assertThat(tagsOf(bob)).containsExactly("vip");
    }

    @Test
    public final void strangers_and_tags_that_are_not_linked_stay_as_they_are() {
        linked(theirs.tag("Only there"));
        theirs.put("stranger", theirs.tag("Only there, too"));
        assign(ann, "vip");

        SyncProgress done = finish(sync(by(SyncPolicy.THEIRS)));

        assertThat(done.count(SyncCount.SEEN)).isEqualTo(2);
        assertThat(done.count(SyncCount.STRANGERS)).isEqualTo(1);
        assertThat(theirs.of("ann")).hasSize(1);
        assertThat(theirs.of("stranger")).hasSize(1);
        assertThat(tagsOf(ann)).isEmpty();
    }

    // --- what goes wrong

    @Test
    public final void one_customer_who_is_refused_keeps_nobody_waiting_and_is_tried_again() {
        define(TagDefinition.flag("vip", "VIP").forAtMost(1));
        String vip = theirs.tag("VIP");
        CustomerId bob = customer("bob", vip);
        CustomerId cleo = customer("cleo", vip);
        TagSync sync = sync(by(SyncPolicy.NEWEST));

        assertThat(finish(sync).count(SyncCount.REFUSED)).isEqualTo(1);
        assertThat(sync.open(null, 10)).singleElement().satisfies(it -> {
            assertThat(it.customer()).isEqualTo(cleo);
            assertThat(it.problem()).isEqualTo(TagError.TAG_FULL.id());
        });
        theirs.put("bob");
        finish(sync);

        assertThat(tagsOf(bob)).isEmpty();
        assertThat(tagsOf(cleo)).containsExactly("vip");
        assertThat(sync.open(null, 10)).isEmpty();
    }

    @Test
    public final void a_failing_system_is_tried_again_ever_later_and_then_the_run_stops_and_can_be_resumed() {
        linked();
        assign(ann, "vip");
        TagSync sync =
                sync(by(SyncPolicy.OURS).at(SyncPace.DEFAULT.waiting(Duration.ofSeconds(1), Duration.ofSeconds(3), 4)));
        theirs.beforeCall(() -> {
            throw TagError.CHANNEL_UNAVAILABLE.because("down");
        });
        sync.start(false);
        for (int seconds : List.of(1, 2, 3)) {
            SyncProgress waiting = sync.step();
            Instant next = waiting.waitingUntil().orElseThrow();
            assertThat(next).isEqualTo(crm().clock().instant().plusSeconds(seconds));
            crm().clock().set(next.minusMillis(1));
            assertThat(sync.step()).isEqualTo(waiting);
            crm().clock().set(next);
        }
        SyncProgress stopped = sync.step();
        assertThat(stopped.phase()).isEqualTo(SyncPhase.STOPPED);
        assertThat(stopped.lastProblem()).isEqualTo(TagError.CHANNEL_UNAVAILABLE.id());
        assertThat(sync.step()).isEqualTo(stopped);

        theirs.beforeCall(() -> {});
        assertThat(finish(sync).run()).isEqualTo(stopped.run());
        assertThat(theirs.of("ann")).hasSize(1);
    }

    @Test
    public final void a_busy_system_says_itself_how_long_to_wait() {
        linked();
        TagSync sync = sync(by(SyncPolicy.OURS));
        theirs.beforeCall(() -> {
            throw TagError.CHANNEL_BUSY.with(Map.of("waitMillis", 60_000L), "busy");
        });
        sync.start(false);

        assertThat(sync.step().nextAt()).isEqualTo(crm().clock().instant().plusSeconds(60));
    }

    @Test
    public final void no_more_calls_are_made_than_the_pace_allows_and_all_is_done_at_last() {
        String vip = linked();
        for (int i = 0; i < 7; i++) {
            assign(customer("c" + i), "vip");
        }
        Duration minute = Duration.ofMinutes(1);
        TagSync sync = sync(by(SyncPolicy.OURS).at(SyncPace.DEFAULT.of(3, minute)));
        SyncProgress progress = sync.start(false);
        int windows = 0;
        int before = 0;
        while (!progress.isOver()) {
            progress = sync.step();
            if (progress.waitingUntil().isPresent()) {
                assertThat(theirs.calls().size() - before).isLessThanOrEqualTo(3);
                before = theirs.calls().size();
                crm().clock().set(progress.waitingUntil().get());
                windows++;
            }
        }
        assertThat(windows).isGreaterThan(2);
        assertThat(progress.count(SyncCount.ADDED_THERE)).isEqualTo(7);
        for (int i = 0; i < 7; i++) {
            assertThat(theirs.of("c" + i)).containsExactly(vip);
        }
    }

    /** Takes steps at the slowest pace there is; how often it waited. */
    private int finishSlowly(TagSync sync) {
        int windows = 0;
        for (SyncProgress progress = sync.start(false); !progress.isOver(); progress = sync.step()) {
            assertThat(windows).as("windows").isLessThan(100);
            if (progress.waitingUntil().isPresent()) {
                crm().clock().set(progress.waitingUntil().get());
                windows++;
            }
        }
        assertThat(sync.progress().orElseThrow().phase()).isEqualTo(SyncPhase.DONE);
        return windows;
    }

    @Test
    public final void what_is_refused_is_tried_once_in_a_run_so_that_the_slowest_one_ends() {
        definitions().defineGroup(TagGroup.of("value", "Value"), key());
        define(TagDefinition.flag("p1", "P1").in("value"));
        define(TagDefinition.flag("p2", "P2").in("value"));
        define(TagDefinition.flag("p3", "P3").in("value"));
        String vip = linked();
        CustomerId bob = customer("bob");
        customer("cleo");
        assign(ann, "vip");
        assign(bob, "vip");
        assign(known.getOrDefault("cleo", ann), "vip");
        SyncSetup setup = by(SyncPolicy.OURS).publishing("value").at(SyncPace.DEFAULT.of(2, Duration.ofMinutes(1)));
        theirs.refuse("define P1", "define P2", "change ann", "change bob");
        TagSync sync = sync(setup);

        assertThat(finishSlowly(sync)).isGreaterThan(2);

        assertThat(theirs.of("cleo")).containsExactly(vip);
        assertThat(theirs.names()).containsValue("P3");
        assertThat(theirs.calls()).containsOnlyOnce("define P1", "define P2", "change ann", "change bob");
        assertThat(sync.progress().orElseThrow().counts())
                .containsEntry(SyncCount.REFUSED, 4L)
                .containsEntry(SyncCount.SEEN, 3L)
                .containsEntry(SyncCount.ADDED_THERE, 1L);
        finishSlowly(sync);
        assertThat(theirs.calls().stream().filter("change ann"::equals)).hasSize(2);
    }

    @Test
    public final void names_that_are_refused_are_tried_once_in_a_run() {
        define(TagDefinition.flag("a", "A"));
        define(TagDefinition.flag("b", "B"));
        String a = theirs.tag("A");
        String b = theirs.tag("B");
        TagSync sync = sync(by(SyncPolicy.OURS).at(SyncPace.DEFAULT.of(2, Duration.ofMinutes(1))));
        finishSlowly(sync);
        definitions().rename("a", "A2", key());
        definitions().rename("b", "B2", key());
        theirs.refuse("rename " + a, "rename " + b);

        finishSlowly(sync);

        assertThat(theirs.calls()).containsOnlyOnce("rename " + a, "rename " + b);
        assertThat(sync.progress().orElseThrow().count(SyncCount.REFUSED)).isEqualTo(2);
    }

    @Test
    public final void what_is_asked_is_counted_once_however_often_a_page_is_read() {
        linked();
        define(TagDefinition.flag("gold", "Gold"));
        String gold = theirs.tag("Gold");
        CustomerId bob = customer("bob");
        TagSync all = sync(by(SyncPolicy.ASK));
        finish(all);
        assign(ann, "vip");
        assign(bob, "vip");
        customer("c1", gold);
        customer("c2", gold);

        TagSync slow = sync(by(SyncPolicy.ASK).at(SyncPace.DEFAULT.of(2, Duration.ofMinutes(1))));
        finishSlowly(slow);

        assertThat(slow.progress().orElseThrow().counts())
                .containsEntry(SyncCount.ASKED, 2L)
                .containsEntry(SyncCount.ADDED_THERE, 2L);
    }

    // --- who must not be processed, and who is somebody else

    private void become(CustomerId customer, CustomerStatus status) {
        customers().changeStatus(customer, status, key());
    }

    @Test
    public final void nothing_is_done_of_whom_is_restricted_until_that_is_lifted() {
        String vip = linked();
        CustomerId bob = customer("bob", vip);
        assign(ann, "vip");
        become(ann, CustomerStatus.RESTRICTED);
        become(bob, CustomerStatus.RESTRICTED);
        TagSync sync = sync(by(SyncPolicy.NEWEST));

        SyncProgress done = finish(sync);

        assertThat(done.counts()).containsEntry(SyncCount.WITHHELD, 2L).doesNotContainKey(SyncCount.STRANGERS);
        assertThat(theirs.of("ann")).isEmpty();
        assertThat(tagsOf(bob)).isEmpty();
        assertThat(crm().sync().of(ACME, ann)).isEmpty();
        become(ann, CustomerStatus.ACTIVE);
        finish(sync);
        assertThat(theirs.of("ann")).containsExactly(vip);
    }

    @Test
    public final void nothing_is_done_of_whom_is_restricted_while_others_are_brought_together() {
        String vip = linked();
        CustomerId bob = customer("bob");
        assign(ann, "vip");
        assign(bob, "vip");
        TagSync sync = sync(by(SyncPolicy.OURS));
        theirs.beforeCall(() -> {
            if (theirs.calls().contains("customers")) {
                theirs.beforeCall(() -> {});
                become(bob, CustomerStatus.RESTRICTED);
            }
        });

        assertThat(finish(sync).count(SyncCount.WITHHELD)).isEqualTo(1);

        assertThat(theirs.of("ann")).containsExactly(vip);
        assertThat(theirs.of("bob")).isEmpty();
        assertThat(crm().sync().of(ACME, bob)).isEmpty();
    }

    @Test
    public final void of_whom_is_erased_while_she_is_written_there_nothing_is_kept() {
        String vip = linked();
        assign(ann, "vip");
        theirs.beforeCall(() -> {
            if (theirs.calls().contains("customers")) {
                theirs.beforeCall(() -> {});
                eraseRecord(ann);
            }
        });

        assertThat(finish(sync(by(SyncPolicy.OURS))).count(SyncCount.WITHHELD)).isEqualTo(1);

        assertThat(theirs.of("ann")).containsExactly(vip);
        assertThat(crm().sync().of(ACME, ann)).isEmpty();
    }

    @Test
    public final void an_old_id_stands_for_the_survivor() {
        String vip = linked();
        CustomerId bob = customer("bob");
        assign(ann, "vip");
        merge(ann, bob);

        finish(sync(by(SyncPolicy.OURS)));

        assertThat(theirs.of("bob")).containsExactly(vip);
        assertThat(crm().sync().of(ACME, bob)).isEmpty();
        assertThat(crm().sync().of(ACME, ann).get("sample")).hasSize(2);
    }

    /** If the policy decided anew, what the survivor lost before would come back from there. */
    @Test
    public final void what_was_compared_is_carried_over_merges_and_back() {
        String vip = linked();
        String gold = theirs.tag("Gold");
        define(TagDefinition.flag("gold", "Gold"));
        CustomerId bob = customer("bob", vip, gold);
        CustomerId cleo = customer("cleo");
        TagSync sync = sync(by(SyncPolicy.THEIRS));
        finish(sync);
        merge(bob, cleo);
        assertThat(merges().preview(ann, bob, MergeStrategy.standard()).parts())
                .filteredOn(it -> it.name().equals("tag-sync"))
                .allSatisfy(it -> assertThat(it.moved()).isEqualTo(Map.of("marks", 2L)));
        merge(ann, bob);
        assertThat(crm().sync().of(ACME, bob)).isEmpty();
        assertThat(crm().sync().of(ACME, ann).get("sample")).hasSize(3);
        take(ann, "vip");
        finish(sync);
        assertThat(tagsOf(ann)).containsExactly("gold");
        for (String ref : List.of("ann", "bob", "cleo")) {
            assertThat(theirs.of(ref)).as(ref).containsExactly(gold);
        }

        merges().unmerge(bob, key());
        merges().unmerge(cleo, key());
        assertThat(refs(ann)).containsExactly("ann");
        assertThat(refs(bob)).containsExactly("bob");
        assertThat(refs(cleo)).containsExactly("cleo");
    }

    @Test
    public final void a_merge_that_is_taken_apart_at_once_leaves_what_was_compared_as_it_was() {
        linked(theirs.tag("Gold"));
        CustomerId bob = customer("bob");
        finish(sync(by(SyncPolicy.ASK).adopting()));
        var hers = crm().sync().of(ACME, ann);
        var bobs = crm().sync().of(ACME, bob);

        merge(ann, bob);
        merges().unmerge(bob, key());

        assertThat(crm().sync().of(ACME, ann)).isEqualTo(hers);
        assertThat(crm().sync().of(ACME, bob)).isEqualTo(bobs);
    }

    private List<String> refs(CustomerId customer) {
        return crm().sync().of(ACME, customer).getOrDefault("sample", List.of()).stream()
                .map(SyncMark::ref)
                .toList();
    }

    /** Killed before and after each call in turn; at the end everything is as without a kill, and nothing was done twice. */
    @Test
    public final void a_run_that_is_killed_anywhere_goes_on_and_does_nothing_twice() {
        String vip = linked();
        CustomerId bob = customer("bob", vip);
        CustomerId cleo = customer("cleo");
        assign(cleo, "vip");
        TagSync sync = sync(by(SyncPolicy.NEWEST));
        AtomicInteger left = new AtomicInteger();
        theirs.beforeCall(() -> {
            if (left.getAndDecrement() == 0) {
                throw new Killed();
            }
        });
        sync.start(false);
        SyncProgress progress = sync.progress().orElseThrow();
        for (int kill = 0; !progress.isOver(); kill++) {
            left.set(kill % 4);
            try {
                progress = sync(by(SyncPolicy.NEWEST)).step();
            } catch (Killed e) {
                assertThat(kill).isLessThan(100);
            }
        }

        assertThat(theirs.of("bob")).containsExactly(vip);
        assertThat(theirs.of("cleo")).containsExactly(vip);
        assertThat(lines(bob)).containsExactly("ASSIGNED vip");
        assertThat(lines(cleo)).containsExactly("ASSIGNED vip");
        assertThat(theirs.calls().stream().filter("change cleo"::equals)).hasSize(1);
    }

    private static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    @Test
    public final void calls_are_made_outside_of_transactions() {
        linked();
        assign(ann, "vip");
        theirs.beforeCall(() -> {
            commit(() -> crm().sync().link(ACME, "probe", List.of(new SyncLink("p", "p", "p", 1, 1))));
            throw TagError.CHANNEL_UNAVAILABLE.because("down");
        });
        TagSync sync = sync(by(SyncPolicy.OURS));
        sync.start(false);

        sync.step();

        // Had a transaction been open, the failure would have taken this with it.
        assertThat(crm().sync().links(ACME, "probe")).hasSize(1);
    }

    @Test
    public final void of_two_steps_at_once_one_is_told() {
        linked();
        TagSync sync = sync(by(SyncPolicy.OURS));
        sync.start(false);
        theirs.beforeCall(() -> {
            theirs.beforeCall(() -> {});
            sync(by(SyncPolicy.OURS)).step();
        });

        assertThatThrownBy(sync::step)
                .isInstanceOfSatisfying(
                        CrmException.class, it -> assertThat(it.code()).isEqualTo(TagError.SYNC_ELSEWHERE));
    }

    @Test
    public final void a_dry_run_counts_and_writes_nothing() {
        String vip = linked();
        TagSync sync = sync(by(SyncPolicy.NEWEST).adopting());
        finish(sync);
        CustomerId bob = customer("bob", vip);
        assign(ann, "vip");
        theirs.tag("Gold");
        Map<String, String> names = theirs.names();

        SyncProgress progress = sync.start(true);
        refused(TagError.SYNC_RUNNING, () -> sync.start(false));
        while (!progress.isOver()) {
            progress = sync.step();
        }

        assertThat(progress.counts())
                .containsEntry(SyncCount.ADDED_THERE, 1L)
                .containsEntry(SyncCount.ASSIGNED, 1L)
                .containsEntry(SyncCount.DEFINED, 1L);
        assertThat(tagsOf(bob)).isEmpty();
        assertThat(theirs.of("ann")).isEmpty();
        assertThat(theirs.names()).isEqualTo(names);
        assertThat(definitions().catalog().tags()).containsOnlyKeys("vip");
    }

    @Test
    public final void a_run_is_started_before_steps_are_taken_and_can_be_abandoned() {
        TagSync sync = sync(by(SyncPolicy.OURS));
        refused(TagError.NO_SYNC_RUN, sync::step);
        assertThat(sync.progress()).isEmpty();
        assertThat(sync.start(false)).isEqualTo(sync.start(false));

        assertThat(sync.abandon().phase()).isEqualTo(SyncPhase.DONE);
        assertThat(sync.start(true).run()).isEqualTo(2);
    }

    @Test
    public final void what_the_outside_system_knows_her_by_is_exported_and_erased_with_her() {
        String vip = linked();
        theirs.put("ann", vip);
        finish(sync(by(SyncPolicy.THEIRS)));
        var privacy = new SyncPrivacy(crm().sync());

        assertThat(privacy.export(ACME, ann, PageRequest.first(10)).items())
                .singleElement()
                .satisfies(row -> assertThat(row.toString() + row.values()).contains("ann", "vip"));
        Erased erased = committed(
                () -> privacy.erase(new ErasureStep(ACME, ann, crm().clock().instant(), Actor.UNKNOWN), 10));

        assertThat(erased.rows()).isEqualTo(1);
        assertThat(privacy.export(ACME, ann, PageRequest.first(10)).items()).isEmpty();
    }
}
