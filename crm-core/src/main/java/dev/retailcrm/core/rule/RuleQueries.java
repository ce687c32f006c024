package dev.retailcrm.core.rule;

import com.google.common.collect.ImmutableSortedSet;
import dev.retailcrm.core.access.Access;
import dev.retailcrm.core.access.Right;
import dev.retailcrm.core.behavior.BehaviorType;
import dev.retailcrm.core.behavior.Retention;
import dev.retailcrm.core.customer.CustomerStatus;
import dev.retailcrm.core.field.CatalogField;
import dev.retailcrm.core.field.FieldDefinition;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.Instants;
import dev.retailcrm.core.kernel.Page;
import dev.retailcrm.core.kernel.PageRequest;
import dev.retailcrm.core.kernel.Survivors;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.spi.CustomerSnapshot;
import dev.retailcrm.core.spi.RulePorts;
import dev.retailcrm.core.spi.RuleQuery;
import dev.retailcrm.core.spi.RuleStore;
import dev.retailcrm.core.spi.RuleVocabulary;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Asks rules about the customers of one tenant. Nothing is written. Questions join the host's transaction if there is one. Only active customers
 * are asked about; one who was merged stands for the one she is by now. Immutable, thread-safe.
 */
public final class RuleQueries {
    /** The most customers given at once. */
    public static final int MAX_MEMBERS = 1_000_000;

    /** The most customers whose facts are asked for at once. */
    public static final int MAX_FACTS = 1_000;

    /** The most fields whose values are counted at once. */
    public static final int MAX_TALLIED = 100;

    private static final int TYPES = 1_000;

    private final TenantId tenant;
    private final RuleTime time;
    private final RulePorts ports;
    private final List<RuleVocabulary> more;
    private final Instants instants;
    private final Access access;

    /**
     * Rules of a tenant, over these ports.
     *
     * @param time the calendar they are read by
     * @param more what other modules have that can be asked about
     */
    public RuleQueries(TenantId tenant, RuleTime time, RulePorts ports, List<RuleVocabulary> more) {
        this(tenant, time, ports, more, Access.unrestricted());
    }

    private RuleQueries(TenantId tenant, RuleTime time, RulePorts ports, List<RuleVocabulary> more, Access access) {
        this.tenant = Check.present(tenant, "tenant");
        this.time = Check.present(time, "time");
        this.ports = Check.present(ports, "ports");
        this.more = List.copyOf(more);
        this.instants = new Instants(ports.clock());
        this.access = access;
    }

    /**
     * The same rules, as far as this access permits: who may not see something may not ask about it. Fields that her roles do not see are not
     * in her catalog.
     */
    public RuleQueries guardedBy(Access granted) {
        return new RuleQueries(tenant, time, ports, more, Check.present(granted, "access"));
    }

    /**
     * What can be asked about by now: profile, custom fields in use, membership, lifecycle, trade, types of behaviour, and what other
     * modules have. Statistics of trade are there in every currency ({@link TradeField}) and not listed. Two round trips, and those of other
     * modules.
     */
    public RuleCatalog catalog() {
        access.require(Right.READ_DEFINITIONS);
        return ports.unitOfWork().read(() -> {
            List<CatalogField> custom = ports.fields().definitions(tenant).stream()
                    .filter(FieldDefinition::isActive)
                    .map(CatalogField::of)
                    .filter(field -> field.access().isSeenBy(access))
                    .toList();
            RuleCatalog catalog = RuleCatalog.of(new KernelCatalog(custom));
            for (BehaviorType type : types()) {
                catalog = catalog.event(type);
            }
            catalog = KernelCatalog.withTrade(catalog);
            for (RuleVocabulary vocabulary : more) {
                catalog = vocabulary.addTo(catalog, tenant);
            }
            return catalog;
        });
    }

    private List<BehaviorType> types() {
        List<BehaviorType> all = new ArrayList<>();
        List<BehaviorType> page = ports.behavior().types(tenant, null, TYPES);
        all.addAll(page);
        while (page.size() == TYPES) {
            page = ports.behavior().types(tenant, page.get(TYPES - 1).name(), TYPES);
            all.addAll(page);
        }
        return all;
    }

    /**
     * The rule, ready to be asked, to be kept as long as the catalog stays. Round trips as {@link #catalog}.
     *
     * @throws CrmException {@link CoreError#INVALID_RULE} naming the place in its JSON form
     */
    public CompiledRule compile(Rule rule) {
        return Check.present(rule, "rule").compile(catalog(), time);
    }

    /**
     * Whether a rule holds for a customer now, why, and until when. Round trips as {@link #catalog} and {@link #evaluate(CompiledRule,
     * CustomerId, Instant)}.
     *
     * @throws CrmException as {@link #compile} and {@link #evaluate(CompiledRule, CustomerId, Instant)}
     */
    public Verdict evaluate(Rule rule, CustomerId customer) {
        return evaluate(compile(rule), customer, instants.now());
    }

    /**
     * Whether a rule holds for a customer, why, and until when: by what is known now. One round trip, one for each kind of facts that the rule
     * asks about, and one more where event types have a retention.
     *
     * @param at from 1970 to 9999
     * @throws CrmException {@link CoreError#UNKNOWN_CUSTOMER}; {@link CoreError#CUSTOMER_ERASED}; {@link CoreError#CUSTOMER_RESTRICTED}
     */
    public Verdict evaluate(CompiledRule rule, CustomerId customer, Instant at) {
        Instants.requireStorable(Check.present(at, "instant"));
        return rule.evaluate(facts(rule, customer), at);
    }

    /**
     * What a rule requires to be known of a customer; rules compiled for the same {@link RequiredFacts} can be asked about it at any instant.
     * Round trips as {@link #evaluate(CompiledRule, CustomerId, Instant)}.
     *
     * @throws CrmException as {@link #evaluate(CompiledRule, CustomerId, Instant)}
     */
    public CustomerFacts facts(CompiledRule rule, CustomerId customer) {
        RuleRights rights = rights(rule);
        rights.require(Check.present(customer, "customer"));
        Supplier<CustomerFacts> question = () -> {
            RuleQuery query = questionAt(rule, instants.now());
            CustomerFacts facts =
                    ports.rules().facts(tenant, query, List.of(customer)).get(customer);
            return facts == null ? survivor(query, customer) : facts;
        };
        return rights.isPersonal()
                ? access.show(Right.SEE_PERSONAL_DATA, ports.unitOfWork(), question, shown -> List.of(customer))
                : ports.unitOfWork().read(question);
    }

    /**
     * The same of many customers; who is not active is left out, also who was merged. Round trips as {@link #evaluate(CompiledRule, CustomerId,
     * Instant)}, however many they are.
     *
     * @param customers at most {@value #MAX_FACTS}
     */
    public Map<CustomerId, CustomerFacts> facts(CompiledRule rule, Collection<CustomerId> customers) {
        rights(rule).requireAll();
        Check.range(Check.present(customers, "customers").size(), 0, MAX_FACTS, "number of customers");
        return customers.isEmpty()
                ? Map.of()
                : ports.unitOfWork()
                        .read(() -> ports.rules().facts(tenant, questionAt(rule, instants.now()), customers));
    }

    /** The calendar that rules are read by. */
    public RuleTime time() {
        return time;
    }

    private CustomerFacts survivor(RuleQuery query, CustomerId customer) {
        Function<CustomerId, Optional<CustomerSnapshot>> find =
                id -> ports.customers().find(tenant, id);
        CustomerId current = Survivors.current(customer, id -> find.apply(id).map(CustomerSnapshot::mergedInto));
        CustomerFacts facts =
                ports.rules().facts(tenant, query, List.of(current)).get(current);
        if (facts != null) {
            return facts;
        }
        CustomerSnapshot record =
                find.apply(current).orElseThrow(() -> CoreError.UNKNOWN_CUSTOMER.because("no customer %s", customer));
        throw record.status() == CustomerStatus.RESTRICTED
                ? CoreError.CUSTOMER_RESTRICTED.because("the processing of the data of %s is restricted", current)
                : CoreError.CUSTOMER_ERASED.because("customer %s was erased", current);
    }

    /**
     * The customers for whom a rule holds at an instant by what is known now, by ascending id; pages of a principal may be short, even empty,
     * before the last. One round trip, and one where event types have a retention.
     *
     * @throws CrmException {@link CoreError#INVALID_CURSOR}; {@link CoreError#RULE_UNSUPPORTED}
     */
    public Page<CustomerId> members(CompiledRule rule, Instant at, PageRequest page) {
        RuleRights rights = rights(rule);
        rights.requireSome();
        Instants.requireStorable(Check.present(at, "instant"));
        long last = Check.present(page, "page").afterNumber(0);
        if (last < 0) {
            throw CoreError.INVALID_CURSOR.because("not a cursor of this listing");
        }
        CustomerId after = last == 0 ? null : CustomerId.of(last);
        List<CustomerId> found = ports.unitOfWork()
                .read(() -> ports.rules().members(tenant, questionAt(rule, at), after, page.size() + 1));
        boolean cut = found.size() > page.size();
        List<CustomerId> items = cut ? found.subList(0, page.size()) : found;
        return new Page<>(
                rights.permitted(items),
                cut ? Long.toString(items.get(items.size() - 1).value()) : null);
    }

    /**
     * Many customers for whom a rule holds at an instant, by ascending id: for who wants all of them. One round trip, and one where event types have
     * a retention.
     *
     * @param after only greater ids; {@code null} to start with the least
     * @param limit 1 to {@value #MAX_MEMBERS}
     * @throws CrmException {@link CoreError#INVALID_VALUE}; {@link CoreError#RULE_UNSUPPORTED}
     */
    public List<CustomerId> members(CompiledRule rule, Instant at, @Nullable CustomerId after, int limit) {
        rights(rule).requireAll();
        Instants.requireStorable(Check.present(at, "instant"));
        Check.range(limit, 1, MAX_MEMBERS, "limit");
        return ports.unitOfWork().read(() -> ports.rules().members(tenant, questionAt(rule, at), after, limit));
    }

    /**
     * For how many customers a rule holds at an instant. One round trip, and one where event types have a retention.
     *
     * @throws CrmException {@link CoreError#RULE_UNSUPPORTED}
     */
    public long count(CompiledRule rule, Instant at) {
        rights(rule).requireAll();
        Instants.requireStorable(Check.present(at, "instant"));
        return ports.unitOfWork().read(() -> ports.rules().count(tenant, questionAt(rule, at)));
    }

    /**
     * How many of the customers for whom a rule holds at an instant have which values of fields and which tags: with what is not there nobody is
     * counted. Of lists with many different values all of them are given. Round trips as {@link RuleStore#tally}, and as {@link #count}.
     *
     * @param fields of the rule's catalog, none of them personal; at most {@value #MAX_TALLIED}
     * @param tags at most {@value #MAX_FACTS}
     * @throws CrmException {@link CoreError#INVALID_VALUE}; {@link CoreError#RULE_UNSUPPORTED}; {@link CoreError#ACCESS_DENIED}
     */
    public RuleTally tally(CompiledRule rule, Instant at, Collection<String> fields, Collection<String> tags) {
        Instants.requireStorable(Check.present(at, "instant"));
        Set<String> asked = names(fields, MAX_TALLIED, "field");
        Set<String> marks = names(tags, MAX_FACTS, "tag");
        for (String field : asked) {
            CatalogField known = Check.present(rule, "rule")
                    .catalog()
                    .field(field)
                    .orElseThrow(() -> CoreError.INVALID_VALUE.because("the catalog has no such field"));
            if (known.personal()) {
                throw CoreError.INVALID_VALUE.because("personal fields are not counted");
            }
        }
        RequiredFacts required =
                Check.present(rule, "rule").requiredFacts().and(RequiredFacts.of(asked, marks, Map.of(), Set.of()));
        CompiledRule known = rule.rule().compile(rule.catalog(), time, required);
        rights(known).requireAll();
        return ports.unitOfWork().read(() -> ports.rules().tally(tenant, questionAt(known, at), asked, marks));
    }

    /**
     * How many of the customers for whom a rule holds at an instant have had events with which values of a property: which articles were bought,
     * which pages seen. Of many different values all are given. Round trips as {@link RuleStore#tallyEvents}, and one where event types have a
     * retention.
     *
     * @throws CrmException {@link CoreError#INVALID_RULE} if the catalog does not have the events or the property;
     *     {@link CoreError#RULE_UNSUPPORTED}; {@link CoreError#ACCESS_DENIED}
     */
    public EventTally tally(CompiledRule rule, Instant at, EventValues values) {
        Instants.requireStorable(Check.present(at, "instant"));
        RequiredFacts required = Check.present(rule, "rule")
                .requiredFacts()
                .and(Check.present(values, "values").requiredFacts());
        CompiledRule known = rule.rule().compile(rule.catalog(), time, required);
        CompiledEventValues compiled = values.compile(rule.catalog(), time, required);
        rights(known).requireAll();
        return ports.unitOfWork().read(() -> ports.rules().tallyEvents(tenant, questionAt(known, at), compiled));
    }

    /**
     * Values of events ready to be asked, checked against the catalog of now.
     *
     * @throws CrmException {@link CoreError#INVALID_RULE}
     */
    public CompiledEventValues compile(EventValues values) {
        return Check.present(values, "values").compile(catalog(), time, values.requiredFacts());
    }

    private static Set<String> names(Collection<String> names, int most, String what) {
        Check.range(Check.present(names, what + "s").size(), 0, most, "number of " + what + "s");
        names.forEach(name -> Check.code(name, 60, what));
        return ImmutableSortedSet.copyOf(names);
    }

    /**
     * Refuses a rule that asks for what this access may not see of all customers.
     *
     * @throws CrmException {@link CoreError#ACCESS_DENIED}
     */
    public void require(CompiledRule rule) {
        rights(rule).requireAll();
    }

    /**
     * The rule as a question to stores, for modules that keep what it answers. Asks for no right. At most one round trip, where event types have a
     * retention; within a unit of work.
     *
     * @param at from 1970 to 9999
     */
    public RuleQuery query(CompiledRule rule, Instant at) {
        Instants.requireStorable(Check.present(at, "instant"));
        return questionAt(Check.present(rule, "rule"), at);
    }

    /** A rule may have been compiled by somebody who sees more. */
    private RuleRights rights(CompiledRule rule) {
        for (String name : Check.present(rule, "rule").requiredFacts().fields()) {
            if (rule.catalog()
                    .field(name)
                    .filter(it -> !it.access().isSeenBy(access))
                    .isPresent()) {
                throw CoreError.ACCESS_DENIED.because("the rule asks for a field that is not shown");
            }
        }
        return RuleRights.of(access, rule.requiredFacts());
    }

    /** With the ends of retentions as of now: what is past them is not kept, whatever the instant of the question. */
    private RuleQuery questionAt(CompiledRule rule, Instant at) {
        boolean ofBehavior = rule.requiredFacts().events().stream()
                .anyMatch(event -> TradeEvent.of(event).isEmpty());
        Instant now = instants.now();
        List<Retention> retentions = ofBehavior
                ? ports.behavior().expiring(tenant).stream()
                        .flatMap(type -> type.retention(now).stream())
                        .toList()
                : List.of();
        return new RuleQuery(rule, at, retentions);
    }
}
