package dev.retailcrm.tck;

import static dev.retailcrm.core.rule.Rules.anyOf;
import static dev.retailcrm.core.rule.Rules.did;
import static dev.retailcrm.core.rule.Rules.taggedAny;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.retailcrm.audience.AudienceError;
import dev.retailcrm.audience.index.AudienceIndex;
import dev.retailcrm.audience.index.IndexFeed;
import dev.retailcrm.audience.index.IndexScope;
import dev.retailcrm.core.customer.CustomerStatus;
import dev.retailcrm.core.customer.Registration;
import dev.retailcrm.core.event.EventRelay;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.rule.CompiledRule;
import dev.retailcrm.core.rule.Rule;
import dev.retailcrm.core.rule.RuleQueries;
import dev.retailcrm.tags.TagDefinition;
import dev.retailcrm.tags.Tagging;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What was written while an index was built, and since, is in it once the outbox was drained and the feed refreshed it. */
class IndexFeedTest {
    private static final Rule RULE =
            Rule.of(anyOf(taggedAny("vip"), did("product.viewed").atLeast(1)));
    private static final Instant NOW = Instant.parse("2026-03-01T09:00:00Z");

    private final InMemoryCrm.Tenant acme =
            InMemoryCrm.on(MutableClock.at(NOW.toString())).tenant("acme");
    private final RuleQueries rules;
    private final IndexFeed feed;
    private final EventRelay relay;
    private final CustomerId ann = customer("Ann");
    private final CustomerId bob = customer("Bob");

    IndexFeedTest() {
        acme.behavior().define(BehaviorFacade.VIEW);
        acme.tags().definitions().define(TagDefinition.flag("vip", "VIP"), RequestKey.of("tags/vip"));
        rules = acme.rules();
        feed = new IndexFeed(rules);
        relay = acme.events(feed);
        relay.drain(1_000);
    }

    private CustomerId customer(String name) {
        return acme.customers().register(Registration.of(name).key(name)).id();
    }

    private AudienceIndex index(long bytes) {
        var scope = IndexScope.of(rules.catalog(), RULE.requiredFacts()).bytesUpTo(bytes);
        return AudienceIndex.build(rules, scope, NOW, progress -> {});
    }

    private static List<CustomerId> members(AudienceIndex index, RuleQueries rules) {
        CompiledRule rule = RULE.compile(index.scope().catalog(), rules.time());
        return index.members(rule, NOW, null, 10);
    }

    @Test
    void what_the_outbox_tells_and_what_it_is_told_is_loaded() {
        feed.refresh(index(1L << 20));
        acme.tags().assign(ann, Tagging.of("vip"), RequestKey.of("ann/vip"));
        AudienceIndex index = index(1L << 20);
        acme.tags().assign(bob, Tagging.of("vip"), RequestKey.of("bob/vip"));
        acme.customers().changeStatus(ann, CustomerStatus.RESTRICTED, RequestKey.of("ann/restricted"));
        CustomerId cai = customer("Cai");
        acme.behavior().record(BehaviorFacade.view(cai, "seen", NOW));
        assertThat(members(index, rules)).containsExactly(ann);

        relay.drain(1_000);
        feed.touched(Set.of(cai));
        assertThat(feed.size()).isEqualTo(3);

        assertThat(feed.refresh(index)).isEqualTo(3);
        assertThat(members(index, rules)).containsExactly(bob, cai);
        assertThat(feed.refresh(index)).isZero();
    }

    @Test
    void what_could_not_be_loaded_stays_collected() {
        AudienceIndex small = index(index(1L << 20).bytes());
        for (int i = 0; i < 500; i++) {
            acme.behavior().record(BehaviorFacade.view(bob, "seen-" + i, NOW));
        }
        feed.touched(Set.of(bob));

        assertThatExceptionOfType(CrmException.class)
                .isThrownBy(() -> feed.refresh(small))
                .extracting(CrmException::code)
                .isEqualTo(AudienceError.INDEX_TOO_LARGE);

        assertThat(feed.size()).isGreaterThanOrEqualTo(1);
        AudienceIndex enough = index(1L << 22);
        feed.refresh(enough);
        assertThat(members(enough, rules)).containsExactly(bob);
    }
}
