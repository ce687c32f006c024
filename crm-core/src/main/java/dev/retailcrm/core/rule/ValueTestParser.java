package dev.retailcrm.core.rule;

import dev.retailcrm.core.field.FieldValue;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

/** Reads tests of values, windows and spans. Stateless. */
final class ValueTestParser {
    private static final int LONGEST_NUMBER = 40;
    private static final Pattern DECIMAL = Pattern.compile("-?[0-9]+(?:\\.[0-9]+)?");

    private ValueTestParser() {}

    static ValueTest test(JsonPlace json) {
        return test(json, "op");
    }

    /** The test in an object that has a member of its own besides. */
    static ValueTest test(JsonPlace json, String own) {
        JsonPlace op = json.object().member("op");
        return switch (op.text()) {
            case "eq", "ne", "lt", "le", "gt", "ge" -> {
                only(json, own, "value");
                yield json.made(() -> new ValueTest.Compare(op.word(Comparison.class), value(json.member("value"))));
            }
            case "between" -> {
                only(json, own, "min", "max");
                yield json.made(() -> new ValueTest.Between(value(json.member("min")), value(json.member("max"))));
            }
            case "in", "not_in" -> {
                only(json, own, "values");
                List<FieldValue> values = json.member("values").list(ValueTest.MAX_VALUES, ValueTestParser::value);
                yield new ValueTest.In(values, op.text().equals("not_in"));
            }
            case "contains", "starts", "ends", "matches" -> {
                only(json, own, "text");
                String text = json.member("text").text();
                yield json.member("text").made(() -> new ValueTest.Text(op.word(TextMatch.class), text));
            }
            case "within" -> {
                only(json, own, "window");
                yield new ValueTest.Within(window(json.member("window")));
            }
            case "anniversary" -> {
                only(json, own, "window");
                yield new ValueTest.Anniversary(window(json.member("window")));
            }
            case "age" -> {
                only(json, own, "min", "max");
                yield json.made(() -> new ValueTest.Age(
                        json.member("min").count(),
                        json.has("max") ? (Integer) json.member("max").count() : null));
            }
            case "on_days" -> {
                only(json, own, "days");
                yield json.made(() -> new ValueTest.OnDays(RuleParser.days(json.member("days"))));
            }
            case "any", "all", "none" -> {
                only(json, own, "options");
                Set<String> options = RuleParser.texts(json.member("options"));
                yield json.made(() -> new ValueTest.Options(op.word(Quantifier.class), options));
            }
            case "choices" -> {
                only(json, own, "comparison", "number");
                yield new ValueTest.OptionCount(
                        json.member("comparison").word(Comparison.class),
                        json.member("number").number());
            }
            case "exists", "missing" -> {
                only(json, own);
                yield new ValueTest.Presence(op.text().equals("exists"));
            }
            default -> throw RuleProblem.at(op.path(), "no such test");
        };
    }

    private static void only(JsonPlace json, String own, String... names) {
        List<String> all = new ArrayList<>(List.of(names));
        all.add("op");
        if (!own.equals("op")) {
            all.add(own);
        }
        json.only(all.toArray(String[]::new));
    }

    static FieldValue value(JsonPlace json) {
        if (json.node().isTextual()) {
            return json.made(() -> FieldValue.text(json.text()));
        } else if (json.node().isIntegralNumber()) {
            return FieldValue.number(json.number());
        } else if (json.node().isBigDecimal()) {
            return json.made(() -> FieldValue.decimal(json.node().decimalValue()));
        } else if (json.node().isBoolean()) {
            return FieldValue.flag(json.node().booleanValue());
        }
        json.object();
        if (json.has("money")) {
            json.only("money", "currency");
            BigDecimal amount = decimal(json.member("money"));
            String currency = json.member("currency").text();
            return json.made(() -> FieldValue.money(Money.of(CurrencyUnit.of(currency), amount)));
        } else if (json.has("date")) {
            LocalDate date = RuleParser.date(json.only("date").member("date"));
            return json.made(() -> FieldValue.date(date));
        } else if (json.has("instant")) {
            Instant at = RuleParser.instant(json.only("instant").member("instant"));
            return json.made(() -> FieldValue.instant(at));
        } else if (json.has("decimal")) {
            BigDecimal number = decimal(json.only("decimal").member("decimal"));
            return json.made(() -> FieldValue.decimal(number));
        }
        throw RuleProblem.at(json.path(), "no value that is known");
    }

    private static BigDecimal decimal(JsonPlace json) {
        String text = json.text();
        if (text.length() > LONGEST_NUMBER || !DECIMAL.matcher(text).matches()) {
            throw RuleProblem.at(json.path(), "a decimal number is wanted");
        }
        return new BigDecimal(text);
    }

    static Window window(JsonPlace json) {
        json.object();
        if (json.has("last")) {
            return json.made(() -> new Window.Last(span(json.only("last").member("last"))));
        } else if (json.has("next")) {
            return json.made(() -> new Window.Next(span(json.only("next").member("next"))));
        } else if (json.has("ago")) {
            JsonPlace ago = json.only("ago").member("ago").only("most", "least");
            return ago.made(
                    () -> new Window.Ago(ago.has("most") ? span(ago.member("most")) : null, span(ago.member("least"))));
        } else if (json.has("periods")) {
            JsonPlace periods = json.only("periods").member("periods").only("unit", "first", "number");
            return periods.made(() -> new Window.Periods(
                    periods.member("unit").word(CalendarUnit.class),
                    periods.member("first").count(),
                    periods.member("number").count()));
        } else if (json.has("between")) {
            JsonPlace ends = json.only("between").member("between").only("from", "to");
            @Nullable Instant from = ends.has("from") ? RuleParser.instant(ends.member("from")) : null;
            @Nullable Instant to = ends.has("to") ? RuleParser.instant(ends.member("to")) : null;
            return ends.made(() -> new Window.Between(from, to));
        } else if (json.has("days")) {
            JsonPlace ends = json.only("days").member("days").only("from", "to");
            @Nullable LocalDate from = ends.has("from") ? RuleParser.date(ends.member("from")) : null;
            @Nullable LocalDate to = ends.has("to") ? RuleParser.date(ends.member("to")) : null;
            return ends.made(() -> new Window.Days(from, to));
        }
        throw RuleProblem.at(json.path(), "no window that is known");
    }

    static Span span(JsonPlace json) {
        json.only("number", "unit");
        return json.made(() ->
                new Span(json.member("number").count(), json.member("unit").word(SpanUnit.class)));
    }
}
