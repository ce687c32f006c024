package dev.retailcrm.jdbc;

import static dev.retailcrm.jdbc.schema.Tables.CRM_REQUEST;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.row;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.selectOne;

import com.google.common.collect.Lists;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.spi.RequestStore;
import dev.retailcrm.jdbc.schema.tables.CrmRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Request keys in {@code crm_request}. Thread-safe. */
final class JooqRequestStore implements RequestStore {
    private static final int KEYS = 200;

    private static final List<Column<Map.Entry<RequestKey, CustomerId>>> KEY = List.of(
            Column.number("customer_id", key -> key.getValue().value()),
            Column.text("request_key", key -> key.getKey().value()));

    private final JdbcUnitOfWork work;

    JooqRequestStore(JdbcUnitOfWork work) {
        this.work = work;
    }

    @Override
    public Optional<Booked> find(TenantId tenant, CustomerId customer, RequestKey key) {
        Session session = work.session();
        var query = session.dsl()
                .select(CRM_REQUEST.FINGERPRINT, CRM_REQUEST.ANSWER, CRM_REQUEST.HOME_ID)
                .from(CRM_REQUEST)
                .where(CRM_REQUEST.TENANT_ID.eq(tenant.value()))
                .and(CRM_REQUEST.CUSTOMER_ID.eq(customer.value()))
                .and(CRM_REQUEST.REQUEST_KEY.eq(key.value()));
        // Only under the customer's lock: the locking read of an absent key holds up whoever books a key beside it.
        var found = session.mustReadFresh() ? query.forShare().fetchOptional() : query.fetchOptional();
        return found.map(row ->
                new Booked(row.value1(), row.value2(), row.value3() == null ? null : CustomerId.of(row.value3())));
    }

    /** {@inheritDoc} One round trip on PostgreSQL, on the others one for each {@value KEYS}. */
    @Override
    public Map<RequestKey, Booked> findAll(TenantId tenant, Map<RequestKey, CustomerId> keys) {
        Session session = work.session();
        Map<RequestKey, Booked> found = new HashMap<>();
        if (session.engine() == Engine.POSTGRESQL) {
            return keys.isEmpty() ? found : onPostgres(session, tenant, List.copyOf(keys.entrySet()));
        }
        for (List<Map.Entry<RequestKey, CustomerId>> part : Lists.partition(List.copyOf(keys.entrySet()), KEYS)) {
            // The tenant is part of each row, because H2 uses the index only for a list of whole keys.
            var query = session.dsl()
                    .select(CRM_REQUEST.REQUEST_KEY, CRM_REQUEST.FINGERPRINT, CRM_REQUEST.ANSWER, CRM_REQUEST.HOME_ID)
                    .from(CRM_REQUEST)
                    .where(row(CRM_REQUEST.TENANT_ID, CRM_REQUEST.CUSTOMER_ID, CRM_REQUEST.REQUEST_KEY)
                            .in(part.stream()
                                    .map(it -> row(
                                            tenant.value(),
                                            it.getValue().value(),
                                            it.getKey().value()))
                                    .toList()));
            for (var row : session.isCommand() && session.engine() == Engine.MARIADB ? query.forShare() : query) {
                CustomerId home = row.value4() == null ? null : CustomerId.of(row.value4());
                found.put(new RequestKey(row.value1()), new Booked(row.value2(), row.value3(), home));
            }
        }
        return found;
    }

    /** Each key by the index, whatever the size of the table was when the statement was prepared. */
    private static Map<RequestKey, Booked> onPostgres(
            Session session, TenantId tenant, List<Map.Entry<RequestKey, CustomerId>> keys) {
        var rows = new PostgresRows<>(KEY, keys);
        Map<RequestKey, Booked> found = new HashMap<>();
        session.query(
                "SELECT r.request_key, b.fingerprint, b.answer, b.home_id FROM " + rows.source()
                        + " CROSS JOIN LATERAL (SELECT fingerprint, answer, home_id FROM crm_request q WHERE"
                        + " q.tenant_id = ? AND q.customer_id = r.customer_id AND q.request_key = r.request_key LIMIT"
                        + " 1) b",
                statement -> {
                    Bind bind = new Bind(statement);
                    rows.bind(bind);
                    bind.text(tenant.value());
                },
                row -> {
                    long home = row.getLong(4);
                    return found.put(
                            new RequestKey(row.getString(1)),
                            new Booked(row.getLong(2), row.getString(3), home == 0 ? null : CustomerId.of(home)));
                });
        return found;
    }

    @Override
    public void adopt(TenantId tenant, CustomerId from, CustomerId to) {
        CrmRequest own = CRM_REQUEST.as("own");
        work.session()
                .dsl()
                .insertInto(
                        CRM_REQUEST,
                        CRM_REQUEST.TENANT_ID,
                        CRM_REQUEST.CUSTOMER_ID,
                        CRM_REQUEST.REQUEST_KEY,
                        CRM_REQUEST.FINGERPRINT,
                        CRM_REQUEST.ANSWER,
                        CRM_REQUEST.HOME_ID)
                .select(select(
                                CRM_REQUEST.TENANT_ID,
                                inline(to.value()),
                                CRM_REQUEST.REQUEST_KEY,
                                CRM_REQUEST.FINGERPRINT,
                                CRM_REQUEST.ANSWER,
                                coalesce(CRM_REQUEST.HOME_ID, CRM_REQUEST.CUSTOMER_ID))
                        .from(CRM_REQUEST)
                        .where(CRM_REQUEST.TENANT_ID.eq(tenant.value()))
                        .and(CRM_REQUEST.CUSTOMER_ID.eq(from.value()))
                        .andNotExists(selectOne()
                                .from(own)
                                .where(own.TENANT_ID.eq(tenant.value()))
                                .and(own.CUSTOMER_ID.eq(to.value()))
                                .and(own.REQUEST_KEY.eq(CRM_REQUEST.REQUEST_KEY))))
                .execute();
    }

    @Override
    public void disown(TenantId tenant, CustomerId from, CustomerId to) {
        CrmRequest hers = CRM_REQUEST.as("hers");
        work.session()
                .dsl()
                .deleteFrom(CRM_REQUEST)
                .where(CRM_REQUEST.TENANT_ID.eq(tenant.value()))
                .and(CRM_REQUEST.CUSTOMER_ID.eq(to.value()))
                .and(CRM_REQUEST.HOME_ID.isNotNull())
                .andExists(selectOne()
                        .from(hers)
                        .where(hers.TENANT_ID.eq(tenant.value()))
                        .and(hers.CUSTOMER_ID.eq(from.value()))
                        .and(hers.REQUEST_KEY.eq(CRM_REQUEST.REQUEST_KEY))
                        .and(coalesce(hers.HOME_ID, hers.CUSTOMER_ID).eq(CRM_REQUEST.HOME_ID)))
                .execute();
    }

    /** Books a key for a customer; false if it was booked before. */
    static boolean book(Session session, TenantId tenant, CustomerId customer, RequestKey key, Booked booked) {
        var insert = session.dsl().insertQuery(CRM_REQUEST);
        insert.addValues(columns(tenant, customer, key, booked).map());
        return Inserts.unlessPresent(session, insert) == 1;
    }

    /** The columns of a booking. */
    static NewRow columns(TenantId tenant, CustomerId customer, RequestKey key, Booked booked) {
        NewRow columns = new NewRow();
        columns.put(CRM_REQUEST.TENANT_ID, tenant.value());
        columns.put(CRM_REQUEST.CUSTOMER_ID, customer.value());
        columns.put(CRM_REQUEST.REQUEST_KEY, key.value());
        columns.put(CRM_REQUEST.FINGERPRINT, booked.fingerprint());
        columns.put(CRM_REQUEST.ANSWER, booked.answer());
        return columns;
    }

    /** Takes back a booking of this transaction. */
    static void unbook(Session session, TenantId tenant, CustomerId customer, RequestKey key) {
        session.dsl()
                .deleteFrom(CRM_REQUEST)
                .where(CRM_REQUEST.TENANT_ID.eq(tenant.value()))
                .and(CRM_REQUEST.CUSTOMER_ID.eq(customer.value()))
                .and(CRM_REQUEST.REQUEST_KEY.eq(key.value()))
                .execute();
    }
}
