package dev.retailcrm.core.rule;

import dev.retailcrm.core.field.FieldValue;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

/** Rules over the catalog of {@link RuleTest}, and customers they may hold for, at random around an instant. */
final class RandomRules {
    private static final List<String> WORDS = List.of("tea", "Tea", "ＴＥＡ", "tea pot", "pot", "a", "_", "%");
    private static final List<String> SPORTS = List.of("golf", "judo", "polo");
    private static final List<String> TAGS = List.of("s1", "s2", "s3", "s5", "s10");

    private final Random random;
    private final Instant now;

    RandomRules(Random random, Instant now) {
        this.random = random;
        this.now = now;
    }

    private <T> T of(List<T> items) {
        return items.get(random.nextInt(items.size()));
    }

    private <E extends Enum<E>> E of(Class<E> type) {
        return of(List.of(type.getEnumConstants()));
    }

    private Set<String> some(List<String> items) {
        Set<String> some = new LinkedHashSet<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            some.add(of(items));
        }
        return some;
    }

    Condition condition(int depth) {
        if (depth > 0 && random.nextInt(3) > 0) {
            List<Condition> parts = new ArrayList<>();
            for (int i = random.nextInt(4); i > 0; i--) {
                parts.add(condition(depth - 1));
            }
            return switch (random.nextInt(3)) {
                case 0 -> new AllOf(parts);
                case 1 -> new AnyOf(parts);
                default -> new Not(condition(depth - 1));
            };
        }
        return switch (random.nextInt(9)) {
            case 0 -> field("profile.birth_date", dates());
            case 1 -> field("custom.seen", instants());
            case 2 -> values();
            case 3 -> new TagCondition(of(Quantifier.class), some(TAGS), null);
            case 4 -> new TagCondition(null, some(TAGS), number(3));
            case 5 ->
                random.nextBoolean()
                        ? new TagValueCondition("level", number(3))
                        : new AudienceCondition(of(Quantifier.class), Set.of("vip"));
            case 6 -> new SequenceCondition(events(), events(), fixed(), random.nextBoolean() ? null : past());
            case 7 ->
                new PeriodsCondition(
                        events(), 1L + random.nextInt(2), of(CalendarUnit.class), 5, 1 + random.nextInt(4));
            default -> random.nextInt(4) == 0 ? silence() : event();
        };
    }

    private Condition field(String name, ValueTest test) {
        return new FieldCondition(name, random.nextInt(8) == 0 ? new ValueTest.Presence(random.nextBoolean()) : test);
    }

    private Condition values() {
        return switch (random.nextInt(5)) {
            case 0 -> field("custom.age", number(3));
            case 1 ->
                field(
                        "custom.city",
                        random.nextBoolean()
                                ? new ValueTest.In(List.of(text(), text()), random.nextBoolean())
                                : new ValueTest.Text(
                                        of(List.of(TextMatch.CONTAINS, TextMatch.STARTS, TextMatch.ENDS)), of(WORDS)));
            case 2 ->
                field(
                        "custom.score",
                        new ValueTest.Between(
                                FieldValue.decimal(new BigDecimal("0.5")), FieldValue.number(random.nextInt(3))));
            case 3 -> field("custom.spend", new ValueTest.Compare(of(Comparison.class), money()));
            default ->
                field(
                        "custom.sport",
                        random.nextBoolean()
                                ? new ValueTest.Options(of(Quantifier.class), some(SPORTS))
                                : new ValueTest.OptionCount(of(Comparison.class), random.nextInt(3)));
        };
    }

    private ValueTest number(int bound) {
        return new ValueTest.Compare(of(Comparison.class), FieldValue.number(random.nextInt(bound)));
    }

    private FieldValue text() {
        return FieldValue.text(of(WORDS));
    }

    private FieldValue money() {
        return FieldValue.money(
                Money.ofMinor(CurrencyUnit.of(random.nextInt(4) == 0 ? "USD" : "CNY"), random.nextInt(300)));
    }

    private ValueTest dates() {
        return switch (random.nextInt(5)) {
            case 0 -> new ValueTest.Age(random.nextInt(3), random.nextBoolean() ? null : random.nextInt(4));
            case 1 -> new ValueTest.OnDays(EnumSet.of(of(DayOfWeek.class), of(DayOfWeek.class)));
            case 2 -> new ValueTest.Anniversary(ofDays());
            case 3 ->
                new ValueTest.Compare(
                        of(Comparison.class), FieldValue.date(LocalDate.of(2026, 1 + random.nextInt(4), 28)));
            default -> new ValueTest.Within(ofDays());
        };
    }

    private ValueTest instants() {
        return switch (random.nextInt(3)) {
            case 0 -> new ValueTest.Compare(of(Comparison.class), FieldValue.instant(at()));
            case 1 -> new ValueTest.Within(past());
            default -> new ValueTest.Within(new Window.Next(span()));
        };
    }

    private Window ofDays() {
        Window window = random.nextInt(4) == 0 ? new Window.Next(wide()) : past();
        if (window instanceof Window.Last) {
            return new Window.Last(wide());
        } else if (window instanceof Window.Ago) {
            return new Window.Ago(random.nextBoolean() ? null : wide(), wide());
        }
        return window instanceof Window.Between ? new Window.Days(LocalDate.of(2026, 2, 27), null) : window;
    }

    private Span wide() {
        return new Span(
                1 + random.nextInt(20), of(List.of(SpanUnit.DAY, SpanUnit.WEEK, SpanUnit.MONTH, SpanUnit.YEAR)));
    }

    private Span span() {
        return new Span(1 + random.nextInt(60), of(SpanUnit.class));
    }

    private Span fixed() {
        return new Span(1 + random.nextInt(60), of(List.of(SpanUnit.MINUTE, SpanUnit.HOUR, SpanUnit.DAY)));
    }

    private Window past() {
        return switch (random.nextInt(5)) {
            case 0 -> new Window.Ago(random.nextBoolean() ? null : span(), span());
            case 1 -> new Window.Periods(of(CalendarUnit.class), random.nextInt(5) - 3, 1 + random.nextInt(3));
            case 2 -> new Window.Between(at(), random.nextBoolean() ? null : at());
            case 3 -> new Window.Days(LocalDate.of(2026, 3, 1 + random.nextInt(28)), LocalDate.of(2026, 3, 29));
            default -> new Window.Last(span());
        };
    }

    private Events events() {
        return random.nextBoolean()
                ? Events.of(of(List.of("purchase", "cart")))
                : Events.of("purchase").where("category").in(of(WORDS), of(WORDS));
    }

    private Condition silence() {
        return random.nextBoolean()
                ? new SilenceCondition(events(), span(), null)
                : new SilenceCondition(events(), fixed(), fixed());
    }

    private Condition event() {
        @Nullable Window window = random.nextInt(4) == 0 ? null : past();
        Events bought = Events.of("purchase");
        return switch (random.nextInt(7)) {
            case 0 -> new EventCondition(bought, Aggregate.DISTINCT, "category", number(3), window);
            case 1 ->
                new EventCondition(
                        bought,
                        of(List.of(Aggregate.SUM, Aggregate.AVG)),
                        "amount",
                        new ValueTest.Compare(of(Comparison.class), money()),
                        window);
            case 2 ->
                new EventCondition(
                        bought,
                        of(List.of(Aggregate.MIN, Aggregate.MAX, Aggregate.FIRST, Aggregate.LAST, Aggregate.AVG)),
                        "points",
                        number(4),
                        window);
            case 3 ->
                new EventCondition(
                        bought,
                        of(List.of(Aggregate.FIRST, Aggregate.LAST)),
                        "category",
                        new ValueTest.Compare(Comparison.EQ, text()),
                        window);
            case 4 -> new EventCondition(events(), Aggregate.FIRST_EVER, null, null, past());
            default -> new EventCondition(events(), Aggregate.COUNT, null, number(4), window);
        };
    }

    /** An instant within a few minutes, days or months, often on a round one. */
    Instant at() {
        long distance = switch (random.nextInt(4)) {
            case 0 -> random.nextInt(600_000);
            case 1 -> 3_600_000L * random.nextInt(200);
            case 2 -> 86_400_000L * random.nextInt(40);
            default -> 86_400_000L * random.nextInt(800);
        };
        return now.plusMillis(random.nextInt(8) == 0 ? distance : -distance);
    }

    CustomerFacts facts(RequiredFacts required) {
        CustomerFacts.Builder facts = CustomerFacts.of(required);
        Map<String, FieldValue> fields = new HashMap<>();
        LocalDate born = LocalDate.of(2024, random.nextBoolean() ? 2 : 3, 1 + random.nextInt(29));
        fields.put(
                "profile.birth_date",
                FieldValue.date(random.nextBoolean() ? born : born.plusMonths(random.nextInt(30))));
        fields.put("custom.seen", FieldValue.instant(at()));
        fields.put("custom.age", FieldValue.number(random.nextInt(3)));
        fields.put("custom.city", text());
        fields.put(
                "custom.score", FieldValue.decimal(new BigDecimal("0.5").add(BigDecimal.valueOf(random.nextInt(3)))));
        fields.put("custom.spend", money());
        fields.put("custom.sport", FieldValue.choices(new HashSet<>(List.of(of(SPORTS), "judo"))));
        fields.forEach((name, value) -> {
            if (random.nextInt(5) > 0) {
                facts.field(name, value);
            }
        });
        for (String tag : List.of("s1", "s2", "s3", "s5", "s10", "level")) {
            if (random.nextBoolean()) {
                facts.tag(tag, mark());
            }
        }
        facts.audience("vip", mark());
        for (int i = random.nextInt(12); i > 0; i--) {
            facts.event("purchase", purchase());
            facts.event("cart", EventFact.at(at()));
        }
        return facts.build();
    }

    private MarkFact mark() {
        Instant from = at();
        Instant until = random.nextBoolean() ? null : from.plusSeconds(random.nextInt(1_000_000));
        return new MarkFact(from, until, random.nextInt(4) == 0 ? null : FieldValue.number(random.nextInt(3)));
    }

    private EventFact purchase() {
        Map<String, FieldValue> properties = new HashMap<>();
        if (random.nextInt(5) > 0) {
            properties.put("category", text());
            properties.put("points", FieldValue.number(random.nextInt(4)));
        }
        properties.put("amount", money());
        return new EventFact(at(), properties);
    }
}
