package dev.retailcrm.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retailcrm.audience.index.AudienceIndex;
import dev.retailcrm.audience.index.IndexBuilder;
import dev.retailcrm.audience.index.IndexGap;
import dev.retailcrm.audience.index.IndexScope;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.rule.AllOf;
import dev.retailcrm.core.rule.AnyOf;
import dev.retailcrm.core.rule.CompiledEventValues;
import dev.retailcrm.core.rule.CompiledRule;
import dev.retailcrm.core.rule.Condition;
import dev.retailcrm.core.rule.CustomerFacts;
import dev.retailcrm.core.rule.EventTally;
import dev.retailcrm.core.rule.Not;
import dev.retailcrm.core.rule.Rule;
import dev.retailcrm.core.rule.RuleTally;
import dev.retailcrm.core.rule.RuleTime;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Facts in an index that came to them by detours, which finds the same customers as memory, or says what it does not cover. */
final class IndexedFacts {
    private final AudienceIndex index;
    private final Map<CustomerId, CustomerFacts> known;
    private final RuleTime time;

    IndexedFacts(
            IndexScope scope,
            RuleTime time,
            Map<CustomerId, CustomerFacts> known,
            List<Instant> instants,
            Random random) {
        this.known = known;
        this.time = time;
        Instant builtAt = random.nextBoolean() ? Instant.EPOCH : Collections.min(instants);
        IndexBuilder builder = AudienceIndex.builder(scope.countsEvery(1 + random.nextInt(60)), builtAt);
        List<CustomerId> customers = new ArrayList<>(known.keySet());
        List<CustomerFacts> others = new ArrayList<>(known.values());
        if (random.nextInt(3) == 0) {
            Collections.shuffle(customers, random);
        }
        List<CustomerId> later = new ArrayList<>();
        for (CustomerId customer : customers) {
            int way = random.nextInt(8);
            if (way < 3) {
                later.add(customer);
            }
            if (way != 0) {
                builder.add(customer, way < 3 ? others.get(random.nextInt(others.size())) : facts(customer));
            }
        }
        AudienceIndex index = builder.build();
        for (CustomerId customer : later) {
            if (random.nextInt(3) == 0) {
                index.remove(customer);
            }
            index.put(customer, facts(customer));
        }
        if (random.nextInt(3) == 0) {
            index = saved(index);
        }
        this.index = index;
    }

    private static AudienceIndex saved(AudienceIndex index) {
        try {
            var out = new ByteArrayOutputStream();
            index.save(out);
            return AudienceIndex.load(new ByteArrayInputStream(out.toByteArray()), index.scope());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private CustomerFacts facts(CustomerId customer) {
        CustomerFacts facts = known.get(customer);
        if (facts == null) {
            throw new IllegalStateException("no facts of " + customer);
        }
        return facts;
    }

    /** Whether the rule is covered. */
    boolean compare(CompiledRule rule, Instant asOf, List<CustomerId> expected, long seed) {
        if (!index.gaps(rule).isEmpty()) {
            assertThat(index.gaps(rule)).extracting(IndexGap::reason).containsOnly(IndexGap.Reason.PERSONAL);
            return false;
        }
        if (!found(rule, asOf).equals(expected)) {
            CompiledRule least = least(rule, asOf);
            assertThat(found(least, asOf))
                    .as("by index: %s at %s, seed %d", least.rule().toJson(), asOf, seed)
                    .isEqualTo(members(least, asOf));
        }
        assertThat(index.count(rule, asOf)).isEqualTo(expected.size());
        return true;
    }

    /** What the index counts; empty if it does not cover the rule. */
    Optional<RuleTally> tally(CompiledRule rule, Instant asOf, Collection<String> fields, Collection<String> tags) {
        return index.gaps(rule).isEmpty() ? Optional.of(index.tally(rule, asOf, fields, tags)) : Optional.empty();
    }

    /** The same of values of events. */
    Optional<EventTally> tally(CompiledRule rule, Instant asOf, CompiledEventValues values) {
        return index.gaps(rule).isEmpty() ? Optional.of(index.tally(rule, asOf, values)) : Optional.empty();
    }

    private List<CustomerId> found(CompiledRule rule, Instant asOf) {
        return index.members(rule, asOf, null, 10_000);
    }

    private List<CustomerId> members(CompiledRule rule, Instant asOf) {
        CompiledRule.AsOf then = together(rule).at(asOf);
        return known.entrySet().stream()
                .filter(customer -> then.test(customer.getValue()))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    private CompiledRule together(CompiledRule rule) {
        return rule.rule().compile(rule.catalog(), time, index.scope().facts());
    }

    private CompiledRule least(CompiledRule rule, Instant asOf) {
        for (Condition part : parts(rule.rule().condition())) {
            CompiledRule smaller = Rule.of(part).compile(rule.catalog(), time);
            if (!found(smaller, asOf).equals(members(smaller, asOf))) {
                return least(smaller, asOf);
            }
        }
        return rule;
    }

    static List<Condition> parts(Condition condition) {
        if (condition instanceof AllOf all) {
            return all.conditions();
        } else if (condition instanceof AnyOf any) {
            return any.conditions();
        }
        return condition instanceof Not not ? List.of(not.condition()) : List.of();
    }
}
