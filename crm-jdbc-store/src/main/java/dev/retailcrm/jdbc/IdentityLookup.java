package dev.retailcrm.jdbc;

import static dev.retailcrm.jdbc.schema.Tables.CRM_IDENTITY_LOOKUP;
import static org.jooq.impl.DSL.row;

import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.spi.LookupKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.Record;
import org.jooq.Result;

/** The table from identities to customers, within one session. */
final class IdentityLookup {
    /** With pauses of up to 20 ms: about two seconds, the time that H2 waits for a lock. */
    private static final int ATTEMPTS = 100;

    private static final int LONGEST_PAUSE_MILLIS = 20;

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
            Pause.millis(Math.min(attempt, LONGEST_PAUSE_MILLIS));
        }
        throw CoreError.LOCK_TIMEOUT.because("another transaction holds the identity and does not end");
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
