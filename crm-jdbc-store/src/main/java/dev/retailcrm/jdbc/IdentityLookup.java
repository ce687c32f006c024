package dev.retailcrm.jdbc;

import static dev.retailcrm.jdbc.schema.Tables.CRM_IDENTITY_LOOKUP;
import static org.jooq.impl.DSL.row;

import com.google.common.collect.Lists;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.spi.LookupKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jooq.Condition;
import org.jooq.Record;
import org.jooq.Result;

/** The table from identities to customers, within one session. */
final class IdentityLookup {
    /** With pauses of up to 20 ms: about two seconds, the time that H2 waits for a lock. */
    static final int ATTEMPTS = 100;

    private static final int LONGEST_PAUSE_MILLIS = 20;

    private static final List<Column<LookupKey>> KEY = List.of(
            Column.text("kind", LookupKey::kind),
            Column.text("issuer", LookupKey::issuer),
            Column.text("token", LookupKey::token));

    private final Session session;
    private final TenantId tenant;

    IdentityLookup(Session session, TenantId tenant) {
        this.session = session;
        this.tenant = tenant;
    }

    /** Who holds any of the keys, as a mere query sees it. */
    Optional<CustomerId> holder(List<LookupKey> keys) {
        return session.dsl()
                .select(CRM_IDENTITY_LOOKUP.CUSTOMER_ID)
                .from(CRM_IDENTITY_LOOKUP)
                .where(any(keys))
                .limit(1)
                .fetchOptional(found -> CustomerId.of(found.value1()));
    }

    /**
     * Claims all keys or none, waiting for whoever claimed one and has not ended his transaction. PostgreSQL and MariaDB wait by
     * themselves. H2 (2.5.252) answers at times with a duplicate whose row is not committed and may yet be rolled back: then nobody
     * is seen to hold the key, and the claim is made again.
     *
     * @return who holds those that are held; empty if all were claimed
     */
    Map<LookupKey, CustomerId> claim(CustomerId customer, List<LookupKey> keys) {
        if (keys.isEmpty()) {
            return Map.of();
        }
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            int claimed = insert(customer, keys);
            if (claimed == keys.size()) {
                return Map.of();
            }
            if (claimed > 0) {
                release(customer, keys);
            }
            Map<LookupKey, CustomerId> holders = holders(keys);
            if (!holders.isEmpty()) {
                return holders;
            }
            pause(attempt);
        }
        throw unended();
    }

    /** Waits before a claim that failed is made again. */
    static void pause(int attempt) {
        Pause.millis(Math.min(attempt, LONGEST_PAUSE_MILLIS));
    }

    static CrmException unended() {
        return CoreError.LOCK_TIMEOUT.because("another transaction holds the identity and does not end");
    }

    /** Gives up those of the keys that the customer holds. */
    void release(CustomerId customer, List<LookupKey> keys) {
        if (!keys.isEmpty()) {
            session.dsl()
                    .deleteFrom(CRM_IDENTITY_LOOKUP)
                    .where(any(keys))
                    .and(CRM_IDENTITY_LOOKUP.CUSTOMER_ID.eq(customer.value()))
                    .execute();
        }
    }

    /** Inserts rows in the order of their keys; how many of them were written. */
    int insert(Map<LookupKey, CustomerId> claims) {
        List<NewRow> rows = new ArrayList<>(claims.size());
        claims.forEach((key, customer) -> {
            NewRow columns = new NewRow();
            columns.put(CRM_IDENTITY_LOOKUP.TENANT_ID, tenant.value());
            columns.put(CRM_IDENTITY_LOOKUP.KIND, key.kind());
            columns.put(CRM_IDENTITY_LOOKUP.ISSUER, key.issuer());
            columns.put(CRM_IDENTITY_LOOKUP.TOKEN, key.token());
            columns.put(CRM_IDENTITY_LOOKUP.CUSTOMER_ID, customer.value());
            rows.add(columns);
        });
        return new BulkInsert(session, CRM_IDENTITY_LOOKUP).unlessPresent(rows);
    }

    /** Gives up those of the keys that the customers beside them hold. */
    void release(Map<LookupKey, CustomerId> claims) {
        session.each(
                "DELETE FROM crm_identity_lookup WHERE tenant_id = ? AND kind = ? AND issuer = ? AND token = ?"
                        + " AND customer_id = ?",
                List.copyOf(claims.entrySet()),
                (statement, claim) -> new Bind(statement)
                        .text(tenant.value())
                        .text(claim.getKey().kind())
                        .text(claim.getKey().issuer())
                        .text(claim.getKey().token())
                        .number(claim.getValue().value()));
    }

    /**
     * Who holds which of many keys.
     *
     * @param fresh whether what others committed meanwhile must be seen on MariaDB, where that takes locks
     */
    Map<LookupKey, CustomerId> holders(Set<LookupKey> keys, boolean fresh) {
        Map<LookupKey, CustomerId> holders = new HashMap<>();
        List<LookupKey> all = List.copyOf(keys);
        if (session.engine() == Engine.POSTGRESQL) {
            return all.isEmpty() ? holders : onPostgres(all);
        }
        for (List<LookupKey> part : Lists.partition(all, BulkInsert.ROWS)) {
            var query = session.dsl().selectFrom(CRM_IDENTITY_LOOKUP).where(any(part));
            boolean locking = fresh && session.engine() == Engine.MARIADB;
            holders.putAll(holders(locking ? query.forShare().fetch() : query.fetch()));
        }
        return holders;
    }

    /**
     * Each key by the index: a join would be planned by the size of the table when the statement was prepared, which an import starts on
     * an empty one.
     */
    private Map<LookupKey, CustomerId> onPostgres(List<LookupKey> keys) {
        var rows = new PostgresRows<>(KEY, keys);
        Map<LookupKey, CustomerId> holders = new HashMap<>();
        session.query(
                "SELECT r.kind, r.issuer, r.token, l.customer_id FROM " + rows.source()
                        + " CROSS JOIN LATERAL (SELECT customer_id FROM crm_identity_lookup k WHERE k.tenant_id = ?"
                        + " AND k.kind = r.kind AND k.issuer = r.issuer AND k.token = r.token LIMIT 1) l",
                statement -> {
                    Bind bind = new Bind(statement);
                    rows.bind(bind);
                    bind.text(tenant.value());
                },
                row -> holders.put(
                        new LookupKey(row.getString(1), row.getString(2), row.getString(3)),
                        CustomerId.of(row.getLong(4))));
        return holders;
    }

    private int insert(CustomerId customer, List<LookupKey> keys) {
        var insert = session.dsl().insertQuery(CRM_IDENTITY_LOOKUP);
        for (LookupKey key : keys) {
            insert.newRecord();
            insert.addValue(CRM_IDENTITY_LOOKUP.TENANT_ID, tenant.value());
            insert.addValue(CRM_IDENTITY_LOOKUP.KIND, key.kind());
            insert.addValue(CRM_IDENTITY_LOOKUP.ISSUER, key.issuer());
            insert.addValue(CRM_IDENTITY_LOOKUP.TOKEN, key.token());
            insert.addValue(CRM_IDENTITY_LOOKUP.CUSTOMER_ID, customer.value());
        }
        return Inserts.unlessPresent(session, insert);
    }

    /**
     * Who holds the keys by now. On MariaDB a plain read may be as old as the host's transaction; a locking one is not, but it locks
     * the gaps of keys that nobody holds, and so comes second.
     */
    Map<LookupKey, CustomerId> holders(List<LookupKey> keys) {
        var query = session.dsl().selectFrom(CRM_IDENTITY_LOOKUP).where(any(keys));
        Map<LookupKey, CustomerId> holders = holders(query.fetch());
        return holders.isEmpty() && session.engine() == Engine.MARIADB
                ? holders(query.forShare().fetch())
                : holders;
    }

    private static Map<LookupKey, CustomerId> holders(Result<Record> rows) {
        Map<LookupKey, CustomerId> holders = new HashMap<>();
        for (Record row : rows) {
            var key = new LookupKey(
                    row.get(CRM_IDENTITY_LOOKUP.KIND),
                    row.get(CRM_IDENTITY_LOOKUP.ISSUER),
                    row.get(CRM_IDENTITY_LOOKUP.TOKEN));
            holders.put(key, CustomerId.of(row.get(CRM_IDENTITY_LOOKUP.CUSTOMER_ID)));
        }
        return holders;
    }

    /** The tenant is part of each row, because H2 uses the index only for a list of whole keys. */
    private Condition any(List<LookupKey> keys) {
        return row(
                        CRM_IDENTITY_LOOKUP.TENANT_ID,
                        CRM_IDENTITY_LOOKUP.KIND,
                        CRM_IDENTITY_LOOKUP.ISSUER,
                        CRM_IDENTITY_LOOKUP.TOKEN)
                .in(keys.stream()
                        .map(key -> row(tenant.value(), key.kind(), key.issuer(), key.token()))
                        .toList());
    }
}
