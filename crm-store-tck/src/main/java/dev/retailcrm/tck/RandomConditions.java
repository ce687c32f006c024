package dev.retailcrm.tck;

import dev.retailcrm.core.customer.Gender;
import dev.retailcrm.core.field.FieldValue;
import dev.retailcrm.core.lifecycle.LifecycleStage;
import dev.retailcrm.core.membership.MembershipStatus;
import dev.retailcrm.core.rule.Aggregate;
import dev.retailcrm.core.rule.AllOf;
import dev.retailcrm.core.rule.AnyOf;
import dev.retailcrm.core.rule.AudienceCondition;
import dev.retailcrm.core.rule.CalendarUnit;
import dev.retailcrm.core.rule.Comparison;
import dev.retailcrm.core.rule.Condition;
import dev.retailcrm.core.rule.EventCondition;
import dev.retailcrm.core.rule.EventValues;
import dev.retailcrm.core.rule.Events;
import dev.retailcrm.core.rule.FieldCondition;
import dev.retailcrm.core.rule.Not;
import dev.retailcrm.core.rule.PeriodsCondition;
import dev.retailcrm.core.rule.PropertyTest;
import dev.retailcrm.core.rule.Quantifier;
import dev.retailcrm.core.rule.SequenceCondition;
import dev.retailcrm.core.rule.SilenceCondition;
import dev.retailcrm.core.rule.TagCondition;
import dev.retailcrm.core.rule.TagValueCondition;
import dev.retailcrm.core.rule.ValueTest;
import dev.retailcrm.core.rule.Window;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Conditions of all kinds at random over what {@link RulePopulation} has. Not thread-safe. */
final class RandomConditions {
    private static final List<String> TAGS = List.of("s1", "s2", "s3", "s5", "s10");

    private final RandomValueTests values;

    /** What customers may be in. */
    static final List<String> AUDIENCES = List.of("keen", "Keen", "nobody");

    RandomConditions(Random random, Instant now) {
        this.values = new RandomValueTests(random, now);
    }

    Condition condition(int depth) {
        if (depth > 0 && values.below(3) > 0) {
            List<Condition> parts = new ArrayList<>();
            for (int i = values.below(4); i > 0; i--) {
                parts.add(condition(depth - 1));
            }
            return switch (values.below(3)) {
                case 0 -> new AllOf(parts);
                case 1 -> new AnyOf(parts);
                default -> new Not(condition(depth - 1));
            };
        }
        return switch (values.below(11)) {
            case 0, 1 -> profile();
            case 2, 3 -> custom();
            case 4 -> tags();
            case 5 -> several();
            case 6 -> new AudienceCondition(values.of(Quantifier.class), values.some(AUDIENCES));
            case 7 -> account();
            default -> event();
        };
    }

    private Condition account() {
        String program = "tier." + values.of(RuleTiers.PROGRAMS) + ".";
        return switch (values.below(9)) {
            case 6 -> field(program + "level", values.codes(List.of("base", "Silver", "silver", "gold")));
            case 7 -> field(program + "rank", values.numbers());
            case 8 -> field(program + "until", values.instants());
            case 0 -> field("points.standard.available", values.numbers());
            case 1 -> field("stored." + values.of(List.of("CNY", "USD")) + ".available", values.coins());
            case 2 -> field("growth.club.expiring_" + (1 + values.below(9)) + "d", values.numbers());
            case 3 -> field("stored.CNY.expiring_" + (1 + values.below(9)) + "d", values.coins());
            case 4 -> field("points." + values.of(List.of("standard", "none")) + ".next_expiry", values.instants());
            default -> field(values.of(List.of("points.standard", "stored.USD")) + ".last_active", values.instants());
        };
    }

    private Condition field(String name, ValueTest test) {
        return new FieldCondition(name, values.below(8) == 0 ? new ValueTest.Presence(values.below(2) == 0) : test);
    }

    private Condition profile() {
        return switch (values.below(12)) {
            case 0 -> field("profile.birth_date", values.dates());
            case 1 -> field("profile.birthday", new ValueTest.Anniversary(values.ofDays()));
            case 2 -> field("profile.gender", values.choices(keys(Gender.values())));
            case 3 ->
                field("profile.language", new ValueTest.In(List.of(FieldValue.text("zh-CN")), values.below(2) == 0));
            case 4 -> field("profile.kind", values.choices(List.of("person", "organisation")));
            case 5 -> field("joining.at", values.instants());
            case 6 ->
                field("joining.store", new ValueTest.Compare(Comparison.EQ, FieldValue.text("S" + values.below(2))));
            case 7 -> field("member.status", values.choices(keys(MembershipStatus.values())));
            case 8 -> field("member.joined", values.instants());
            case 9 -> field("lifecycle.stage", values.choices(keys(LifecycleStage.values())));
            case 10 -> field("trade.CNY." + values.of(List.of("orders", "refunds")), values.number(3));
            default -> trade();
        };
    }

    private Condition trade() {
        String currency = values.below(4) == 0 ? "USD" : "CNY";
        return switch (values.below(3)) {
            case 0 ->
                field("trade." + currency + "." + values.of(List.of("amount", "net", "refunded")), values.amounts());
            case 1 -> field("trade." + currency + ".units", values.decimals());
            default ->
                field("trade." + currency + "." + values.of(List.of("first_order", "last_order")), values.instants());
        };
    }

    private static List<String> keys(Enum<?>... options) {
        return Arrays.stream(options)
                .map(option -> option.name().toLowerCase(Locale.ROOT))
                .toList();
    }

    private Condition custom() {
        return switch (values.below(12)) {
            case 0 -> field("custom.age", values.numbers());
            case 1, 2 -> field("custom.city", values.texts());
            case 3 -> field("custom.score", values.decimals());
            case 4 -> field("custom.spend", values.amounts());
            case 5 -> field("custom.vip", values.flags());
            case 6 -> field("custom.seen", values.instants());
            case 7 -> field("custom.day", values.dates());
            case 8 -> field("custom.shape", values.choices(RandomValueTests.SPORTS));
            case 9 -> field("custom.sport", values.options());
            case 10 ->
                field("custom.secret", new ValueTest.In(List.of(values.text(), values.text()), values.below(2) == 0));
            default ->
                field(
                        "custom.pin",
                        new ValueTest.Compare(
                                values.below(2) == 0 ? Comparison.EQ : Comparison.NE,
                                FieldValue.number(values.below(3))));
        };
    }

    private Condition tags() {
        return switch (values.below(5)) {
            case 0, 1 -> new TagCondition(values.of(Quantifier.class), values.some(TAGS), null);
            case 2 -> new TagCondition(null, values.some(TAGS), values.number(4));
            case 3 ->
                new TagValueCondition(
                        "level",
                        values.below(4) == 0 ? new ValueTest.Presence(values.below(2) == 0) : values.numbers());
            default -> new TagValueCondition("note", values.texts());
        };
    }

    private Condition several() {
        return switch (values.below(3)) {
            case 0 ->
                new SequenceCondition(events(), events(), values.fixed(), values.below(2) == 0 ? null : values.past());
            case 1 ->
                new PeriodsCondition(
                        events(), 1L + values.below(2), values.of(CalendarUnit.class), 5, 1 + values.below(4));
            default ->
                values.below(2) == 0
                        ? new SilenceCondition(events(), values.span(), null)
                        : new SilenceCondition(events(), values.fixed(), values.fixed());
        };
    }

    private Events events() {
        return switch (values.below(6)) {
            case 0 -> Events.of("cart");
            case 1 -> Events.of(values.of(List.of("order", "purchase", "refund")));
            case 2 -> where("purchase", values.below(2) == 0 ? "category" : "sku", values.texts());
            case 3 -> where("browse", "category", values.texts());
            case 4 -> browse();
            default -> Events.of("browse");
        };
    }

    /** Values of events that are asked for. */
    EventValues eventValues() {
        Events events = events();
        if (events.type().equals("cart")) {
            events = Events.of("browse");
        }
        String property = values.of(
                switch (events.type()) {
                    case "browse" -> List.of("category", "amount", "points", "weight", "day", "slot", "yes");
                    case "purchase" -> List.of("sku", "category", "brand", "quantity", "amount", "store", "channel");
                    case "order" -> List.of("amount", "units", "lines", "store", "channel");
                    default -> List.of("amount", "units");
                });
        return new EventValues(events, property, values.below(3) == 0 ? null : values.past());
    }

    private Events browse() {
        return switch (values.below(6)) {
            case 0 -> where("browse", "amount", values.amounts());
            case 1 -> where("browse", "points", values.numbers());
            case 2 -> where("browse", "weight", values.decimals());
            case 3 -> where("browse", "day", values.dates());
            case 4 -> where("browse", "slot", values.instants());
            default -> where("browse", "yes", values.flags());
        };
    }

    private Events where(String type, String property, ValueTest test) {
        ValueTest asked = values.below(8) == 0 ? new ValueTest.Presence(values.below(2) == 0) : test;
        return new Events(type, List.of(new PropertyTest(property, asked)));
    }

    private Condition event() {
        @Nullable Window window = values.below(4) == 0 ? null : values.past();
        Events of = Events.of(values.of(List.of("browse", "purchase")));
        return switch (values.below(8)) {
            case 0 ->
                new EventCondition(
                        of, Aggregate.DISTINCT, values.of(List.of("category", "amount")), values.number(4), window);
            case 1 ->
                new EventCondition(
                        of,
                        values.of(List.of(Aggregate.SUM, Aggregate.AVG)),
                        "amount",
                        new ValueTest.Compare(values.of(Comparison.class), values.money()),
                        window);
            case 2 ->
                new EventCondition(
                        Events.of("browse"),
                        values.of(List.of(Aggregate.MIN, Aggregate.MAX, Aggregate.FIRST, Aggregate.LAST)),
                        "points",
                        values.numbers(),
                        window);
            case 3 ->
                new EventCondition(
                        of, values.of(List.of(Aggregate.FIRST, Aggregate.LAST)), "category", values.texts(), window);
            case 4 ->
                values.below(2) == 0
                        ? new EventCondition(
                                Events.of("browse"),
                                values.of(List.of(Aggregate.SUM, Aggregate.AVG)),
                                values.of(List.of("points", "weight")),
                                new ValueTest.Between(FieldValue.number(0), values.decimal()),
                                window)
                        : new EventCondition(
                                Events.of("browse"),
                                values.of(List.of(Aggregate.MIN, Aggregate.MAX)),
                                "day",
                                values.dates(),
                                window);
            case 5 -> new EventCondition(events(), Aggregate.FIRST_EVER, null, null, values.past());
            default -> new EventCondition(events(), Aggregate.COUNT, null, values.number(4), window);
        };
    }
}
