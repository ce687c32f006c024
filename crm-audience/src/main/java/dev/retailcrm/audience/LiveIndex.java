package dev.retailcrm.audience;

import dev.retailcrm.audience.spi.AudiencePorts;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.rule.FactTopic;
import dev.retailcrm.core.rule.RequiredFacts;
import dev.retailcrm.core.rule.Rule;
import dev.retailcrm.core.rule.RuleIndex;
import dev.retailcrm.core.rule.RuleQueries;
import dev.retailcrm.core.rule.Rules;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The audiences that follow what is written of customers, and all that there are. Those in intervals do not, nor those with a limit, in which the place
 * of one depends on all. Thread-safe.
 */
record LiveIndex(AudienceCatalog catalog, RuleIndex<AudienceRule> rules) {
    private static final Rule EVERYBODY = Rule.of(Rules.field("status").exists());

    /** As it is defined by now, within a unit of work. */
    static LiveIndex of(TenantId tenant, AudiencePorts ports, RuleQueries queries) {
        AudienceCatalog catalog = ports.definitions().catalog(tenant);
        return new LiveIndex(catalog, ports.indexes().of(tenant, catalog, () -> made(catalog, queries)));
    }

    private static RuleIndex<AudienceRule> made(AudienceCatalog catalog, RuleQueries queries) {
        Map<String, AudienceRule> live = new TreeMap<>();
        catalog.audiences().forEach((key, it) -> {
            if (isLive(it)) {
                live.put(key, it);
            }
        });
        var asked = new RuleIndex.Asked<AudienceRule>(LiveIndex::rule, LiveIndex::topics, (one, other) -> false);
        return new RuleIndex<>(queries, live, asked);
    }

    /** A list without others that it leaves out changes by hand alone. */
    static boolean isLive(AudienceRule audience) {
        return audience.isActive()
                && audience.kind() != AudienceKind.SCHEDULED
                && audience.limit() == null
                && !topics(audience).isEmpty();
    }

    private static Rule rule(AudienceRule audience) {
        Rule rule = audience.rule();
        return rule == null ? EVERYBODY : rule;
    }

    private static Set<FactTopic> topics(AudienceRule audience) {
        Set<FactTopic> topics = new HashSet<>();
        Rule rule = audience.rule();
        if (rule != null) {
            topics.addAll(rule.requiredFacts().topics());
        }
        audience.excluded().forEach(it -> topics.add(FactTopic.audience(it)));
        return topics;
    }

    /** Whether time alone may change who is in: events grow old, tags end, days come. */
    boolean isTimed(AudienceRule audience) {
        RequiredFacts facts = rule(audience).requiredFacts();
        return !facts.events().isEmpty()
                || !facts.tags().isEmpty()
                || facts.fields().stream().anyMatch(rules.everybody().catalog()::isTimed);
    }
}
