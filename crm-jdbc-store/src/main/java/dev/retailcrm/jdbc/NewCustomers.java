package dev.retailcrm.jdbc;

import static dev.retailcrm.jdbc.schema.Tables.CRM_CUSTOMER;
import static dev.retailcrm.jdbc.schema.Tables.CRM_CUSTOMER_CHANGE;
import static dev.retailcrm.jdbc.schema.Tables.CRM_DATA_KEY;
import static dev.retailcrm.jdbc.schema.Tables.CRM_IDENTITY;
import static dev.retailcrm.jdbc.schema.Tables.CRM_OUTBOX;
import static dev.retailcrm.jdbc.schema.Tables.CRM_REQUEST;

import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.spi.CustomerChange;
import dev.retailcrm.core.spi.CustomerSnapshot;
import dev.retailcrm.core.spi.CustomerStore.Applied;
import dev.retailcrm.core.spi.LookupKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jooq.Table;

/** Writes many new customers at once, within one session. */
final class NewCustomers {
    private final Session session;
    private final Sealing sealing;
    private final TenantId tenant;

    NewCustomers(Session session, Sealing sealing, TenantId tenant) {
        this.session = session;
        this.sealing = sealing;
        this.tenant = tenant;
    }

    /** What is to be claimed, and what became of each. */
    private record Decided(Map<LookupKey, CustomerId> claims, List<Applied> answers) {}

    /**
     * Asks who holds the keys, decides one after the other in memory, and claims the keys of those who are written. If somebody claimed
     * one in between, it is asked again.
     */
    List<Applied> apply(List<CustomerChange> changes) {
        var claims = new IdentityClaims(new IdentityLookup(session, tenant), sealing, tenant);
        Set<LookupKey> keys =
                changes.stream().flatMap(change -> change.claims().stream()).collect(Collectors.toSet());
        for (int attempt = 1; attempt <= IdentityLookup.ATTEMPTS; attempt++) {
            Decided decided = decide(changes, claims.holders(keys, attempt > 1));
            if (claims.claimAll(decided.claims())) {
                write(changes, decided.answers());
                return decided.answers();
            }
            IdentityLookup.pause(attempt);
        }
        throw IdentityLookup.unended();
    }

    private static Decided decide(List<CustomerChange> changes, Map<LookupKey, CustomerId> held) {
        Map<LookupKey, CustomerId> holders = new HashMap<>(held);
        Map<LookupKey, CustomerId> claims = new HashMap<>();
        List<Applied> answers = new ArrayList<>(changes.size());
        for (CustomerChange change : changes) {
            Map<LookupKey, CustomerId> taken = new HashMap<>();
            for (LookupKey key : change.claims()) {
                CustomerId holder = holders.get(key);
                if (holder != null) {
                    taken.put(key, holder);
                }
            }
            if (taken.isEmpty()) {
                change.claims().forEach(key -> {
                    holders.put(key, change.after().id());
                    claims.put(key, change.after().id());
                });
                change.listed().forEach(key -> claims.put(key, change.after().id()));
            }
            answers.add(taken.isEmpty() ? Applied.done() : Applied.taken(taken));
        }
        return new Decided(claims, answers);
    }

    private void write(List<CustomerChange> changes, List<Applied> answers) {
        Map<Table<?>, List<NewRow>> rows = new LinkedHashMap<>();
        for (int i = 0; i < changes.size(); i++) {
            if (answers.get(i).written()) {
                collect(changes.get(i), rows);
            }
        }
        rows.forEach((table, these) -> new BulkInsert(session, table).all(these));
    }

    private void collect(CustomerChange change, Map<Table<?>, List<NewRow>> rows) {
        CustomerSnapshot after = change.after();
        byte[] key = sealing.isOn() ? sealing.newKey(tenant, after.id()) : null;
        add(rows, CRM_REQUEST, JooqRequestStore.columns(tenant, after.id(), change.key(), change.booked()));
        NewRow customer = new NewRow();
        customer.put(CRM_CUSTOMER.TENANT_ID, tenant.value());
        customer.put(CRM_CUSTOMER.CUSTOMER_ID, after.id().value());
        customer.putAll(new CustomerRows(sealing, tenant).columns(after, key));
        add(rows, CRM_CUSTOMER, customer);
        if (key != null) {
            add(rows, CRM_DATA_KEY, new DataKeys(session, tenant, after.id()).columns(key));
        }
        var history = new CustomerHistory(session, sealing, tenant);
        change.changes().forEach(it -> add(rows, CRM_CUSTOMER_CHANGE, history.columns(it, key)));
        var identities = new IdentityRows(session, sealing, tenant, after.id());
        change.added().forEach(it -> add(rows, CRM_IDENTITY, identities.columns(it, key)));
        change.happened().ifPresent(event -> add(rows, CRM_OUTBOX, JooqOutboxStore.columns(event)));
    }

    private static void add(Map<Table<?>, List<NewRow>> rows, Table<?> table, NewRow row) {
        rows.computeIfAbsent(table, none -> new ArrayList<>()).add(row);
    }
}
