package dev.retailcrm.tck;

import dev.retailcrm.core.behavior.BehaviorEvent;
import dev.retailcrm.core.behavior.BehaviorId;
import dev.retailcrm.core.behavior.Properties;
import dev.retailcrm.core.customer.BirthDate;
import dev.retailcrm.core.customer.Gender;
import dev.retailcrm.core.customer.PartyKind;
import dev.retailcrm.core.customer.ProfilePatch;
import dev.retailcrm.core.customer.Registration;
import dev.retailcrm.core.field.FieldPatch;
import dev.retailcrm.core.field.FieldType;
import dev.retailcrm.core.field.FieldValue;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.StoreId;
import dev.retailcrm.core.rule.EventFact;
import dev.retailcrm.core.rule.MarkFact;
import dev.retailcrm.core.trade.Order;
import dev.retailcrm.core.trade.OrderLine;
import dev.retailcrm.core.trade.OrderNumber;
import dev.retailcrm.core.trade.Refund;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.MonthDay;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

/** What customers at random have and do, some of it missing, some at one instant, some on the edges of days and years. Not thread-safe. */
final class RulePopulation {
    /** Around which everything happens, and of which rules are asked: changes of clocks, ends of months, a leap day, an end of a year. */
    static final List<Instant> INSTANTS = List.of(
            Instant.parse("2026-03-29T00:30:00Z"),
            Instant.parse("2026-03-31T22:00:00Z"),
            Instant.parse("2028-02-29T12:00:00Z"),
            Instant.parse("2026-10-25T01:30:00Z"),
            Instant.parse("2026-12-31T23:59:59.999Z"));

    static final Map<String, FieldType> BROWSE = Map.of(
            "category", FieldType.TEXT,
            "amount", FieldType.MONEY,
            "points", FieldType.LONG,
            "weight", FieldType.DECIMAL,
            "day", FieldType.DATE,
            "slot", FieldType.INSTANT,
            "yes", FieldType.BOOLEAN);

    private static final List<String> CODES = List.of("tea", "Tea", "pot", "a", "20%_off");

    private final Random random;
    private RandomValueTests values;
    private int numbers;

    RulePopulation(Random random) {
        this.random = random;
        this.values = new RandomValueTests(random, INSTANTS.get(0));
    }

    /** Moves to another of the instants. */
    void move() {
        values = new RandomValueTests(random, INSTANTS.get(random.nextInt(INSTANTS.size())));
    }

    private boolean often() {
        return random.nextInt(5) > 0;
    }

    /** Ties are wanted: a whole number of hours, half the time. */
    private Instant at() {
        Instant at = values.at();
        return random.nextBoolean() ? at.truncatedTo(ChronoUnit.HOURS) : at.truncatedTo(ChronoUnit.MILLIS);
    }

    Registration registration() {
        ProfilePatch known = ProfilePatch.none();
        if (often()) {
            known = known.gender(values.of(Gender.class));
        }
        if (often()) {
            known = known.birthDate(
                    often() ? BirthDate.of(values.day()) : BirthDate.of(MonthDay.of(2, 27 + random.nextInt(3))));
        }
        if (random.nextBoolean()) {
            known = known.language(values.of(List.of("zh-CN", "de")));
        }
        if (random.nextInt(3) == 0) {
            known = known.kind(PartyKind.ORGANISATION);
        }
        Registration registration = Registration.of("Somebody").with(known).at(at());
        return random.nextBoolean() ? registration.joinedAt(StoreId.of("S" + random.nextInt(2))) : registration;
    }

    Map<String, FieldValue> fields() {
        Map<String, FieldValue> all = new TreeMap<>();
        all.put("age", FieldValue.number(random.nextInt(3)));
        all.put("city", values.text());
        all.put("score", values.decimal());
        all.put("spend", values.money("CNY"));
        all.put("vip", FieldValue.flag(random.nextBoolean()));
        all.put("seen", FieldValue.instant(at()));
        all.put("day", FieldValue.date(values.day()));
        all.put("shape", FieldValue.choice(values.of(RandomValueTests.SPORTS)));
        all.put("sport", FieldValue.choices(new HashSet<>(List.of(values.of(RandomValueTests.SPORTS), "judo"))));
        all.put("secret", values.text());
        all.put("pin", FieldValue.number(random.nextInt(3)));
        all.values().removeIf(value -> !often());
        return all;
    }

    static FieldPatch patch(Map<String, FieldValue> fields) {
        FieldPatch patch = FieldPatch.none();
        for (Map.Entry<String, FieldValue> field : fields.entrySet()) {
            patch = patch.set(field.getKey(), field.getValue());
        }
        return patch;
    }

    Map<String, MarkFact> tags() {
        Map<String, MarkFact> tags = new HashMap<>();
        for (String tag : List.of("s1", "s2", "s3", "s5", "s10")) {
            tags.put(tag, mark(null));
        }
        tags.put("level", mark(often() ? FieldValue.number(random.nextInt(3)) : null));
        tags.put("note", mark(values.text()));
        tags.values().removeIf(mark -> random.nextInt(3) == 0);
        return tags;
    }

    private MarkFact mark(@Nullable FieldValue value) {
        Instant from = at();
        Instant until = random.nextBoolean() ? null : from.plusSeconds(random.nextInt(40_000_000));
        return new MarkFact(from, until, value);
    }

    List<BehaviorEvent> behavior(CustomerId customer) {
        List<BehaviorEvent> events = new ArrayList<>();
        for (int i = random.nextInt(12); i > 0; i--) {
            move();
            events.add(BehaviorEvent.of(customer, "browse", id(), at()).with(properties()));
            events.add(BehaviorEvent.of(customer, "cart", id(), at()));
        }
        return events;
    }

    private BehaviorId id() {
        return BehaviorId.of("web", "e" + random.nextInt(1_000) + "/" + ++numbers);
    }

    private Properties properties() {
        Properties properties = Properties.none();
        if (often()) {
            properties = properties
                    .text("category", values.text().asText())
                    .number("points", random.nextInt(4))
                    .decimal("weight", values.decimal().asDecimal());
        }
        if (often()) {
            properties =
                    properties.date("day", values.day()).instant("slot", at()).flag("yes", random.nextBoolean());
        }
        return often() ? properties.money("amount", values.money().asMoney()) : properties;
    }

    static EventFact fact(BehaviorEvent event) {
        return EventFact.of(event.occurredAt(), event.properties(), BROWSE);
    }

    List<Order> orders(CustomerId customer) {
        List<Order> orders = new ArrayList<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            move();
            CurrencyUnit currency = values.money().asMoney().getCurrencyUnit();
            List<OrderLine> lines = new ArrayList<>();
            for (int line = random.nextInt(3); line >= 0; line--) {
                lines.add(line(currency));
            }
            OrderNumber number = OrderNumber.of("pos", "o" + random.nextInt(1_000) + "/" + ++numbers);
            Order order = Order.of(customer, number, at(), lines);
            order = random.nextBoolean() ? order.in(StoreId.of("S" + random.nextInt(2))) : order;
            order = random.nextBoolean() ? order.through("till") : order;
            orders.add(random.nextInt(6) == 0 ? order.cancel() : order);
        }
        return orders;
    }

    private OrderLine line(CurrencyUnit currency) {
        OrderLine line = OrderLine.of(values.of(CODES), Money.ofMinor(currency, random.nextInt(300)))
                .quantity(new BigDecimal(values.of(List.of("1", "2", "1.235"))));
        line = often() ? line.category(values.of(CODES)) : line;
        return often() ? line.brand(values.of(CODES)) : line;
    }

    List<Refund> refunds(List<Order> orders) {
        List<Refund> refunds = new ArrayList<>();
        for (Order order : orders) {
            if (random.nextInt(3) == 0 && order.amount().isPositive() && !order.cancelled()) {
                refunds.add(Refund.of(
                        order.customer(),
                        order.number(),
                        "R1",
                        order.occurredAt().plusSeconds(random.nextInt(900_000)),
                        Money.ofMinor(order.currency(), 1)));
            }
        }
        return refunds;
    }
}
