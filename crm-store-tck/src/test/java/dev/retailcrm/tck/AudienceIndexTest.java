package dev.retailcrm.tck;

import static dev.retailcrm.core.rule.Rules.allOf;
import static dev.retailcrm.core.rule.Rules.days;
import static dev.retailcrm.core.rule.Rules.did;
import static dev.retailcrm.core.rule.Rules.field;
import static dev.retailcrm.core.rule.Rules.taggedAny;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.retailcrm.audience.AudienceError;
import dev.retailcrm.audience.index.AudienceIndex;
import dev.retailcrm.audience.index.IndexBuilder;
import dev.retailcrm.audience.index.IndexEstimate;
import dev.retailcrm.audience.index.IndexGap;
import dev.retailcrm.audience.index.IndexScope;
import dev.retailcrm.core.field.CatalogField;
import dev.retailcrm.core.field.FieldAccess;
import dev.retailcrm.core.field.FieldType;
import dev.retailcrm.core.field.FieldValue;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.ErrorCode;
import dev.retailcrm.core.rule.CompiledRule;
import dev.retailcrm.core.rule.Condition;
import dev.retailcrm.core.rule.CustomerFacts;
import dev.retailcrm.core.rule.EventFact;
import dev.retailcrm.core.rule.MarkFact;
import dev.retailcrm.core.rule.RequiredFacts;
import dev.retailcrm.core.rule.Rule;
import dev.retailcrm.core.rule.RuleCatalog;
import dev.retailcrm.core.rule.RuleTime;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** The index beyond what rules at random show: its bounds, its file, its readers. */
class AudienceIndexTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final RuleTime TIME = RuleTime.in(ZoneOffset.UTC);
    private static final List<CatalogField> FIELDS = List.of(
            new CatalogField("custom.level", FieldType.LONG, false, FieldAccess.ALL, List.of()),
            new CatalogField("custom.city", FieldType.TEXT, false, FieldAccess.ALL, List.of()),
            new CatalogField("custom.secret", FieldType.TEXT, true, FieldAccess.ALL, List.of()));
    private static final RuleCatalog CATALOG = RuleCatalog.of(() -> FIELDS)
            .event("visit", Map.of("page", FieldType.TEXT))
            .tag("vip")
            .tag("new");
    private static final RequiredFacts FACTS = RequiredFacts.of(
            Set.of("custom.level", "custom.city", "custom.secret"),
            Set.of("vip"),
            Map.of("visit", Set.of("page")),
            Set.of());
    private static final IndexScope SCOPE = IndexScope.of(CATALOG, FACTS);

    private static CompiledRule rule(Condition condition) {
        return Rule.of(condition).compile(CATALOG, TIME);
    }

    private static CustomerFacts facts(int number) {
        var facts = CustomerFacts.of(FACTS)
                .field("custom.level", FieldValue.number(number - 500))
                .field("custom.city", FieldValue.text("c" + number % 7));
        for (int i = 0; i < number % 5; i++) {
            facts.event(
                    "visit",
                    new EventFact(NOW.minus(Duration.ofDays(i)), Map.of("page", FieldValue.text("p" + number % 3))));
        }
        return number % 2 == 0 ? facts.tag("vip", MarkFact.always()).build() : facts.build();
    }

    private static IndexBuilder builder(IndexScope scope, int customers) {
        IndexBuilder builder = AudienceIndex.builder(scope, NOW);
        for (int i = 1; i <= customers; i++) {
            builder.add(CustomerId.of(i), facts(i));
        }
        return builder;
    }

    private static AudienceIndex index() {
        return builder(SCOPE, 1_000).build();
    }

    private static void refused(ErrorCode code, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatExceptionOfType(CrmException.class)
                .isThrownBy(call)
                .extracting(CrmException::code)
                .isEqualTo(code);
    }

    @Test
    void says_which_parts_it_does_not_cover() {
        CompiledRule rule = rule(allOf(
                field("custom.level").atLeast(3),
                taggedAny("vip", "new"),
                field("custom.secret").is("x")));
        assertThat(index().gaps(rule))
                .containsExactly(
                        new IndexGap("/rule/all/1/tags/0", IndexGap.Reason.NOT_INDEXED),
                        new IndexGap("/rule/all/2/field", IndexGap.Reason.PERSONAL));
        refused(AudienceError.INDEX_GAP, () -> index().count(rule, NOW));
        refused(AudienceError.INDEX_TOO_LATE, () -> index().count(rule(taggedAny("vip")), NOW.minusMillis(1)));
    }

    @Test
    void more_values_than_allowed_are_a_gap_and_nothing_else_is() {
        AudienceIndex index = builder(SCOPE.valuesUpTo(5), 100).build();
        assertThat(index.gaps(rule(field("custom.city").is("c1"))))
                .containsExactly(new IndexGap("/rule/field", IndexGap.Reason.TOO_MANY_VALUES));
        assertThat(index.count(rule(field("custom.level").lessThan(-450)), NOW)).isEqualTo(49);
    }

    @Test
    void counts_more_events_than_a_byte_holds() {
        AudienceIndex index = index();
        CustomerFacts.Builder facts = CustomerFacts.of(FACTS);
        for (int i = 0; i < 300; i++) {
            facts.event("visit", EventFact.at(NOW.minusSeconds(i)));
        }
        index.put(CustomerId.of(7), facts.build());
        assertThat(index.members(rule(did("visit").atLeast(300).inLast(days(1))), NOW, null, 9))
                .containsExactly(CustomerId.of(7));
        index.record(CustomerId.of(7), "visit", EventFact.at(NOW));
        assertThat(index.count(rule(did("visit").times(301)), NOW)).isEqualTo(1);
        assertThat(index.count(rule(did("visit").times(45)), NOW)).isZero();
        index.put(CustomerId.of(7), facts(7));
        assertThat(index.count(rule(did("visit").atLeast(5)), NOW)).isZero();
    }

    @Test
    void a_bound_of_memory_is_not_passed() {
        refused(AudienceError.INDEX_TOO_LARGE, () -> builder(SCOPE.bytesUpTo(50_000), 1_000));
        long bytes = index().bytes();
        AudienceIndex index = builder(SCOPE.bytesUpTo(2 * bytes), 1_000).build();
        CompiledRule vip = rule(taggedAny("vip"));
        refused(AudienceError.INDEX_TOO_LARGE, () -> {
            for (int i = 1_001; i < 1_000_000; i++) {
                index.put(CustomerId.of(i), facts(i));
            }
        });
        assertThat(index.bytes()).isLessThanOrEqualTo(2 * bytes);
        assertThat(index.count(vip, NOW)).isEqualTo(index.size() / 2);
    }

    @Test
    void facts_of_others_are_refused() {
        CustomerFacts others = CustomerFacts.of(RequiredFacts.of(Set.of(), Set.of("vip"), Map.of(), Set.of()))
                .build();
        refused(CoreError.INVALID_VALUE, () -> index().put(CustomerId.of(1), others));
        refused(CoreError.INVALID_VALUE, () -> index().record(CustomerId.of(1), "call", EventFact.at(NOW)));
        refused(
                CoreError.INVALID_VALUE,
                () -> IndexScope.of(CATALOG, RequiredFacts.of(Set.of("x"), Set.of(), Map.of(), Set.of())));
    }

    @Test
    void an_estimate_has_the_number_within_its_interval() {
        AudienceIndex index = index();
        assertThat(index.estimate(rule(taggedAny("vip")), NOW, 1_000))
                .isEqualTo(new IndexEstimate(500, 500, 500, 1_000));
        IndexEstimate some = index.estimate(rule(field("custom.level").atLeast(0)), NOW, 100);
        assertThat(some.low()).isLessThan(501);
        assertThat(some.high()).isGreaterThan(501);
        assertThat(some.asked()).isEqualTo(100);
    }

    @Test
    void overlaps_add_up() {
        var overlap = index().overlap(
                        List.of(
                                rule(taggedAny("vip")),
                                rule(field("custom.level").atLeast(1))),
                        NOW);
        assertThat(overlap.exactly(0, 1)).isEqualTo(250);
        assertThat(overlap.exactly(0)).isEqualTo(250);
        assertThat(overlap.together(1)).isEqualTo(500);
        assertThat(overlap.any()).isEqualTo(750);
    }

    @Test
    void no_damaged_file_is_loaded() throws IOException {
        var out = new ByteArrayOutputStream();
        index().save(out);
        byte[] file = out.toByteArray();
        Random random = new Random(3);
        for (int i = 0; i < 2_000; i++) {
            damaged(file, bytes -> Arrays.copyOf(bytes, random.nextInt(bytes.length)));
            damaged(file, bytes -> {
                bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
                return bytes;
            });
        }
        refused(
                AudienceError.INDEX_CORRUPT,
                () -> AudienceIndex.load(
                        new ByteArrayInputStream(file),
                        IndexScope.of(CATALOG, RequiredFacts.of(Set.of(), Set.of(), Map.of(), Set.of()))));
        refused(
                AudienceError.INDEX_TOO_LARGE,
                () -> AudienceIndex.load(new ByteArrayInputStream(file), SCOPE.bytesUpTo(9)));
        assertThat(AudienceIndex.load(new ByteArrayInputStream(file), SCOPE).size())
                .isEqualTo(1_000);
    }

    private static void damaged(byte[] file, UnaryOperator<byte[]> damage) {
        byte[] bytes = damage.apply(file.clone());
        assertThatExceptionOfType(CrmException.class)
                .isThrownBy(() -> AudienceIndex.load(new ByteArrayInputStream(bytes), SCOPE))
                .extracting(CrmException::code)
                .isIn(AudienceError.INDEX_CORRUPT, AudienceError.INDEX_TOO_LARGE);
    }

    /** All facts of a customer change together: nobody may ever be found who is a vip on a low level, or not one on a high one. */
    @Test
    void readers_never_see_half_an_update() throws Exception {
        AudienceIndex index = AudienceIndex.builder(SCOPE, NOW).build();
        CompiledRule mixed = rule(allOf(taggedAny("vip"), field("custom.level").lessThan(0)));
        CompiledRule both = rule(allOf(taggedAny("vip"), did("visit").atLeast(1)));
        AtomicBoolean done = new AtomicBoolean();
        CompletableFuture<Long> reader = CompletableFuture.supplyAsync(() -> {
            long wrong = 0;
            while (!done.get()) {
                wrong += index.count(mixed, NOW);
                var overlap = index.overlap(List.of(rule(taggedAny("vip")), both), NOW);
                wrong += overlap.exactly(0);
            }
            return wrong;
        });
        CustomerFacts low = CustomerFacts.of(FACTS)
                .field("custom.level", FieldValue.number(-1))
                .build();
        CustomerFacts high = CustomerFacts.of(FACTS)
                .field("custom.level", FieldValue.number(1))
                .tag("vip", MarkFact.always())
                .event("visit", EventFact.at(NOW))
                .build();
        for (int i = 0; i < 40_000; i++) {
            index.put(CustomerId.of(1 + i % 50), i / 50 % 2 == 0 ? high : low);
        }
        done.set(true);
        assertThat(reader.get()).isZero();
    }
}
