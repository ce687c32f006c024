package dev.retailcrm.jdbc;

import static dev.retailcrm.jdbc.schema.Tables.CRM_EARNING;
import static dev.retailcrm.jdbc.schema.Tables.CRM_EARN_USE;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.nullif;
import static org.jooq.impl.DSL.row;
import static org.jooq.impl.DSL.select;

import com.google.common.collect.Iterables;
import dev.retailcrm.assets.earn.CapUse;
import dev.retailcrm.assets.earn.EarnText;
import dev.retailcrm.assets.earn.Earned;
import dev.retailcrm.assets.earn.Occasion;
import dev.retailcrm.assets.spi.EarnChange;
import dev.retailcrm.assets.spi.EarnStore;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.kernel.StoreId;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.jdbc.schema.tables.CrmEarnUse;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jooq.Condition;
import org.jspecify.annotations.Nullable;

/**
 * What customers earned, in {@code crm_earning}, and what they used of caps, in {@code crm_earn_use}. Both are guarded by the wallet's lock.
 * Thread-safe.
 */
final class JooqEarnStore implements EarnStore {
    private static final int KEYS = 200;

    private static final String EARNED =
            "SELECT customer_id, earning_no, request_key, occasion, at_ms, store_id, reference, outcome, returned, released_ms"
                    + " FROM crm_earning WHERE tenant_id = ? AND customer_id = ?";

    private final JdbcUnitOfWork work;

    JooqEarnStore(JdbcUnitOfWork work) {
        this.work = work;
    }

    /** A statement that reads what the wallet's lock protects. */
    private static String fresh(Session session, String query) {
        return session.mustReadFresh() ? query + " LOCK IN SHARE MODE" : query;
    }

    @Override
    public List<CapUse> uses(TenantId tenant, CustomerId customer, Collection<String> periods) {
        if (periods.isEmpty()) {
            return List.of();
        }
        Session session = work.session();
        return session.query(
                fresh(session, usesSql(periods)),
                statement -> bindUses(new Bind(statement), tenant, customer, periods),
                JooqEarnStore::use);
    }

    @Override
    public long last(TenantId tenant, CustomerId customer) {
        Session session = work.session();
        return session
                .query(
                        fresh(
                                session,
                                "SELECT earning_no FROM crm_earning WHERE tenant_id = ? AND customer_id = ?"
                                        + " ORDER BY earning_no DESC LIMIT 1"),
                        statement -> new Bind(statement).text(tenant.value()).number(customer.value()),
                        row -> row.getLong(1))
                .stream()
                .findFirst()
                .orElse(0L);
    }

    @Override
    public boolean apply(EarnChange change) {
        Session session = work.session();
        TenantId tenant = change.tenant();
        String outcome = EarnText.of(change.earned().outcome());
        String returned = EarnText.of(change.earned().returned());
        if (!JooqRequestStore.book(session, tenant, change.customer(), change.key(), change.booked())) {
            return false;
        }
        int written = change.isNew()
                ? insert(session, tenant, change.earned(), outcome, returned)
                : update(session, tenant, change.earned(), returned);
        if (written != 1) {
            throw CoreError.STORE_FAILED.because("what was earned was changed without the lock of the wallet");
        }
        count(session, change);
        return true;
    }

    private static int insert(Session session, TenantId tenant, Earned earned, String outcome, String returned) {
        return session.update(
                "INSERT INTO crm_earning (tenant_id, customer_id, earning_no, request_key, occasion, at_ms, store_id,"
                        + " reference, outcome, returned) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                statement -> new Bind(statement)
                        .text(tenant.value())
                        .number(earned.customer().value())
                        .number(earned.no())
                        .text(earned.key().value())
                        .text(
                                earned.occasion() == null
                                        ? null
                                        : earned.occasion().name())
                        .instant(earned.at())
                        .text(earned.store() == null ? null : earned.store().value())
                        .text(earned.reference())
                        .text(outcome)
                        .text(returned));
    }

    /** What a customer used over periods, with other statements. */
    List<CapUse> addUses(Together together, TenantId tenant, CustomerId customer, Collection<String> periods) {
        return together.query(usesSql(periods), bind -> bindUses(bind, tenant, customer, periods), JooqEarnStore::use);
    }

    private static String usesSql(Collection<String> periods) {
        return "SELECT program_key, rule_key, period, points, times FROM crm_earn_use WHERE tenant_id = ? AND"
                + " customer_id = ? AND period IN ("
                + String.join(", ", Collections.nCopies(periods.size(), "?"))
                + ")";
    }

    private static void bindUses(Bind bind, TenantId tenant, CustomerId customer, Collection<String> periods)
            throws SQLException {
        bind.text(tenant.value()).number(customer.value());
        for (String period : periods) {
            bind.text(period);
        }
    }

    private static CapUse use(ResultSet row) throws SQLException {
        return new CapUse(row.getString(1), row.getString(2), row.getString(3), row.getLong(4), row.getLong(5));
    }

    private static int update(Session session, TenantId tenant, Earned earned, String returned) {
        return session.update(
                "UPDATE crm_earning SET returned = ?, released_ms = ? WHERE tenant_id = ? AND customer_id = ?"
                        + " AND earning_no = ?",
                statement -> new Bind(statement)
                        .text(returned)
                        .instant(earned.releasedAt())
                        .text(tenant.value())
                        .number(earned.customer().value())
                        .number(earned.no()));
    }

    /** Adds to the rows there are, which the lock keeps from changing, and makes those there are not. */
    private void count(Session session, EarnChange change) {
        if (change.uses().isEmpty()) {
            return;
        }
        Set<CapUse.Key> known = known(session, change);
        List<CapUse> more = new ArrayList<>();
        List<CapUse> first = new ArrayList<>();
        change.uses().forEach(it -> (known.contains(it.key()) ? more : first).add(it));
        session.each(
                "UPDATE crm_earn_use SET points = points + ?, times = times + ? WHERE tenant_id = ? AND customer_id = ?"
                        + " AND period = ? AND program_key = ? AND rule_key = ? AND home_id = 0",
                more,
                (statement, use) -> bind(new Bind(statement), change, use));
        session.each(
                "INSERT INTO crm_earn_use (points, times, tenant_id, customer_id, period, program_key, rule_key, home_id)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, 0)",
                first,
                (statement, use) -> bind(new Bind(statement), change, use));
    }

    private static Set<CapUse.Key> known(Session session, EarnChange change) {
        List<String> periods =
                change.uses().stream().map(CapUse::period).distinct().toList();
        return new HashSet<>(session.fetchFresh(session.dsl()
                        .select(CRM_EARN_USE.PROGRAM_KEY, CRM_EARN_USE.RULE_KEY, CRM_EARN_USE.PERIOD)
                        .from(CRM_EARN_USE)
                        .where(uses(change.tenant(), change.customer()))
                        .and(CRM_EARN_USE.PERIOD.in(periods))
                        .and(CRM_EARN_USE.HOME_ID.eq(0L)))
                .map(row -> new CapUse.Key(row.value1(), row.value2(), row.value3())));
    }

    private static void bind(Bind bind, EarnChange change, CapUse use) throws SQLException {
        bind.number(use.points())
                .number(use.times())
                .text(change.tenant().value())
                .number(change.customer().value())
                .text(use.period())
                .text(use.program())
                .text(use.rule());
    }

    private static Condition uses(TenantId tenant, CustomerId customer) {
        return CRM_EARN_USE.TENANT_ID.eq(tenant.value()).and(CRM_EARN_USE.CUSTOMER_ID.eq(customer.value()));
    }

    @Override
    public Optional<Earned> find(TenantId tenant, CustomerId customer, long no) {
        Session session = work.session();
        return session
                .query(
                        fresh(session, EARNED + " AND earning_no = ?"),
                        statement -> new Bind(statement)
                                .text(tenant.value())
                                .number(customer.value())
                                .number(no),
                        JooqEarnStore::earned)
                .stream()
                .findFirst();
    }

    @Override
    public List<Earned> list(TenantId tenant, CustomerId customer, long after, int limit) {
        return work.session()
                .query(
                        EARNED + " AND earning_no > ? ORDER BY earning_no LIMIT ?",
                        statement -> new Bind(statement)
                                .text(tenant.value())
                                .number(customer.value())
                                .number(after)
                                .integer(limit),
                        JooqEarnStore::earned);
    }

    private static Earned earned(ResultSet row) throws SQLException {
        String occasion = row.getString(4);
        String store = row.getString(6);
        return new Earned(
                CustomerId.of(row.getLong(1)),
                row.getLong(2),
                new RequestKey(row.getString(3)),
                occasion == null ? null : Occasion.valueOf(occasion),
                Instant.ofEpochMilli(row.getLong(5)),
                store == null ? null : StoreId.of(store),
                row.getString(7),
                EarnText.outcome(row.getString(8)),
                EarnText.amounts(row.getString(9)),
                instant(row.getObject(10, Long.class)));
    }

    private static @Nullable Instant instant(@Nullable Long millis) {
        return millis == null ? null : Instant.ofEpochMilli(millis);
    }

    @Override
    public void adopt(TenantId tenant, CustomerId from, CustomerId to) {
        work.session()
                .dsl()
                .insertInto(
                        CRM_EARN_USE,
                        CRM_EARN_USE.TENANT_ID,
                        CRM_EARN_USE.CUSTOMER_ID,
                        CRM_EARN_USE.PERIOD,
                        CRM_EARN_USE.PROGRAM_KEY,
                        CRM_EARN_USE.RULE_KEY,
                        CRM_EARN_USE.HOME_ID,
                        CRM_EARN_USE.POINTS,
                        CRM_EARN_USE.TIMES)
                .select(select(
                                CRM_EARN_USE.TENANT_ID,
                                inline(to.value()),
                                CRM_EARN_USE.PERIOD,
                                CRM_EARN_USE.PROGRAM_KEY,
                                CRM_EARN_USE.RULE_KEY,
                                coalesce(nullif(CRM_EARN_USE.HOME_ID, 0L), CRM_EARN_USE.CUSTOMER_ID),
                                CRM_EARN_USE.POINTS,
                                CRM_EARN_USE.TIMES)
                        .from(CRM_EARN_USE)
                        .where(uses(tenant, from)))
                .execute();
    }

    @Override
    public void disown(TenantId tenant, CustomerId from, CustomerId to) {
        Session session = work.session();
        CrmEarnUse hers = CRM_EARN_USE.as("hers");
        List<Long> homes = session.fetchFresh(session.dsl()
                        .selectDistinct(coalesce(nullif(hers.HOME_ID, 0L), hers.CUSTOMER_ID))
                        .from(hers)
                        .where(hers.TENANT_ID.eq(tenant.value()))
                        .and(hers.CUSTOMER_ID.eq(from.value())))
                .map(row -> row.value1());
        if (!homes.isEmpty()) {
            session.dsl()
                    .deleteFrom(CRM_EARN_USE)
                    .where(uses(tenant, to))
                    .and(CRM_EARN_USE.HOME_ID.in(homes))
                    .execute();
        }
    }

    @Override
    public int remove(TenantId tenant, CustomerId customer, int limit) {
        Session session = work.session();
        List<Long> numbers = session.dsl()
                .select(CRM_EARNING.EARNING_NO)
                .from(CRM_EARNING)
                .where(CRM_EARNING.TENANT_ID.eq(tenant.value()))
                .and(CRM_EARNING.CUSTOMER_ID.eq(customer.value()))
                .orderBy(CRM_EARNING.EARNING_NO)
                .limit(limit)
                .fetch(CRM_EARNING.EARNING_NO);
        if (!numbers.isEmpty()) {
            session.dsl()
                    .deleteFrom(CRM_EARNING)
                    .where(CRM_EARNING.TENANT_ID.eq(tenant.value()))
                    .and(CRM_EARNING.CUSTOMER_ID.eq(customer.value()))
                    .and(CRM_EARNING.EARNING_NO.le(numbers.get(numbers.size() - 1)))
                    .execute();
        }
        return numbers.size() + removeUses(session, tenant, customer, limit - numbers.size());
    }

    private static int removeUses(Session session, TenantId tenant, CustomerId customer, int limit) {
        if (limit == 0) {
            return 0;
        }
        var keys = session.dsl()
                .select(CRM_EARN_USE.PERIOD, CRM_EARN_USE.PROGRAM_KEY, CRM_EARN_USE.RULE_KEY, CRM_EARN_USE.HOME_ID)
                .from(CRM_EARN_USE)
                .where(uses(tenant, customer))
                .limit(limit)
                .fetch();
        for (var part : Iterables.partition(keys, KEYS)) {
            session.dsl()
                    .deleteFrom(CRM_EARN_USE)
                    .where(uses(tenant, customer))
                    .and(row(CRM_EARN_USE.PERIOD, CRM_EARN_USE.PROGRAM_KEY, CRM_EARN_USE.RULE_KEY, CRM_EARN_USE.HOME_ID)
                            .in(part.stream()
                                    .map(it -> row(it.value1(), it.value2(), it.value3(), it.value4()))
                                    .toList()))
                    .execute();
        }
        return keys.size();
    }
}
