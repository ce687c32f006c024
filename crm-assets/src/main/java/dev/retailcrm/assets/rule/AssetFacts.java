package dev.retailcrm.assets.rule;

import dev.retailcrm.assets.ledger.Asset;
import dev.retailcrm.assets.rule.AccountState.Era;
import dev.retailcrm.assets.rule.AccountState.Rest;
import dev.retailcrm.core.field.FieldValue;
import dev.retailcrm.core.rule.CustomerFacts;
import dev.retailcrm.core.rule.MarkFact;
import dev.retailcrm.core.rule.RequiredFacts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What customers have in accounts, as facts: for stores. Immutable. */
public final class AssetFacts {
    private final List<AssetField> fields;

    private AssetFacts(List<AssetField> fields) {
        this.fields = fields;
    }

    /** What is required of accounts. */
    public static AssetFacts of(RequiredFacts required) {
        return new AssetFacts(required.fields().stream()
                .flatMap(name -> AssetField.of(name).stream())
                .toList());
    }

    /** Of which assets something is required; none if nothing is. */
    public Set<Asset> assets() {
        return fields.stream().map(AssetField::asset).collect(Collectors.toUnmodifiableSet());
    }

    /** Gathers what is required of a customer. */
    public void add(CustomerFacts.Builder facts, Function<Asset, AccountState> accounts) {
        for (AssetField field : fields) {
            AccountState account = accounts.apply(field.asset());
            List<MarkFact> values = values(field, account);
            if (values.size() == 1 && values.get(0).equals(always(values.get(0).value()))) {
                FieldValue value = values.get(0).value();
                if (value != null) {
                    facts.field(field.name(), value);
                }
            } else if (!values.isEmpty()) {
                facts.field(field.name(), values);
            }
        }
    }

    private static MarkFact always(@Nullable FieldValue value) {
        return new MarkFact(Instant.EPOCH, null, value);
    }

    private static List<MarkFact> values(AssetField field, AccountState account) {
        return switch (field.what()) {
            case AVAILABLE -> amounts(field, account, rest -> rest.lot().availableFrom());
            case EXPIRING ->
                amounts(field, account, rest -> {
                    Instant expiry = rest.lot().expiresAt();
                    return expiry == null ? null : expiry.minus(field.ahead()).plusMillis(1);
                });
            case NEXT_EXPIRY -> expiries(account);
            case LAST_ACTIVE ->
                account.activeAt() == null ? List.of() : List.of(always(FieldValue.instant(account.activeAt())));
        };
    }

    /**
     * The sums of what counts.
     *
     * @param start from when on it counts, until it lapses; {@code null} if it never does
     */
    private static List<MarkFact> amounts(
            AssetField field, AccountState account, Function<Rest, @Nullable Instant> start) {
        List<MarkFact> values = new ArrayList<>();
        for (Era era : account.eras()) {
            TreeMap<Instant, Long> changes = new TreeMap<>();
            changes.put(era.from(), 0L);
            for (Rest rest : era.rests()) {
                Instant first = start.apply(rest);
                Instant end = earlier(rest.lot().expiresAt(), era.until());
                Instant from = first == null || first.isAfter(era.from()) ? first : era.from();
                if (from != null && (end == null || from.isBefore(end))) {
                    changes.merge(from, rest.amount(), Long::sum);
                    if (end != null) {
                        changes.merge(end, -rest.amount(), Long::sum);
                    }
                }
            }
            long sum = 0;
            for (Map.Entry<Instant, Long> change : changes.entrySet()) {
                sum += change.getValue();
                if (era.until() == null || change.getKey().isBefore(era.until())) {
                    add(values, change.getKey(), field.amount(sum));
                }
            }
        }
        return values;
    }

    private static List<MarkFact> expiries(AccountState account) {
        List<MarkFact> values = new ArrayList<>();
        for (Era era : account.eras()) {
            TreeSet<Instant> ends = new TreeSet<>();
            for (Rest rest : era.rests()) {
                Instant expiry = rest.lot().expiresAt();
                if (expiry != null && expiry.isAfter(era.from())) {
                    ends.add(expiry);
                }
            }
            Instant from = era.from();
            for (Instant end : ends) {
                if (era.until() == null || from.isBefore(era.until())) {
                    add(values, from, FieldValue.instant(end));
                    from = end;
                }
            }
            if (era.until() == null || from.isBefore(era.until())) {
                add(values, from, null);
            }
        }
        values.removeIf(it -> it.value() == null);
        return values;
    }

    /** From an instant on it is this, until the next that is added. */
    private static void add(List<MarkFact> values, Instant from, @Nullable FieldValue value) {
        if (!values.isEmpty()) {
            int last = values.size() - 1;
            MarkFact before = values.get(last);
            if (Objects.equals(before.value(), value)) {
                return;
            }
            values.set(last, new MarkFact(before.from(), from, before.value()));
        }
        values.add(new MarkFact(from, null, value));
    }

    private static @Nullable Instant earlier(@Nullable Instant one, @Nullable Instant other) {
        return one == null || (other != null && other.isBefore(one)) ? other : one;
    }
}
