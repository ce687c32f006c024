package dev.retailcrm.core.rule;

import static dev.retailcrm.core.rule.Rules.allOf;
import static dev.retailcrm.core.rule.Rules.anyOf;
import static dev.retailcrm.core.rule.Rules.days;
import static dev.retailcrm.core.rule.Rules.did;
import static dev.retailcrm.core.rule.Rules.field;
import static dev.retailcrm.core.rule.Rules.firstEver;
import static dev.retailcrm.core.rule.Rules.hours;
import static dev.retailcrm.core.rule.Rules.inPeriods;
import static dev.retailcrm.core.rule.Rules.lastPeriod;
import static dev.retailcrm.core.rule.Rules.months;
import static dev.retailcrm.core.rule.Rules.not;
import static dev.retailcrm.core.rule.Rules.restarted;
import static dev.retailcrm.core.rule.Rules.seconds;
import static dev.retailcrm.core.rule.Rules.sequence;
import static dev.retailcrm.core.rule.Rules.stopped;
import static dev.retailcrm.core.rule.Rules.tag;
import static dev.retailcrm.core.rule.Rules.taggedAll;
import static dev.retailcrm.core.rule.Rules.taggedAny;
import static dev.retailcrm.core.rule.Rules.taggedNone;
import static dev.retailcrm.core.rule.Rules.thisPeriod;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retailcrm.core.field.CatalogField;
import dev.retailcrm.core.field.FieldAccess;
import dev.retailcrm.core.field.FieldCatalog;
import dev.retailcrm.core.field.FieldType;
import dev.retailcrm.core.field.FieldValue;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class RuleTest {
    private static final Instant NOW = Instant.parse("2026-03-18T12:00:00Z");
    private static final CurrencyUnit CNY = CurrencyUnit.of("CNY");

    static final FieldCatalog FIELDS = FieldCatalog.ofCustomers()
            .and(List.of(
                    custom("age", FieldType.LONG),
                    custom("id", FieldType.LONG),
                    custom("city", FieldType.TEXT),
                    custom("score", FieldType.DECIMAL),
                    custom("spend", FieldType.MONEY),
                    custom("member", FieldType.BOOLEAN),
                    custom("seen", FieldType.INSTANT),
                    custom("sport", FieldType.MULTI_CHOICE, "golf", "judo", "polo")));

    static final RuleCatalog CATALOG = RuleCatalog.of(FIELDS)
            .event(
                    "purchase",
                    Map.of(
                            "category", FieldType.TEXT,
                            "amount", FieldType.MONEY,
                            "points", FieldType.LONG,
                            "weight", FieldType.DECIMAL))
            .event("cart", Map.of())
            .tag("s1")
            .tag("s2")
            .tag("s3")
            .tag("s5")
            .tag("s10")
            .tag("level", FieldType.LONG)
            .audience("vip");

    private static CatalogField custom(String key, FieldType type, String... options) {
        return new CatalogField("custom." + key, type, false, FieldAccess.ALL, List.of(options));
    }

    private static boolean holds(Condition condition, CustomerFacts.Builder facts, Instant at) {
        return compiled(condition, ZoneOffset.UTC).test(facts.build(), at);
    }

    private static CompiledRule compiled(Condition condition, ZoneId zone) {
        return Rule.of(condition).compile(CATALOG, RuleTime.in(zone));
    }

    private static CustomerFacts.Builder facts(Condition condition) {
        return CustomerFacts.of(Rule.of(condition).requiredFacts());
    }

    private static boolean with(Condition condition, String field, FieldValue value) {
        return holds(condition, facts(condition).field(field, value), NOW);
    }

    private static boolean without(Condition condition) {
        return holds(condition, facts(condition), NOW);
    }

    private static boolean withEvents(Condition condition, Duration... ago) {
        CustomerFacts.Builder facts = facts(condition);
        for (Duration one : ago) {
            facts.event("purchase", EventFact.at(NOW.minus(one)));
        }
        return holds(condition, facts, NOW);
    }

    private static Duration d(int days) {
        return Duration.ofDays(days);
    }

    @Nested
    class Fields {
        @Test
        void a_comparison_with_a_missing_value_is_false_and_not_turns_it_round() {
            assertThat(without(field("custom.age").notIn(25, 30))).isFalse();
            assertThat(without(not(field("custom.age").in(25, 30)))).isTrue();
            assertThat(without(field("custom.age").missing())).isTrue();
            assertThat(without(field("custom.age").exists())).isFalse();
            assertThat(without(field("custom.age").isNot(25))).isFalse();
        }

        @Test
        void large_numbers_differ_by_one() {
            Condition same = field("custom.id").is(9_007_199_254_740_993L);
            assertThat(with(same, "custom.id", FieldValue.number(9_007_199_254_740_993L)))
                    .isTrue();
            assertThat(with(same, "custom.id", FieldValue.number(9_007_199_254_740_992L)))
                    .isFalse();
            assertThat(Rule.parse(Rule.of(same).toJson())).isEqualTo(Rule.of(same));
        }

        @Test
        void decimals_add_up() {
            BigDecimal sum = new BigDecimal("0.1").add(new BigDecimal("0.2"));
            assertThat(with(field("custom.score").is(new BigDecimal("0.30")), "custom.score", FieldValue.decimal(sum)))
                    .isTrue();
            assertThat(with(
                            field("custom.score").atLeast(3),
                            "custom.score",
                            FieldValue.decimal(new BigDecimal("3.0"))))
                    .isTrue();
        }

        @Test
        void amounts_of_another_currency_are_neither_more_nor_less() {
            Condition more = field("custom.spend").greaterThan(Money.of(CNY, 800));
            Condition other = field("custom.spend").isNot(Money.of(CNY, 800));
            FieldValue dollars = FieldValue.money(Money.of(CurrencyUnit.USD, 900));
            assertThat(with(more, "custom.spend", FieldValue.money(Money.of(CNY, 900))))
                    .isTrue();
            assertThat(with(more, "custom.spend", dollars)).isFalse();
            assertThat(with(other, "custom.spend", dollars)).isFalse();
        }

        @Test
        void case_and_width_of_custom_texts_do_not_count() {
            FieldValue wide = FieldValue.text("ＳＨＡＮＧＨＡＩ City");
            assertThat(with(field("custom.city").is("shanghai city"), "custom.city", wide))
                    .isTrue();
            assertThat(with(field("custom.city").startsWith("Shang"), "custom.city", wide))
                    .isTrue();
            assertThat(with(field("custom.city").contains("I C"), "custom.city", wide))
                    .isTrue();
            assertThat(with(field("custom.city").matches(".* Cit[xy]"), "custom.city", wide))
                    .isTrue();
            assertThat(with(field("profile.language").is("ZH"), "profile.language", FieldValue.text("zh")))
                    .isFalse();
        }

        @Test
        void of_choices_all_any_and_none_can_be_asked() {
            FieldValue plays = FieldValue.choices(Set.of("golf", "judo"));
            assertThat(with(field("custom.sport").anyOf("judo", "polo"), "custom.sport", plays))
                    .isTrue();
            assertThat(with(field("custom.sport").allOf("judo", "polo"), "custom.sport", plays))
                    .isFalse();
            assertThat(with(field("custom.sport").noneOf("polo"), "custom.sport", plays))
                    .isTrue();
            assertThat(with(field("custom.sport").choices(Comparison.EQ, 2), "custom.sport", plays))
                    .isTrue();
            assertThat(without(field("custom.sport").noneOf("polo"))).isFalse();
        }

        @Test
        void age_is_counted_in_whole_years() {
            Condition adult = field("profile.birth_date").ageAtLeast(18);
            assertThat(with(adult, "profile.birth_date", FieldValue.date(LocalDate.of(2008, 3, 18))))
                    .isTrue();
            assertThat(with(adult, "profile.birth_date", FieldValue.date(LocalDate.of(2008, 3, 19))))
                    .isFalse();
        }

        @Test
        void who_was_born_on_a_leap_day_is_a_year_older_on_the_28th() {
            Condition adult = field("profile.birth_date").ageAtLeast(18);
            CustomerFacts leap = facts(adult)
                    .field("profile.birth_date", FieldValue.date(LocalDate.of(2008, 2, 29)))
                    .build();
            CompiledRule rule = compiled(adult, ZoneOffset.UTC);
            Verdict before = rule.evaluate(leap, Instant.parse("2026-02-01T00:00:00Z"));
            assertThat(before.holds()).isFalse();
            assertThat(before.validUntil()).contains(Instant.parse("2026-02-28T00:00:00Z"));
        }

        @Test
        void a_birthday_lies_within_the_next_days() {
            Condition soon = field("profile.birth_date").anniversaryWithin(new Window.Next(days(7)));
            assertThat(with(soon, "profile.birth_date", FieldValue.date(LocalDate.of(1990, 3, 18))))
                    .isTrue();
            assertThat(with(soon, "profile.birth_date", FieldValue.date(LocalDate.of(1990, 3, 24))))
                    .isTrue();
            assertThat(with(soon, "profile.birth_date", FieldValue.date(LocalDate.of(1990, 3, 25))))
                    .isFalse();
            assertThat(with(soon, "profile.birth_date", FieldValue.date(LocalDate.of(1990, 3, 17))))
                    .isFalse();
        }
    }

    @Nested
    class Tags {
        private boolean tagged(Condition condition) {
            CustomerFacts.Builder facts = facts(condition);
            List.of("s1", "s2", "s3").forEach(key -> facts.tag(key, MarkFact.always()));
            return holds(condition, facts, NOW);
        }

        @Test
        void any_all_none_and_count() {
            assertThat(tagged(taggedAny("s10", "s2"))).isTrue();
            assertThat(tagged(taggedAll("s1", "s5"))).isFalse();
            assertThat(tagged(taggedNone("s2"))).isFalse();
            assertThat(tagged(taggedNone("s5"))).isTrue();
            assertThat(tagged(Rules.tagged(Comparison.EQ, 2, "s1", "s3", "s5"))).isTrue();
            assertThat(tagged(new TagCondition(Quantifier.ANY, Set.of(), null))).isFalse();
            assertThat(tagged(new TagCondition(Quantifier.ALL, Set.of(), null))).isTrue();
        }

        @Test
        void values_are_compared_as_values() {
            Condition high = tag("level").greaterThan(9);
            MarkFact ten = new MarkFact(Instant.EPOCH, NOW.plusSeconds(5), FieldValue.number(10));
            CustomerFacts facts = facts(high).tag("level", ten).build();
            Verdict verdict = compiled(high, ZoneOffset.UTC).evaluate(facts, NOW);
            assertThat(verdict.holds()).isTrue();
            assertThat(verdict.validUntil()).contains(NOW.plusSeconds(5));
        }

        @Test
        void one_of_three_counted_tags_expires() {
            Condition two = Rules.tagged(Comparison.GE, 2, "s1", "s2");
            CustomerFacts facts = facts(two)
                    .tag("s1", MarkFact.always())
                    .tag("s2", new MarkFact(Instant.EPOCH, NOW.plusMillis(1), null))
                    .build();
            assertThat(compiled(two, ZoneOffset.UTC).evaluate(facts, NOW).validUntil())
                    .contains(NOW.plusMillis(1));
        }
    }

    @Nested
    class Behaviour {
        @Test
        void an_event_leaves_its_window_at_exactly_its_end() {
            Condition recent = did("purchase").inLast(seconds(5));
            assertThat(withEvents(recent, Duration.ofSeconds(6))).isFalse();
            CustomerFacts facts =
                    facts(recent).event("purchase", EventFact.at(NOW)).build();
            CompiledRule rule = compiled(recent, ZoneOffset.UTC);
            Verdict verdict = rule.evaluate(facts, NOW);
            assertThat(verdict.holds()).isTrue();
            assertThat(verdict.validUntil()).contains(NOW.plusSeconds(5));
            assertThat(rule.test(facts, NOW.plusMillis(4_999))).isTrue();
            assertThat(rule.test(facts, NOW.plusSeconds(5))).isFalse();
        }

        @Test
        void none_and_fewer_than_two_at_none_one_and_two() {
            Condition none = Rules.didNot("purchase");
            Condition few = did("purchase").fewerThan(2);
            assertThat(List.of(withEvents(none), withEvents(none, d(1)), withEvents(none, d(1), d(2))))
                    .containsExactly(true, false, false);
            assertThat(List.of(withEvents(few), withEvents(few, d(1)), withEvents(few, d(1), d(2))))
                    .containsExactly(true, true, false);
        }

        @Test
        void restarted_after_a_silence() {
            Condition back = restarted(Events.of("purchase"), days(2), days(7));
            assertThat(withEvents(back, d(20), d(1))).isTrue();
            assertThat(withEvents(back, d(20), d(5), d(1))).isFalse();
            assertThat(withEvents(back, d(1))).isFalse();
        }

        @Test
        void stopped_since_a_span() {
            Condition gone = stopped(Events.of("purchase"), months(2));
            assertThat(withEvents(gone, d(100))).isTrue();
            assertThat(withEvents(gone, d(100), d(10))).isFalse();
            assertThat(withEvents(gone)).isFalse();
        }

        @Test
        void three_of_the_last_seven_days() {
            Condition regular = inPeriods(Events.of("purchase"), CalendarUnit.DAY, 7, 3);
            assertThat(withEvents(regular, d(5), d(3), d(2))).isTrue(); // [0,1,0,1,1,0,0]
            assertThat(withEvents(regular, d(5), d(3), d(3), d(7))).isFalse();
        }

        @Test
        void one_after_another_within_a_span() {
            Condition bought = sequence(Events.of("cart"), Events.of("purchase"), hours(1));
            CompiledRule rule = compiled(bought, ZoneOffset.UTC);
            CustomerFacts soon = facts(bought)
                    .event("cart", EventFact.at(NOW.minusSeconds(3_600)))
                    .event("purchase", EventFact.at(NOW))
                    .build();
            CustomerFacts late = facts(bought)
                    .event("cart", EventFact.at(NOW.minusSeconds(3_601)))
                    .event("purchase", EventFact.at(NOW))
                    .build();
            CustomerFacts before = facts(bought)
                    .event("cart", EventFact.at(NOW))
                    .event("purchase", EventFact.at(NOW))
                    .build();
            assertThat(List.of(rule.test(soon, NOW), rule.test(late, NOW), rule.test(before, NOW)))
                    .containsExactly(true, false, false);
        }

        @Test
        void the_first_of_all_lies_in_the_window() {
            Condition newcomer = firstEver(Events.of("purchase"), new Window.Last(days(30)));
            assertThat(withEvents(newcomer, d(29), d(1))).isTrue();
            assertThat(withEvents(newcomer, d(31), d(1))).isFalse();
        }

        @Test
        void sums_and_means_are_exact_and_of_one_currency() {
            Condition spent = did("purchase").sum("amount").is(Money.of(CNY, new BigDecimal("0.30")));
            Condition mean = did("purchase").average("points").is(new BigDecimal("1.5"));
            Condition third = did("purchase").average("points").greaterThan(new BigDecimal("1.4999999999"));
            CustomerFacts.Builder facts =
                    CustomerFacts.of(Rule.of(allOf(spent, mean, third)).requiredFacts());
            facts.event("purchase", bought("0.10", 1)).event("purchase", bought("0.20", 2));
            facts.event(
                    "purchase", new EventFact(NOW, Map.of("amount", FieldValue.money(Money.of(CurrencyUnit.USD, 7)))));
            assertThat(holds(allOf(spent, mean, third), facts, NOW)).isTrue();
        }

        private EventFact bought(String amount, long points) {
            return new EventFact(
                    NOW,
                    Map.of(
                            "amount", FieldValue.money(Money.of(CNY, new BigDecimal(amount))),
                            "points", FieldValue.number(points)));
        }

        @Test
        void what_lies_ahead_does_not_count_yet() {
            Condition once = did("purchase").atLeast(1);
            CustomerFacts facts = facts(once)
                    .event("purchase", EventFact.at(NOW.plusSeconds(9)))
                    .build();
            Verdict verdict = compiled(once, ZoneOffset.UTC).evaluate(facts, NOW);
            assertThat(verdict.holds()).isFalse();
            assertThat(verdict.validUntil()).contains(NOW.plusSeconds(9));
        }
    }

    @Nested
    class Calendar {
        private final ZoneId newYork = ZoneId.of("America/New_York");

        @Test
        void last_week_is_monday_to_sunday_across_a_change_of_clocks() {
            // Clocks went forward on Sunday 8 March 2026, so the week from Monday 2 March has 167 hours.
            Condition lastWeek = did("purchase").within(lastPeriod(CalendarUnit.WEEK));
            CompiledRule rule = compiled(lastWeek, newYork);
            Instant asOf = Instant.parse("2026-03-11T12:00:00Z");
            Instant start = Instant.parse("2026-03-02T05:00:00Z");
            Instant end = Instant.parse("2026-03-09T04:00:00Z");
            List<Instant> at = List.of(start.minusMillis(1), start, end.minusMillis(1), end);
            assertThat(at.stream().map(it -> rule.test(bought(lastWeek, it), asOf)))
                    .containsExactly(false, true, true, false);
            assertThat(rule.evaluate(bought(lastWeek, start), asOf).validUntil())
                    .contains(Instant.parse("2026-03-16T04:00:00Z"));
        }

        @Test
        void an_event_of_this_week_is_one_of_last_week_from_monday_on() {
            Condition lastWeek = did("purchase").within(lastPeriod(CalendarUnit.WEEK));
            Instant asOf = Instant.parse("2026-03-05T12:00:00Z");
            Verdict verdict = compiled(lastWeek, newYork).evaluate(bought(lastWeek, asOf), asOf);
            assertThat(verdict.holds()).isFalse();
            assertThat(verdict.validUntil()).contains(Instant.parse("2026-03-09T04:00:00Z"));
        }

        @Test
        void this_month_starts_in_the_tenants_zone() {
            Condition thisMonth = did("purchase").within(thisPeriod(CalendarUnit.MONTH));
            Instant asOf = Instant.parse("2026-04-01T03:59:00Z");
            CustomerFacts march = bought(thisMonth, Instant.parse("2026-03-01T05:00:00Z"));
            Verdict verdict = compiled(thisMonth, newYork).evaluate(march, asOf);
            assertThat(verdict.holds()).isTrue();
            assertThat(verdict.validUntil()).contains(Instant.parse("2026-04-01T04:00:00Z"));
        }

        private CustomerFacts bought(Condition condition, Instant at) {
            return facts(condition).event("purchase", EventFact.at(at)).build();
        }
    }

    @Nested
    class Logic {
        private boolean abc(boolean a, boolean b, boolean c, boolean together) {
            Condition x = taggedAny("s1");
            Condition y = taggedAny("s2");
            Condition z = taggedAny("s3");
            Condition rule = together ? allOf(anyOf(x, y), z) : anyOf(x, allOf(y, z));
            CustomerFacts.Builder facts = facts(rule);
            if (a) {
                facts.tag("s1", MarkFact.always());
            }
            if (b) {
                facts.tag("s2", MarkFact.always());
            }
            if (c) {
                facts.tag("s3", MarkFact.always());
            }
            return holds(rule, facts, NOW);
        }

        @Test
        void a_or_b_and_c_is_as_it_is_bracketed() {
            for (int i = 0; i < 8; i++) {
                boolean a = (i & 4) != 0;
                boolean b = (i & 2) != 0;
                boolean c = (i & 1) != 0;
                assertThat(abc(a, b, c, false)).isEqualTo(a || (b && c));
                assertThat(abc(a, b, c, true)).isEqualTo((a || b) && c);
            }
        }

        @Test
        void all_of_none_holds_and_any_of_none_does_not() {
            assertThat(without(allOf())).isTrue();
            assertThat(without(anyOf())).isFalse();
        }

        @Test
        void an_answer_changes_when_its_last_obstacle_falls() {
            Condition rule = allOf(not(did("purchase").inLast(days(1))), not(taggedAny("s1")));
            CustomerFacts facts = facts(rule)
                    .event("purchase", EventFact.at(NOW))
                    .tag("s1", new MarkFact(Instant.EPOCH, NOW.plus(d(3)), null))
                    .build();
            Verdict verdict = compiled(rule, ZoneOffset.UTC).evaluate(facts, NOW);
            assertThat(verdict.holds()).isFalse();
            assertThat(verdict.validUntil()).contains(NOW.plus(d(3)));
        }

        @Test
        void why_shows_each_leaf_with_what_was_looked_at() {
            Condition rule =
                    allOf(field("custom.age").atLeast(30), did("purchase").atLeast(2), taggedAny("s1", "s2"));
            CustomerFacts facts = facts(rule)
                    .field("custom.age", FieldValue.number(31))
                    .event("purchase", EventFact.at(NOW))
                    .tag("s2", MarkFact.always())
                    .build();
            Why why = compiled(rule, ZoneOffset.UTC).evaluate(facts, NOW).why();
            assertThat(why.holds()).isFalse();
            assertThat(why.parts()).extracting(Why::holds).containsExactly(true, false, true);
            assertThat(why.parts().get(0).actual()).contains(FieldValue.number(31));
            assertThat(why.parts().get(1).actual()).contains(FieldValue.number(1));
            assertThat(why.parts().get(2).found()).containsExactly("s2");
        }

        @Test
        void only_what_is_asked_about_is_required() {
            Rule rule = Rule.of(allOf(
                    field("custom.age").exists(),
                    not(did("cart").atLeast(1)),
                    tag("level").is(3)));
            RequiredFacts required = rule.requiredFacts();
            assertThat(required.fields()).containsExactly("custom.age");
            assertThat(required.events()).containsExactly("cart");
            assertThat(required.tags()).containsExactly("level");
            assertThat(required.audiences()).isEmpty();
        }

        @Test
        void facts_of_other_rules_are_refused() {
            CompiledRule rule = compiled(field("custom.age").exists(), ZoneOffset.UTC);
            CustomerFacts others = facts(field("custom.city").exists()).build();
            assertThatThrownBy(() -> rule.test(others, NOW)).hasMessageContaining("gathered for other rules");
        }
    }
}
