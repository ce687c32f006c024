package dev.retailcrm.tck;

import static dev.retailcrm.core.rule.Rules.allOf;
import static dev.retailcrm.core.rule.Rules.anyOf;
import static dev.retailcrm.core.rule.Rules.days;
import static dev.retailcrm.core.rule.Rules.did;
import static dev.retailcrm.core.rule.Rules.field;
import static dev.retailcrm.core.rule.Rules.inAudience;
import static dev.retailcrm.core.rule.Rules.not;
import static dev.retailcrm.core.rule.Rules.stopped;
import static dev.retailcrm.core.rule.Rules.taggedAny;
import static org.assertj.core.api.Assertions.assertThat;

import dev.retailcrm.audience.AudienceRule;
import dev.retailcrm.core.customer.Registration;
import dev.retailcrm.core.field.FieldPatch;
import dev.retailcrm.core.field.FieldValue;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.rule.Condition;
import dev.retailcrm.core.rule.Events;
import dev.retailcrm.core.rule.Rule;
import dev.retailcrm.tags.Tagging;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Events, tags, fields, choices by hand and time at random, after each of which the members of live audiences are exactly those that computing them
 * anew would give.
 */
final class LiveSequence {
    private static final int STEPS = 20;
    private static final List<String> TAGS = List.of("a", "b");

    private final LiveAudienceContract crm;
    private final Random random;
    private final long seed;
    private final List<String> audiences = new ArrayList<>();
    private final List<CustomerId> customers = new ArrayList<>();
    private final List<String> done = new ArrayList<>();

    LiveSequence(LiveAudienceContract crm, long seed) {
        this.crm = crm;
        this.random = new Random(seed);
        this.seed = seed;
    }

    void run() {
        for (int i = 1; i <= 4; i++) {
            String key = "s" + seed + "-" + i;
            AudienceRule audience = AudienceRule.dynamic(key, key, Rule.of(condition(2)));
            boolean excluding = !audiences.isEmpty() && random.nextInt(3) == 0;
            crm.define(excluding ? audience.without(any(audiences)) : audience);
            audiences.add(key);
        }
        customers.add(crm.crm().newCustomer(StoreContract.ACME));
        crm.advance();
        for (int i = 0; i < STEPS; i++) {
            step();
            for (String audience : audiences) {
                assertThat(crm.audiences().impact(crm.audience(audience)).isNothing())
                        .as("seed %d, %s: %s after %s", seed, audience, crm.audience(audience), done)
                        .isTrue();
            }
        }
        audiences.forEach(it -> crm.audiences().change(crm.audience(it).paused(), crm.key()));
    }

    private void step() {
        CustomerId customer = any(customers);
        int kind = random.nextInt(12);
        done.add(kind + " of " + customers.indexOf(customer));
        switch (kind) {
            case 0 ->
                customers.add(crm.watchedCustomers()
                        .register(Registration.of("New").key("s" + seed + "/" + done.size()))
                        .id());
            case 1, 2, 3, 4 -> crm.view(customer);
            case 5 ->
                crm.watchedTags()
                        .assign(
                                customer,
                                Tagging.of(any(TAGS)).until(crm.now().plus(Duration.ofHours(1 + random.nextInt(200)))),
                                crm.key());
            case 6 -> crm.watchedTags().remove(customer, any(TAGS), crm.key());
            case 7 ->
                crm.fields()
                        .observedBy(crm.audiences().observer())
                        .set(customer, FieldPatch.none().set("size", FieldValue.number(random.nextInt(3))), crm.key());
            case 8 -> byHand(customer);
            default -> {
                crm.after(Duration.ofHours(random.nextInt(150)).plusMillis(random.nextInt(2)));
                if (random.nextBoolean()) {
                    done.add("written late");
                    customers.forEach(crm::view);
                }
                crm.advance();
            }
        }
    }

    private void byHand(CustomerId customer) {
        String audience = any(audiences);
        switch (random.nextInt(3)) {
            case 0 -> crm.audiences().include(audience, customer, crm.key());
            case 1 -> crm.audiences().exclude(audience, customer, crm.key());
            default -> crm.audiences().lift(audience, customer, crm.key());
        }
    }

    private <T> T any(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    private Condition condition(int depth) {
        if (depth > 0 && random.nextBoolean()) {
            Condition one = condition(depth - 1);
            Condition other = condition(depth - 1);
            return switch (random.nextInt(3)) {
                case 0 -> allOf(one, other);
                case 1 -> anyOf(one, other);
                default -> not(one);
            };
        }
        return switch (random.nextInt(8)) {
            case 0 -> taggedAny(any(TAGS));
            case 1 -> field("custom.size").greaterThan(random.nextInt(3));
            case 2 -> stopped(Events.of("product.viewed"), days(1 + random.nextInt(6)));
            case 3 -> audiences.isEmpty() ? taggedAny(any(TAGS)) : inAudience(any(audiences));
            case 4 -> not(did("product.viewed").atLeast(1).inLast(days(1 + random.nextInt(6))));
            default -> did("product.viewed").atLeast(1 + random.nextInt(3)).inLast(days(1 + random.nextInt(9)));
        };
    }
}
