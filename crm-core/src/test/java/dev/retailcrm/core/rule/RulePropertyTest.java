package dev.retailcrm.core.rule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;

class RulePropertyTest {
    private static final List<Instant> INSTANTS = List.of(
            Instant.parse("2026-03-29T00:30:00Z"),
            Instant.parse("2026-03-31T22:00:00Z"),
            Instant.parse("2028-02-29T12:00:00Z"),
            Instant.parse("2026-10-25T01:30:00Z"),
            Instant.parse("2026-12-31T23:59:59.999Z"));
    private static final List<RuleTime> TIMES = List.of(
            RuleTime.in(ZoneId.of("Asia/Shanghai")),
            RuleTime.in(ZoneId.of("Europe/Berlin")),
            new RuleTime(ZoneId.of("America/New_York"), DayOfWeek.SUNDAY),
            RuleTime.in(ZoneId.of("Pacific/Apia")));

    @Provide
    Arbitrary<Long> seeds() {
        return Arbitraries.longs();
    }

    @Property(tries = 3_000, shrinking = ShrinkingMode.OFF)
    void the_json_form_gives_the_rule_back(@ForAll("seeds") long seed) {
        Rule rule = Rule.of(new RandomRules(new Random(seed), INSTANTS.get(0)).condition(4));

        Rule read = Rule.parse(rule.toJson());

        assertThat(read).isEqualTo(rule);
        assertThat(read.toJson()).isEqualTo(rule.toJson());
    }

    @Property(tries = 6_000, shrinking = ShrinkingMode.OFF)
    void an_answer_stays_until_it_is_said_to_change_and_changes_then(@ForAll("seeds") long seed) {
        Random random = new Random(seed);
        Instant asOf = INSTANTS.get(random.nextInt(INSTANTS.size()));
        var rules = new RandomRules(random, asOf);
        Rule rule = Rule.of(rules.condition(random.nextInt(4)));
        CompiledRule compiled = rule.compile(RuleTest.CATALOG, TIMES.get(random.nextInt(TIMES.size())));
        CustomerFacts facts = rules.facts(rule.requiredFacts());

        Verdict verdict = compiled.evaluate(facts, asOf);
        Instant end = verdict.validUntil().orElse(asOf.plus(Duration.ofDays(2_000)));

        assertThat(compiled.test(facts, asOf)).isEqualTo(verdict.holds());
        assertThat(end).isAfter(asOf);
        verdict.validUntil()
                .ifPresent(until -> assertThat(compiled.test(facts, until)).isEqualTo(!verdict.holds()));
        for (int i = 0; i < 60; i++) {
            Instant between = between(random, asOf, end);
            assertThat(compiled.test(facts, between))
                    .as("%s at %s, until %s, seed %s", rule.toJson(), between, end, seed)
                    .isEqualTo(verdict.holds());
        }
    }

    /** Anywhere, near either end, or at a whole hour. */
    private static Instant between(Random random, Instant from, Instant to) {
        long length = to.toEpochMilli() - from.toEpochMilli();
        long place = switch (random.nextInt(4)) {
            case 0 -> Math.min(length - 1, random.nextInt(2_000));
            case 1 -> Math.max(0, length - 1 - random.nextInt(2_000));
            default -> (long) (random.nextDouble() * length);
        };
        Instant between = from.plusMillis(place);
        Instant hour = Instant.ofEpochMilli(between.toEpochMilli() / 3_600_000 * 3_600_000);
        return random.nextBoolean() && hour.isAfter(from) ? hour : between;
    }
}
