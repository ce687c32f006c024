package dev.retailcrm.tck;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Splitter;
import dev.retailcrm.core.customer.Customer;
import dev.retailcrm.core.customer.CustomerStatus;
import dev.retailcrm.core.customer.Registration;
import dev.retailcrm.core.history.Actor;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.privacy.Erasure;
import dev.retailcrm.core.privacy.Privacy;
import dev.retailcrm.core.privacy.RetentionProgress;
import dev.retailcrm.core.privacy.RetentionRule;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The guide of privacy quotes this example, which does what its comments say. */
class PrivacyGuideTest {
    @Test
    void the_example_does_what_it_says() {
        var clock = MutableClock.at("2026-03-01T09:00:00Z");
        var shop = InMemoryCrm.on(clock).tenant("shop");
        var customers = shop.customers();
        Customer ann = customers.register(
                Registration.of("Ann").phone("+8613812348000").key("ann"));
        var outputStream = new ByteArrayOutputStream();
        customers.register(Registration.of("Bob").key("bob"));

        // GUIDE
        Privacy privacy = shop.privacy().as(Actor.customer().via("app"));
        privacy.export(ann.id(), outputStream); // everything that is kept of her, as JSON

        Erasure erasure = privacy.erase(ann.id(), RequestKey.of("privacy/17/erase"));
        erasure.state(); // ERASED, or REQUESTED while something stands against it:
        erasure.obstacles(); // stored value, a gift card bound to her, a hold, a debt

        // by the clock: what waits or was interrupted
        CustomerId cursor = null;
        do {
            cursor = privacy.proceed(cursor, 100).cursor();
        } while (cursor != null);

        // and who did nothing for three years: who would it be?
        RetentionRule rule = RetentionRule.eraseAfter(Period.ofYears(3), ZoneOffset.UTC);
        RetentionProgress who = privacy.overdue(rule, null, 1_000); // writes nothing
        privacy.expire(rule, null, 1_000); // each restricted or erased; until isDone()
        // GUIDE

        assertThat(outputStream.toString(StandardCharsets.UTF_8)).contains("\"display\":\"Ann\"");
        assertThat(erasure.isComplete()).isTrue();
        assertThat(customers.find(ann.id()).orElseThrow().status()).isEqualTo(CustomerStatus.ERASED);
        assertThat(who.overdue()).isEmpty();
        clock.advance(Duration.ofDays(3 * 366));
        assertThat(privacy.expire(rule, null, 1_000).overdue()).hasSize(1);
    }

    @Test
    void the_guide_quotes_the_example() throws IOException {
        String source = Files.readString(Path.of("src/test/java/dev/retailcrm/tck/PrivacyGuideTest.java"));
        List<String> parts = Splitter.on("// GUIDE\n").splitToList(source);

        assertThat(Files.readString(Path.of("../docs/privacy.md")))
                .contains(parts.get(1).stripTrailing().stripIndent().strip());
    }
}
