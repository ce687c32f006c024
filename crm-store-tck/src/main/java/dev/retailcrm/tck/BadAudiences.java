package dev.retailcrm.tck;

import static dev.retailcrm.tck.BadValues.bad;
import static dev.retailcrm.tck.BadValues.codes;
import static dev.retailcrm.tck.BadValues.texts;

import dev.retailcrm.audience.AudienceRule;
import dev.retailcrm.audience.AudienceTemplate;
import dev.retailcrm.audience.TemplateParameter;
import dev.retailcrm.core.rule.Rule;
import dev.retailcrm.core.rule.Rules;
import dev.retailcrm.tck.BadValues.Bad;
import java.time.Duration;
import java.util.stream.Stream;

/** Bad values of what concerns audiences. Stateless. */
final class BadAudiences {
    private BadAudiences() {}

    static Stream<Bad> rules() {
        Rule rule = Rule.of(Rules.field("status").exists());
        AudienceRule good = AudienceRule.dynamic("good", "Good", rule);
        return Stream.of(
                        codes(AudienceRule.MAX_KEY)
                                .map(it -> bad("key " + it, () -> AudienceRule.dynamic(it, "Bad", rule))),
                        texts(100).map(it -> bad("name " + it, () -> AudienceRule.dynamic("bad", it, rule))),
                        texts(500).map(it -> bad("text " + it, () -> good.describedAs(it))),
                        Stream.of(
                                bad("no time", () -> AudienceRule.scheduled("bad", "Bad", rule, Duration.ZERO)),
                                bad(
                                        "a long time",
                                        () -> AudienceRule.scheduled("bad", "Bad", rule, Duration.ofDays(367))),
                                bad("for nobody", () -> good.limitedTo(0)),
                                bad("for too many", () -> good.limitedTo(AudienceRule.MAX_LIMIT + 1)),
                                bad("without an unknown one", () -> good.without("none")),
                                bad("without itself", () -> good.without("good")),
                                bad(
                                        "an unknown field",
                                        () -> AudienceRule.dynamic(
                                                "bad",
                                                "Bad",
                                                Rule.of(Rules.field("none").exists()))),
                                bad(
                                        "an unknown audience",
                                        () -> AudienceRule.dynamic("bad", "Bad", Rule.of(Rules.inAudience("none")))),
                                bad("archived", good::archived),
                                bad("paused", good::paused)))
                .flatMap(it -> it);
    }

    static Stream<Bad> templates() {
        String form = "{\"version\":1,\"rule\":{\"field\":\"status\",\"op\":\"exists\"}}";
        return Stream.of(
                        codes(AudienceRule.MAX_KEY)
                                .map(it -> bad("key " + it, () -> AudienceTemplate.of(it, "Bad", form))),
                        texts(100).map(it -> bad("name " + it, () -> AudienceTemplate.of("bad", it, form))),
                        Stream.of("", "[]", "null", "{", form + "{}", "{\"a\":1,\"a\":2}", "[".repeat(5_000))
                                .map(it -> bad("form " + it, () -> AudienceTemplate.of("bad", "Bad", it))),
                        Stream.of(
                                bad("a template of all", () -> AudienceTemplate.of("sleeping", "Bad", form)),
                                bad(
                                        "an unused parameter",
                                        () -> AudienceTemplate.of(
                                                "bad", "Bad", form, TemplateParameter.text("none", "None"))),
                                bad(
                                        "an undeclared parameter",
                                        () -> AudienceTemplate.of("bad", "Bad", form.replace("status", "{what}")))))
                .flatMap(it -> it);
    }
}
