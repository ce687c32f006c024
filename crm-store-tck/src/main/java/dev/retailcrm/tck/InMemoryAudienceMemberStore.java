package dev.retailcrm.tck;

import dev.retailcrm.audience.AudienceChanged;
import dev.retailcrm.audience.AudienceChoice;
import dev.retailcrm.audience.AudiencePick;
import dev.retailcrm.audience.AudienceSnapshot;
import dev.retailcrm.audience.AudienceStatus;
import dev.retailcrm.audience.AudienceStay;
import dev.retailcrm.audience.StayReason;
import dev.retailcrm.audience.spi.AudienceChunk;
import dev.retailcrm.audience.spi.AudienceFile;
import dev.retailcrm.audience.spi.AudienceFileChange;
import dev.retailcrm.audience.spi.AudienceMemberStore;
import dev.retailcrm.audience.spi.AudienceQuestion;
import dev.retailcrm.audience.spi.AudienceState;
import dev.retailcrm.audience.spi.AudienceSwap;
import dev.retailcrm.audience.spi.AudienceTally;
import dev.retailcrm.core.customer.CustomerStatus;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.spi.CustomerSnapshot;
import dev.retailcrm.core.spi.RuleQuery;
import dev.retailcrm.tck.AudienceStateRows.Drafted;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Members of audiences in memory, looked at one customer after another. Thread-safe. */
final class InMemoryAudienceMemberStore implements AudienceMemberStore {
    private final InMemoryDatabase database;

    InMemoryAudienceMemberStore(InMemoryDatabase database) {
        this.database = database;
    }

    private ValueRow<AudienceStateRows> row(TenantId tenant, String audience) {
        return database.tenant(tenant).audienceStates.computeIfAbsent(audience, first -> new ValueRow<>());
    }

    private AudienceStateRows rows(TenantId tenant, String audience) {
        return row(tenant, audience)
                .value(database.unitOfWork().joined())
                .orElseGet(() -> new AudienceStateRows(AudienceState.none(audience), Map.of()));
    }

    private AudienceRows hers(CustomerRows customer) {
        return customer.other(database.unitOfWork().joined(), AudienceRows.class)
                .orElse(AudienceRows.NONE);
    }

    private Optional<CustomerSnapshot> record(CustomerRows customer) {
        return customer.record(database.unitOfWork().joined());
    }

    private boolean isActive(CustomerRows customer) {
        return record(customer)
                .filter(it -> it.status() == CustomerStatus.ACTIVE && it.mergedInto() == null)
                .isPresent();
    }

    @Override
    public AudienceState lock(TenantId tenant, String audience) {
        database.unitOfWork().required().lock(row(tenant, audience));
        return rows(tenant, audience).state();
    }

    @Override
    public List<AudienceState> states(TenantId tenant) {
        return database.tenant(tenant).audienceStates.values().stream()
                .flatMap(it -> it.value(database.unitOfWork().joined()).stream())
                .map(AudienceStateRows::state)
                .sorted(Comparator.comparing(AudienceState::audience))
                .toList();
    }

    @Override
    public List<AudienceState> pending(TenantId tenant) {
        return states(tenant).stream()
                .filter(it -> it.run() != null || it.listing() > 0)
                .toList();
    }

    @Override
    public void write(TenantId tenant, AudienceState state) {
        put(tenant, rows(tenant, state.audience()).with(state));
    }

    private void put(TenantId tenant, AudienceStateRows rows) {
        ValueRow<AudienceStateRows> row = row(tenant, rows.state().audience());
        if (!row.isOwnedBy(database.unitOfWork().required())) {
            throw new IllegalStateException("the state of the audience is not locked");
        }
        row.put(rows);
    }

    /** Who belongs, with why, whoever is asked about. */
    private Map<CustomerId, StayReason> belonging(AudienceQuestion question) {
        Map<CustomerId, StayReason> all = new TreeMap<>();
        if (question.basis() == AudienceQuestion.Basis.ARCHIVED) {
            return all;
        }
        Set<CustomerId> holding = new HashSet<>(
                new InMemoryRuleStore(database).members(question.tenant(), question.rule(), null, Integer.MAX_VALUE));
        for (CustomerRows customer : database.tenant(question.tenant()).after(null)) {
            AudienceRows hers = hers(customer);
            AudiencePick pick = hers.pick(question.audience());
            if (!isActive(customer) || pick.choice() == AudienceChoice.OUT) {
                continue;
            }
            boolean byDefinition = holding.contains(customer.id)
                    && (question.basis() == AudienceQuestion.Basis.RULE || pick.isListed(question.listing()))
                    && question.excluded().stream().noneMatch(it -> isInSince(hers, it, question.rule()));
            if (pick.choice() == AudienceChoice.IN) {
                all.put(customer.id, StayReason.INCLUDED);
            } else if (byDefinition) {
                all.put(customer.id, StayReason.valueOf(question.basis().name()));
            }
        }
        Integer limit = question.limit();
        if (limit != null) {
            List<CustomerId> ranked = new ArrayList<>(all.keySet());
            ranked.sort(Comparator.comparing((CustomerId it) -> all.get(it) != StayReason.INCLUDED)
                    .thenComparing(question::rank)
                    .thenComparing(it -> it));
            long included = all.values().stream()
                    .filter(it -> it == StayReason.INCLUDED)
                    .count();
            long most = Math.min(Math.max(limit, included), ranked.size());
            all.keySet().retainAll(new HashSet<>(ranked.subList(0, (int) most)));
        }
        return all;
    }

    private static boolean isInSince(AudienceRows hers, String audience, RuleQuery rule) {
        return hers.stays().stream()
                .anyMatch(it -> it.audience().equals(audience)
                        && it.isOpen()
                        && !it.from().isAfter(rule.asOf()));
    }

    private Map<CustomerId, Drafted> differing(AudienceQuestion question, Predicate<CustomerId> asked) {
        Map<CustomerId, StayReason> belonging = belonging(question);
        Map<CustomerId, Drafted> differing = new TreeMap<>();
        for (CustomerRows customer : database.tenant(question.tenant()).after(null)) {
            if (asked.test(customer.id) && isActive(customer)) {
                AudienceRows hers = hers(customer);
                boolean in = hers.isIn(question.audience());
                StayReason reason = belonging.get(customer.id);
                if (reason != null && !in) {
                    differing.put(customer.id, new Drafted(true, reason));
                } else if (reason == null && in) {
                    boolean out = question.basis() != AudienceQuestion.Basis.ARCHIVED
                            && hers.pick(question.audience()).choice() == AudienceChoice.OUT;
                    differing.put(
                            customer.id,
                            new Drafted(
                                    false,
                                    out
                                            ? StayReason.EXCLUDED
                                            : StayReason.valueOf(
                                                    question.basis().name())));
                }
            }
        }
        return differing;
    }

    @Override
    public AudienceChunk draft(AudienceQuestion question, @Nullable CustomerId after, int limit) {
        List<CustomerId> step = new ArrayList<>();
        boolean whole = question.limit() != null;
        for (CustomerRows customer : database.tenant(question.tenant()).after(whole ? null : after)) {
            if (record(customer).isPresent() && (whole || step.size() < limit)) {
                step.add(customer.id);
            }
        }
        CustomerId last = whole || step.size() < limit ? null : step.get(step.size() - 1);
        Set<CustomerId> asked = new HashSet<>(step);
        AudienceStateRows rows = rows(question.tenant(), question.audience());
        put(question.tenant(), rows.and(differing(question, asked::contains)));
        return new AudienceChunk(step.size(), last);
    }

    @Override
    public void redraft(AudienceQuestion question, Set<CustomerId> customers) {
        AudienceStateRows rows = rows(question.tenant(), question.audience());
        boolean whole = question.limit() != null;
        Map<CustomerId, Drafted> kept = new TreeMap<>(rows.drafted());
        kept.keySet().removeIf(it -> whole || customers.contains(it));
        kept.putAll(differing(question, it -> whole || customers.contains(it)));
        put(question.tenant(), new AudienceStateRows(rows.state(), kept));
    }

    @Override
    public AudienceTally swap(AudienceSwap swap) {
        String key = swap.audience().key();
        boolean asked = swap.audience().status() != AudienceStatus.ARCHIVED;
        long entered = 0;
        long left = 0;
        Map<CustomerId, Drafted> drafted = rows(swap.tenant(), key).drafted();
        for (CustomerId each : drafted.keySet()) {
            CustomerRows customer = database.tenant(swap.tenant()).get(each);
            database.unitOfWork().required().lock(customer);
        }
        for (Map.Entry<CustomerId, Drafted> each : drafted.entrySet()) {
            CustomerRows customer = database.tenant(swap.tenant()).get(each.getKey());
            AudienceRows hers = hers(customer);
            boolean enters = each.getValue().enters();
            AudienceChoice contrary = enters ? AudienceChoice.OUT : AudienceChoice.IN;
            if (!isActive(customer)
                    || hers.isIn(key) == enters
                    || (asked && hers.pick(key).choice() == contrary)) {
                continue;
            }
            AudienceStay next = next(hers.last().get(key), swap, each.getValue());
            customer.put(hers.with(next));
            AudienceStay.End end = next.end();
            customer.tell(AudienceChanged.envelope(
                    swap.tenant(),
                    each.getKey(),
                    swap.audience(),
                    next.number(),
                    enters,
                    each.getValue().reason(),
                    end == null ? next.from() : end.at()));
            entered += enters ? 1 : 0;
            left += enters ? 0 : 1;
        }
        discard(swap.tenant(), key);
        return new AudienceTally(entered, left);
    }

    private static AudienceStay next(@Nullable AudienceStay last, AudienceSwap swap, Drafted drafted) {
        long version = swap.audience().version();
        if (!drafted.enters() && last != null) {
            Instant at = swap.asOf().isBefore(last.from()) ? last.from() : swap.asOf();
            return new AudienceStay(
                    last.audience(),
                    last.number(),
                    last.from(),
                    last.reason(),
                    last.version(),
                    new AudienceStay.End(at, drafted.reason(), version));
        }
        AudienceStay.End end = last == null ? null : last.end();
        Instant from = end == null || end.at().isBefore(swap.asOf()) ? swap.asOf() : end.at();
        return new AudienceStay(
                swap.audience().key(), last == null ? 1 : last.number() + 1, from, drafted.reason(), version, null);
    }

    @Override
    public void discard(TenantId tenant, String audience) {
        AudienceStateRows rows = rows(tenant, audience);
        if (!rows.drafted().isEmpty()) {
            put(tenant, new AudienceStateRows(rows.state(), Map.of()));
        }
    }

    @Override
    public AudienceTally impact(AudienceQuestion question) {
        Collection<Drafted> all = differing(question, it -> true).values();
        long entering = all.stream().filter(Drafted::enters).count();
        return new AudienceTally(entering, all.size() - entering);
    }

    @Override
    public List<CustomerId> differing(
            AudienceQuestion question, boolean coming, @Nullable CustomerId after, int limit) {
        return differing(question, it -> after == null || it.compareTo(after) > 0).entrySet().stream()
                .filter(it -> it.getValue().enters() == coming)
                .map(Map.Entry::getKey)
                .limit(limit)
                .toList();
    }

    @Override
    public Set<CustomerId> belonging(AudienceQuestion question, Collection<CustomerId> customers) {
        Set<CustomerId> belonging = new TreeSet<>(customers);
        belonging.retainAll(belonging(question).keySet());
        return belonging;
    }

    @Override
    public Map<CustomerId, AudienceFile> lockAll(TenantId tenant, Collection<CustomerId> customers) {
        Map<CustomerId, AudienceFile> files = new TreeMap<>();
        for (CustomerId customer : new TreeSet<>(customers)) {
            CustomerRows rows = database.tenant(tenant).find(customer);
            if (rows != null && record(rows).isPresent()) {
                database.unitOfWork().required().lock(rows);
                find(tenant, customer).ifPresent(it -> files.put(customer, it));
            }
        }
        return files;
    }

    @Override
    public Map<CustomerId, AudienceFile> held(TenantId tenant, Collection<CustomerId> customers) {
        Map<CustomerId, AudienceFile> files = new TreeMap<>();
        customers.forEach(customer -> find(tenant, customer)
                .ifPresent(it -> files.put(
                        customer,
                        new AudienceFile(
                                tenant, customer, it.status(), it.mergedInto(), it.stays(), it.picks(), Map.of()))));
        return files;
    }

    @Override
    public boolean apply(AudienceFileChange change) {
        CustomerRows customer = database.locked(change.tenant(), change.customer());
        AudienceFileChange.Booking booking = change.booking();
        if (booking != null && !customer.book(booking.key(), booking.booked())) {
            return false;
        }
        AudienceRows before = hers(customer);
        AudienceRows after = before.and(change);
        if (!after.equals(before)) {
            customer.put(after);
        }
        change.events().forEach(customer::tell);
        return true;
    }

    @Override
    public void applyAll(List<AudienceFileChange> changes) {
        changes.forEach(this::apply);
    }

    @Override
    public Optional<AudienceFile> find(TenantId tenant, CustomerId customer) {
        CustomerRows rows = database.tenant(tenant).find(customer);
        if (rows == null) {
            return Optional.empty();
        }
        AudienceRows hers = hers(rows);
        return record(rows)
                .map(it -> new AudienceFile(
                        tenant, customer, it.status(), it.mergedInto(), hers.last(), hers.picks(), hers.frozen()));
    }

    private List<CustomerId> active(
            TenantId tenant, @Nullable CustomerId after, int limit, Predicate<AudienceRows> asked) {
        List<CustomerId> found = new ArrayList<>();
        for (CustomerRows customer : database.tenant(tenant).after(after)) {
            if (found.size() < limit && isActive(customer) && asked.test(hers(customer))) {
                found.add(customer.id);
            }
        }
        return found;
    }

    @Override
    public List<CustomerId> members(
            TenantId tenant, String audience, @Nullable Instant at, @Nullable CustomerId after, int limit) {
        return active(
                tenant,
                after,
                limit,
                hers -> hers.stays().stream()
                        .anyMatch(it -> it.audience().equals(audience) && (at == null ? it.isOpen() : it.isAt(at))));
    }

    @Override
    public long count(TenantId tenant, String audience, @Nullable Instant at) {
        return database.scan(() ->
                (long) members(tenant, audience, at, null, Integer.MAX_VALUE).size());
    }

    @Override
    public List<AudienceStay> stays(TenantId tenant, CustomerId customer, @Nullable AudienceStay after, int limit) {
        CustomerRows rows = database.tenant(tenant).find(customer);
        return rows == null
                ? List.of()
                : hers(rows).stays().stream()
                        .filter(it -> after == null || AudienceRows.ORDER.compare(it, after) > 0)
                        .limit(limit)
                        .toList();
    }

    private ValueRow<Map<String, AudienceSnapshot>> snapshotRow(TenantId tenant) {
        return database.tenant(tenant).audienceSnapshots;
    }

    private Map<String, AudienceSnapshot> snapshotsOf(TenantId tenant) {
        return new TreeMap<>(
                snapshotRow(tenant).value(database.unitOfWork().joined()).orElse(Map.of()));
    }

    @Override
    public AudienceSnapshot freeze(TenantId tenant, AudienceSnapshot snapshot, RuleQuery rule) {
        List<CustomerId> members = new InMemoryRuleStore(database).members(tenant, rule, null, Integer.MAX_VALUE);
        for (CustomerId member : members) {
            CustomerRows customer = database.tenant(tenant).get(member);
            database.unitOfWork().required().lock(customer);
            customer.put(hers(customer).freezing(snapshot.key()));
        }
        AudienceSnapshot kept = snapshot.of(members.size());
        database.unitOfWork().required().lock(snapshotRow(tenant));
        Map<String, AudienceSnapshot> all = snapshotsOf(tenant);
        all.put(kept.key(), kept);
        snapshotRow(tenant).put(all);
        return kept;
    }

    @Override
    public List<AudienceSnapshot> snapshots(TenantId tenant) {
        return List.copyOf(snapshotsOf(tenant).values());
    }

    @Override
    public List<CustomerId> frozen(TenantId tenant, String snapshot, @Nullable CustomerId after, int limit) {
        return active(tenant, after, limit, hers -> hers.frozen().containsKey(snapshot));
    }

    @Override
    public void thaw(TenantId tenant, String snapshot) {
        for (CustomerRows customer : database.tenant(tenant).after(null)) {
            if (hers(customer).frozen().containsKey(snapshot)) {
                database.unitOfWork().required().lock(customer);
                customer.put(hers(customer).thawing(snapshot));
            }
        }
        database.unitOfWork().required().lock(snapshotRow(tenant));
        Map<String, AudienceSnapshot> all = snapshotsOf(tenant);
        all.remove(snapshot);
        snapshotRow(tenant).put(all);
    }

    @Override
    public int remove(TenantId tenant, CustomerId customer, int limit) {
        CustomerRows rows = database.locked(tenant, customer);
        AudienceRows before = hers(rows);
        AudienceRows after = before.without(limit);
        if (!after.equals(before)) {
            rows.put(after);
        }
        return before.size() - after.size();
    }
}
