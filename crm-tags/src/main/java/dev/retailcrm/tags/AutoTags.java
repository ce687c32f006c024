package dev.retailcrm.tags;

import dev.retailcrm.core.access.Access;
import dev.retailcrm.core.access.Right;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.Fingerprint;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.rule.CustomerFacts;
import dev.retailcrm.core.rule.RuleIndex;
import dev.retailcrm.core.rule.RuleMerge;
import dev.retailcrm.core.rule.RuleQueries;
import dev.retailcrm.core.spi.FactObserver;
import dev.retailcrm.core.spi.MergeParticipant;
import dev.retailcrm.core.spi.RuleRun;
import dev.retailcrm.tags.spi.AutoTagPorts;
import dev.retailcrm.tags.spi.TagItem;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;

/**
 * Tags that the customers of one tenant get, and lose, by rules. Whoever writes what rules ask about tells the {@link #observer}, which asks those
 * rules that can be affected, in the same transaction. What time alone changes, and what a rule that is new or changed says of everybody, is done
 * by {@link #advance}.
 *
 * <p>What was taken from a customer by hand is not put on her again by a rule until it is {@linkplain Tags#lift lifted}, and a rule takes only what
 * it has put. A tag that is retired or full is not put and does not hold up who writes; {@link #why} tells. In an exclusive group she keeps what she
 * has by other means than a rule, or by a rule that holds; else the first that holds counts, by key. Restricted customers are left alone. Rules ask
 * of tags too, but in no circle.
 *
 * <p>Definitions are repeatable as those of {@link TagDefinitions}, of the same request keys. Thread-safe.
 */
public final class AutoTags {
    /** The most automatic tags of a tenant. */
    public static final int MAX_AUTO_TAGS = 1_000;

    /** The most customers of a step. */
    public static final int MAX_CUSTOMERS = 1_000;

    private final TenantId tenant;
    private final AutoTagPorts ports;
    private final RuleQueries rules;
    private final TagCommands commands;
    private final AutoTagging tagging;
    private final FactObserver next;
    private final Access access;

    /**
     * The automatic tags of a tenant.
     *
     * @param rules of the same tenant over the same unit of work, not guarded
     */
    public AutoTags(TenantId tenant, AutoTagPorts ports, RuleQueries rules) {
        this(
                Check.present(tenant, "tenant"),
                Check.present(ports, "ports"),
                Check.present(rules, "rules"),
                FactObserver.NONE,
                Access.unrestricted());
    }

    private AutoTags(TenantId tenant, AutoTagPorts ports, RuleQueries rules, FactObserver next, Access access) {
        this.tenant = tenant;
        this.ports = ports;
        this.rules = rules;
        this.commands = new TagCommands(tenant, ports.tags());
        this.tagging = new AutoTagging(tenant, ports, rules, next);
        this.next = next;
        this.access = access;
    }

    /** The same automatic tags, as far as this access permits; what they do is not done by its principal. */
    public AutoTags guardedBy(Access granted) {
        return new AutoTags(tenant, ports, rules, next, Check.present(granted, "access"));
    }

    /** The same automatic tags, telling an observer of what is written, and of the tags that they put and take. */
    public AutoTags observedBy(FactObserver observer) {
        return new AutoTags(tenant, ports, rules, Check.present(observer, "observer"), access);
    }

    /**
     * Keeps tags in step with what is written of customers, in the same transactions; to be given to behaviour, trade, customers, fields, membership
     * and tags of every process that writes. A command that no rule asks about takes one round trip more, another about ten, and six more where
     * tags change.
     */
    public FactObserver observer() {
        return tagging;
    }

    /** Keeps tags in step when customers are merged; the last of the participants. */
    public MergeParticipant mergeParticipant() {
        return new RuleMerge("auto-tags", tagging::runAll);
    }

    /**
     * Makes an automatic tag. From now on it is run for what is written, and {@link #advance} asks it about everybody.
     *
     * @return it at version 1
     * @throws CrmException {@link TagError#TAG_EXISTS}; {@link TagError#UNKNOWN_TAG}; {@link TagError#TAG_VALUE_REFUSED};
     *     {@link TagError#TOO_MANY_TAGS}; {@link TagError#AUTO_TAG_CYCLE}; {@link CoreError#INVALID_RULE} naming the place in the rule;
     *     {@link CoreError#REQUEST_KEY_REUSED}
     */
    public AutoTag define(AutoTag automatic, RequestKey key) {
        access.require(Right.DEFINE);
        Check.present(automatic, "automatic tag");
        var content = Fingerprint.of("tags.automatic").and(TagText.of(automatic));
        return written(commands.run(key, content, catalog -> started(TagRules.define(automatic, catalog))));
    }

    /**
     * Changes rule, value, or what becomes of customers for whom the rule does not hold, pauses or resumes. {@link #advance} then asks it about
     * everybody anew.
     *
     * @param automatic with the version that was read, and the same tag
     * @throws CrmException {@link TagError#UNKNOWN_AUTO_TAG}; {@link CoreError#VERSION_CONFLICT}; {@link TagError#TAG_FIXED}; otherwise as
     *     {@link #define}
     */
    public AutoTag change(AutoTag automatic, RequestKey key) {
        access.require(Right.DEFINE);
        Check.present(automatic, "automatic tag");
        var content = Fingerprint.of("tags.reautomatic").and(TagText.of(automatic));
        return written(commands.run(key, content, catalog -> started(TagRules.change(automatic, catalog))));
    }

    private TagSteps started(AutoTag automatic) {
        rules.compile(automatic.rule());
        if (automatic.active()) {
            ports.store().write(tenant, new RuleRun(automatic.key(), automatic.version(), null, tagging.now()));
        } else {
            ports.store().end(tenant, automatic.key());
        }
        return TagSteps.none().add(automatic);
    }

    /** Deletes an automatic tag; who has its tag keeps it. Refuses with {@link TagError#UNKNOWN_AUTO_TAG}. */
    public void delete(String automatic, RequestKey key) {
        access.require(Right.DEFINE);
        Check.code(automatic, TagDefinition.MAX_KEY, "key of the automatic tag");
        commands.run(key, Fingerprint.of("tags.unautomatic").and(automatic), catalog -> {
            TagRules.require(catalog, automatic);
            ports.store().end(tenant, automatic);
            return TagSteps.none().delete(TagItem.Kind.AUTOMATIC, automatic, catalog);
        });
    }

    private AutoTag written(String key) {
        return TagRules.require(commands.catalog(), key);
    }

    /** All automatic tags by key. Two round trips. */
    public SortedMap<String, AutoTag> all() {
        access.require(Right.READ_DEFINITIONS);
        return commands.catalog().autoTags();
    }

    /** Why automatic tags are not run that should be, by key: a field or type that they ask about is gone. */
    public SortedMap<String, CrmException> broken() {
        access.require(Right.READ_DEFINITIONS);
        return ports.tags().unitOfWork().read(() -> tagging.index().rules().broken());
    }

    /** What is still to be asked about everybody; {@link #advance} does it. One round trip. */
    public List<RuleRun> waiting() {
        access.require(Right.READ_DEFINITIONS);
        return ports.tags().unitOfWork().read(() -> ports.store().runs(tenant));
    }

    /**
     * Why a customer has a tag, or has it not: what she has of it, and what each rule says of her now that puts it on customers. Of a customer who
     * was merged, what the survivor has.
     *
     * @throws CrmException {@link TagError#UNKNOWN_TAG}; {@link CoreError#UNKNOWN_CUSTOMER}; {@link CoreError#CUSTOMER_ERASED};
     *     {@link CoreError#CUSTOMER_RESTRICTED}
     */
    public WhyTagged why(CustomerId customer, String tag) {
        access.require(Right.READ_TAGS, Check.present(customer, "customer"));
        Check.code(tag, TagDefinition.MAX_KEY, "key of the tag");
        RuleQueries hers = rules.guardedBy(access);
        return ports.tags().unitOfWork().read(() -> {
            AutoTagIndex index = tagging.index();
            TagCatalog catalog = index.tags();
            String current = catalog.require(tag).key();
            Instant now = tagging.now();
            List<WhyTagged.Judged> judged = new ArrayList<>();
            for (RuleIndex.Member<AutoTag> member :
                    index.rules().single(it -> it.tag().equals(current))) {
                CustomerFacts facts = hers.facts(member.rule(), customer);
                judged.add(new WhyTagged.Judged(member.of(), member.rule().evaluate(facts, now)));
            }
            TagMark mark = TagFile.seen(
                            ports.tags()
                                    .store()
                                    .marks(tenant, List.of(customer))
                                    .getOrDefault(customer, List.of()),
                            catalog)
                    .stream()
                    .filter(it -> it.tag().equals(current) && (it.isRemoval() || it.isAt(now)))
                    .findFirst()
                    .orElse(null);
            return new WhyTagged(current, mark, judged);
        });
    }

    /**
     * Does the next of what is waiting, in one transaction, or as part of the host's: rules that are new or changed are asked about customers, then
     * all rules about customers for whom time has changed an answer. To be repeated until it {@linkplain AutoTagProgress#isDone() is done}, and
     * again as time goes by. After a crash, call it again.
     *
     * @param limit the most customers, 1 to {@value #MAX_CUSTOMERS}
     */
    public AutoTagProgress advance(int limit) {
        access.require(Right.OPERATE);
        Check.range(limit, 1, MAX_CUSTOMERS, "limit");
        Instant now = tagging.now();
        return ports.tags().unitOfWork().run(() -> {
            for (RuleRun run : ports.store().runs(tenant)) {
                AutoTagProgress progress = goOn(run.key(), limit, now);
                if (progress.evaluated() > 0) {
                    return progress;
                }
            }
            return overdue(limit, now);
        });
    }

    /** A page of customers; nobody if somebody else has finished. */
    private AutoTagProgress goOn(String key, int limit, Instant now) {
        RuleRun run = ports.store().lockRun(tenant, key).orElse(null);
        AutoTagIndex index = tagging.index();
        RuleIndex.Group<AutoTag> group = index.rules().of(Set.of(key));
        if (run == null || group.isEmpty()) {
            ports.store().end(tenant, key);
            return new AutoTagProgress(0, 0, false);
        }
        List<CustomerId> page = rules.members(index.rules().everybody(), now, run.place(), limit);
        if (page.size() < limit) {
            ports.store().end(tenant, key);
        } else {
            ports.store().write(tenant, run.at(page.get(page.size() - 1)));
        }
        ports.store().hold(tenant, page);
        return new AutoTagProgress(page.size(), tagging.runAndTell(index, group, page, now), false);
    }

    /** Who was taken up by somebody else meanwhile is taken up once more, and found as she is. */
    private AutoTagProgress overdue(int limit, Instant now) {
        List<CustomerId> due = ports.store().overdue(tenant, now, limit);
        if (due.isEmpty()) {
            return new AutoTagProgress(0, 0, true);
        }
        ports.store().hold(tenant, due);
        if (tagging.index().rules().all().isEmpty()) {
            ports.store().unschedule(tenant, new HashSet<>(due));
            return new AutoTagProgress(due.size(), 0, false);
        }
        return new AutoTagProgress(due.size(), tagging.runAll(due, now), due.size() < limit);
    }
}
