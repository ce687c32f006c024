package dev.retailcrm.tck;

import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.spi.CustomerStore.Standing;
import dev.retailcrm.tags.spi.SyncLink;
import dev.retailcrm.tags.spi.SyncMark;
import dev.retailcrm.tags.spi.SyncRun;
import dev.retailcrm.tags.spi.SyncStore;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Synchronisation of tags in memory. Thread-safe. */
final class InMemorySyncStore implements SyncStore {
    private final InMemoryDatabase database;

    InMemorySyncStore(InMemoryDatabase database) {
        this.database = database;
    }

    private ValueRow<SyncRows> row(TenantId tenant, String channel) {
        return database.tenant(tenant).syncs.computeIfAbsent(channel, first -> new ValueRow<>());
    }

    private SyncRows rows(TenantId tenant, String channel) {
        return row(tenant, channel).value(database.unitOfWork().joined()).orElse(SyncRows.NONE);
    }

    private void change(TenantId tenant, String channel, UnaryOperator<SyncRows> change) {
        database.unitOfWork().required().lock(row(tenant, channel));
        row(tenant, channel).put(change.apply(rows(tenant, channel)));
    }

    @Override
    public Optional<SyncRun> run(TenantId tenant, String channel) {
        return Optional.ofNullable(rows(tenant, channel).run());
    }

    @Override
    public boolean record(TenantId tenant, SyncRun run) {
        database.unitOfWork().required().lock(row(tenant, run.channel()));
        SyncRun before = rows(tenant, run.channel()).run();
        if (run.version() != (before == null ? 1 : before.version() + 1)) {
            return false;
        }
        change(tenant, run.channel(), rows -> rows.with(run));
        return true;
    }

    @Override
    public List<SyncLink> links(TenantId tenant, String channel) {
        return List.copyOf(rows(tenant, channel).links().values());
    }

    @Override
    public void link(TenantId tenant, String channel, List<SyncLink> links) {
        change(tenant, channel, rows -> rows.and(links));
    }

    @Override
    public void unlink(TenantId tenant, String channel, Collection<String> ids) {
        change(tenant, channel, rows -> rows.without(ids));
    }

    private SyncMarks marks(CustomerRows rows) {
        return rows.other(database.unitOfWork().joined(), SyncMarks.class).orElse(SyncMarks.NONE);
    }

    @Override
    public Map<String, SyncMark> marks(TenantId tenant, String channel, Map<String, CustomerId> customers) {
        Map<String, SyncMark> found = new HashMap<>();
        customers.forEach((ref, customer) -> {
            CustomerRows rows = database.tenant(tenant).find(customer);
            SyncMark mark = rows == null ? null : marks(rows).find(channel, ref);
            if (mark != null) {
                found.put(ref, mark);
            }
        });
        return found;
    }

    @Override
    public void write(TenantId tenant, String channel, SyncMark mark) {
        CustomerRows rows = database.tenant(tenant).get(mark.customer());
        database.unitOfWork().required().lock(rows);
        rows.put(marks(rows).and(channel, mark));
    }

    @Override
    public List<SyncMark> open(TenantId tenant, String channel, @Nullable SyncMark after, int limit) {
        List<SyncMark> found = new ArrayList<>();
        for (CustomerRows rows : database.tenant(tenant).after(null)) {
            for (SyncMark mark : marks(rows).of(channel).values()) {
                boolean behind = after == null || compare(mark, after) > 0;
                if (behind && found.size() < limit && (!mark.asked().isEmpty() || mark.problem() != null)) {
                    found.add(mark);
                }
            }
        }
        return found;
    }

    private static int compare(SyncMark one, SyncMark other) {
        int byCustomer = one.customer().compareTo(other.customer());
        return byCustomer != 0 ? byCustomer : one.ref().compareTo(other.ref());
    }

    @Override
    public int remove(TenantId tenant, CustomerId customer, int limit) {
        CustomerRows rows = database.tenant(tenant).get(customer);
        database.unitOfWork().required().lock(rows);
        SyncMarks before = marks(rows);
        SyncMarks after = before.without(limit);
        rows.put(after);
        return before.size() - after.size();
    }

    @Override
    public SortedMap<String, List<SyncMark>> of(TenantId tenant, CustomerId customer) {
        SortedMap<String, List<SyncMark>> found = new TreeMap<>();
        CustomerRows rows = database.tenant(tenant).find(customer);
        if (rows != null) {
            marks(rows).byChannel().forEach((channel, all) -> found.put(channel, List.copyOf(all.values())));
        }
        return found;
    }

    @Override
    public Map<CustomerId, Standing> lock(TenantId tenant, Collection<CustomerId> customers) {
        InMemoryTransaction transaction = database.unitOfWork().required();
        for (CustomerId customer : new TreeSet<>(customers)) {
            CustomerRows rows = database.tenant(tenant).find(customer);
            if (rows != null) {
                transaction.lock(rows);
            }
        }
        return database.customers().standings(tenant, customers);
    }
}
