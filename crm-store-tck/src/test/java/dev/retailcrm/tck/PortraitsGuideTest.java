package dev.retailcrm.tck;

import static dev.retailcrm.core.rule.Rules.allOf;
import static dev.retailcrm.core.rule.Rules.days;
import static dev.retailcrm.core.rule.Rules.inAudience;
import static dev.retailcrm.core.rule.Rules.taggedAny;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.retailcrm.audience.AudienceRule;
import dev.retailcrm.audience.index.AudienceIndex;
import dev.retailcrm.audience.index.IndexScope;
import dev.retailcrm.audience.portrait.Portrait;
import dev.retailcrm.audience.portrait.Portraits;
import dev.retailcrm.audience.portrait.Range;
import dev.retailcrm.audience.portrait.Ranges;
import dev.retailcrm.audience.portrait.Spread;
import dev.retailcrm.core.behavior.BehaviorEvent;
import dev.retailcrm.core.behavior.BehaviorId;
import dev.retailcrm.core.behavior.BehaviorType;
import dev.retailcrm.core.behavior.Properties;
import dev.retailcrm.core.behavior.Property;
import dev.retailcrm.core.customer.BirthDate;
import dev.retailcrm.core.customer.ProfilePatch;
import dev.retailcrm.core.customer.Registration;
import dev.retailcrm.core.field.FieldDefinition;
import dev.retailcrm.core.field.FieldPatch;
import dev.retailcrm.core.field.FieldType;
import dev.retailcrm.core.field.FieldValue;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.rule.CompiledRule;
import dev.retailcrm.core.rule.EventTally;
import dev.retailcrm.core.rule.EventValues;
import dev.retailcrm.core.rule.RequiredFacts;
import dev.retailcrm.core.rule.Rule;
import dev.retailcrm.core.rule.RuleQueries;
import dev.retailcrm.core.rule.RuleTally;
import dev.retailcrm.tags.TagDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The guide of portraits quotes this example, which does what its comments say. */
class PortraitsGuideTest {
    private final MutableClock clock = MutableClock.at("2026-03-01T09:00:00Z");
    private final InMemoryCrm.Tenant acme = InMemoryCrm.on(clock).tenant("acme");

    /** Each fourth of 240 lives in Suzhou; of the 80 who are keen, each second. */
    private void populate() {
        acme.behavior().define(BehaviorType.of("product.viewed").with(Property.text("sku", 40)));
        acme.fields().define(FieldDefinition.of("city", "City", FieldType.TEXT), RequestKey.of("city"));
        acme.tags().definitions().define(TagDefinition.flag("vip", "VIP"), RequestKey.of("vip"));
        acme.audiences().define(AudienceRule.list("keen", "Keen"), RequestKey.of("keen"));
        for (int i = 0; i < 240; i++) {
            boolean keen = i < 80;
            CustomerId customer = acme.customers()
                    .register(Registration.of("C" + i)
                            .with(ProfilePatch.none().birthDate(BirthDate.of(LocalDate.of(keen ? 2000 : 1970, 1, 1))))
                            .key("c" + i))
                    .id();
            String city = i % 2 == 0 && (keen || i % 8 == 0) ? "Suzhou" : "Wuxi";
            acme.fields()
                    .set(customer, FieldPatch.none().set("city", FieldValue.text(city)), RequestKey.of("city/" + i));
            acme.behavior()
                    .record(BehaviorEvent.of(
                                    customer, "product.viewed", BehaviorId.of("web", "seen-" + i), clock.instant())
                            .with(Properties.none().text("sku", keen && i % 4 > 0 ? "tea" : "pot")));
            if (keen) {
                acme.audiences().include("keen", customer, RequestKey.of("keen/" + i));
            }
        }
    }

    @Test
    void the_example_does_what_it_says() {
        populate();
        Instant now = clock.instant();
        LocalDate today = LocalDate.of(2026, 3, 1);
        List<Instant> mondays = List.of(now);
        CompiledRule vip = acme.rules().compile(Rule.of(taggedAny("vip")));
        CompiledRule everybody = acme.rules().compile(Rule.of(allOf()));
        List<String> fields = List.of("custom.city");
        List<String> tags = List.of("vip");
        AudienceIndex index = AudienceIndex.build(
                acme.rules(),
                IndexScope.of(
                        acme.rules().catalog(),
                        RequiredFacts.of(
                                Set.of("custom.city"),
                                Set.of("vip"),
                                Map.of("product.viewed", Set.of("sku")),
                                Set.of("keen"))),
                now,
                progress -> {});

        // GUIDE
        RuleQueries rules = acme.rules();
        CompiledRule keen = rules.compile(Rule.of(inAudience("keen")));

        Portrait portrait = Portraits.of(rules)
                .smallestGroup(20)
                .ranged("profile.birth_date", Ranges.ofAges(today, 18, 30, 50))
                .portrait(keen, now, List.of("profile.birth_date", "custom.city", "trade.CNY.orders"), List.of("vip"));
        portrait.field("custom.city").of(FieldValue.text("Suzhou")); // members=40 share=0.5 baseShare=0.25 index=200
        portrait.ranges("profile.birth_date").shares(); // how many are 18 to 29, 30 to 49, …
        portrait.numbers("trade.CNY.orders"); // quartiles

        EventValues seen = EventValues.of("product.viewed", "sku").inLast(days(30)); // or ("purchase", "brand"), …
        Spread<FieldValue> top = Portraits.of(rules).top(keen, now, seen, 20); // what most of them saw, with index

        Portraits.trend(acme.audiences(), "keen", mondays); // how many were in, by the stays
        Portraits.of(rules).overlap(List.of(keen, vip), now).together(0, 1);

        RuleTally base = index.tally(
                everybody, now, fields, tags); // the same from the index: counted once, used for many audiences
        Portrait.of(index.tally(keen, now, fields, tags), base, 20);
        EventTally all = index.tally(everybody, now, rules.compile(seen));
        Portrait.top(index.tally(keen, now, rules.compile(seen)), all, 20, 20);
        // GUIDE

        Spread.Share<FieldValue> share =
                portrait.field("custom.city").of(FieldValue.text("Suzhou")).orElseThrow();
        assertThat(share.members()).isEqualTo(40);
        assertThat(share.share()).isEqualTo(0.5, within(1e-12));
        assertThat(share.baseShare()).isEqualTo(0.25, within(1e-12));
        assertThat(share.index()).isEqualTo(200, within(1e-9));
        assertThat(portrait.ranges("profile.birth_date").shares())
                .extracting(Spread.Share::value)
                .containsExactly(new Range(FieldValue.number(18), FieldValue.number(30)));
        assertThat(portrait.numbers("trade.CNY.orders").orElseThrow().median()).isEqualTo(FieldValue.number(0));
        assertThat(top.shares())
                .extracting(it -> it.value().asText(), it -> Math.round(it.index()))
                .containsExactly(tuple("tea", 300L), tuple("pot", 33L));
        assertThat(Portrait.top(index.tally(keen, now, rules.compile(seen)), all, 20, 20))
                .isEqualTo(top);
        assertThat(Portraits.trend(acme.audiences(), "keen", mondays)).containsEntry(now, 80L);
    }

    @Test
    void the_guide_quotes_the_example() throws IOException {
        String source = Files.readString(Path.of("src/test/java/dev/retailcrm/tck/PortraitsGuideTest.java"));
        String mark = "// GUIDE\n";
        int start = source.indexOf(mark) + mark.length();
        String quoted = source.substring(start, source.indexOf("        // GUIDE", start))
                .replaceAll("(?m)^ {8}", "");
        assertThat(Files.readString(Path.of("../docs/portraits.md"))).contains(quoted.strip());
    }
}
