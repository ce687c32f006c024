package dev.retailcrm.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retailcrm.assets.ledger.AccountId;
import dev.retailcrm.assets.ledger.Asset;
import dev.retailcrm.assets.ledger.ShortfallPolicy;
import dev.retailcrm.assets.rule.AccountState;
import dev.retailcrm.assets.rule.AssetFacts;
import dev.retailcrm.assets.rule.AssetVocabulary;
import dev.retailcrm.assets.spi.TierSnapshot;
import dev.retailcrm.assets.tier.TierFacts;
import dev.retailcrm.assets.tier.TierStanding;
import dev.retailcrm.assets.tier.TierVocabulary;
import dev.retailcrm.assets.tier.Tiers;
import dev.retailcrm.audience.AudienceStay;
import dev.retailcrm.audience.StayReason;
import dev.retailcrm.audience.index.AudienceIndex;
import dev.retailcrm.audience.index.IndexProgress;
import dev.retailcrm.audience.index.IndexScope;
import dev.retailcrm.audience.spi.AudienceFileChange;
import dev.retailcrm.core.behavior.BehaviorEvent;
import dev.retailcrm.core.behavior.BehaviorId;
import dev.retailcrm.core.behavior.BehaviorType;
import dev.retailcrm.core.behavior.Property;
import dev.retailcrm.core.behavior.PropertyKind;
import dev.retailcrm.core.customer.CustomerStatus;
import dev.retailcrm.core.field.FieldDefinition;
import dev.retailcrm.core.field.FieldOption;
import dev.retailcrm.core.field.FieldType;
import dev.retailcrm.core.field.FieldValue;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.membership.Enrolment;
import dev.retailcrm.core.membership.Member;
import dev.retailcrm.core.membership.Notice;
import dev.retailcrm.core.rule.AllOf;
import dev.retailcrm.core.rule.CompiledEventValues;
import dev.retailcrm.core.rule.CompiledRule;
import dev.retailcrm.core.rule.Condition;
import dev.retailcrm.core.rule.CustomerFacts;
import dev.retailcrm.core.rule.EventFact;
import dev.retailcrm.core.rule.EventTally;
import dev.retailcrm.core.rule.EventValues;
import dev.retailcrm.core.rule.KernelFacts;
import dev.retailcrm.core.rule.MarkFact;
import dev.retailcrm.core.rule.RequiredFacts;
import dev.retailcrm.core.rule.Rule;
import dev.retailcrm.core.rule.RuleCatalog;
import dev.retailcrm.core.rule.RuleQueries;
import dev.retailcrm.core.rule.RuleTally;
import dev.retailcrm.core.rule.RuleTime;
import dev.retailcrm.core.rule.TallyCounter;
import dev.retailcrm.core.rule.TradeEvent;
import dev.retailcrm.core.rule.TradeField;
import dev.retailcrm.core.spi.CustomerSnapshot;
import dev.retailcrm.core.spi.RuleQuery;
import dev.retailcrm.core.spi.RuleStore;
import dev.retailcrm.core.spi.StageSnapshot;
import dev.retailcrm.core.trade.Order;
import dev.retailcrm.core.trade.Refund;
import dev.retailcrm.core.trade.Trade;
import dev.retailcrm.core.trade.TradeTotal;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The rules of {@link RuleStore}: above all that a store and memory find the same customers. */
public abstract class RuleStoreContract extends MergeFacade {
    private static final int CUSTOMERS = 40;
    private static final int CASES = 2_200;
    private static final int TOGETHER = 44;

    private static final List<RuleTime> TIMES = List.of(
            RuleTime.in(ZoneId.of("Asia/Shanghai")),
            RuleTime.in(ZoneId.of("Europe/Berlin")),
            new RuleTime(ZoneId.of("America/New_York"), DayOfWeek.SUNDAY),
            RuleTime.in(ZoneId.of("Pacific/Apia")));

    private static final List<String> TAGS = List.of("s1", "s2", "s3", "s5", "s10");

    private static final int TALLIES = 40;
    private static final int EVENT_TALLIES = 100;

    private static final Set<String> TALLIED = Set.of(
            "custom.age",
            "custom.city",
            "custom.score",
            "custom.spend",
            "custom.vip",
            "custom.seen",
            "custom.day",
            "custom.shape",
            "custom.sport",
            "status",
            "profile.gender",
            "profile.kind",
            "profile.birth_date",
            "profile.language",
            "joining.at",
            "joining.store",
            "member.status",
            "member.joined",
            "lifecycle.stage",
            "trade.CNY.orders",
            "trade.CNY.net",
            "trade.CNY.units",
            "trade.USD.last_order",
            "tier.club.level",
            "tier.club.rank",
            "tier.club.until",
            "points.standard.available",
            "points.standard.expiring_3d",
            "growth.club.next_expiry",
            "stored.CNY.available",
            "stored.USD.last_active");

    private final Map<CustomerId, Known> population = new TreeMap<>();
    private int covered;

    /** A contract. */
    protected RuleStoreContract() {}

    /** What was put into the store about a customer. */
    private record Known(
            CustomerSnapshot record,
            Map<String, FieldValue> fields,
            Map<String, MarkFact> tags,
            Map<String, MarkFact> audiences,
            List<BehaviorEvent> behavior,
            List<Order> orders,
            List<Refund> refunds,
            Optional<Member> member,
            Optional<StageSnapshot> stage,
            List<TradeTotal> totals,
            Map<Asset, AccountState> accounts,
            Map<String, TierStanding> tiers) {}

    private Known known(
            CustomerId id,
            Map<String, FieldValue> fields,
            Map<String, MarkFact> tags,
            Map<String, MarkFact> audiences,
            List<BehaviorEvent> behavior,
            List<Order> orders,
            List<Refund> refunds) {
        Optional<Member> member = membership().find(id);
        return committed(() -> new Known(
                crm().customers().find(ACME, id).orElseThrow(),
                fields,
                tags,
                audiences,
                behavior,
                orders,
                refunds,
                member,
                crm().stages().find(ACME, id),
                crm().trade().totals(ACME, List.of(id)).getOrDefault(id, List.of()),
                RuleAccounts.states(crm(), asset -> new AccountId(ACME, id, asset)),
                Optional.ofNullable(crm().tiers().find(ACME, List.of(id)).get(id))
                        .map(TierSnapshot::standings)
                        .orElseThrow()));
    }

    private RuleStore rules() {
        return crm().rules();
    }

    private RuleQueries queries(RuleTime time) {
        return new RuleQueries(
                ACME,
                time,
                crm().rulePorts(),
                List.of(
                        new AssetVocabulary(),
                        new TierVocabulary(crm().unitOfWork(), crm().definitions()),
                        (catalog, tenant) -> {
                            RuleCatalog all = catalog;
                            for (String tag : TAGS) {
                                all = all.tag(tag);
                            }
                            for (String audience : RandomConditions.AUDIENCES) {
                                all = all.audience(audience);
                            }
                            return all.tag("level", FieldType.LONG).tag("note", FieldType.TEXT);
                        }));
    }

    private RuleQuery everybody() {
        CompiledRule rule =
                Rule.of(new AllOf(List.of())).compile(queries(TIMES.get(0)).catalog(), TIMES.get(0));
        return new RuleQuery(rule, T0, List.of());
    }

    @Test
    public final void rl_1_nothing_of_another_tenant_is_found() {
        RuleQuery everybody = everybody();
        commit(() -> {
            assertThat(rules().members(ZENITH, everybody, null, 9)).isEmpty();
            assertThat(rules().count(ZENITH, everybody)).isZero();
            assertThat(rules().facts(ZENITH, everybody, List.of(ann))).isEmpty();
            assertThat(rules().members(ACME, everybody, null, 9)).containsExactly(ann);
        });
    }

    @Test
    public final void rl_2_only_active_customers_are_found() {
        CustomerId restricted = crm().newCustomer(ACME);
        CustomerId merged = crm().newCustomer(ACME);
        CustomerId erased = crm().newCustomer(ACME);
        customers().changeStatus(restricted, CustomerStatus.RESTRICTED, key());
        merge(ann, merged);
        privacy().erase(erased, key());
        RuleQuery everybody = everybody();
        commit(() -> {
            assertThat(rules().members(ACME, everybody, null, 9)).containsExactly(ann);
            assertThat(rules().facts(ACME, everybody, List.of(restricted, merged, erased, nobody(), ann)))
                    .containsOnlyKeys(ann);
        });
    }

    @Test
    public final void rl_3_and_rl_5_what_the_transaction_wrote_is_there() {
        RuleQuery everybody = everybody();
        rolledBack(() -> {
            CustomerId bob = crm().newCustomer(ACME);
            assertThat(rules().members(ACME, everybody, null, 9)).containsExactlyInAnyOrder(ann, bob);
            assertThat(rules().facts(ACME, everybody, List.of(bob))).containsOnlyKeys(bob);
        });
        assertThat(committed(() -> rules().members(ACME, everybody, null, 9))).containsExactly(ann);
    }

    @Test
    public final void rl_5_pages_are_cut_and_rl_6_customers_counted() {
        List<CustomerId> all = Stream.concat(
                        Stream.of(ann),
                        Stream.generate(() -> crm().newCustomer(ACME)).limit(4))
                .sorted()
                .toList();
        RuleQuery everybody = everybody();
        commit(() -> {
            assertThat(rules().members(ACME, everybody, null, 2)).isEqualTo(all.subList(0, 2));
            assertThat(rules().members(ACME, everybody, all.get(1), 2)).isEqualTo(all.subList(2, 4));
            assertThat(rules().members(ACME, everybody, all.get(3), 9)).isEqualTo(all.subList(4, 5));
            assertThat(rules().count(ACME, everybody)).isEqualTo(5);
        });
    }

    @Test
    public final void rl_5_a_store_and_memory_find_the_same_customers() {
        long seed = new Random().nextLong();
        populate(new Random(seed));
        List<RuleCatalog> catalogs =
                TIMES.stream().map(time -> queries(time).catalog()).toList();
        Random random = new Random(seed + 1);
        for (int done = 0; done < CASES; done += TOGETHER) {
            int time = random.nextInt(TIMES.size());
            List<Rule> some = new ArrayList<>();
            List<Instant> instants = new ArrayList<>();
            for (int i = 0; i < TOGETHER; i++) {
                Instant asOf = RulePopulation.INSTANTS.get(random.nextInt(RulePopulation.INSTANTS.size()));
                some.add(Rule.of(new RandomConditions(random, asOf).condition(random.nextInt(4))));
                instants.add(asOf);
            }
            compare(some, instants, catalogs.get(time), TIMES.get(time), seed);
        }
        assertThat(covered).as("rules that an index covers").isGreaterThan(CASES * 4 / 5);
    }

    @Test
    public final void rl_7_values_and_tags_are_counted_as_memory_and_an_index_count_them() {
        long seed = new Random().nextLong();
        populate(new Random(seed));
        Random random = new Random(seed + 1);
        RuleTime time = TIMES.get(0);
        RuleCatalog catalog = queries(time).catalog();
        RequiredFacts counted = RequiredFacts.of(TALLIED, Set.copyOf(TAGS), Map.of(), Set.of());
        for (int done = 0; done < TALLIES; done++) {
            Instant asOf = RulePopulation.INSTANTS.get(random.nextInt(RulePopulation.INSTANTS.size()));
            Rule rule = Rule.of(new RandomConditions(random, asOf).condition(1));
            CompiledRule compiled =
                    rule.compile(catalog, time, rule.requiredFacts().and(counted));
            CompiledRule.AsOf then = compiled.at(asOf);
            TallyCounter expected = new TallyCounter(TALLIED, TAGS, asOf);
            Map<CustomerId, CustomerFacts> known = known(compiled.requiredFacts(), catalog);
            known.values().stream().filter(then::test).forEach(expected::add);
            RuleTally found = committed(
                    () -> rules().tally(ACME, new RuleQuery(compiled, asOf, List.of()), TALLIED, Set.copyOf(TAGS)));
            assertThat(found).as("%s at %s, seed %d", rule.toJson(), asOf, seed).isEqualTo(expected.tally());
            var indexed = new IndexedFacts(
                    IndexScope.of(catalog, compiled.requiredFacts()), time, known, List.of(asOf), random);
            indexed.tally(rule.compile(catalog, time), asOf, TALLIED, TAGS)
                    .ifPresent(tally -> assertThat(tally).isEqualTo(expected.tally()));
        }
    }

    @Test
    public final void rl_8_values_of_events_are_counted_as_memory_and_an_index_count_them() {
        long seed = new Random().nextLong();
        populate(new Random(seed));
        Random random = new Random(seed + 1);
        RuleTime time = TIMES.get(random.nextInt(TIMES.size()));
        RuleCatalog catalog = queries(time).catalog();
        for (int done = 0; done < EVENT_TALLIES; done++) {
            Instant asOf = RulePopulation.INSTANTS.get(random.nextInt(RulePopulation.INSTANTS.size()));
            var conditions = new RandomConditions(random, asOf);
            Rule rule = Rule.of(conditions.condition(1));
            EventValues values = conditions.eventValues();
            RequiredFacts required = rule.requiredFacts().and(values.requiredFacts());
            CompiledRule compiled = rule.compile(catalog, time, required);
            CompiledEventValues asked = values.compile(catalog, time, required);
            CompiledRule.AsOf then = compiled.at(asOf);
            Map<CustomerId, CustomerFacts> known = known(required, catalog);
            List<CustomerFacts> members =
                    known.values().stream().filter(then::test).toList();
            Map<FieldValue, Long> counts = new HashMap<>();
            members.forEach(hers -> asked.of(hers, asOf).forEach(value -> counts.merge(value, 1L, Long::sum)));
            EventTally expected = new EventTally(members.size(), counts);
            EventTally found =
                    committed(() -> rules().tallyEvents(ACME, new RuleQuery(compiled, asOf, List.of()), asked));
            assertThat(found)
                    .as("%s of %s at %s, seed %d", values, rule.toJson(), asOf, seed)
                    .isEqualTo(expected);
            var indexed = new IndexedFacts(IndexScope.of(catalog, required), time, known, List.of(asOf), random);
            indexed.tally(rule.compile(catalog, time), asOf, asked)
                    .ifPresent(tally -> assertThat(tally).isEqualTo(expected));
        }
    }

    @Test
    public final void rl_3_an_index_is_built_of_facts_and_refreshed() {
        long seed = new Random().nextLong();
        populate(new Random(seed));
        Random random = new Random(seed + 1);
        RuleQueries queries = queries(TIMES.get(0));
        Instant asOf = RulePopulation.INSTANTS.get(random.nextInt(RulePopulation.INSTANTS.size()));
        List<Rule> some = Stream.generate(() -> Rule.of(new RandomConditions(random, asOf).condition(2)))
                .limit(TOGETHER)
                .toList();
        RequiredFacts required = some.stream()
                .map(Rule::requiredFacts)
                .reduce(RequiredFacts::and)
                .orElseThrow();
        List<IndexProgress> told = new ArrayList<>();
        AudienceIndex index =
                AudienceIndex.build(queries, IndexScope.of(queries.catalog(), required), Instant.EPOCH, told::add);
        assertThat(told).extracting(IndexProgress::customers).contains(index.size());
        requireSame(index, queries, some, asOf, seed);
        List<CustomerId> changed = new ArrayList<>(population.keySet()).subList(0, 3);
        behavior()
                .record(BehaviorEvent.of(
                        changed.get(0), "cart", BehaviorId.of("web", "more"), asOf.truncatedTo(ChronoUnit.SECONDS)));
        customers().changeStatus(changed.get(1), CustomerStatus.RESTRICTED, key());
        privacy().erase(changed.get(2), key());
        CustomerId newcomer = crm().newCustomer(ACME);
        index.refresh(
                queries, List.of(changed.get(0), changed.get(1), changed.get(2), newcomer, changed.get(0), nobody()));
        requireSame(index, queries, some, asOf, seed);
    }

    private static void requireSame(
            AudienceIndex index, RuleQueries queries, List<Rule> some, Instant asOf, long seed) {
        for (Rule rule : some) {
            CompiledRule compiled = rule.compile(index.scope().catalog(), queries.time());
            if (index.gaps(compiled).isEmpty()) {
                assertThat(index.members(compiled, asOf, null, 10_000))
                        .as("%s at %s, seed %d", rule.toJson(), asOf, seed)
                        .isEqualTo(queries.members(compiled, asOf, null, 10_000));
            }
        }
    }

    private void compare(List<Rule> some, List<Instant> instants, RuleCatalog catalog, RuleTime time, long seed) {
        RequiredFacts required = some.stream()
                .map(Rule::requiredFacts)
                .reduce(RequiredFacts::and)
                .orElseThrow();
        Map<CustomerId, CustomerFacts> known = new TreeMap<>();
        population.forEach((id, customer) -> known.put(id, facts(customer, required, catalog)));
        var indexed =
                new IndexedFacts(IndexScope.of(catalog, required), time, known, instants, new Random(some.hashCode()));
        CompiledRule first = some.get(0).compile(catalog, time, required);
        Map<CustomerId, CustomerFacts> loaded =
                committed(() -> rules().facts(ACME, new RuleQuery(first, T0, List.of()), population.keySet()));
        assertThat(loaded.keySet()).isEqualTo(known.keySet());
        for (int i = 0; i < some.size(); i++) {
            Rule rule = some.get(i);
            Instant asOf = instants.get(i);
            CompiledRule together = rule.compile(catalog, time, required);
            List<CustomerId> expected = members(known, together, asOf);
            if (!found(rule.compile(catalog, time), asOf, i).equals(expected)) {
                Rule least = least(rule, catalog, time, asOf, i);
                CompiledRule compiled = least.compile(catalog, time);
                assertThat(found(compiled, asOf, i))
                        .as("%s at %s in %s, seed %d", least.toJson(), asOf, time.zone(), seed)
                        .isEqualTo(members(known(least.requiredFacts(), catalog), compiled, asOf));
            }
            covered += indexed.compare(rule.compile(catalog, time), asOf, expected, seed) ? 1 : 0;
            assertThat(members(loaded, together, asOf))
                    .as("by facts: %s at %s in %s, seed %d", rule.toJson(), asOf, time.zone(), seed)
                    .isEqualTo(expected);
        }
    }

    private boolean isFound(Rule rule, RuleCatalog catalog, RuleTime time, Instant asOf, int way) {
        CompiledRule compiled = rule.compile(catalog, time);
        return found(compiled, asOf, way).equals(members(known(rule.requiredFacts(), catalog), compiled, asOf));
    }

    /** The smallest part of a rule for which the store is wrong. */
    private Rule least(Rule rule, RuleCatalog catalog, RuleTime time, Instant asOf, int way) {
        for (Condition part : IndexedFacts.parts(rule.condition())) {
            Rule smaller = Rule.of(part);
            if (!isFound(smaller, catalog, time, asOf, way)) {
                return least(smaller, catalog, time, asOf, way);
            }
        }
        return rule;
    }

    /** Those the store finds: all at once, page by page, or by their number as well. */
    private List<CustomerId> found(CompiledRule rule, Instant asOf, int way) {
        RuleQuery query = new RuleQuery(rule, asOf, List.of());
        return committed(() -> {
            List<CustomerId> found = new ArrayList<>();
            int limit = way % 2 == 0 ? 10_000 : 17;
            CustomerId last = null;
            List<CustomerId> page;
            do {
                page = rules().members(ACME, query, last, limit);
                found.addAll(page);
                last = page.isEmpty() ? null : page.get(page.size() - 1);
            } while (page.size() == limit);
            if (way % 5 == 0) {
                assertThat(rules().count(ACME, query)).isEqualTo(found.size());
            }
            return found;
        });
    }

    private static List<CustomerId> members(Map<CustomerId, CustomerFacts> facts, CompiledRule rule, Instant asOf) {
        CompiledRule.AsOf then = rule.at(asOf);
        return facts.entrySet().stream()
                .filter(customer -> then.test(customer.getValue()))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    private Map<CustomerId, CustomerFacts> known(RequiredFacts required, RuleCatalog catalog) {
        Map<CustomerId, CustomerFacts> known = new TreeMap<>();
        population.forEach((id, customer) -> known.put(id, facts(customer, required, catalog)));
        return known;
    }

    private CustomerFacts facts(Known known, RequiredFacts required, RuleCatalog catalog) {
        CustomerFacts.Builder facts = CustomerFacts.of(required);
        var kernel = new KernelFacts(facts)
                .customer(
                        known.record().status(),
                        known.record().profile(),
                        known.record().joining());
        known.member().ifPresent(kernel::member);
        known.stage().ifPresent(kernel::stage);
        kernel.totals(
                required.fields().stream()
                        .flatMap(name -> TradeField.of(name).stream())
                        .toList(),
                known.totals());
        known.fields().forEach((key, value) -> facts.field("custom." + key, value));
        known.tags().forEach(facts::tag);
        known.audiences().forEach(facts::audience);
        known.behavior().stream()
                .sorted(Comparator.comparing(BehaviorEvent::occurredAt).thenComparing(BehaviorEvent::id))
                .forEach(event -> facts.event(
                        event.type(),
                        event.type().equals("browse") ? RulePopulation.fact(event) : EventFact.at(event.occurredAt())));
        known.orders().stream()
                .filter(order -> !order.cancelled())
                .sorted(Comparator.comparing(Order::occurredAt).thenComparing(Order::number))
                .forEach(order -> {
                    facts.event("order", TradeEvent.of(order.head()));
                    TradeEvent.lines(order).forEach(line -> facts.event("purchase", line));
                });
        known.refunds().forEach(refund -> facts.event("refund", TradeEvent.of(refund)));
        TierFacts.of(required, catalog).add(facts, known.tiers());
        AssetFacts.of(required).add(facts, asset -> known.accounts().getOrDefault(asset, AccountState.NONE));
        return facts.build();
    }

    private void defineAll() {
        behavior()
                .define(BehaviorType.of("browse")
                        .with(Property.text("category", 40))
                        .with(Property.of("amount", PropertyKind.MONEY))
                        .with(Property.of("points", PropertyKind.NUMBER))
                        .with(Property.of("weight", PropertyKind.DECIMAL))
                        .with(Property.of("day", PropertyKind.DATE))
                        .with(Property.of("slot", PropertyKind.INSTANT))
                        .with(Property.of("yes", PropertyKind.BOOLEAN)));
        behavior().define(BehaviorType.of("cart"));
        var tiers = new Tiers(ACME, ZONE, crm().tierPorts());
        RuleTiers.PROGRAMS.forEach(it -> tiers.define(RuleTiers.program(it), key()));
        List<FieldOption> sports = RandomValueTests.SPORTS.stream()
                .map(key -> FieldOption.of(key, key))
                .toList();
        Stream.of(
                        FieldDefinition.of("age", "Age", FieldType.LONG),
                        FieldDefinition.of("city", "City", FieldType.TEXT),
                        FieldDefinition.of("score", "Score", FieldType.DECIMAL),
                        FieldDefinition.money("spend", "Spend", CNY),
                        FieldDefinition.of("vip", "Vip", FieldType.BOOLEAN),
                        FieldDefinition.of("seen", "Seen", FieldType.INSTANT),
                        FieldDefinition.of("day", "Day", FieldType.DATE),
                        FieldDefinition.choice("shape", "Shape", sports),
                        FieldDefinition.multiChoice("sport", "Sport", sports),
                        FieldDefinition.of("secret", "Secret", FieldType.TEXT).asPersonal(),
                        FieldDefinition.of("pin", "Pin", FieldType.LONG).asPersonal())
                .forEach(field -> fields().define(field, key()));
    }

    private void populate(Random random) {
        crm().clock().set(Instant.parse("2031-01-01T00:00:00Z"));
        defineAll();
        var some = new RulePopulation(random);
        var accounts = new RuleAccounts(random);
        var tiers = new RuleTiers(random);
        var trade = new Trade(
                ACME,
                crm().trade(),
                crm().unitOfWork(),
                crm().clock(),
                ZONE,
                List.of(lifecycle().observer()));
        population.put(ann, known(ann, Map.of(), Map.of(), Map.of(), List.of(), List.of(), List.of()));
        for (int i = 0; i < CUSTOMERS; i++) {
            some.move();
            CustomerId customer = register(some.registration());
            Map<String, FieldValue> values = some.fields();
            Map<String, MarkFact> tags = some.tags();
            List<BehaviorEvent> behavior = new ArrayList<>(some.behavior(customer));
            List<Order> orders = new ArrayList<>(some.orders(customer));
            List<Refund> refunds = new ArrayList<>(some.refunds(orders));
            fields().set(customer, RulePopulation.patch(values), key());
            behavior().recordAll(behavior);
            trade.recordAll(orders);
            trade.refundAll(refunds);
            if (i % 3 == 0) {
                membership()
                        .join(
                                customer,
                                Enrolment.of(Notice.ofCustomer(key().value())).at(Instant.EPOCH));
            }
            if (i % 8 == 1) {
                CustomerId merged = register(some.registration());
                List<BehaviorEvent> hers = some.behavior(merged);
                List<Order> bought = some.orders(merged);
                behavior().recordAll(hers);
                trade.recordAll(bought);
                merge(customer, merged);
                behavior.addAll(hers);
                orders.addAll(bought);
            }
            SortedMap<String, TierStanding> standings = tiers.standings();
            if (!standings.isEmpty()) {
                commit(() -> {
                    crm().tiers().lock(ACME, List.of(customer));
                    crm().tiers().apply(List.of(RuleTiers.change(ACME, customer, standings)));
                });
            }
            if (i % 10 != 3) {
                accounts.use(customer, asset -> ledger(ACME, asset, terms().onShortfall(ShortfallPolicy.DEBT)));
            }
            // Last, for whatever is done about her tags books the end of those that are over.
            tags.forEach((tag, mark) -> crm().tag(ACME, customer, tag, mark));
            Map<String, MarkFact> audiences = stay(customer, random);
            if (i % 10 == 2) {
                customers().changeStatus(customer, CustomerStatus.RESTRICTED, key());
            } else if (i % 10 == 3) {
                privacy().erase(customer, key());
            } else {
                population.put(customer, known(customer, values, tags, audiences, behavior, orders, refunds));
            }
        }
        assertThat(new HashMap<>(population)).hasSizeLessThan(CUSTOMERS).hasSizeGreaterThan(CUSTOMERS / 2);
    }

    /** She is in some audiences since an instant, and was in others before. */
    private Map<String, MarkFact> stay(CustomerId customer, Random random) {
        List<AudienceStay> stays = new ArrayList<>();
        Map<String, MarkFact> open = new HashMap<>();
        for (String audience : List.of("keen", "Keen")) {
            Instant from = RulePopulation.INSTANTS.get(random.nextInt(RulePopulation.INSTANTS.size()));
            int what = random.nextInt(3);
            if (what > 0) {
                var end = new AudienceStay.End(from.plusMillis(1), StayReason.RULE, 1);
                stays.add(new AudienceStay(audience, 1, from, StayReason.RULE, 1, null));
                stays.add(new AudienceStay(audience, 1, from, StayReason.RULE, 1, end));
            }
            if (what > 1) {
                stays.add(new AudienceStay(audience, 2, from.plusMillis(2), StayReason.RULE, 1, null));
                open.put(audience, new MarkFact(from.plusMillis(2), null, null));
            }
        }
        for (AudienceStay stay : stays) {
            commit(() -> {
                crm().audienceMembers().lockAll(ACME, List.of(customer));
                crm().audienceMembers()
                        .apply(new AudienceFileChange(
                                ACME, customer, List.of(stay), List.of(), Map.of(), Set.of(), List.of(), null));
            });
        }
        return open;
    }
}
