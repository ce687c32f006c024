package dev.retailcrm.core.rule;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.retailcrm.core.kernel.Check;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the JSON form of rules; what is not part of it is refused with its place. Stateless. */
final class RuleParser {
    private static final int MAX_NESTING = 60;

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_NESTING)
                            .maxNumberLength(60)
                            .maxStringLength(4_000)
                            .maxNameLength(100)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    Condition parse(String text) {
        requireSize(text);
        var rule = new JsonPlace(tree(text), "").only("version", "rule");
        JsonPlace version = rule.member("version");
        if (version.number() != RuleWriter.VERSION) {
            throw RuleProblem.at(version.path(), "only version %d is known", RuleWriter.VERSION);
        }
        return condition(rule.member("rule"), 1);
    }

    static void requireSize(String text) {
        if (Check.present(text, "rule").length() > Rule.MAX_BYTES
                || text.getBytes(StandardCharsets.UTF_8).length > Rule.MAX_BYTES) {
            throw RuleProblem.of("a rule has at most " + Rule.MAX_BYTES + " bytes");
        }
    }

    static JsonNode tree(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            long line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
            long column = e.getLocation() == null ? 0 : e.getLocation().getColumnNr();
            throw RuleProblem.at("", "no JSON that can be a rule, at line %d, column %d", line, column);
        }
    }

    private Condition condition(JsonPlace json, int depth) {
        if (depth > Rule.MAX_DEPTH) {
            throw RuleProblem.at(json.path(), "conditions are nested deeper than %d", Rule.MAX_DEPTH);
        }
        json.object();
        if (json.has("all")) {
            return new AllOf(parts(json.only("all").member("all"), depth));
        } else if (json.has("any")) {
            return new AnyOf(parts(json.only("any").member("any"), depth));
        } else if (json.has("not")) {
            return new Not(condition(json.only("not").member("not"), depth + 1));
        } else if (json.has("field")) {
            String field = json.member("field").text();
            return json.made(() -> new FieldCondition(field, ValueTestParser.test(json, "field")));
        } else if (json.has("tags")) {
            return tags(json.only("tags", "have", "count"));
        } else if (json.has("tag")) {
            String tag = json.member("tag").text();
            return json.made(() -> new TagValueCondition(tag, ValueTestParser.test(json, "tag")));
        } else if (json.has("audiences")) {
            json.only("audiences", "have");
            Set<String> audiences = texts(json.member("audiences"));
            return json.made(() -> new AudienceCondition(json.member("have").word(Quantifier.class), audiences));
        } else if (json.has("event")) {
            return event(json.only("event", "aggregate", "property", "test", "window"));
        } else if (json.has("sequence")) {
            return sequence(json.only("sequence", "within", "window"));
        } else if (json.has("periods")) {
            json.only("periods", "perPeriod", "unit", "last", "atLeast");
            return json.made(() -> new PeriodsCondition(
                    events(json.member("periods")),
                    json.member("perPeriod").number(),
                    json.member("unit").word(CalendarUnit.class),
                    json.member("last").count(),
                    json.member("atLeast").count()));
        } else if (json.has("silence")) {
            json.only("silence", "span", "back");
            return json.made(() -> new SilenceCondition(
                    events(json.member("silence")),
                    ValueTestParser.span(json.member("span")),
                    json.has("back") ? ValueTestParser.span(json.member("back")) : null));
        }
        throw RuleProblem.at(json.path(), "no condition that is known");
    }

    private List<Condition> parts(JsonPlace json, int depth) {
        return json.list(Rule.MAX_CONDITIONS, part -> condition(part, depth + 1));
    }

    private static Condition tags(JsonPlace json) {
        Set<String> tags = texts(json.member("tags"));
        if (json.has("count") == json.has("have")) {
            throw RuleProblem.at(json.path(), "either have or count is wanted");
        }
        return json.made(() -> json.has("count")
                ? new TagCondition(null, tags, ValueTestParser.test(json.member("count")))
                : new TagCondition(json.member("have").word(Quantifier.class), tags, null));
    }

    private static Condition event(JsonPlace json) {
        Events events = events(json.member("event"));
        Aggregate aggregate = json.member("aggregate").word(Aggregate.class);
        @Nullable
        String property = json.has("property") ? json.member("property").text() : null;
        @Nullable ValueTest test = json.has("test") ? ValueTestParser.test(json.member("test")) : null;
        return json.made(() -> new EventCondition(events, aggregate, property, test, window(json)));
    }

    private static Condition sequence(JsonPlace json) {
        JsonPlace pair = json.member("sequence");
        List<Events> events = pair.list(2, RuleParser::events);
        if (events.size() != 2) {
            throw RuleProblem.at(pair.path(), "two events are wanted");
        }
        return json.made(() -> new SequenceCondition(
                events.get(0), events.get(1), ValueTestParser.span(json.member("within")), window(json)));
    }

    private static @Nullable Window window(JsonPlace json) {
        return json.has("window") ? ValueTestParser.window(json.member("window")) : null;
    }

    private static Events events(JsonPlace json) {
        json.only("type", "where");
        String type = json.member("type").text();
        List<PropertyTest> where =
                json.has("where") ? json.member("where").list(Events.MAX_TESTS, RuleParser::property) : List.of();
        return json.made(() -> new Events(type, where));
    }

    private static PropertyTest property(JsonPlace json) {
        json.object();
        String property = json.member("property").text();
        return json.made(() -> new PropertyTest(property, ValueTestParser.test(json, "property")));
    }

    static Set<String> texts(JsonPlace json) {
        return new LinkedHashSet<>(json.list(ValueTest.MAX_VALUES, JsonPlace::text));
    }

    /** The days of the week by their names in lower case. */
    static Set<DayOfWeek> days(JsonPlace json) {
        return new LinkedHashSet<>(json.list(7, day -> day.word(DayOfWeek.class)));
    }

    static Instant instant(JsonPlace json) {
        String text = json.text();
        return json.made(() -> Instant.parse(text));
    }

    static LocalDate date(JsonPlace json) {
        String text = json.text();
        return json.made(() -> LocalDate.parse(text));
    }
}
