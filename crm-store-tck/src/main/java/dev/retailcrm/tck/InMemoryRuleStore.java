package dev.retailcrm.tck;

import dev.retailcrm.assets.ledger.Hold;
import dev.retailcrm.assets.rule.AccountState;
import dev.retailcrm.assets.rule.AssetFacts;
import dev.retailcrm.assets.tier.TierFacts;
import dev.retailcrm.audience.AudienceStay;
import dev.retailcrm.core.behavior.RecordedEvent;
import dev.retailcrm.core.customer.CustomerStatus;
import dev.retailcrm.core.field.FieldType;
import dev.retailcrm.core.field.FieldValue;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.rule.CompiledEventValues;
import dev.retailcrm.core.rule.CompiledRule;
import dev.retailcrm.core.rule.CustomerFacts;
import dev.retailcrm.core.rule.EventFact;
import dev.retailcrm.core.rule.EventTally;
import dev.retailcrm.core.rule.KernelFacts;
import dev.retailcrm.core.rule.MarkFact;
import dev.retailcrm.core.rule.RequiredFacts;
import dev.retailcrm.core.rule.RuleTally;
import dev.retailcrm.core.rule.TallyCounter;
import dev.retailcrm.core.rule.TradeEvent;
import dev.retailcrm.core.rule.TradeField;
import dev.retailcrm.core.spi.CustomerSnapshot;
import dev.retailcrm.core.spi.RuleQuery;
import dev.retailcrm.core.spi.RuleStore;
import dev.retailcrm.core.trade.Order;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Rules in memory: asked about one customer after another. Thread-safe. */
final class InMemoryRuleStore implements RuleStore {
    private static final Comparator<RecordedEvent> BY_ID = Comparator.comparing(RecordedEvent::position);

    private final InMemoryDatabase database;

    InMemoryRuleStore(InMemoryDatabase database) {
        this.database = database;
    }

    @Override
    public Map<CustomerId, CustomerFacts> facts(TenantId tenant, RuleQuery query, Collection<CustomerId> customers) {
        Map<CustomerId, CustomerFacts> found = new HashMap<>();
        for (CustomerId customer : customers) {
            CustomerRows rows = database.tenant(tenant).find(customer);
            if (rows != null) {
                facts(rows, query).ifPresent(facts -> found.put(customer, facts));
            }
        }
        return found;
    }

    @Override
    public List<CustomerId> members(TenantId tenant, RuleQuery query, @Nullable CustomerId after, int limit) {
        CompiledRule.AsOf rule = query.rule().at(query.asOf());
        List<CustomerId> found = new ArrayList<>();
        for (CustomerRows rows : database.tenant(tenant).after(after)) {
            if (found.size() == limit) {
                break;
            }
            if (facts(rows, query).filter(rule::test).isPresent()) {
                found.add(rows.id);
            }
        }
        return found;
    }

    @Override
    public long count(TenantId tenant, RuleQuery query) {
        return members(tenant, query, null, Integer.MAX_VALUE).size();
    }

    @Override
    public RuleTally tally(TenantId tenant, RuleQuery query, Set<String> fields, Set<String> tags) {
        CompiledRule.AsOf rule = query.rule().at(query.asOf());
        TallyCounter counter = new TallyCounter(fields, tags, query.asOf());
        for (CustomerRows rows : database.tenant(tenant).after(null)) {
            facts(rows, query).filter(rule::test).ifPresent(counter::add);
        }
        return counter.tally();
    }

    @Override
    public EventTally tallyEvents(TenantId tenant, RuleQuery query, CompiledEventValues values) {
        CompiledRule.AsOf rule = query.rule().at(query.asOf());
        Map<FieldValue, Long> counts = new HashMap<>();
        long customers = 0;
        for (CustomerRows rows : database.tenant(tenant).after(null)) {
            CustomerFacts hers = facts(rows, query).filter(rule::test).orElse(null);
            if (hers != null) {
                customers++;
                values.of(hers, query.asOf()).forEach(value -> counts.merge(value, 1L, Long::sum));
            }
        }
        return new EventTally(customers, counts);
    }

    private Optional<CustomerFacts> facts(CustomerRows rows, RuleQuery query) {
        InMemoryTransaction reader = database.unitOfWork().joined();
        CustomerSnapshot record = rows.record(reader).orElse(null);
        if (record == null || record.status() != CustomerStatus.ACTIVE || record.mergedInto() != null) {
            return Optional.empty();
        }
        RequiredFacts required = query.rule().requiredFacts();
        CustomerFacts.Builder facts = CustomerFacts.of(required);
        var kernel = new KernelFacts(facts).customer(record.status(), record.profile(), record.joining());
        rows.other(reader, MembershipRows.class)
                .flatMap(hers -> Optional.ofNullable(hers.member()))
                .ifPresent(kernel::member);
        rows.other(reader, StageRows.class).map(StageRows::stage).ifPresent(kernel::stage);
        rows.other(reader, ValueRows.class)
                .ifPresent(hers -> hers.values().forEach((key, value) -> facts.field("custom." + key, value)));
        rows.other(reader, TagMarks.class)
                .ifPresent(hers -> hers.marks()
                        .forEach((tag, mark) -> facts.tag(tag, new MarkFact(mark.from(), mark.until(), mark.value()))));
        rows.other(reader, AudienceRows.class)
                .ifPresent(hers -> hers.stays().stream()
                        .filter(AudienceStay::isOpen)
                        .forEach(it -> facts.audience(it.audience(), new MarkFact(it.from(), null, null))));
        rows.other(reader, BehaviorRows.class).ifPresent(hers -> behavior(hers, query, facts));
        trade(rows.other(reader, TradeRows.class).orElse(TradeRows.OPENED), required, facts);
        AssetFacts.of(required)
                .add(facts, asset -> rows.look(reader, asset, AccountState.NONE, InMemoryRuleStore::state));
        TierFacts.of(required, query.rule().catalog())
                .add(
                        facts,
                        rows.other(reader, TierRows.class).orElse(TierRows.NONE).standings());
        return Optional.of(facts.build());
    }

    private static AccountState state(AccountRows account) {
        List<Hold> holds = account.openHolds();
        return new AccountState(
                account.head().debt(),
                account.head().activeAt(),
                account.openLots(),
                holds,
                holds.stream().collect(Collectors.toMap(Hold::no, hold -> account.movements(hold.no()))));
    }

    private static void behavior(BehaviorRows rows, RuleQuery query, CustomerFacts.Builder facts) {
        RequiredFacts required = query.rule().requiredFacts();
        rows.events().values().stream()
                .filter(BehaviorRows.isPast(query.retentions()).negate())
                .filter(event -> required.events().contains(event.type())
                        && TradeEvent.of(event.type()).isEmpty())
                .sorted(BY_ID)
                .forEach(event -> {
                    Map<String, FieldType> types = new HashMap<>(
                            query.rule().catalog().properties(event.type()).orElse(Map.of()));
                    types.keySet().retainAll(required.properties(event.type()));
                    facts.event(event.type(), EventFact.of(event.occurredAt(), event.properties(), types));
                });
    }

    private static void trade(TradeRows trade, RequiredFacts required, CustomerFacts.Builder facts) {
        List<TradeField.InCurrency> totals = required.fields().stream()
                .flatMap(name -> TradeField.of(name).stream())
                .toList();
        new KernelFacts(facts).totals(totals, trade.sums().totals());
        trade.orders().values().stream()
                .filter(order -> !order.cancelled())
                .sorted(Comparator.comparing(Order::occurredAt).thenComparing(Order::number))
                .forEach(order -> {
                    facts.event(TradeEvent.ORDER.type(), TradeEvent.of(order.head()));
                    TradeEvent.lines(order).forEach(line -> facts.event(TradeEvent.PURCHASE.type(), line));
                });
        trade.refunds().values().stream()
                .flatMap(List::stream)
                .forEach(refund -> facts.event(TradeEvent.REFUND.type(), TradeEvent.of(refund)));
    }
}
