package dev.retailcrm.jdbc;

import static dev.retailcrm.jdbc.schema.tables.CrmIdentity.CRM_IDENTITY;
import static org.jooq.impl.DSL.row;

import dev.retailcrm.core.customer.Identity;
import dev.retailcrm.core.customer.Verification;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.spi.LookupKey;
import java.util.List;
import java.util.Map;
import org.jooq.Condition;
import org.jspecify.annotations.Nullable;

/** The rows of what one customer is known by, within one session. */
final class IdentityRows {
    private final Session session;
    private final Sealing sealing;
    private final TenantId tenant;
    private final CustomerId customer;

    IdentityRows(Session session, Sealing sealing, TenantId tenant, CustomerId customer) {
        this.session = session;
        this.sealing = sealing;
        this.tenant = tenant;
        this.customer = customer;
    }

    /** Inserts identities, with their verification where they have one. */
    void insert(List<Identity> added, Map<Identity, Verification> verified, byte @Nullable [] key) {
        if (added.isEmpty()) {
            return;
        }
        var insert = session.dsl().insertQuery(CRM_IDENTITY);
        for (Identity identity : added) {
            insert.newRecord();
            NewRow columns = columns(identity, key);
            Verification verification = verified.get(identity);
            if (verification != null) {
                columns.put(CRM_IDENTITY.VERIFIED_MS, verification.at().toEpochMilli());
                columns.put(CRM_IDENTITY.VERIFIED_BY, verification.method().name());
            }
            insert.addValues(columns.map());
        }
        insert.execute();
    }

    /** Notes a verification of the identity stored under any of the keys. */
    void verify(List<LookupKey> keys, Verification verification) {
        session.dsl()
                .update(CRM_IDENTITY)
                .set(CRM_IDENTITY.VERIFIED_MS, verification.at().toEpochMilli())
                .set(CRM_IDENTITY.VERIFIED_BY, verification.method().name())
                .where(isHers(keys))
                .execute();
    }

    /** The columns of an identity. */
    NewRow columns(Identity identity, byte @Nullable [] key) {
        LookupKey written = sealing.written(tenant, LookupKey.of(identity));
        NewRow columns = new NewRow();
        columns.put(CRM_IDENTITY.TENANT_ID, tenant.value());
        columns.put(CRM_IDENTITY.CUSTOMER_ID, customer.value());
        columns.put(CRM_IDENTITY.KIND, written.kind());
        columns.put(CRM_IDENTITY.ISSUER, written.issuer());
        columns.put(CRM_IDENTITY.TOKEN, written.token());
        columns.put(
                CRM_IDENTITY.SEALED,
                key == null ? null : sealing.sealIdentity(tenant, customer, key, written, identity.value()));
        return columns;
    }

    /** Deletes those stored under any of the keys. */
    void delete(List<LookupKey> keys) {
        if (keys.isEmpty()) {
            return;
        }
        session.dsl().deleteFrom(CRM_IDENTITY).where(isHers(keys)).execute();
    }

    private Condition isHers(List<LookupKey> keys) {
        return CRM_IDENTITY
                .TENANT_ID
                .eq(tenant.value())
                .and(CRM_IDENTITY.CUSTOMER_ID.eq(customer.value()))
                .and(row(CRM_IDENTITY.KIND, CRM_IDENTITY.ISSUER, CRM_IDENTITY.TOKEN)
                        .in(keys.stream()
                                .map(it -> row(it.kind(), it.issuer(), it.token()))
                                .toList()));
    }
}
