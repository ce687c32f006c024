package dev.retailcrm.tck;

import static dev.retailcrm.core.rule.Rules.allOf;
import static dev.retailcrm.core.rule.Rules.days;
import static dev.retailcrm.core.rule.Rules.did;
import static dev.retailcrm.core.rule.Rules.field;
import static org.assertj.core.api.Assertions.assertThat;

import dev.retailcrm.audience.index.AudienceIndex;
import dev.retailcrm.audience.index.IndexBuilder;
import dev.retailcrm.audience.index.IndexScope;
import dev.retailcrm.core.field.CatalogField;
import dev.retailcrm.core.field.FieldAccess;
import dev.retailcrm.core.field.FieldType;
import dev.retailcrm.core.field.FieldValue;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.rule.CompiledRule;
import dev.retailcrm.core.rule.Condition;
import dev.retailcrm.core.rule.CustomerFacts;
import dev.retailcrm.core.rule.EventFact;
import dev.retailcrm.core.rule.RequiredFacts;
import dev.retailcrm.core.rule.Rule;
import dev.retailcrm.core.rule.RuleCatalog;
import dev.retailcrm.core.rule.RuleTime;
import dev.retailcrm.core.rule.Window;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.junit.jupiter.api.Test;

/** Sums over windows that the index takes from sums up to some days are those of the facts, whatever is written in between. */
class IndexedSumsTest {
    private static final CurrencyUnit CNY = CurrencyUnit.of("CNY");
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final RuleTime TIME = RuleTime.in(ZoneOffset.UTC);
    private static final RuleCatalog CATALOG = RuleCatalog.of(
                    () -> List.of(new CatalogField("custom.level", FieldType.LONG, false, FieldAccess.ALL, List.of())))
            .event("bought", Map.of("amount", FieldType.MONEY, "points", FieldType.LONG));
    private static final RequiredFacts FACTS =
            RequiredFacts.of(Set.of("custom.level"), Set.of(), Map.of("bought", Set.of("amount", "points")), Set.of());
    private static final IndexScope SCOPE = IndexScope.of(CATALOG, FACTS).countsEvery(40);

    private final Random random = new Random(11);
    private final Map<CustomerId, List<EventFact>> events = new TreeMap<>();

    private EventFact event(CurrencyUnit currency, long most) {
        long minor = random.nextLong(most) - most / 10;
        Instant at = NOW.minusMillis(random.nextLong(Duration.ofDays(100).toMillis()));
        return random.nextInt(10) == 0
                ? EventFact.at(at)
                : new EventFact(
                        at,
                        Map.of(
                                "amount", FieldValue.money(Money.ofMinor(currency, minor)),
                                "points", FieldValue.number(random.nextInt(20))));
    }

    private void happen(CustomerId customer, EventFact event) {
        List<EventFact> hers = new ArrayList<>(events.getOrDefault(customer, List.of()));
        int place = hers.size();
        while (place > 0 && hers.get(place - 1).at().isAfter(event.at())) {
            place--;
        }
        hers.add(place, event);
        events.put(customer, hers);
    }

    private CustomerFacts facts(CustomerId customer) {
        CustomerFacts.Builder facts =
                CustomerFacts.of(FACTS).field("custom.level", FieldValue.number(customer.value()));
        events.getOrDefault(customer, List.of()).forEach(event -> facts.event("bought", event));
        return facts.build();
    }

    private AudienceIndex index(int customers) {
        for (int i = 1; i <= customers; i++) {
            events.put(CustomerId.of(i), List.of());
            for (int some = random.nextInt(12); some > 0; some--) {
                happen(CustomerId.of(i), event(CNY, 50_000));
            }
        }
        IndexBuilder builder = AudienceIndex.builder(SCOPE, NOW);
        events.keySet().forEach(customer -> builder.add(customer, facts(customer)));
        return builder.build();
    }

    private Condition condition() {
        Window window = new Window.Last(days(1 + random.nextInt(110)));
        if (random.nextInt(8) == 0) {
            window = new Window.Between(NOW.minus(Duration.ofDays(60)), NOW.minus(Duration.ofDays(random.nextInt(50))));
        }
        if (random.nextInt(3) == 0) {
            var points = did("bought").sum("points");
            long number = random.nextInt(60);
            return switch (random.nextInt(3)) {
                case 0 -> points.atLeast(number).within(window);
                case 1 -> points.is(number).within(window);
                default -> points.between(number, number + 20).within(window);
            };
        }
        Money money = Money.ofMinor(CNY, random.nextInt(150_000) - 10_000);
        var amounts = did("bought").sum("amount");
        return switch (random.nextInt(5)) {
            case 0 -> amounts.atLeast(money).within(window);
            case 1 -> amounts.lessThan(money).within(window);
            case 2 -> amounts.isNot(Money.zero(CNY)).within(window);
            case 3 -> amounts.between(money, money.plus(200)).within(window);
            default -> amounts.atMost(money).within(window);
        };
    }

    private void requireSame(AudienceIndex index) {
        for (int i = 0; i < 60; i++) {
            Condition condition = condition();
            if (random.nextInt(4) == 0) {
                condition = allOf(field("custom.level").lessThan(random.nextInt(300)), condition);
            }
            CompiledRule rule = Rule.of(condition).compile(CATALOG, TIME, FACTS);
            CompiledRule.AsOf then = rule.at(NOW);
            List<CustomerId> expected = events.keySet().stream()
                    .filter(customer -> then.test(facts(customer)))
                    .toList();
            assertThat(index.members(rule, NOW, null, 1_000))
                    .as(rule.rule().toJson())
                    .isEqualTo(expected);
        }
    }

    private CustomerId somebody() {
        return CustomerId.of(1 + random.nextInt(events.size()));
    }

    @Test
    void of_what_was_built_and_of_what_came_later() {
        AudienceIndex index = index(300);
        requireSame(index);
        for (int i = 0; i < 400; i++) {
            CustomerId customer = i < 40 ? CustomerId.of(301 + i) : somebody();
            if (random.nextInt(3) == 0 || !events.containsKey(customer)) {
                events.put(customer, List.of());
                for (int some = random.nextInt(9); some > 0; some--) {
                    happen(customer, event(CNY, 50_000));
                }
                index.put(customer, facts(customer));
            } else {
                EventFact event = event(CNY, 50_000);
                happen(customer, event);
                index.record(customer, "bought", event);
            }
        }
        requireSame(index);
    }

    @Test
    void of_great_amounts_and_of_many_events() {
        AudienceIndex index = index(300);
        for (int i = 0; i < 900; i++) {
            CustomerId customer = i < 10 ? somebody() : CustomerId.of(7 + i % 2);
            EventFact event = event(CNY, i < 10 ? 90_000_000_000L : 50_000);
            happen(customer, event);
            index.record(customer, "bought", event);
        }
        requireSame(index);
        events.put(CustomerId.of(7), List.of());
        index.put(CustomerId.of(7), facts(CustomerId.of(7)));
        requireSame(index);
    }

    @Test
    void of_amounts_of_another_currency_that_came_later() {
        AudienceIndex index = index(300);
        for (int i = 0; i < 30; i++) {
            CustomerId customer = somebody();
            EventFact event = event(i % 3 == 0 ? CNY : CurrencyUnit.USD, 50_000);
            happen(customer, event);
            index.record(customer, "bought", event);
        }
        requireSame(index);
    }
}
