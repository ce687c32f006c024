package dev.retailcrm.tck;

import static dev.retailcrm.core.rule.Rules.allOf;
import static dev.retailcrm.core.rule.Rules.days;
import static dev.retailcrm.core.rule.Rules.did;
import static dev.retailcrm.core.rule.Rules.field;
import static dev.retailcrm.core.rule.Rules.taggedAny;
import static org.assertj.core.api.Assertions.assertThat;

import dev.retailcrm.audience.index.AudienceIndex;
import dev.retailcrm.audience.index.IndexFeed;
import dev.retailcrm.audience.index.IndexGap;
import dev.retailcrm.audience.index.IndexScope;
import dev.retailcrm.core.customer.Registration;
import dev.retailcrm.core.event.EventRelay;
import dev.retailcrm.core.field.FieldDefinition;
import dev.retailcrm.core.field.FieldType;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.PageRequest;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.rule.CompiledRule;
import dev.retailcrm.core.rule.EventFact;
import dev.retailcrm.core.rule.EventValues;
import dev.retailcrm.core.rule.RequiredFacts;
import dev.retailcrm.core.rule.Rule;
import dev.retailcrm.core.rule.RuleCatalog;
import dev.retailcrm.core.rule.RuleQueries;
import dev.retailcrm.tags.TagDefinition;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The guide of the audience index quotes this example, which does what its comments say. */
class AudienceIndexGuideTest {
    private final MutableClock clock = MutableClock.at("2026-03-01T09:00:00Z");
    private final InMemoryCrm.Tenant acme = InMemoryCrm.on(clock).tenant("acme");
    private final List<Long> shown = new ArrayList<>();

    private void show(long customers) {
        shown.add(customers);
    }

    private CustomerId customer(String name) {
        return acme.customers().register(Registration.of(name).key(name)).id();
    }

    @Test
    void the_example_does_what_it_says() throws IOException {
        CustomerId ann = customer("Ann");
        CustomerId bob = customer("Bob");
        acme.behavior().define(BehaviorFacade.VIEW);
        acme.behavior().record(BehaviorFacade.view(bob, "seen", clock.instant()));
        acme.fields().define(FieldDefinition.of("city", "City", FieldType.TEXT), RequestKey.of("city"));
        acme.fields()
                .define(FieldDefinition.of("secret", "Secret", FieldType.TEXT).asPersonal(), RequestKey.of("secret"));
        acme.tags().definitions().define(TagDefinition.flag("vip", "VIP"), RequestKey.of("vip"));
        Instant now = clock.instant();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        List<Rule> published = List.of(
                Rule.of(did("product.viewed").atLeast(1).inLast(days(7))),
                Rule.of(allOf(taggedAny("vip"), field("custom.city").is("Suzhou"))),
                Rule.of(field("custom.secret").is("x")));
        Rule typed = published.get(0);
        CompiledRule other = acme.rules().compile(published.get(1));
        EventValues seen = EventValues.of("product.viewed", "sku").inLast(days(7));

        // GUIDE
        RuleQueries rules = acme.rules();
        RuleCatalog catalog = rules.catalog();
        RequiredFacts facts = published.stream()
                .map(Rule::requiredFacts)
                .reduce(seen.requiredFacts(), RequiredFacts::and); // or RequiredFacts.of(…)

        IndexFeed feed = new IndexFeed(rules); // collects of whom something is written
        EventRelay relay = acme.events(feed); // or part of a listener of your own
        AudienceIndex index = AudienceIndex.build(
                rules, IndexScope.of(catalog, facts).bytesUpTo(2L << 30), now, progress -> show(progress.customers()));

        CompiledRule rule = rules.compile(typed);
        index.gaps(rule); // [] or [IndexGap[path=/rule/all/1/field, reason=PERSONAL]]
        index.count(rule, now); // exact
        index.estimate(rule, now, 20_000); // about how many, from 20,000 of them, with an interval of 95 %
        index.members(rule, now, PageRequest.first(1_000));
        index.tally(rule, now, List.of("custom.city"), List.of("vip")); // how many have which values and tags
        index.tally(rule, now, rules.compile(seen)); // how many have seen which articles
        index.overlap(List.of(rule, other), now); // a Venn diagram of 2 to 4

        relay.drain(1_000);
        feed.refresh(index); // loads what is known of them now, all at once
        index.record(ann, "product.viewed", EventFact.at(now)); // or adds one event without loading anything

        index.save(out);
        AudienceIndex later = AudienceIndex.load(new ByteArrayInputStream(out.toByteArray()), index.scope());
        // GUIDE

        assertThat(shown).containsExactly(2L);
        assertThat(index.count(rule, now)).isEqualTo(2);
        assertThat(later.members(rule, now, PageRequest.first(9)).items()).containsExactly(ann, bob);
        assertThat(later.tally(rule, now, rules.compile(seen)).customers()).isEqualTo(2);
        assertThat(index.gaps(rules.compile(
                        Rule.of(allOf(typed.condition(), published.get(2).condition())))))
                .containsExactly(new IndexGap("/rule/all/1/field", IndexGap.Reason.PERSONAL));
    }

    @Test
    void the_guide_quotes_the_example() throws IOException {
        String source = Files.readString(Path.of("src/test/java/dev/retailcrm/tck/AudienceIndexGuideTest.java"));
        String mark = "// GUIDE\n";
        int start = source.indexOf(mark) + mark.length();
        String quoted = source.substring(start, source.indexOf("        // GUIDE", start))
                .replaceAll("(?m)^ {8}", "");
        assertThat(Files.readString(Path.of("../docs/audience-index.md"))).contains(quoted.strip());
    }
}
