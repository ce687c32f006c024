package dev.retailcrm.tck;

import dev.retailcrm.assets.rule.AssetVocabulary;
import dev.retailcrm.assets.tier.TierVocabulary;
import dev.retailcrm.audience.AudienceCatalog;
import dev.retailcrm.audience.AudienceProgress;
import dev.retailcrm.audience.AudienceRule;
import dev.retailcrm.audience.AudienceVocabulary;
import dev.retailcrm.audience.Audiences;
import dev.retailcrm.audience.spi.AudiencePorts;
import dev.retailcrm.core.history.Actor;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.Page;
import dev.retailcrm.core.kernel.PageRequest;
import dev.retailcrm.core.kernel.StaffId;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.rule.Condition;
import dev.retailcrm.core.rule.Rule;
import dev.retailcrm.core.rule.RuleIndexes;
import dev.retailcrm.core.rule.RuleQueries;
import dev.retailcrm.core.rule.RuleTime;
import dev.retailcrm.core.spi.OutboxStore.Claim;
import dev.retailcrm.core.spi.OutboxStore.Claimed;
import dev.retailcrm.tags.TagVocabulary;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Audiences over the fixture's ports, for contracts that test behaviour whatever the store. */
abstract class AudienceFacade extends TagFacade {
    private int claims;

    final RuleQueries rules(TenantId tenant) {
        return new RuleQueries(
                tenant,
                RuleTime.in(ZONE),
                crm().rulePorts(),
                List.of(
                        new AssetVocabulary(),
                        new TierVocabulary(crm().unitOfWork(), crm().definitions()),
                        new TagVocabulary(crm().tags()),
                        new AudienceVocabulary(crm().audiences())));
    }

    Audiences audiences() {
        return audiences(ACME);
    }

    final Audiences audiences(TenantId tenant) {
        return new Audiences(tenant, crm().audiencePorts(), rules(tenant)).as(Actor.staff(StaffId.of("kim")));
    }

    final AudienceRule define(AudienceRule audience) {
        return audiences().define(audience, key());
    }

    final AudienceRule define(String audience, Condition condition) {
        return define(AudienceRule.dynamic(audience, "Audience " + audience, Rule.of(condition)));
    }

    final AudienceRule audience(String key) {
        return present(audiences().all().get(key));
    }

    static <T> T present(@Nullable T value) {
        return Check.present(value, "value");
    }

    /** A list, with its members. */
    final void list(String audience, CustomerId... customers) {
        define(AudienceRule.list(audience, "List " + audience));
        audiences().list(audience, Arrays.asList(customers));
        advance();
    }

    /** Until nothing is waiting, a few customers at a time; the last step of each audience. */
    final List<AudienceProgress> advance() {
        List<AudienceProgress> swapped = new ArrayList<>();
        AudienceProgress step = audiences().advance(2);
        while (!step.isDone()) {
            if (step.swapped()) {
                swapped.add(step);
            }
            step = audiences().advance(2);
        }
        return swapped;
    }

    /** Audiences that follow, with rules made ready for this test alone. */
    final Audiences live(RuleIndexes<AudienceCatalog, AudienceRule> indexes) {
        AudiencePorts ports = crm().audiencePorts();
        return new Audiences(
                        ACME,
                        new AudiencePorts(
                                ports.unitOfWork(),
                                ports.requests(),
                                ports.customers(),
                                ports.definitions(),
                                ports.members(),
                                ports.due(),
                                indexes,
                                ports.clock()),
                        rules(ACME))
                .live();
    }

    final Set<CustomerId> members(String audience) {
        return all(page -> audiences().members(audience, page));
    }

    final Set<CustomerId> membersAt(String audience, Instant at) {
        return all(page -> audiences().members(audience, at, page));
    }

    static Set<CustomerId> all(Function<PageRequest, Page<CustomerId>> pages) {
        return new TreeSet<>(Pages.all(2, pages));
    }

    final Instant now() {
        return crm().clock().instant();
    }

    final void after(Duration time) {
        crm().clock().set(now().plus(time));
    }

    /** The events about audiences that nobody was given yet, such as {@code 1 entered vip RULE}, of a customer in order. */
    final List<String> told(CustomerId customer) {
        claims++;
        Instant at = now().plus(Duration.ofDays(claims));
        List<Claimed> all = committed(() -> crm().outbox().claim(ACME, new Claim(null, 10_000, at, at.plusMillis(1))));
        return all.stream()
                .map(Claimed::event)
                .filter(it -> it.customer().equals(customer) && it.type().startsWith("audience."))
                .map(it -> it.seq() + " " + it.type().substring(9) + " " + words(it.data()))
                .toList();
    }

    private static String words(String data) {
        return data.replaceAll("\\{\"audience\":\"(.*?)\",\"reason\":\"(.*?)\".*", "$1 $2");
    }
}
