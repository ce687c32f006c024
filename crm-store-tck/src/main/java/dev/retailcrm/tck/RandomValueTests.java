package dev.retailcrm.tck;

import dev.retailcrm.core.field.FieldValue;
import dev.retailcrm.core.rule.CalendarUnit;
import dev.retailcrm.core.rule.Comparison;
import dev.retailcrm.core.rule.Quantifier;
import dev.retailcrm.core.rule.Span;
import dev.retailcrm.core.rule.SpanUnit;
import dev.retailcrm.core.rule.TextMatch;
import dev.retailcrm.core.rule.ValueTest;
import dev.retailcrm.core.rule.Window;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

/** Values, and tests of values, at random around an instant, out of few, so that they often meet. Not thread-safe. */
final class RandomValueTests {
    static final List<String> SPORTS = List.of("golf", "judo", "polo");
    private static final List<String> WORDS = List.of(
            "tea",
            "Tea",
            "\uff34\uff25\uff21",
            "tea pot",
            "pot",
            "a",
            "_",
            "%",
            "x!y",
            "a\\b",
            "q\"t",
            "\u00df",
            "20%_off");
    private static final List<String> PATTERNS = List.of(
            "[a-z]+",
            "t.a",
            "\\d+.*",
            "tea|pot",
            "[^a]*",
            "T.+",
            "x!?y",
            "a\\\\b",
            ".{1,3}",
            "[A-z_]",
            "q.t",
            "[ -z]{3}");

    private final Random random;
    private final Instant now;

    RandomValueTests(Random random, Instant now) {
        this.random = random;
        this.now = now;
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    <T> T of(List<T> items) {
        return items.get(random.nextInt(items.size()));
    }

    <E extends Enum<E>> E of(Class<E> type) {
        return of(List.of(type.getEnumConstants()));
    }

    Set<String> some(List<String> items) {
        Set<String> some = new LinkedHashSet<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            some.add(of(items));
        }
        return some;
    }

    ValueTest number(int bound) {
        return random.nextInt(5) == 0
                ? new ValueTest.Between(FieldValue.number(below(bound)), FieldValue.number(below(bound)))
                : new ValueTest.Compare(of(Comparison.class), FieldValue.number(below(bound)));
    }

    ValueTest numbers() {
        return random.nextInt(4) == 0
                ? new ValueTest.In(List.of(FieldValue.number(below(3)), FieldValue.number(7)), random.nextBoolean())
                : number(4);
    }

    FieldValue decimal() {
        return FieldValue.decimal(new BigDecimal(of(List.of("0.5", "0.30", "1.235", "2", "-1.5", "0"))));
    }

    ValueTest decimals() {
        return switch (below(4)) {
            case 0 -> new ValueTest.Between(decimal(), FieldValue.number(below(3)));
            case 1 -> new ValueTest.In(List.of(decimal(), decimal()), random.nextBoolean());
            default -> new ValueTest.Compare(of(Comparison.class), decimal());
        };
    }

    FieldValue money() {
        return money(random.nextInt(4) == 0 ? "USD" : "CNY");
    }

    FieldValue money(String currency) {
        return FieldValue.money(Money.ofMinor(CurrencyUnit.of(currency), random.nextInt(300)));
    }

    ValueTest amounts() {
        return switch (below(4)) {
            case 0 -> new ValueTest.Between(money(), money());
            case 1 -> new ValueTest.In(List.of(money(), money()), random.nextBoolean());
            default -> new ValueTest.Compare(of(Comparison.class), money());
        };
    }

    /** Amounts of a few of the smallest unit. */
    ValueTest coins() {
        return switch (below(4)) {
            case 0 -> new ValueTest.Between(coin(), coin());
            case 1 -> new ValueTest.In(List.of(coin(), coin()), random.nextBoolean());
            default -> new ValueTest.Compare(of(Comparison.class), coin());
        };
    }

    private FieldValue coin() {
        return FieldValue.money(Money.ofMinor(CurrencyUnit.of(random.nextInt(4) == 0 ? "USD" : "CNY"), below(5)));
    }

    FieldValue text() {
        return FieldValue.text(of(WORDS));
    }

    ValueTest texts() {
        return switch (below(4)) {
            case 0 -> new ValueTest.Compare(random.nextBoolean() ? Comparison.EQ : Comparison.NE, text());
            case 1 -> new ValueTest.In(List.of(text(), text()), random.nextBoolean());
            case 2 -> new ValueTest.Text(TextMatch.MATCHES, of(PATTERNS));
            default -> new ValueTest.Text(of(List.of(TextMatch.CONTAINS, TextMatch.STARTS, TextMatch.ENDS)), of(WORDS));
        };
    }

    /** Texts that are one of some codes. */
    ValueTest codes(List<String> codes) {
        return switch (below(4)) {
            case 0 ->
                new ValueTest.Compare(random.nextBoolean() ? Comparison.EQ : Comparison.NE, FieldValue.text(of(codes)));
            case 1 -> new ValueTest.In(List.of(FieldValue.text(of(codes)), text()), random.nextBoolean());
            case 2 -> new ValueTest.Text(TextMatch.MATCHES, of(List.of("[a-z]+", "[sS].*", "g.{3}")));
            default ->
                new ValueTest.Text(
                        of(List.of(TextMatch.CONTAINS, TextMatch.STARTS, TextMatch.ENDS)),
                        of(List.of("s", "l", "base", "S")));
        };
    }

    ValueTest flags() {
        return new ValueTest.Compare(
                random.nextBoolean() ? Comparison.EQ : Comparison.NE, FieldValue.flag(random.nextBoolean()));
    }

    ValueTest choices(List<String> options) {
        return switch (below(4)) {
            case 0 -> new ValueTest.OptionCount(of(Comparison.class), below(3));
            case 1 -> new ValueTest.Compare(Comparison.NE, FieldValue.text(of(options)));
            case 2 -> new ValueTest.In(List.of(FieldValue.text(of(options))), random.nextBoolean());
            default -> new ValueTest.Options(of(Quantifier.class), some(options));
        };
    }

    ValueTest options() {
        return random.nextInt(3) == 0
                ? new ValueTest.OptionCount(of(Comparison.class), below(3))
                : new ValueTest.Options(of(Quantifier.class), some(SPORTS));
    }

    LocalDate day() {
        LocalDate born = LocalDate.of(2024, random.nextBoolean() ? 2 : 3, 1 + below(29));
        return random.nextBoolean() ? born : born.plusMonths(below(40)).minusYears(below(3) * 10L);
    }

    ValueTest dates() {
        return switch (below(6)) {
            case 0 -> new ValueTest.Age(below(3), random.nextBoolean() ? null : below(14));
            case 1 -> new ValueTest.OnDays(EnumSet.of(of(DayOfWeek.class), of(DayOfWeek.class)));
            case 2 -> new ValueTest.Anniversary(ofDays());
            case 3 -> new ValueTest.Compare(of(Comparison.class), FieldValue.date(day()));
            case 4 -> new ValueTest.In(List.of(FieldValue.date(day()), FieldValue.date(day())), random.nextBoolean());
            default -> new ValueTest.Within(ofDays());
        };
    }

    ValueTest instants() {
        return switch (below(4)) {
            case 0 -> new ValueTest.Compare(of(Comparison.class), FieldValue.instant(at()));
            case 1 -> new ValueTest.Within(past());
            case 2 -> new ValueTest.OnDays(EnumSet.of(of(DayOfWeek.class), of(DayOfWeek.class), of(DayOfWeek.class)));
            default -> new ValueTest.Within(new Window.Next(span()));
        };
    }

    Window ofDays() {
        Window window = below(4) == 0 ? new Window.Next(wide()) : past();
        if (window instanceof Window.Last) {
            return new Window.Last(wide());
        } else if (window instanceof Window.Ago) {
            return new Window.Ago(random.nextBoolean() ? null : wide(), wide());
        }
        return window instanceof Window.Between ? new Window.Days(LocalDate.of(2026, 2, 27), null) : window;
    }

    private Span wide() {
        return new Span(1 + below(20), of(List.of(SpanUnit.DAY, SpanUnit.WEEK, SpanUnit.MONTH, SpanUnit.YEAR)));
    }

    Span span() {
        return new Span(1 + below(60), of(SpanUnit.class));
    }

    Span fixed() {
        return new Span(1 + below(60), of(List.of(SpanUnit.MINUTE, SpanUnit.HOUR, SpanUnit.DAY)));
    }

    Window past() {
        return switch (below(5)) {
            case 0 -> new Window.Ago(random.nextBoolean() ? null : span(), span());
            case 1 -> new Window.Periods(of(CalendarUnit.class), below(5) - 3, 1 + below(3));
            case 2 -> new Window.Between(at(), random.nextBoolean() ? null : at());
            case 3 -> new Window.Days(LocalDate.of(2026, 3, 1 + below(28)), LocalDate.of(2026, 3, 29));
            default -> new Window.Last(span());
        };
    }

    /** An instant within a few minutes, days or months, often on a round one. */
    Instant at() {
        long distance = switch (below(4)) {
            case 0 -> below(600_000);
            case 1 -> 3_600_000L * below(200);
            case 2 -> 86_400_000L * below(40);
            default -> 86_400_000L * below(800);
        };
        return now.plusMillis(below(8) == 0 ? distance : -distance);
    }
}
