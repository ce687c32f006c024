package dev.retailcrm.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retailcrm.core.imports.CustomerColumn;
import dev.retailcrm.core.imports.ImportFile;
import dev.retailcrm.core.imports.ImportProgress;
import dev.retailcrm.core.imports.ImportRun;
import dev.retailcrm.core.imports.Imports;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.PageRequest;
import dev.retailcrm.core.trade.Trade;
import dev.retailcrm.tags.CustomerPages;
import dev.retailcrm.tags.TagBatch;
import dev.retailcrm.tags.TagBatchProgress;
import dev.retailcrm.tags.TagBatchProgress.State;
import dev.retailcrm.tags.TagBatches;
import dev.retailcrm.tags.TagDefinition;
import dev.retailcrm.tags.TagError;
import dev.retailcrm.tags.TagMergeRule;
import dev.retailcrm.tags.TagOutcome;
import dev.retailcrm.tags.TagOutcome.Kind;
import dev.retailcrm.tags.Tagging;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What batches of tags do, whatever the store. */
public abstract class TagBatchContract extends TagFacade {
    /** Where files are written. */
    @TempDir
    Path folder = Path.of("");

    private List<CustomerId> all = List.of();

    /** A contract. */
    protected TagBatchContract() {}

    /** Registers customers, ascending by id. */
    @BeforeEach
    public final void registerMany() {
        all = Stream.generate(() -> crm().newCustomer(ACME)).limit(5).sorted().toList();
        flags("vip", "other");
    }

    private TagBatches batches() {
        return byKim().batches();
    }

    private TagBatchProgress runAll(String batch, List<CustomerId> customers) {
        TagBatchProgress progress = batches().run(batch, CustomerPages.of(customers), 2);
        while (progress.state() == State.RUNNING) {
            progress = batches().run(batch, CustomerPages.of(customers), 2);
        }
        return progress;
    }

    private TagBatchProgress undoAll(String batch) {
        TagBatchProgress progress = batches().undo(batch, 2);
        while (progress.state() != State.UNDONE) {
            progress = batches().undo(batch, 2);
        }
        return progress;
    }

    @Test
    public final void a_batch_tags_everybody_and_tells_of_each() {
        assign(all.get(1), "vip");
        CustomerId gone = nobody();
        List<CustomerId> asked = new ArrayList<>(all);
        asked.add(gone);
        repeatable(() -> batches().start(TagBatch.add("B1", Tagging.of("vip"))));

        TagBatchProgress done = runAll("B1", asked);

        assertThat(done.state()).isEqualTo(State.DONE);
        assertThat(List.of(done.changed(), done.unchanged(), done.refused())).containsExactly(4L, 1L, 1L);
        assertThat(tags().count("vip")).isEqualTo(5);
        List<TagOutcome> outcomes = Pages.all(2, page -> batches().outcomes("B1", page));
        assertThat(outcomes)
                .hasSize(6)
                .isSortedAccordingTo((a, b) -> a.customer().compareTo(b.customer()));
        assertThat(outcomes)
                .contains(
                        new TagOutcome(all.get(0), Kind.CHANGED, null),
                        new TagOutcome(all.get(1), Kind.UNCHANGED, null),
                        new TagOutcome(gone, Kind.REFUSED, CoreError.UNKNOWN_CUSTOMER.id()));
        assertThat(tags().history(all.get(0), PageRequest.first(10)).items())
                .extracting(it -> it.batch())
                .containsExactly("B1");
        repeatable(() -> batches().run("B1", CustomerPages.of(asked), 2));
    }

    @Test
    public final void a_batch_goes_on_where_a_lost_chunk_was() {
        batches().start(TagBatch.add("B1", Tagging.of("vip")));
        batches().run("B1", CustomerPages.of(all), 2);
        try (HostTransaction host = crm().begin()) {
            batches().run("B1", CustomerPages.of(all), 2);
            host.rollback();
        }
        assertThat(tags().count("vip")).isEqualTo(2);
        assertThat(batches().find("B1").orElseThrow().changed()).isEqualTo(2);

        assertThat(runAll("B1", all).changed()).isEqualTo(5);
        assertThat(tags().count("vip")).isEqualTo(5);
        assertThat(lines(all.get(0))).containsExactly("ASSIGNED vip");
    }

    @Test
    public final void customers_of_a_file_are_added_once_each_in_any_order() {
        batches().start(TagBatch.add("B1", Tagging.of("vip")));
        assertThat(batches().add("B1", List.of(all.get(3), all.get(0), all.get(3))))
                .hasSize(2);
        assertThat(batches().add("B1", List.of(all.get(0), all.get(1)))).hasSize(1);
        take(all.get(0), "vip");
        assertThat(batches().add("B1", List.of(all.get(0)))).isEmpty();

        assertThat(batches().finish("B1").changed()).isEqualTo(3);
        assertThat(tags().count("vip")).isEqualTo(2);
        refused(TagError.BATCH_STATE, () -> batches().add("B1", all));
    }

    @Test
    public final void a_file_is_tagged_with_its_rejects_and_once() throws IOException {
        definitions().retire("other", key());
        Path file = folder.resolve("visitors.csv");
        Files.writeString(
                file,
                "who\n" + all.get(0) + "\n" + nobody() + "\n\nnonsense\n" + all.get(1) + "\n" + all.get(0) + "\n");
        Path rejects = folder.resolve("rejects.csv");
        batches().start(TagBatch.add("B1", Tagging.of("vip")));
        batches().start(TagBatch.add("B2", Tagging.of("other")));
        var imports = new Imports(
                customers(), new Trade(ACME, crm().trade(), crm().unitOfWork(), crm().clock(), ZONE), behavior(), ZONE);
        var who = CustomerColumn.id("who");
        var run = ImportRun.of("visitors").rejectsTo(rejects);

        ImportProgress done =
                imports.named(ImportFile.csv(file), who, run, batches().fromFile("B1"));

        assertThat(List.of(done.accepted(), done.repeated(), done.rejected())).containsExactly(2L, 1L, 2L);
        assertThat(Files.readString(rejects)).contains("3,,CRM-TAG-118").contains("5,who,CRM-CORE-001");
        assertThat(tags().count("vip")).isEqualTo(2);
        assertThat(imports.named(ImportFile.csv(file), who, run, batches().fromFile("B1"))
                        .accepted())
                .isZero();
        assertThat(imports.named(ImportFile.csv(file), who, run, batches().fromFile("B2"))
                        .accepted())
                .isZero();
        assertThat(batches().find("B2").orElseThrow().refused()).isEqualTo(3);
    }

    @Test
    public final void a_batch_is_undone_but_for_what_was_changed_since() {
        exclusive("value", "gold", "silver");
        assign(all.get(0), "silver");
        assignFor(all.get(1), "gold", DAY);
        batches().start(TagBatch.replace("B1", "value", Tagging.of("gold")));
        runAll("B1", all);
        take(all.get(2), "gold");
        take(all.get(3), "gold");
        assign(all.get(3), "gold");

        TagBatchProgress undone = undoAll("B1");

        assertThat(undone.state()).isEqualTo(State.UNDONE);
        assertThat(undone.undone()).isEqualTo(3);
        assertThat(tagsOf(all.get(0))).containsExactly("silver");
        assertThat(tags().of(all.get(1)).get(0).until()).isEqualTo(T0.plus(DAY));
        assertThat(tagsOf(all.get(2))).isEmpty();
        assertThat(tagsOf(all.get(3))).containsExactly("gold");
        assertThat(tagsOf(all.get(4))).isEmpty();
        assertThat(tags().count("gold")).isEqualTo(2);
        repeatable(() -> batches().undo("B1", 2));
        refused(TagError.BATCH_STATE, () -> batches().run("B1", CustomerPages.of(all), 2));
    }

    @Test
    public final void undoing_brings_nothing_back_that_a_later_tag_excludes() {
        exclusive("value", "gold", "silver", "bronze");
        assign(ann, "silver");
        batches().start(TagBatch.add("B1", Tagging.of("gold")));
        runAll("B1", List.of(ann));
        assign(ann, "bronze");

        undoAll("B1");

        assertThat(tagsOf(ann)).containsExactly("bronze");
    }

    @Test
    public final void who_was_merged_is_tagged_once_for_a_batch() {
        merge(ann, all.get(0));
        batches().start(TagBatch.add("B1", Tagging.of("vip")));
        assertThat(batches().add("B1", List.of(all.get(0)))).hasSize(1);
        take(ann, "vip");

        assertThat(batches().add("B1", List.of(all.get(0)))).isEmpty();
        assertThat(batches().add("B1", List.of(ann))).isEmpty();

        assertThat(tagsOf(ann)).isEmpty();
        assertThat(batches().finish("B1").changed()).isEqualTo(1);
    }

    @Test
    public final void that_two_tags_became_one_is_not_undone_with_a_batch() {
        assign(ann, "other");
        definitions().merge("other", "vip", TagMergeRule.KEEP_TARGET, key());
        flags("third");
        batches().start(TagBatch.add("B1", Tagging.of("third")));
        runAll("B1", List.of(ann));
        take(ann, "vip");

        undoAll("B1");

        assertThat(tagsOf(ann)).isEmpty();
    }

    @Test
    public final void a_batch_that_removes_is_undone_too() {
        all.forEach(it -> assign(it, "vip"));
        batches().start(TagBatch.remove("B1", "vip"));
        runAll("B1", all);
        assertThat(tags().count("vip")).isZero();
        assertThat(tags().removedByHand(all.get(0))).hasSize(1);

        undoAll("B1");

        assertThat(tags().count("vip")).isEqualTo(5);
        assertThat(tags().removedByHand(all.get(0))).isEmpty();
    }

    @Test
    public final void a_batch_stops_at_the_limit_of_a_tag() {
        define(TagDefinition.flag("few", "Few").forAtMost(3));
        batches().start(TagBatch.add("B1", Tagging.of("few")));

        TagBatchProgress done = runAll("B1", all);

        assertThat(List.of(done.changed(), done.refused())).containsExactly(3L, 2L);
        assertThat(tags().count("few")).isEqualTo(3);
        assertThat(batches().outcomes("B1", PageRequest.first(10)).items())
                .contains(new TagOutcome(all.get(4), Kind.REFUSED, TagError.TAG_FULL.id()));
    }

    @Test
    public final void the_old_id_of_a_merged_customer_stands_for_the_survivor() {
        merge(all.get(4), all.get(0));
        batches().start(TagBatch.add("B1", Tagging.of("vip")));

        TagBatchProgress done = runAll("B1", List.of(all.get(0), all.get(4)));

        assertThat(List.of(done.changed(), done.unchanged())).containsExactly(1L, 1L);
        assertThat(tagsOf(all.get(4))).containsExactly("vip");
        assertThat(tags().count("vip")).isEqualTo(1);
    }

    @Test
    public final void batches_are_told_apart() {
        batches().start(TagBatch.add("B1", Tagging.of("vip")));

        refused(CoreError.REQUEST_KEY_REUSED, () -> batches().start(TagBatch.add("B1", Tagging.of("other"))));
        refused(TagError.UNKNOWN_BATCH, () -> batches().run("B2", CustomerPages.of(all), 2));
        refused(TagError.UNKNOWN_BATCH, () -> batches().undo("b1", 2));
        assertThat(batches().find("b1")).isEmpty();
    }
}
