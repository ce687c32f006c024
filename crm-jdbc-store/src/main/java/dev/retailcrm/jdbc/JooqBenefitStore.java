package dev.retailcrm.jdbc;

import dev.retailcrm.assets.benefit.BenefitAct;
import dev.retailcrm.assets.benefit.BenefitEntry;
import dev.retailcrm.assets.benefit.BenefitId;
import dev.retailcrm.assets.benefit.UsePeriod.Span;
import dev.retailcrm.assets.redeem.RedeemItem;
import dev.retailcrm.assets.spi.BenefitChange;
import dev.retailcrm.assets.spi.BenefitHolder;
import dev.retailcrm.assets.spi.BenefitRow;
import dev.retailcrm.assets.spi.BenefitStore;
import dev.retailcrm.assets.spi.BenefitTake;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.spi.CustomerStore.Standing;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Grants, cards and redemptions in tables of their own, see {@link BenefitTable}, what became of them in {@code crm_benefit_entry}, and stocks in
 * {@code crm_exchange_taken}. What is a customer's is locked with her record in {@code crm_customer}. Thread-safe.
 */
final class JooqBenefitStore implements BenefitStore {
    private static final String ENTRIES =
            "SELECT customer_id, seq, act, act_id, item, amount, at_ms, booked_ms, store_id, till, staff_id, reference"
                    + " FROM crm_benefit_entry WHERE tenant_id = ? AND customer_id = ?";

    private final JdbcUnitOfWork work;

    JooqBenefitStore(JdbcUnitOfWork work) {
        this.work = work;
    }

    /** A statement that reads what the customer's lock protects. */
    private static String fresh(Session session, String query) {
        return session.mustReadFresh() ? query + " LOCK IN SHARE MODE" : query;
    }

    @Override
    public Map<CustomerId, BenefitHolder> lock(TenantId tenant, Collection<CustomerId> customers) {
        Session session = work.session();
        Map<CustomerId, Standing> records = RecordLock.locked(session, tenant, customers);
        Map<CustomerId, BenefitHolder> found = new HashMap<>();
        records.forEach((customer, record) -> found.put(
                customer,
                new BenefitHolder(customer, record.status(), record.mergedInto(), last(session, tenant, customer))));
        return found;
    }

    private static long last(Session session, TenantId tenant, CustomerId customer) {
        return session
                .query(
                        fresh(
                                session,
                                "SELECT seq FROM crm_benefit_entry WHERE tenant_id = ? AND customer_id = ?"
                                        + " ORDER BY seq DESC LIMIT 1"),
                        statement -> hers(statement, tenant, customer),
                        row -> row.getLong(1))
                .stream()
                .findFirst()
                .orElse(0L);
    }

    private static Bind hers(PreparedStatement statement, TenantId tenant, CustomerId customer) throws SQLException {
        return new Bind(statement).text(tenant.value()).number(customer.value());
    }

    @Override
    public <T extends BenefitRow> List<T> list(
            TenantId tenant, CustomerId customer, Class<T> type, @Nullable BenefitId after, int limit) {
        Session session = work.session();
        BenefitTable<T> table = BenefitTable.of(type);
        return session.query(
                fresh(session, table.select() + " AND " + table.id() + " > ? ORDER BY " + table.id() + " LIMIT ?"),
                statement -> hers(statement, tenant, customer)
                        .number(after == null ? 0 : after.value())
                        .integer(limit),
                table.reader());
    }

    @Override
    public <T extends BenefitRow> Optional<T> find(TenantId tenant, CustomerId customer, Class<T> type, BenefitId id) {
        Session session = work.session();
        BenefitTable<T> table = BenefitTable.of(type);
        return session
                .query(
                        fresh(session, table.select() + " AND " + table.id() + " = ?"),
                        statement -> hers(statement, tenant, customer).number(id.value()),
                        table.reader())
                .stream()
                .findFirst();
    }

    @Override
    public long used(TenantId tenant, CustomerId customer, RedeemItem item, Span span) {
        Session session = work.session();
        return session
                .query(
                        fresh(
                                session,
                                "SELECT amount - reversed FROM crm_redemption WHERE tenant_id = ? AND customer_id = ?"
                                        + " AND kind = ? AND item_key = ? AND at_ms >= ? AND at_ms < ?"),
                        statement -> item(hers(statement, tenant, customer), item)
                                .instant(span.from())
                                .instant(span.to()),
                        row -> row.getLong(1))
                .stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    private static Bind item(Bind bind, RedeemItem item) throws SQLException {
        return bind.text(item.kind().name()).text(item.key());
    }

    @Override
    public boolean isPassUsed(TenantId tenant, CustomerId customer, RedeemItem item, String pass) {
        Session session = work.session();
        return !session.query(
                        fresh(
                                session,
                                "SELECT redemption_id FROM crm_redemption WHERE tenant_id = ? AND customer_id = ?"
                                        + " AND kind = ? AND item_key = ? AND pass = ?"),
                        statement ->
                                item(hers(statement, tenant, customer), item).text(pass),
                        row -> row.getLong(1))
                .isEmpty();
    }

    @Override
    public Outcome apply(BenefitChange change) {
        Session session = work.session();
        TenantId tenant = change.tenant();
        if (!JooqRequestStore.book(session, tenant, change.customer(), change.key(), change.booked())) {
            return Outcome.REPEATED;
        }
        BenefitTake take = change.take();
        if (take != null && !take(session, tenant, take)) {
            JooqRequestStore.unbook(session, tenant, change.customer(), change.key());
            return Outcome.TOO_FEW;
        }
        write(session, tenant, change.row(), change.isNew());
        insert(session, tenant, change.entry());
        change.events().forEach(it -> JooqOutboxStore.append(session, it));
        return Outcome.WRITTEN;
    }

    private static <T extends BenefitRow> void write(Session session, TenantId tenant, T row, boolean isNew) {
        @SuppressWarnings("unchecked")
        BenefitTable<T> table = BenefitTable.of((Class<T>) row.getClass());
        int written = isNew
                ? session.update(
                        table.insert(),
                        statement -> new Bind(statement).text(tenant.value()).row(table.columns(), row))
                : session.update(
                        table.update(),
                        statement -> new Bind(statement)
                                .row(table.changed(), row)
                                .text(tenant.value())
                                .number(row.customer().value())
                                .number(row.id().value()));
        if (written != 1) {
            throw CoreError.STORE_FAILED.because("a row was changed without the lock of the customer");
        }
    }

    private static void insert(Session session, TenantId tenant, BenefitEntry entry) {
        session.update(
                "INSERT INTO crm_benefit_entry (tenant_id, customer_id, seq, act, act_id, item, amount, at_ms, booked_ms,"
                        + " store_id, till, staff_id, reference) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                statement -> new Bind(statement)
                        .text(tenant.value())
                        .number(entry.customer().value())
                        .number(entry.seq())
                        .text(entry.act().name())
                        .number(entry.id().value())
                        .text(entry.item())
                        .number(entry.amount())
                        .instant(entry.at())
                        .instant(entry.booked())
                        .text(BenefitTable.store(entry.store()))
                        .text(entry.till())
                        .text(BenefitTable.staff(entry.staff()))
                        .text(entry.reference()));
    }

    /** Takes from a stock, whose row is made by whoever takes from it first; false if too little is left. */
    private static boolean take(Session session, TenantId tenant, BenefitTake take) {
        if (add(session, tenant, take)) {
            return true;
        }
        if (lock(session, tenant, take.offer()) || take.count() < 0 || take.count() > take.most()) {
            return false;
        }
        KeyClaim.claim(() -> make(session, tenant, take.offer()), () -> lock(session, tenant, take.offer()));
        return add(session, tenant, take);
    }

    private static boolean add(Session session, TenantId tenant, BenefitTake take) {
        return session.update(
                        "UPDATE crm_exchange_taken SET taken = taken + ? WHERE tenant_id = ? AND offer_key = ?"
                                + " AND taken <= ? AND taken >= ?",
                        statement -> new Bind(statement)
                                .number(take.count())
                                .text(tenant.value())
                                .text(take.offer())
                                .number(take.count() < 0 ? Long.MAX_VALUE : take.most() - take.count())
                                .number(Math.max(0, -take.count())))
                == 1;
    }

    private static boolean lock(Session session, TenantId tenant, String offer) {
        boolean found = !session.query(
                        "SELECT taken FROM crm_exchange_taken WHERE tenant_id = ? AND offer_key = ? FOR UPDATE",
                        statement -> new Bind(statement).text(tenant.value()).text(offer),
                        row -> row.getLong(1))
                .isEmpty();
        session.markLocking();
        return found;
    }

    private static boolean make(Session session, TenantId tenant, String offer) {
        String insert = "INSERT INTO crm_exchange_taken (tenant_id, offer_key, taken) VALUES (?, ?, 0)";
        Session.Binder binder =
                statement -> new Bind(statement).text(tenant.value()).text(offer);
        return session.engine() == Engine.POSTGRESQL
                ? session.update(insert + " ON CONFLICT DO NOTHING", binder) == 1
                : session.insertUnlessPresent(insert, binder);
    }

    @Override
    public List<BenefitEntry> entries(TenantId tenant, CustomerId customer, long after, int limit) {
        Session session = work.session();
        return session.query(
                fresh(session, ENTRIES + " AND seq > ? ORDER BY seq LIMIT ?"),
                statement -> hers(statement, tenant, customer).number(after).integer(limit),
                JooqBenefitStore::entry);
    }

    private static BenefitEntry entry(ResultSet row) throws SQLException {
        return new BenefitEntry(
                CustomerId.of(row.getLong(1)),
                row.getLong(2),
                BenefitAct.valueOf(row.getString(3)),
                BenefitId.of(row.getLong(4)),
                row.getString(5),
                row.getLong(6),
                Instant.ofEpochMilli(row.getLong(7)),
                Instant.ofEpochMilli(row.getLong(8)),
                BenefitTable.store(row.getString(9)),
                row.getString(10),
                BenefitTable.staff(row.getString(11)),
                row.getString(12));
    }

    @Override
    public long taken(TenantId tenant, String offer) {
        return work
                .session()
                .query(
                        "SELECT taken FROM crm_exchange_taken WHERE tenant_id = ? AND offer_key = ?",
                        statement -> new Bind(statement).text(tenant.value()).text(offer),
                        row -> row.getLong(1))
                .stream()
                .findFirst()
                .orElse(0L);
    }

    @Override
    public void adopt(TenantId tenant, CustomerId from, CustomerId to) {
        Session session = work.session();
        for (BenefitTable<?> table : BenefitTable.ALL) {
            session.update(
                    "UPDATE " + table.name() + " SET customer_id = ? WHERE tenant_id = ? AND customer_id = ?",
                    statement -> new Bind(statement)
                            .number(to.value())
                            .text(tenant.value())
                            .number(from.value()));
        }
    }

    @Override
    public void disown(TenantId tenant, CustomerId from, CustomerId to, Collection<CustomerId> homes) {
        Session session = work.session();
        if (homes.isEmpty()) {
            return;
        }
        IdList ids = new IdList(session.engine(), homes);
        for (BenefitTable<?> table : BenefitTable.ALL) {
            session.update(
                    "UPDATE " + table.name() + " SET customer_id = ? WHERE tenant_id = ? AND customer_id = ?"
                            + " AND home_id " + ids.in(),
                    statement -> ids.bind(new Bind(statement)
                            .number(from.value())
                            .text(tenant.value())
                            .number(to.value())));
        }
    }

    @Override
    public int remove(TenantId tenant, CustomerId customer, int limit) {
        Session session = work.session();
        int removed = 0;
        for (BenefitTable<?> table : BenefitTable.ALL) {
            removed += remove(session, tenant, customer, table.name(), table.id(), limit - removed);
        }
        return removed + remove(session, tenant, customer, "crm_benefit_entry", "seq", limit - removed);
    }

    private static int remove(
            Session session, TenantId tenant, CustomerId customer, String table, String id, int limit) {
        if (limit == 0) {
            return 0;
        }
        List<Long> ids = session.query(
                fresh(
                        session,
                        "SELECT " + id + " FROM " + table + " WHERE tenant_id = ? AND customer_id = ? ORDER BY " + id
                                + " LIMIT ?"),
                statement -> hers(statement, tenant, customer).integer(limit),
                row -> row.getLong(1));
        if (!ids.isEmpty()) {
            session.update(
                    "DELETE FROM " + table + " WHERE tenant_id = ? AND customer_id = ? AND " + id + " <= ?",
                    statement -> hers(statement, tenant, customer).number(ids.get(ids.size() - 1)));
        }
        return ids.size();
    }

    @Override
    public Map<CustomerId, Instant> lastAt(TenantId tenant, Collection<CustomerId> customers) {
        Map<CustomerId, Instant> found = new HashMap<>();
        if (customers.isEmpty()) {
            return found;
        }
        Session session = work.session();
        IdList ids = new IdList(session.engine(), customers);
        session.query(
                "SELECT customer_id, MAX(at_ms) FROM crm_redemption WHERE tenant_id = ? AND customer_id " + ids.in()
                        + " GROUP BY customer_id",
                statement -> ids.bind(new Bind(statement).text(tenant.value())),
                row -> found.put(CustomerId.of(row.getLong(1)), Instant.ofEpochMilli(row.getLong(2))));
        return found;
    }
}
