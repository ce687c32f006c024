package dev.retailcrm.tck;

import static dev.retailcrm.core.rule.Rules.allOf;
import static dev.retailcrm.core.rule.Rules.anyOf;
import static dev.retailcrm.core.rule.Rules.days;
import static dev.retailcrm.core.rule.Rules.did;
import static dev.retailcrm.core.rule.Rules.field;
import static dev.retailcrm.core.rule.Rules.inPeriods;
import static dev.retailcrm.core.rule.Rules.not;
import static dev.retailcrm.core.rule.Rules.restarted;
import static dev.retailcrm.core.rule.Rules.seconds;
import static dev.retailcrm.core.rule.Rules.stopped;
import static dev.retailcrm.core.rule.Rules.taggedAll;
import static dev.retailcrm.core.rule.Rules.taggedAny;
import static dev.retailcrm.core.rule.Rules.taggedNone;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.retailcrm.core.behavior.BehaviorEvent;
import dev.retailcrm.core.behavior.BehaviorId;
import dev.retailcrm.core.behavior.BehaviorType;
import dev.retailcrm.core.behavior.Properties;
import dev.retailcrm.core.behavior.Property;
import dev.retailcrm.core.behavior.PropertyKind;
import dev.retailcrm.core.customer.BirthDate;
import dev.retailcrm.core.customer.CustomerStatus;
import dev.retailcrm.core.customer.ProfilePatch;
import dev.retailcrm.core.customer.Registration;
import dev.retailcrm.core.field.FieldDefinition;
import dev.retailcrm.core.field.FieldPatch;
import dev.retailcrm.core.field.FieldType;
import dev.retailcrm.core.field.FieldValue;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.ErrorCode;
import dev.retailcrm.core.kernel.PageRequest;
import dev.retailcrm.core.rule.CalendarUnit;
import dev.retailcrm.core.rule.CompiledRule;
import dev.retailcrm.core.rule.Condition;
import dev.retailcrm.core.rule.Events;
import dev.retailcrm.core.rule.MarkFact;
import dev.retailcrm.core.rule.Rule;
import dev.retailcrm.core.rule.RuleCatalog;
import dev.retailcrm.core.rule.RuleQueries;
import dev.retailcrm.core.rule.RuleTime;
import dev.retailcrm.core.rule.Verdict;
import dev.retailcrm.core.rule.Window;
import dev.retailcrm.core.trade.Order;
import dev.retailcrm.core.trade.OrderLine;
import dev.retailcrm.core.trade.OrderNumber;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.MonthDay;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rules over what was put into a store, case by case: the store and the facts of the customer answer alike, and as they should. */
public abstract class RuleCasesContract extends MergeFacade {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    private int events;

    /** A contract. */
    protected RuleCasesContract() {}

    /** Defines what the cases are about. */
    @BeforeEach
    public final void defineCases() {
        behavior().define(BehaviorType.of("visit").with(Property.of("weight", PropertyKind.DECIMAL)));
        behavior().define(BehaviorType.of("ping").keptFor(10));
        fields().define(FieldDefinition.of("age", "Age", FieldType.LONG), key());
        fields().define(FieldDefinition.of("city", "City", FieldType.TEXT), key());
        fields().define(FieldDefinition.of("score", "Score", FieldType.DECIMAL), key());
        fields().define(FieldDefinition.of("secret", "Secret", FieldType.TEXT).asPersonal(), key());
    }

    private RuleQueries rules() {
        return rules(ZONE);
    }

    private RuleQueries rules(ZoneId zone) {
        return new RuleQueries(ACME, RuleTime.in(zone), crm().rulePorts(), List.of((catalog, tenant) -> {
            RuleCatalog all = catalog;
            for (String tag : List.of("s1", "s2", "s3", "s5", "s10")) {
                all = all.tag(tag);
            }
            return all;
        }));
    }

    private Instant now() {
        return crm().clock().instant();
    }

    private void set(CustomerId customer, String field, Object value) {
        FieldValue given = value instanceof Long number
                ? FieldValue.number(number)
                : value instanceof BigDecimal decimal ? FieldValue.decimal(decimal) : FieldValue.text((String) value);
        fields().set(customer, FieldPatch.none().set(field, given), key());
    }

    private void visit(CustomerId customer, Instant at) {
        behavior().record(BehaviorEvent.of(customer, "visit", BehaviorId.of("web", "v" + ++events), at));
    }

    private boolean holds(CustomerId customer, Condition condition) {
        return holds(customer, condition, ZONE, now());
    }

    /** The store's answer, at once and page by page, which the facts must bear out. */
    private boolean holds(CustomerId customer, Condition condition, ZoneId zone, Instant at) {
        CompiledRule rule = rules(zone).compile(Rule.of(condition));
        boolean paged =
                Pages.all(1, page -> rules(zone).members(rule, at, page)).contains(customer);
        boolean whole =
                rules(zone).members(rule, at, PageRequest.first(1_000)).items().contains(customer);
        assertThat(paged).isEqualTo(whole);
        assertThat(rules(zone).evaluate(rule, customer, at).holds()).isEqualTo(whole);
        return whole;
    }

    @Test
    public final void a_missing_field_is_in_no_list_and_out_of_none() {
        assertThat(holds(ann, field("custom.age").notIn(25, 30))).isFalse();
        assertThat(holds(ann, not(field("custom.age").in(25, 30)))).isTrue();
        assertThat(holds(ann, field("custom.age").missing())).isTrue();
        assertThat(holds(ann, field("custom.age").exists())).isFalse();
        assertThat(holds(ann, not(field("profile.gender").is("female")))).isTrue();
        assertThat(holds(ann, field("profile.gender").isNot("female"))).isFalse();
        set(ann, "age", 40L);
        assertThat(holds(ann, field("custom.age").notIn(25, 30))).isTrue();
    }

    @Test
    public final void tags_are_any_all_or_none_while_they_last() {
        for (String tag : List.of("s1", "s2", "s3")) {
            crm().tag(ACME, ann, tag, MarkFact.always());
        }
        assertThat(holds(ann, taggedAny("s10", "s2"))).isTrue();
        assertThat(holds(ann, taggedAll("s1", "s5"))).isFalse();
        assertThat(holds(ann, taggedNone("s2"))).isFalse();
        crm().tag(ACME, ann, "s2", new MarkFact(Instant.EPOCH, now().plusMillis(1), null));
        assertThat(holds(ann, taggedNone("s2"))).isFalse();
        assertThat(holds(ann, taggedNone("s2"), ZONE, now().plusMillis(1))).isTrue();
    }

    @Test
    public final void a_window_ends_to_the_millisecond_and_says_so() {
        Condition lately = did("visit").atLeast(1).inLast(seconds(5));
        visit(ann, now().minusSeconds(6));
        assertThat(holds(ann, lately)).isFalse();
        visit(ann, now());
        assertThat(holds(ann, lately)).isTrue();
        Verdict verdict = rules().evaluate(Rule.of(lately), ann);
        assertThat(verdict.validUntil()).contains(now().plusSeconds(5));
        assertThat(holds(ann, lately, ZONE, now().plusMillis(4_999))).isTrue();
        assertThat(holds(ann, lately, ZONE, now().plusSeconds(5))).isFalse();
    }

    @Test
    public final void none_is_a_number_too() {
        Consumer<List<Boolean>> isNoneAndFewerThanTwo = expected -> {
            assertThat(holds(ann, did("visit").times(0))).isEqualTo(expected.get(0));
            assertThat(holds(ann, did("visit").fewerThan(2))).isEqualTo(expected.get(1));
        };
        isNoneAndFewerThanTwo.accept(List.of(true, true));
        visit(ann, now());
        isNoneAndFewerThanTwo.accept(List.of(false, true));
        visit(ann, now());
        isNoneAndFewerThanTwo.accept(List.of(false, false));
    }

    @Test
    public final void she_restarted_after_a_silence_or_stopped() {
        CustomerId bob = crm().newCustomer(ACME);
        CustomerId eve = crm().newCustomer(ACME);
        List.of(20, 1).forEach(ago -> visit(ann, now().minus(Duration.ofDays(ago))));
        List.of(20, 5, 1).forEach(ago -> visit(bob, now().minus(Duration.ofDays(ago))));
        visit(eve, now().minus(Duration.ofDays(1)));
        Condition back = restarted(Events.of("visit"), days(2), days(7));
        assertThat(holds(ann, back)).isTrue();
        assertThat(holds(bob, back)).isFalse();
        assertThat(holds(eve, back)).isFalse();
        Condition gone = stopped(Events.of("visit"), days(1));
        assertThat(holds(ann, gone)).isTrue();
        assertThat(holds(ann, stopped(Events.of("visit"), days(2)))).isFalse();
    }

    @Test
    public final void in_three_of_seven_days() {
        now("2026-03-10T15:00");
        List.of(5, 3, 2).forEach(ago -> visit(ann, now().minus(Duration.ofDays(ago))));
        Condition thrice = inPeriods(Events.of("visit"), CalendarUnit.DAY, 7, 3);
        assertThat(holds(ann, thrice)).isTrue();
        assertThat(holds(ann, inPeriods(Events.of("visit"), CalendarUnit.DAY, 7, 4)))
                .isFalse();
        assertThat(holds(ann, thrice, ZONE, now().plus(Duration.ofDays(2)))).isFalse();
    }

    @Test
    public final void last_week_is_monday_to_sunday_across_a_change_of_clocks() {
        Instant start = berlin("2026-03-23T00:00");
        Instant end = berlin("2026-03-30T00:00");
        CustomerId bob = crm().newCustomer(ACME);
        crm().clock().set(berlin("2026-04-01T12:00"));
        visit(ann, start);
        visit(bob, end);
        CustomerId eve = crm().newCustomer(ACME);
        visit(eve, end.minusMillis(1));
        Condition lastWeek = did("visit").atLeast(1).within(new Window.Periods(CalendarUnit.WEEK, -1, 1));
        assertThat(holds(ann, lastWeek, BERLIN, now())).isTrue();
        assertThat(holds(bob, lastWeek, BERLIN, now())).isFalse();
        assertThat(holds(eve, lastWeek, BERLIN, now())).isTrue();
        assertThat(Duration.between(start, end)).isEqualTo(Duration.ofHours(167));
    }

    private static Instant berlin(String local) {
        return LocalDateTime.parse(local).atZone(BERLIN).toInstant();
    }

    @Test
    public final void a_or_b_and_c_is_not_a_or_b_and_then_c() {
        set(ann, "age", 1L);
        Condition a = field("custom.age").is(1);
        Condition b = field("custom.city").is("b");
        Condition c = field("custom.city").is("c");
        assertThat(holds(ann, anyOf(a, allOf(b, c)))).isTrue();
        assertThat(holds(ann, allOf(anyOf(a, b), c))).isFalse();
    }

    @Test
    public final void large_numbers_and_decimals_are_exact() {
        set(ann, "age", 9_007_199_254_740_993L);
        assertThat(holds(ann, field("custom.age").is(9_007_199_254_740_992L))).isFalse();
        assertThat(holds(ann, field("custom.age").is(9_007_199_254_740_993L))).isTrue();
        for (String weight : List.of("0.1", "0.2")) {
            behavior()
                    .record(BehaviorEvent.of(ann, "visit", BehaviorId.of("web", "w" + weight), now())
                            .with(Properties.none().decimal("weight", new BigDecimal(weight))));
        }
        assertThat(holds(ann, did("visit").sum("weight").is(new BigDecimal("0.30"))))
                .isTrue();
        assertThat(holds(ann, did("visit").average("weight").is(new BigDecimal("0.15"))))
                .isTrue();
        set(ann, "score", new BigDecimal("0.3"));
        assertThat(holds(ann, field("custom.score").is(new BigDecimal("0.30")))).isTrue();
    }

    @Test
    public final void case_and_width_do_not_count_but_in_patterns() {
        set(ann, "city", "\uff33\uff35Zhou %");
        assertThat(holds(ann, field("custom.city").is("suzhou \uff05"))).isTrue();
        assertThat(holds(ann, field("custom.city").startsWith("SUZ"))).isTrue();
        assertThat(holds(ann, field("custom.city").contains("%"))).isTrue();
        assertThat(holds(ann, field("custom.city").contains("_"))).isFalse();
        assertThat(holds(ann, field("custom.city").matches("\uff33\uff35[A-Z]hou.{2}")))
                .isTrue();
        assertThat(holds(ann, field("custom.city").matches("\uff33\uff35[A-Z]hou")))
                .isFalse();
        assertThat(holds(ann, field("custom.city").matches("suzhou %"))).isFalse();
    }

    @Test
    public final void of_a_personal_field_equality_is_asked_and_nothing_else() {
        set(ann, "secret", "Tea");
        assertThat(holds(ann, field("custom.secret").is("Tea"))).isTrue();
        assertThat(holds(ann, field("custom.secret").is("tea"))).isFalse();
        assertThat(holds(ann, field("custom.secret").in("x", "Tea"))).isTrue();
        assertThat(holds(ann, field("custom.secret").exists())).isTrue();
        assertThat(holds(crm().newCustomer(ACME), field("custom.secret").missing()))
                .isTrue();
        long before = crm().visits();
        Rule rule = Rule.of(field("custom.secret").contains("e"));
        RuleCatalog catalog = rules().catalog();
        long asked = crm().visits();
        code(CoreError.INVALID_RULE, () -> rule.compile(catalog, RuleTime.in(ZONE)));
        assertThat(crm().visits()).isEqualTo(asked).isGreaterThanOrEqualTo(before);
    }

    @Test
    public final void a_day_of_birth_without_a_year_has_an_anniversary_and_no_age() {
        CustomerId leap =
                register(Registration.of("Leap").with(ProfilePatch.none().birthDate(BirthDate.of(MonthDay.of(2, 29)))));
        now("2026-02-25T12:00");
        Condition soon = field("profile.birthday").anniversaryWithin(new Window.Next(days(4)));
        assertThat(holds(leap, soon)).isTrue();
        assertThat(holds(leap, field("profile.birthday").anniversaryWithin(new Window.Next(days(3)))))
                .isFalse();
        assertThat(holds(leap, field("profile.birth_date").ageAtLeast(0))).isFalse();
        code(
                CoreError.INVALID_RULE,
                () -> rules().compile(Rule.of(field("profile.birthday").ageAtLeast(1))));
    }

    @Test
    public final void what_she_buys_is_an_event_and_comes_to_a_sum() {
        trade().record(Order.of(
                ann,
                OrderNumber.of("pos", "1"),
                now().minus(DAY),
                List.of(
                        OrderLine.of("tea", yuan("59")).category("drinks").quantity(2),
                        OrderLine.of("pear", yuan("7.40")).category("fruit"))));
        CustomerId bob = crm().newCustomer(ACME);
        Condition drinks =
                did("purchase").where("category").is("drinks").atLeast(1).inLast(days(30));
        assertThat(holds(ann, drinks)).isTrue();
        assertThat(holds(bob, drinks)).isFalse();
        assertThat(holds(ann, did("purchase").sum("amount").is(yuan("66.40")))).isTrue();
        assertThat(holds(ann, field("trade.CNY.amount").is(yuan("66.40")))).isTrue();
        assertThat(holds(bob, field("trade.CNY.amount").is(yuan("0")))).isTrue();
        assertThat(holds(bob, field("trade.CNY.orders").lessThan(1))).isTrue();
        assertThat(holds(ann, field("trade.USD.orders").is(0))).isTrue();
        assertThat(holds(bob, field("trade.CNY.last_order").missing())).isTrue();
        assertThat(holds(ann, field("trade.CNY.last_order").inLast(days(2)))).isTrue();
    }

    @Test
    public final void who_was_merged_is_the_one_she_is_by_now_and_others_are_not_asked_about() {
        CustomerId again = crm().newCustomer(ACME);
        CustomerId kept = crm().newCustomer(ACME);
        CustomerId gone = crm().newCustomer(ACME);
        visit(again, now());
        merge(ann, again);
        customers().changeStatus(kept, CustomerStatus.RESTRICTED, key());
        privacy().erase(gone, key());
        CompiledRule visited = rules().compile(Rule.of(did("visit").atLeast(1)));
        CompiledRule everybody = rules().compile(Rule.of(allOf()));

        assertThat(rules().evaluate(visited, again, now()).holds()).isTrue();
        assertThat(rules().members(visited, now(), PageRequest.first(9)).items())
                .containsExactly(ann);
        assertThat(rules().members(everybody, now(), PageRequest.first(9)).items())
                .containsExactly(ann);
        assertThat(rules().count(everybody, now())).isEqualTo(1);
        code(CoreError.CUSTOMER_RESTRICTED, () -> rules().evaluate(everybody, kept, now()));
        code(CoreError.CUSTOMER_ERASED, () -> rules().evaluate(everybody, gone, now()));
        code(CoreError.UNKNOWN_CUSTOMER, () -> rules().evaluate(everybody, nobody(), now()));
    }

    @Test
    public final void rl_1_nothing_of_another_tenant_is_found() {
        crm().newCustomer(ZENITH);
        CompiledRule everybody = rules().compile(Rule.of(allOf()));
        assertThat(rules().members(everybody, now(), PageRequest.first(9)).items())
                .containsExactly(ann);
    }

    @Test
    public final void events_past_their_retention_do_not_count() {
        behavior().record(BehaviorEvent.of(ann, "ping", BehaviorId.of("web", "p"), now()));
        assertThat(holds(ann, did("ping").atLeast(1))).isTrue();
        crm().clock().set(now().plus(Duration.ofDays(10)).plusMillis(1));
        assertThat(holds(ann, did("ping").atLeast(1))).isFalse();
    }

    @Test
    public final void hostile_documents_never_reach_the_store() {
        RuleCatalog catalog = rules().catalog();
        String deep = "{\"not\":".repeat(40) + "{\"all\":[]}" + "}".repeat(40);
        List<String> bodies = List.of(
                deep,
                "{\"field\":\"custom.city' or 1=1 --\",\"op\":\"exists\"}",
                "{\"field\":\"custom.city\",\"op\":\"eq; drop table crm_customer\",\"value\":\"x\"}",
                "{\"field\":\"custom.city\",\"op\":\"matches\",\"value\":\"(a+)+$\"}",
                "{\"field\":\"custom.age\",\"op\":\"gt\",\"value\":\"1 or 1=1\"}",
                "{\"field\":\"custom.secret\",\"op\":\"contains\",\"value\":\"x\"}",
                "{\"tags\":[\"'||pg_sleep(9)||'\"],\"have\":\"any\"}",
                "{\"audiences\":[\"vip\"],\"have\":\"any\"}",
                "{\"event\":{\"type\":\"visit') --\"},\"aggregate\":\"count\",\"test\":{\"op\":\"ge\",\"value\":1}}");
        long before = crm().visits();
        for (String body : bodies) {
            code(
                    CoreError.INVALID_RULE,
                    () -> Rule.parse("{\"version\":1,\"rule\":" + body + "}").compile(catalog, RuleTime.in(ZONE)));
        }
        assertThat(crm().visits()).isEqualTo(before);
    }

    @Test
    public final void what_looks_like_sql_is_a_word_like_any_other() {
        for (String word :
                List.of("' or '1'='1", "x'); delete from crm_customer; --", "\\' or 1=1 #", "%", "${x}", "{0}", "?")) {
            assertThat(holds(ann, field("custom.city").is(word))).isFalse();
            assertThat(holds(ann, field("custom.city").contains(word))).isFalse();
            set(ann, "city", word);
            assertThat(holds(ann, field("custom.city").is(word))).isTrue();
            assertThat(holds(ann, field("custom.city").contains(word))).isTrue();
            assertThat(holds(ann, field("custom.city").endsWith(word))).isTrue();
            set(ann, "city", "other");
        }
    }

    private static void code(ErrorCode code, Runnable question) {
        assertThatExceptionOfType(CrmException.class)
                .isThrownBy(question::run)
                .extracting(CrmException::code)
                .isEqualTo(code);
    }
}
