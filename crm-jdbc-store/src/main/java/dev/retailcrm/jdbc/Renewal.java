package dev.retailcrm.jdbc;

import static dev.retailcrm.jdbc.schema.tables.CrmCustomer.CRM_CUSTOMER;
import static dev.retailcrm.jdbc.schema.tables.CrmIdentity.CRM_IDENTITY;

import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.spi.CustomerSnapshot;
import dev.retailcrm.core.spi.LookupKey;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jooq.Condition;

/** Enciphers what is stored of one customer with the newest key, within one session, under her lock. Used once. */
final class Renewal {
    private final Session session;
    private final Sealing sealing;
    private final CustomerSnapshot record;
    private final TenantId tenant;
    private final CustomerId customer;

    Renewal(Session session, Sealing sealing, CustomerSnapshot record) {
        this.session = session;
        this.sealing = sealing;
        this.record = record;
        this.tenant = record.tenant();
        this.customer = record.id();
    }

    /** Whether anything was not as it should be. */
    boolean run() {
        var keys = new DataKeys(session, tenant, customer);
        byte[] before = keys.find().orElse(null);
        byte[] key = sealing.renewedKey(tenant, customer, before);
        boolean renewed = !Arrays.equals(before, key);
        if (before == null) {
            keys.insert(key);
        } else if (renewed) {
            keys.update(key);
        }
        renewed |= personal(key);
        renewed |= identities(key);
        renewed |= lastFours();
        renewed |= new FieldRows(session, sealing, tenant).renew(customer, key);
        renewed |= new SyncMarkRows(session, sealing, tenant).renew(customer, key);
        renewed |= new CustomerHistory(session, sealing, tenant).seal(customer, key);
        return renewed;
    }

    private boolean personal(byte[] key) {
        Condition hers = CRM_CUSTOMER.TENANT_ID.eq(tenant.value()).and(CRM_CUSTOMER.CUSTOMER_ID.eq(customer.value()));
        byte[] stored = session.dsl()
                .select(CRM_CUSTOMER.PERSONAL)
                .from(CRM_CUSTOMER)
                .where(hers)
                .fetchOne(CRM_CUSTOMER.PERSONAL);
        if (stored == null || !Sealing.isClear(stored)) {
            return false;
        }
        session.dsl()
                .update(CRM_CUSTOMER)
                .set(CRM_CUSTOMER.PERSONAL, new CustomerRows(sealing, tenant).personal(record, key))
                .where(hers)
                .execute();
        return true;
    }

    /** Also lists her who was never listed. */
    private boolean lastFours() {
        Map<LookupKey, LookupKey> newest = new TreeMap<>();
        record.identities().stream()
                .flatMap(it -> LookupKey.lastFour(it, customer).stream())
                .forEach(key -> newest.put(sealing.written(tenant, key), key));
        var lookup = new IdentityLookup(session, tenant);
        newest.keySet()
                .removeAll(lookup.holders(Set.copyOf(newest.keySet()), false).keySet());
        lookup.claim(customer, List.copyOf(newest.keySet()));
        lookup.release(
                customer,
                newest.values().stream()
                        .flatMap(key -> sealing.older(tenant, key).stream())
                        .toList());
        return !newest.isEmpty();
    }

    private boolean identities(byte[] key) {
        Set<LookupKey> stored = session
                .dsl()
                .select(CRM_IDENTITY.KIND, CRM_IDENTITY.ISSUER, CRM_IDENTITY.TOKEN)
                .from(CRM_IDENTITY)
                .where(CRM_IDENTITY.TENANT_ID.eq(tenant.value()))
                .and(CRM_IDENTITY.CUSTOMER_ID.eq(customer.value()))
                .fetch(row -> new LookupKey(row.value1(), row.value2(), row.value3()))
                .stream()
                .collect(Collectors.toSet());
        var lookup = new IdentityLookup(session, tenant);
        var rows = new IdentityRows(session, sealing, tenant, customer);
        boolean renewed = false;
        for (var identity : record.identities()) {
            LookupKey newest = sealing.written(tenant, LookupKey.of(identity));
            if (!stored.contains(newest)
                    && lookup.claim(customer, List.of(newest)).isEmpty()) {
                List<LookupKey> older = sealing.older(tenant, LookupKey.of(identity));
                rows.delete(older);
                rows.insert(List.of(identity), record.verifications(), key);
                lookup.release(customer, older);
                renewed = true;
            }
        }
        return renewed;
    }
}
