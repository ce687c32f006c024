package dev.retailcrm.tck;

import static dev.retailcrm.audience.AudienceSet.in;
import static dev.retailcrm.core.rule.Rules.allOf;
import static dev.retailcrm.core.rule.Rules.days;
import static dev.retailcrm.core.rule.Rules.did;
import static org.assertj.core.api.Assertions.assertThat;

import dev.retailcrm.audience.AudienceExplanation;
import dev.retailcrm.audience.AudienceRule;
import dev.retailcrm.audience.Audiences;
import dev.retailcrm.core.customer.Registration;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.PageRequest;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.rule.Rule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The guide of audiences quotes this example, which does what its comments say. */
class AudiencesGuideTest {
    private static final RequestKey KEY = RequestKey.of("audiences/2");

    private final MutableClock clock = MutableClock.at("2026-03-01T09:00:00Z");
    private final InMemoryCrm.Tenant acme = InMemoryCrm.on(clock).tenant("acme");

    private CustomerId customer(String name) {
        return acme.customers().register(Registration.of(name).key(name)).id();
    }

    @Test
    void the_example_does_what_it_says() {
        CustomerId ann = customer("Ann");
        CustomerId bob = customer("Bob");
        acme.behavior().define(BehaviorFacade.VIEW);
        for (int i = 0; i < 3; i++) {
            acme.behavior().record(BehaviorFacade.view(ann, "seen-" + i, clock.instant()));
        }
        for (String other : List.of("staff", "new", "shanghai")) {
            acme.audiences().define(AudienceRule.list(other, other), RequestKey.of("audiences/" + other));
        }
        Instant lastMonday = clock.instant();

        // GUIDE
        Audiences audiences = acme.audiences();

        AudienceRule keen = audiences.define(
                AudienceRule.dynamic(
                                "keen",
                                "Keen",
                                Rule.of(did("product.viewed").atLeast(3).inLast(days(7))))
                        .without("staff")
                        .limitedTo(10_000),
                RequestKey.of("audiences/keen"));

        while (!audiences.advance(100_000).isDone()) {} // a job: what is new, changed or due, a transaction a step
        audiences.count("keen");
        audiences.members("keen", PageRequest.first(1_000)); // by id, a page at a time
        audiences.members("keen", lastMonday, PageRequest.first(1_000)); // who was in
        audiences.explain("keen", ann); // in or out, since when, which leaves with which values, until when

        audiences.include("keen", bob, KEY); // at once, whatever the rule says, until lift
        audiences.impact(keen.limitedTo(500)); // who would come and go; nothing is written
        audiences.change(keen.paused(), RequestKey.of("audiences/pause"));

        audiences.count(in("keen").or(in("new").and(in("shanghai"))));
        audiences.snapshots().freeze("may-mailing", in("keen").minus(in("staff")), RequestKey.of("audiences/may"));
        // GUIDE

        AudienceExplanation hers = audiences.explain("keen", ann);
        assertThat(hers.isIn()).isTrue();
        assertThat(hers.validUntil()).contains(lastMonday.plus(Duration.ofDays(7)));
        assertThat(audiences.count("keen")).isEqualTo(2);
        assertThat(audiences.snapshots().all().get(0).members()).isEqualTo(2);
        assertThat(audiences.impact(keen.when(Rule.of(allOf()))).entered()).isZero();
    }

    @Test
    void the_guide_quotes_the_example() throws IOException {
        String source = Files.readString(Path.of("src/test/java/dev/retailcrm/tck/AudiencesGuideTest.java"));
        String mark = "// GUIDE\n";
        int start = source.indexOf(mark) + mark.length();
        String quoted = source.substring(start, source.indexOf("        // GUIDE", start))
                .replaceAll("(?m)^ {8}", "");
        assertThat(Files.readString(Path.of("../docs/audiences.md"))).contains(quoted.strip());
    }
}
