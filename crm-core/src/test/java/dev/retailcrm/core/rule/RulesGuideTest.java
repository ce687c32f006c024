package dev.retailcrm.core.rule;

import static dev.retailcrm.core.rule.Rules.allOf;
import static dev.retailcrm.core.rule.Rules.days;
import static dev.retailcrm.core.rule.Rules.did;
import static dev.retailcrm.core.rule.Rules.field;
import static dev.retailcrm.core.rule.Rules.not;
import static dev.retailcrm.core.rule.Rules.taggedAny;
import static org.assertj.core.api.Assertions.assertThat;

import dev.retailcrm.core.field.CatalogField;
import dev.retailcrm.core.field.FieldAccess;
import dev.retailcrm.core.field.FieldCatalog;
import dev.retailcrm.core.field.FieldType;
import dev.retailcrm.core.field.FieldValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The guide of rules quotes this example, which does what its comments say. */
class RulesGuideTest {
    @Test
    void the_example_does_what_it_says() {
        FieldCatalog fields = FieldCatalog.ofCustomers()
                .and(List.of(new CatalogField("custom.city", FieldType.TEXT, false, FieldAccess.ALL, List.of())));
        var asOf = Instant.parse("2026-03-30T12:00:00Z");
        var first = EventFact.at(Instant.parse("2026-03-05T10:00:00Z"));
        var second = Instant.parse("2026-03-20T10:00:00Z");

        // GUIDE
        var rule = Rule.of(allOf(
                field("custom.city").in("Shanghai", "Suzhou"),
                did("purchase").where("category").is("baby").atLeast(1).inLast(days(30)),
                not(taggedAny("blocked"))));
        String json = rule.toJson(); // {"version":1,"rule":{"all":[{"field":"custom.city","op":"in", …
        Rule same = Rule.parse(json); // equal to rule

        var catalog = RuleCatalog.of(fields) // of CustomFields.catalog(), say
                .event("purchase", Map.of("category", FieldType.TEXT))
                .tag("blocked");
        var compiled = same.compile(
                catalog, RuleTime.in(ZoneId.of("Asia/Shanghai"))); // refuses what the catalog does not have

        var facts = CustomerFacts.of(compiled.requiredFacts()) // which say what to load
                .field("custom.city", FieldValue.text("SHANGHAI"))
                .event("purchase", first) // without a category
                .event("purchase", new EventFact(second, Map.of("category", FieldValue.text("baby"))))
                .build();
        Verdict verdict = compiled.evaluate(facts, asOf);
        verdict.holds(); // true
        verdict.why().parts().get(1).actual(); // 1 purchase
        verdict.validUntil(); // 2026-04-19T10:00:00Z: 30 days after that purchase, to the millisecond
        // GUIDE

        assertThat(same).isEqualTo(rule);
        assertThat(json).startsWith("{\"version\":1,\"rule\":{\"all\":[{\"field\":\"custom.city\",\"op\":\"in\",");
        assertThat(verdict.holds()).isTrue();
        assertThat(verdict.why().parts().get(1).actual()).contains(FieldValue.number(1));
        assertThat(verdict.validUntil()).contains(Instant.parse("2026-04-19T10:00:00Z"));
    }

    @Test
    void the_guide_quotes_the_example() throws IOException {
        String source = Files.readString(Path.of("src/test/java/dev/retailcrm/core/rule/RulesGuideTest.java"));
        String mark = "// GUIDE\n";
        int start = source.indexOf(mark) + mark.length();
        String example = source.substring(start, source.indexOf(mark, start)).stripIndent();

        assertThat(Files.readString(Path.of("../docs/rules.md"))).contains(example.strip());
    }
}
