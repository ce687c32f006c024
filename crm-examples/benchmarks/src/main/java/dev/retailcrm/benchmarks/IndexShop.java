package dev.retailcrm.benchmarks;

import static dev.retailcrm.core.rule.Rules.allOf;
import static dev.retailcrm.core.rule.Rules.anyOf;
import static dev.retailcrm.core.rule.Rules.days;
import static dev.retailcrm.core.rule.Rules.did;
import static dev.retailcrm.core.rule.Rules.field;
import static dev.retailcrm.core.rule.Rules.hours;
import static dev.retailcrm.core.rule.Rules.not;
import static dev.retailcrm.core.rule.Rules.sequence;
import static dev.retailcrm.core.rule.Rules.stopped;
import static dev.retailcrm.core.rule.Rules.taggedAny;

import dev.retailcrm.core.field.CatalogField;
import dev.retailcrm.core.field.FieldAccess;
import dev.retailcrm.core.field.FieldType;
import dev.retailcrm.core.field.FieldValue;
import dev.retailcrm.core.rule.Aggregate;
import dev.retailcrm.core.rule.CalendarUnit;
import dev.retailcrm.core.rule.Condition;
import dev.retailcrm.core.rule.CustomerFacts;
import dev.retailcrm.core.rule.EventCondition;
import dev.retailcrm.core.rule.EventFact;
import dev.retailcrm.core.rule.Events;
import dev.retailcrm.core.rule.MarkFact;
import dev.retailcrm.core.rule.RequiredFacts;
import dev.retailcrm.core.rule.RuleCatalog;
import dev.retailcrm.core.rule.Window;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

/** Customers at random with 50 fields, some of 500 tags, and events of two years, always the same; as facts and as lines of CSV. Not thread-safe. */
final class IndexShop {
    static final Instant NOW = Instant.parse("2026-03-01T12:34:56.789Z");
    static final long DAY = 86_400_000L;
    private static final CurrencyUnit CNY = CurrencyUnit.of("CNY");
    private static final int TAGS = 500;
    private static final List<String> TYPES =
            List.of("viewed", "viewed", "viewed", "viewed", "viewed", "viewed", "bought", "bought", "bought", "coupon");

    final List<CatalogField> fields = new ArrayList<>();
    private final int eventsEach;

    /** Where lines of CSV go: of customers, tags and events. */
    record Files(Appendable customers, Appendable tags, Appendable events) {}

    /** A rule, and the condition by hand on a customer {@code c}, understood by PostgreSQL and DuckDB. */
    record Contest(String name, Condition rule, String byHand) {}

    IndexShop(int eventsEach) {
        this.eventsEach = eventsEach;
        add("gender", FieldType.CHOICE, List.of("female", "male"));
        add("born", FieldType.DATE, List.of());
        add("city", FieldType.TEXT, List.of());
        add("level", FieldType.LONG, List.of());
        add("spend", FieldType.LONG, List.of());
        for (int i = 0; i < 45; i++) {
            FieldType type = switch (i % 5) {
                case 0, 1 -> FieldType.TEXT;
                case 2 -> FieldType.LONG;
                case 3 -> FieldType.BOOLEAN;
                default -> i % 2 == 0 ? FieldType.MONEY : FieldType.DATE;
            };
            add("more" + i, type, List.of());
        }
    }

    private void add(String name, FieldType type, List<String> options) {
        fields.add(new CatalogField("custom." + name, type, false, FieldAccess.ALL, options));
    }

    RuleCatalog catalog() {
        RuleCatalog catalog = RuleCatalog.of(() -> fields)
                .event("viewed", Map.of())
                .event("bought", Map.of("category", FieldType.TEXT, "amount", FieldType.MONEY))
                .event("coupon", Map.of());
        for (int i = 0; i < TAGS; i++) {
            catalog = catalog.tag("t" + i);
        }
        return catalog;
    }

    RequiredFacts required() {
        Set<String> names = new HashSet<>();
        fields.forEach(field -> names.add(field.name()));
        Set<String> tags = new HashSet<>();
        for (int i = 0; i < TAGS; i++) {
            tags.add("t" + i);
        }
        return RequiredFacts.of(
                names,
                tags,
                Map.of("viewed", Set.of(), "bought", Set.of("category", "amount"), "coupon", Set.of()),
                Set.of());
    }

    /** What is known of the customer with this number, from 1. */
    CustomerFacts facts(RequiredFacts required, int customer, @Nullable Files files) throws IOException {
        SplittableRandom random = new SplittableRandom(customer * 0x9E3779B97F4A7C15L);
        CustomerFacts.Builder facts = CustomerFacts.of(required);
        StringBuilder line = new StringBuilder().append(customer);
        for (int i = 0; i < fields.size(); i++) {
            FieldValue value = random.nextInt(10) == 0
                    ? null
                    : value(random, i, fields.get(i).type());
            line.append(',').append(value == null ? "" : plain(value));
            if (value != null) {
                facts.field(fields.get(i).name(), value);
            }
        }
        if (files != null) {
            files.customers().append(line).append('\n');
        }
        Map<Integer, MarkFact> tags = new TreeMap<>();
        for (int i = random.nextInt(20); i > 0; i--) {
            int tag = (int) (TAGS * random.nextDouble() * random.nextDouble());
            Instant until = random.nextInt(5) == 0 ? NOW.plusMillis(random.nextLong(-30 * DAY, 90 * DAY)) : null;
            tags.put(tag, new MarkFact(Instant.EPOCH, until, null));
        }
        for (Map.Entry<Integer, MarkFact> tag : tags.entrySet()) {
            facts.tag("t" + tag.getKey(), tag.getValue());
            if (files != null) {
                Instant until = tag.getValue().until();
                files.tags()
                        .append(customer + "," + tag.getKey() + ","
                                + (until == null ? Long.MAX_VALUE : until.toEpochMilli()) + "\n");
            }
        }
        double keen = 2 * random.nextDouble();
        for (int i = (int) Math.round(eventsEach * keen); i > 0; i--) {
            event(facts, customer, random, files);
        }
        return facts.build();
    }

    private static void event(CustomerFacts.Builder facts, int customer, SplittableRandom random, @Nullable Files files)
            throws IOException {
        String type = TYPES.get(random.nextInt(TYPES.size()));
        long at = NOW.toEpochMilli() - random.nextLong(730 * DAY);
        String category = "c" + random.nextInt(20);
        long amount = 100L + random.nextInt(50_000);
        boolean bought = type.equals("bought");
        facts.event(
                type,
                bought
                        ? new EventFact(
                                Instant.ofEpochMilli(at),
                                Map.of(
                                        "category", FieldValue.text(category),
                                        "amount", FieldValue.money(Money.ofMinor(CNY, amount))))
                        : EventFact.at(Instant.ofEpochMilli(at)));
        if (files != null) {
            files.events()
                    .append(customer + "," + type + "," + at + "," + (bought ? category + "," + amount : ",") + "\n");
        }
    }

    private static FieldValue value(SplittableRandom random, int place, FieldType type) {
        return switch (type) {
            case CHOICE -> FieldValue.choice(random.nextBoolean() ? "female" : "male");
            case TEXT -> FieldValue.text("v" + random.nextInt(place == 2 ? 100 : 2 << place % 9));
            case LONG -> FieldValue.number(random.nextInt(place == 3 ? 6 : 1_000));
            case BOOLEAN -> FieldValue.flag(random.nextBoolean());
            case MONEY -> FieldValue.money(Money.ofMinor(CNY, random.nextInt(100_000)));
            default -> FieldValue.date(LocalDate.of(1945, 1, 1).plusDays(random.nextInt(22_000)));
        };
    }

    private static Object plain(FieldValue value) {
        return switch (value.type()) {
            case CHOICE -> value.asChoice();
            case TEXT -> value.asText();
            case LONG -> value.asLong();
            case BOOLEAN -> value.asBoolean();
            case MONEY -> value.asMoney().getAmountMinorLong();
            default -> value.asDate();
        };
    }

    /** The columns of customers as SQL defines them. */
    Map<String, String> columns() {
        Map<String, String> columns = new LinkedHashMap<>();
        columns.put("id", "BIGINT");
        for (CatalogField field : fields) {
            columns.put(
                    field.name().substring("custom.".length()),
                    switch (field.type()) {
                        case LONG, MONEY -> "BIGINT";
                        case BOOLEAN -> "BOOLEAN";
                        case DATE -> "DATE";
                        default -> "VARCHAR";
                    });
        }
        return columns;
    }

    private static String happened(String type, String more, int days) {
        return "SELECT 1 FROM event e WHERE e.customer = c.id AND e.type = '" + type + "'" + more + since("e", days);
    }

    private static String since(String alias, int days) {
        return " AND " + alias + ".ms > " + (NOW.toEpochMilli() - days * DAY) + " AND " + alias + ".ms <= "
                + NOW.toEpochMilli();
    }

    private static String grouped(String having, int days) {
        return "c.id IN (SELECT e.customer FROM event e WHERE e.type = 'bought'" + since("e", days)
                + " GROUP BY e.customer HAVING " + having + ")";
    }

    private static String tagged(String tags) {
        return "c.id IN (SELECT t.customer FROM tag t WHERE t.tag IN (" + tags + ") AND t.until > " + NOW.toEpochMilli()
                + ")";
    }

    static List<Contest> contests() {
        Condition female = field("custom.gender").is("female");
        return List.of(
                new Contest(
                        "profile",
                        allOf(
                                female,
                                field("custom.born").ageAtLeast(30),
                                field("custom.city").in("v1", "v2", "v3")),
                        "c.gender = 'female' AND c.born <= DATE '1996-03-01' AND c.city IN ('v1', 'v2', 'v3')"),
                new Contest(
                        "tags",
                        allOf(taggedAny("t1", "t20", "t300"), not(taggedAny("t2", "t40"))),
                        tagged("1, 20, 300") + " AND NOT " + tagged("2, 40")),
                new Contest(
                        "category-lately",
                        did("bought").where("category").is("c3").atLeast(1).inLast(days(30)),
                        "EXISTS (" + happened("bought", " AND e.category = 'c3'", 30) + ")"),
                new Contest(
                        "three-in-a-year", did("bought").atLeast(3).inLast(days(365)), grouped("COUNT(*) >= 3", 365)),
                new Contest(
                        "sleeping",
                        stopped(Events.of("bought"), days(180)),
                        "EXISTS (" + happened("bought", "", 4_000) + ") AND NOT EXISTS (" + happened("bought", "", 180)
                                + ")"),
                new Contest(
                        "new-buyers",
                        new EventCondition(
                                Events.of("bought"), Aggregate.FIRST_EVER, null, null, new Window.Last(days(30))),
                        "EXISTS (" + happened("bought", "", 30) + ") AND NOT EXISTS (SELECT 1 FROM event e WHERE"
                                + " e.customer = c.id AND e.type = 'bought' AND e.ms <= "
                                + (NOW.toEpochMilli() - 30 * DAY) + ")"),
                new Contest(
                        "high-value",
                        did("bought")
                                .sum("amount")
                                .atLeast(Money.ofMinor(CNY, 150_000))
                                .inLast(days(180)),
                        grouped("SUM(e.amount) >= 150000", 180)),
                new Contest(
                        "birthday-this-month",
                        allOf(
                                field("custom.born").anniversaryWithin(new Window.Periods(CalendarUnit.MONTH, 0, 1)),
                                field("custom.level").atLeast(3)),
                        "EXTRACT(MONTH FROM c.born) = 3 AND c.born < DATE '2026-01-01' AND c.level >= 3"),
                new Contest(
                        "or-below-not",
                        allOf(
                                female,
                                not(anyOf(
                                        field("custom.city").in("v1", "v2"),
                                        allOf(
                                                field("custom.spend").greaterThan(800),
                                                did("bought").fewerThan(2).inLast(days(90)))))),
                        "c.gender = 'female' AND NOT (COALESCE(c.city IN ('v1', 'v2'), FALSE) OR (COALESCE(c.spend >"
                                + " 800, FALSE) AND NOT " + grouped("COUNT(*) >= 2", 90) + "))"),
                new Contest(
                        "viewed-then-bought",
                        sequence(Events.of("viewed"), Events.of("bought"), hours(24))
                                .inLast(days(30)),
                        "EXISTS (SELECT 1 FROM event v JOIN event b ON b.customer = v.customer AND b.type = 'bought'"
                                + " AND b.ms > v.ms AND b.ms <= v.ms + " + DAY + since("b", 30)
                                + " WHERE v.customer = c.id AND v.type = 'viewed'" + since("v", 30) + ")"));
    }
}
