package dev.retailcrm.core.field;

import dev.retailcrm.core.history.FieldChange;
import dev.retailcrm.core.history.HistoryQuery;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.merge.FieldOutcome;
import dev.retailcrm.core.merge.MergeConflict;
import dev.retailcrm.core.merge.MergePair;
import dev.retailcrm.core.merge.MergePart;
import dev.retailcrm.core.merge.MergeSide;
import dev.retailcrm.core.merge.StatedDates;
import dev.retailcrm.core.spi.CustomerChange;
import dev.retailcrm.core.spi.CustomerSnapshot;
import dev.retailcrm.core.spi.CustomerStore.Position;
import dev.retailcrm.core.spi.FieldPorts;
import dev.retailcrm.core.spi.FieldWrite;
import dev.retailcrm.core.spi.LookupKey;
import dev.retailcrm.core.spi.MergeParticipant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Custom fields of two customers who are merged: the survivor gets the value that the strategy says, by the name {@code custom.<key>}. The
 * merged customer keeps hers, unseen, but for unique ones, which are claimed by whoever shows them. Thread-safe.
 */
public final class FieldMerge implements MergeParticipant {
    private static final String NAME = "fields";
    private static final int MOST_LINES = 200;

    private final FieldPorts ports;

    /** On these ports. */
    public FieldMerge(FieldPorts ports) {
        this.ports = ports;
    }

    @Override
    public String name() {
        return NAME;
    }

    /** {@inheritDoc} Nothing but the records of both. */
    @Override
    public void lock(MergePair pair) {}

    @Override
    public MergePart preview(MergePair pair) {
        List<MergeConflict> conflicts = new ArrayList<>();
        long taken = 0;
        for (FieldOutcome outcome : outcomes(pair)) {
            taken += outcome.side() == MergeSide.MERGED ? 1 : 0;
            if (outcome.side() == MergeSide.OPEN) {
                conflicts.add(MergeConflict.blocking(NAME, outcome.field(), "TO_BE_CHOSEN"));
            }
        }
        return MergePart.of(NAME, Map.of("values", taken), conflicts);
    }

    @Override
    public MergePart merge(MergePair pair) {
        Map<String, FieldDefinition> fields = definitions(pair);
        Map<String, FieldValue> hers = values(pair, pair.survivor());
        Map<String, FieldValue> others = values(pair, pair.merged());
        StatedDates dates = dates(pair, pair.merged());
        List<FieldOutcome> taken = outcomes(pair).stream()
                .filter(it -> it.side() == MergeSide.MERGED)
                .toList();
        List<FieldWrite> writes = new ArrayList<>();
        for (FieldOutcome outcome : taken) {
            String key = outcome.field().substring(CustomFields.PREFIX.length());
            if (!Objects.equals(hers.get(key), others.get(key))) {
                writes.add(new FieldWrite(field(fields, key), Optional.ofNullable(others.get(key))));
            }
        }
        look(pair, pair.merged(), List.of(), unique(fields, others));
        long version = writes.isEmpty() ? 0 : write(pair, pair.survivor(), writes, hers, dates);
        return new MergePart(NAME, Map.of("values", (long) taken.size()), List.of(), Long.toString(version));
    }

    @Override
    public List<MergeConflict> previewUnmerge(MergePair pair, MergePart merged) {
        List<MergeConflict> conflicts = new ArrayList<>();
        undone(pair, merged, conflicts);
        return conflicts;
    }

    @Override
    public List<MergeConflict> unmerge(MergePair pair, MergePart merged) {
        List<MergeConflict> conflicts = new ArrayList<>();
        List<FieldWrite> writes = undone(pair, merged, conflicts);
        if (!writes.isEmpty()) {
            write(
                    pair,
                    pair.survivor(),
                    writes,
                    values(pair, pair.survivor()),
                    StatedDates.before(
                            Long.parseLong(merged.receipt()), ports.customers(), pair.tenant(), pair.survivor()));
        }
        Map<String, FieldDefinition> fields = definitions(pair);
        List<LookupKey> claims = new ArrayList<>();
        List<FieldWrite> lost = new ArrayList<>();
        for (LookupKey key : unique(fields, values(pair, pair.merged()))) {
            if (ports.customers().holder(pair.tenant(), key).isEmpty()) {
                claims.add(key);
            } else {
                conflicts.add(MergeConflict.told(NAME, CustomFields.PREFIX + key.issuer(), "VALUE_TAKEN", 0));
                lost.add(new FieldWrite(field(fields, key.issuer()), Optional.empty()));
            }
        }
        look(pair, pair.merged(), claims, List.of());
        if (!lost.isEmpty()) {
            ports.store().write(pair.tenant(), pair.merged(), lost);
        }
        return conflicts;
    }

    /** What the merge wrote for the survivor, backwards, where nothing was changed since. */
    private List<FieldWrite> undone(MergePair pair, MergePart merged, List<MergeConflict> conflicts) {
        long version = Long.parseLong(merged.receipt());
        Map<String, FieldDefinition> fields = definitions(pair);
        Map<String, FieldValue> now = values(pair, pair.survivor());
        List<FieldWrite> writes = new ArrayList<>();
        for (FieldChange line : version == 0 ? List.<FieldChange>of() : lines(pair, version)) {
            String key = line.field().substring(CustomFields.PREFIX.length());
            FieldDefinition field = field(fields, key);
            FieldValue value = now.get(key);
            if (Objects.equals(value == null ? null : FieldText.of(value), line.after())) {
                Optional<FieldValue> back = line.was().map(text -> FieldText.parse(field.type(), text));
                boolean taken = field.unique()
                        && back.filter(it -> isTaken(pair, key, it)).isPresent();
                writes.add(new FieldWrite(field, taken ? Optional.empty() : back));
                if (taken) {
                    conflicts.add(MergeConflict.told(NAME, line.field(), "VALUE_TAKEN", 0));
                }
            } else {
                conflicts.add(MergeConflict.told(NAME, line.field(), "CHANGED_SINCE", 0));
            }
        }
        return writes;
    }

    private boolean isTaken(MergePair pair, String key, FieldValue value) {
        return ports.customers()
                .holder(pair.tenant(), LookupKey.field(key, value))
                .filter(holder -> !holder.equals(pair.survivor()))
                .isPresent();
    }

    private List<FieldChange> lines(MergePair pair, long version) {
        return ports
                .customers()
                .changes(pair.tenant(), HistoryQuery.of(pair.survivor()), new Position(version + 1, 0), MOST_LINES)
                .stream()
                .filter(line -> line.version() == version)
                .toList();
    }

    private List<FieldOutcome> outcomes(MergePair pair) {
        Map<String, FieldValue> hers = values(pair, pair.survivor());
        Map<String, FieldValue> others = values(pair, pair.merged());
        StatedDates herDates = dates(pair, pair.survivor());
        StatedDates otherDates = dates(pair, pair.merged());
        TreeSet<String> keys = new TreeSet<>(hers.keySet());
        keys.addAll(others.keySet());
        return keys.stream()
                .map(key -> FieldOutcome.decide(
                        CustomFields.PREFIX + key,
                        pair.strategy(),
                        text(hers.get(key)),
                        text(others.get(key)),
                        herDates.of(CustomFields.PREFIX + key),
                        otherDates.of(CustomFields.PREFIX + key)))
                .toList();
    }

    private static @Nullable String text(@Nullable FieldValue value) {
        return value == null ? null : FieldText.of(value);
    }

    /** Writes values with their history; the version of the customer after it. */
    private long write(
            MergePair pair,
            CustomerId customer,
            List<FieldWrite> writes,
            Map<String, FieldValue> before,
            StatedDates dates) {
        CustomerSnapshot record = record(pair, customer);
        Map<String, FieldValue> after = new HashMap<>(before);
        writes.forEach(it -> it.value()
                .ifPresentOrElse(
                        value -> after.put(it.field().key(), value),
                        () -> after.remove(it.field().key())));
        var decision = new ValueDecision(writes, before, after);
        CustomerChange change = decision.change(record, key(record), 0, pair.at(), pair.actor(), dates::of);
        apply(change);
        ports.store().write(pair.tenant(), customer, writes);
        return change.after().version();
    }

    /** Claims and releases the look-up of unique values. */
    private void look(MergePair pair, CustomerId customer, List<LookupKey> claims, List<LookupKey> releases) {
        if (claims.isEmpty() && releases.isEmpty()) {
            return;
        }
        CustomerSnapshot record = record(pair, customer);
        List<String> keys = new ArrayList<>();
        claims.forEach(it -> keys.add(it.issuer()));
        releases.forEach(it -> keys.add(it.issuer()));
        apply(ValueDecision.told(record, keys, key(record), pair.at()).lookedUpBy(claims, releases));
    }

    private void apply(CustomerChange change) {
        if (!ports.customers().apply(change).written()) {
            throw CoreError.TRANSACTION_LOST.because("a unique value was taken meanwhile");
        }
    }

    private static RequestKey key(CustomerSnapshot record) {
        return RequestKey.reserved("merge/" + record.id() + "/" + record.version() + "/fields");
    }

    private static List<LookupKey> unique(Map<String, FieldDefinition> fields, Map<String, FieldValue> values) {
        return values.entrySet().stream()
                .filter(it -> field(fields, it.getKey()).unique())
                .map(it -> LookupKey.field(it.getKey(), it.getValue()))
                .sorted()
                .toList();
    }

    private CustomerSnapshot record(MergePair pair, CustomerId customer) {
        return ports.customers()
                .lock(pair.tenant(), customer)
                .orElseThrow(() -> CoreError.UNKNOWN_CUSTOMER.because("there is no customer %s", customer));
    }

    private StatedDates dates(MergePair pair, CustomerId customer) {
        return StatedDates.before(Long.MAX_VALUE, ports.customers(), pair.tenant(), customer);
    }

    private Map<String, FieldValue> values(MergePair pair, CustomerId customer) {
        return ports.store().values(pair.tenant(), List.of(customer)).getOrDefault(customer, Map.of());
    }

    private Map<String, FieldDefinition> definitions(MergePair pair) {
        Map<String, FieldDefinition> fields = new TreeMap<>();
        ports.store().definitions(pair.tenant()).forEach(it -> fields.put(it.key(), it));
        return fields;
    }

    private static FieldDefinition field(Map<String, FieldDefinition> fields, String key) {
        FieldDefinition field = fields.get(key);
        if (field == null) {
            throw CoreError.UNKNOWN_FIELD.with(Map.of("field", key), "there is no field %s", key);
        }
        return field;
    }
}
