package dev.retailcrm.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retailcrm.core.customer.Registration;
import dev.retailcrm.core.kernel.Page;
import dev.retailcrm.core.kernel.PageRequest;
import dev.retailcrm.core.kernel.StaffId;
import dev.retailcrm.core.ownership.HandOver;
import dev.retailcrm.core.ownership.HandOverProgress;
import dev.retailcrm.core.ownership.Instruction;
import dev.retailcrm.core.ownership.Owner;
import dev.retailcrm.core.ownership.OwnershipEntry;
import dev.retailcrm.core.ownership.OwnershipRules;
import dev.retailcrm.core.ownership.WaitingOffer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The guide of ownership quotes this example, which does what its comments say. */
class OwnershipGuideTest {
    @Test
    void the_example_does_what_it_says() {
        var clock = MutableClock.at("2026-03-01T09:00:00Z");
        var crm = InMemoryCrm.on(clock);
        var ann = crm.tenant("shop")
                .customers()
                .register(Registration.of("Ann").key("ann"))
                .id();

        // GUIDE
        var ownership = crm.tenant("shop")
                .ownership(OwnershipRules.none()
                        .atMost(2, Duration.ofDays(90)) // transfers
                        .notToWhoServesHer()
                        .protectedFor(Duration.ofDays(30))); // = OwnershipRules.standard()

        // an operator gives her to Kim, who offers her to Lee and has an answer within two days
        var kim = Owner.staff("kim").in("S01");
        var lee = Owner.staff("lee").in("S02");
        ownership.assign(ann, kim, Instruction.by("head-office", "crm/assign/1"));
        var offer = ownership.offer(ann, lee, Duration.ofDays(2), Instruction.by("kim", "crm/offer/1"));
        Page<WaitingOffer> waiting = ownership.offersTo(StaffId.of("lee"), PageRequest.first(50));
        ownership.accept(ann, offer.seq(), Instruction.by("lee", "crm/accept/1"));

        // back to the pool; of all who claim her exactly one gets her
        ownership.release(ann, Instruction.by("lee", "crm/release/1").because("moved"));
        ownership.claim(ann, kim, Instruction.by("kim", "crm/claim/1"));

        // Kim leaves: her customers are shared out, in chunks of 500; the key names the whole batch
        var batch = new HandOver(
                StaffId.of("kim"),
                List.of(lee, Owner.staff("max").in("S01")),
                Instruction.byManager("head", "leaver/kim").because("leaver"));
        HandOverProgress chunk = ownership.handOver(batch, null, 500);
        while (!chunk.isDone()) {
            chunk = ownership.handOver(batch, chunk.cursor(), 500);
        }

        // what the policy of access asks, and all that ever happened
        boolean isOwn = ownership
                .ownerOf(ann)
                .filter(tenure -> tenure.owner().isStaff(StaffId.of("kim")))
                .isPresent();
        Page<OwnershipEntry> history = ownership.history(ann, PageRequest.first(50));
        // GUIDE

        assertThat(waiting.items()).hasSize(1);
        assertThat(chunk.outcomes()).hasSize(1).allMatch(outcome -> outcome.isMoved());
        assertThat(isOwn).isFalse();
        assertThat(history.items()).hasSize(6);
    }

    @Test
    void the_guide_quotes_the_example() throws IOException {
        String source = Files.readString(Path.of("src/test/java/dev/retailcrm/tck/OwnershipGuideTest.java"));
        String mark = "// GUIDE\n";
        int start = source.indexOf(mark) + mark.length();
        String example = source.substring(start, source.indexOf(mark, start)).stripIndent();

        assertThat(Files.readString(Path.of("../docs/ownership.md"))).contains(example.strip());
    }
}
