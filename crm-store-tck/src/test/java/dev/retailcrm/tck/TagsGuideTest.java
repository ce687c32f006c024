package dev.retailcrm.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retailcrm.core.customer.Registration;
import dev.retailcrm.core.history.Actor;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.kernel.StaffId;
import dev.retailcrm.tags.CustomerPages;
import dev.retailcrm.tags.TagBatch;
import dev.retailcrm.tags.TagBatchProgress;
import dev.retailcrm.tags.TagDefinition;
import dev.retailcrm.tags.TagDefinitions;
import dev.retailcrm.tags.TagGroup;
import dev.retailcrm.tags.TagMark;
import dev.retailcrm.tags.Tagging;
import dev.retailcrm.tags.Tags;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The guide of tags quotes this example, which does what its comments say. */
class TagsGuideTest {
    private final InMemoryCrm.Tenant acme =
            InMemoryCrm.on(MutableClock.at("2026-03-01T09:00:00Z")).tenant("acme");

    private CustomerId customer(String name) {
        return acme.customers().register(Registration.of(name).key(name)).id();
    }

    @Test
    void the_example_does_what_it_says() {
        CustomerId ann = customer("Ann");
        List<CustomerId> visitors =
                IntStream.range(0, 3).mapToObj(i -> customer("Visitor " + i)).toList();

        // GUIDE
        Tags tags = acme.tags().as(Actor.staff(StaffId.of("kim")));

        // once
        TagDefinitions define = tags.definitions();
        define.defineGroup(TagGroup.of("value", "Value").asExclusive(), RequestKey.of("tags/value"));
        define.define(TagDefinition.flag("gold", "Gold").in("value").forAtMost(1_000), RequestKey.of("tags/gold"));
        define.define(TagDefinition.flag("silver", "Silver").in("value"), RequestKey.of("tags/silver"));
        define.define(TagDefinition.flag("guest", "Guest").lasting(Duration.ofDays(30)), RequestKey.of("tags/guest"));

        // at the till
        tags.assign(ann, Tagging.of("silver"), RequestKey.of("S01/tag/1"));
        tags.assign(ann, Tagging.of("gold"), RequestKey.of("S01/tag/2")); // REPLACED silver, ASSIGNED gold
        List<TagMark> hers = tags.of(ann); // gold, since when, by whom
        tags.count("gold"); // 1, exactly
        tags.remove(ann, "gold", RequestKey.of("S01/tag/3")); // no rule puts it back until lift(ann, "gold", …)

        // many, a chunk at a time, on and on after a stop
        TagBatch fair = TagBatch.add("fair-2026", Tagging.of("guest"));
        tags.batches().start(fair);
        TagBatchProgress batch = tags.batches().run(fair.id(), CustomerPages.of(visitors), 1_000);
        while (batch.state() == TagBatchProgress.State.RUNNING) {
            batch = tags.batches().run(fair.id(), CustomerPages.of(visitors), 1_000);
        }
        tags.batches().undo(fair.id(), 1_000); // but for what was changed since
        // GUIDE

        assertThat(hers).extracting(TagMark::tag).containsExactly("gold");
        assertThat(tags.of(ann)).isEmpty();
        assertThat(tags.removedByHand(ann)).hasSize(1);
        assertThat(batch.changed()).isEqualTo(3);
        assertThat(tags.count("guest")).isZero();
    }

    @Test
    void the_guide_quotes_the_example() throws IOException {
        String source = Files.readString(Path.of("src/test/java/dev/retailcrm/tck/TagsGuideTest.java"));
        String mark = "// GUIDE\n";
        int start = source.indexOf(mark) + mark.length();
        String example = source.substring(start, source.indexOf(mark, start)).stripIndent();

        assertThat(Files.readString(Path.of("../docs/tags.md"))).contains(example.strip());
    }
}
