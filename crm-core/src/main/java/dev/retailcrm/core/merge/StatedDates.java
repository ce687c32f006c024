package dev.retailcrm.core.merge;

import dev.retailcrm.core.customer.FieldNames;
import dev.retailcrm.core.customer.Identity;
import dev.retailcrm.core.history.FieldChange;
import dev.retailcrm.core.history.HistoryQuery;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.spi.CustomerStore;
import dev.retailcrm.core.spi.CustomerStore.Position;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** When the values of a customer were stated, by her history. Immutable once read. */
final class StatedDates {
    private static final int PART = 500;

    private final Map<String, Instant> dates = new HashMap<>();

    private StatedDates() {}

    /** Of the values she had before a version; one round trip for every 500 changes. */
    static StatedDates before(long version, CustomerStore store, TenantId tenant, CustomerId customer) {
        var stated = new StatedDates();
        Position before = new Position(version, 0);
        List<FieldChange> part;
        do {
            part = store.changes(tenant, HistoryQuery.of(customer), before, PART);
            for (FieldChange change : part) {
                stated.dates.putIfAbsent(key(change), change.statedAt());
                before = new Position(change.version(), change.line());
            }
        } while (part.size() == PART);
        return stated;
    }

    /** When the value of a field was stated; {@code null} if that is not known. */
    @Nullable
    Instant of(String field) {
        return dates.get(field);
    }

    /** When an identity was stated; {@code null} if that is not known. */
    @Nullable
    Instant of(Identity identity) {
        return dates.get(FieldNames.of(identity) + ' ' + identity.value());
    }

    private static String key(FieldChange change) {
        boolean identity = change.field().startsWith("identity.");
        return identity ? change.field() + ' ' + change.is().or(change::was).orElse("") : change.field();
    }
}
