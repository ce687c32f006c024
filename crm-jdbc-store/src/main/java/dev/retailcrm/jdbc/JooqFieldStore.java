package dev.retailcrm.jdbc;

import static dev.retailcrm.jdbc.schema.Tables.CRM_CUSTOMER;
import static dev.retailcrm.jdbc.schema.tables.CrmField.CRM_FIELD;
import static dev.retailcrm.jdbc.schema.tables.CrmFieldCatalog.CRM_FIELD_CATALOG;
import static dev.retailcrm.jdbc.schema.tables.CrmFieldRequest.CRM_FIELD_REQUEST;
import static dev.retailcrm.jdbc.schema.tables.CrmFieldValue.CRM_FIELD_VALUE;
import static org.jooq.impl.DSL.selectOne;

import dev.retailcrm.core.field.FieldDefinition;
import dev.retailcrm.core.field.FieldDefinitionJson;
import dev.retailcrm.core.field.FieldSearch;
import dev.retailcrm.core.field.FieldValue;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.spi.FieldDefinitionChange;
import dev.retailcrm.core.spi.FieldStore;
import dev.retailcrm.core.spi.FieldWrite;
import dev.retailcrm.core.spi.LookupKey;
import dev.retailcrm.core.spi.RequestStore.Booked;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jooq.Condition;
import org.jspecify.annotations.Nullable;

/**
 * Custom fields in {@code crm_field_catalog}, {@code crm_field}, {@code crm_field_request} and {@code crm_field_value}. Definitions are
 * copied as they are read; a copy answers while the head of the tenant's definitions carries the stamp it was made under. Thread-safe.
 */
final class JooqFieldStore implements FieldStore {
    private final JdbcUnitOfWork work;
    private final Sealing sealing;
    private final StampedCopies<TenantId, List<FieldDefinition>> copies = new StampedCopies<>(
            CRM_FIELD_CATALOG.STAMP,
            List.of(new StampedCopies.Name<>(CRM_FIELD_CATALOG.TENANT_ID, TenantId::value)),
            false,
            List.of(),
            JooqFieldStore::read);

    JooqFieldStore(JdbcUnitOfWork work, Sealing sealing) {
        this.work = work;
        this.sealing = sealing;
    }

    @Override
    public List<FieldDefinition> definitions(TenantId tenant) {
        return copies.read(work.session(), tenant);
    }

    @Override
    public List<FieldDefinition> lockDefinitions(TenantId tenant) {
        return copies.lockAndRead(work.session(), tenant);
    }

    private static List<FieldDefinition> read(Session session, TenantId tenant) {
        var query = session.dsl()
                .select(CRM_FIELD.DEFINITION)
                .from(CRM_FIELD)
                .where(CRM_FIELD.TENANT_ID.eq(tenant.value()))
                .orderBy(CRM_FIELD.FIELD_KEY);
        return session.fetchFresh(query).map(row -> FieldDefinitionJson.parse(row.value1()));
    }

    @Override
    public Optional<Booked> booked(TenantId tenant, RequestKey key) {
        Session session = work.session();
        var query = session.dsl()
                .select(CRM_FIELD_REQUEST.FINGERPRINT, CRM_FIELD_REQUEST.ANSWER)
                .from(CRM_FIELD_REQUEST)
                .where(CRM_FIELD_REQUEST.TENANT_ID.eq(tenant.value()))
                .and(CRM_FIELD_REQUEST.REQUEST_KEY.eq(key.value()));
        return session.fetchFresh(query).stream().findFirst().map(row -> new Booked(row.value1(), row.value2()));
    }

    @Override
    public void apply(FieldDefinitionChange change) {
        Session session = work.session();
        FieldDefinition after = change.after();
        String tenant = change.tenant().value();
        int updated = session.dsl()
                .update(CRM_FIELD)
                .set(CRM_FIELD.VERSION, after.version())
                .set(CRM_FIELD.DEFINITION, FieldDefinitionJson.of(after))
                .where(CRM_FIELD.TENANT_ID.eq(tenant))
                .and(CRM_FIELD.FIELD_KEY.eq(after.key()))
                .execute();
        if (updated == 0) {
            session.dsl()
                    .insertInto(CRM_FIELD)
                    .set(CRM_FIELD.TENANT_ID, tenant)
                    .set(CRM_FIELD.FIELD_KEY, after.key())
                    .set(CRM_FIELD.VERSION, after.version())
                    .set(CRM_FIELD.DEFINITION, FieldDefinitionJson.of(after))
                    .execute();
        }
        session.dsl()
                .insertInto(CRM_FIELD_REQUEST)
                .set(CRM_FIELD_REQUEST.TENANT_ID, tenant)
                .set(CRM_FIELD_REQUEST.REQUEST_KEY, change.key().value())
                .set(CRM_FIELD_REQUEST.FINGERPRINT, change.booked().fingerprint())
                .set(CRM_FIELD_REQUEST.ANSWER, change.booked().answer())
                .execute();
        copies.change(session, change.tenant());
    }

    @Override
    public Map<CustomerId, Map<String, FieldValue>> values(TenantId tenant, Collection<CustomerId> customers) {
        return new FieldRows(work.session(), sealing, tenant).find(customers);
    }

    @Override
    public void write(TenantId tenant, CustomerId customer, List<FieldWrite> values) {
        new FieldRows(work.session(), sealing, tenant).write(customer, values);
    }

    @Override
    public List<CustomerId> search(
            TenantId tenant, FieldDefinition field, FieldSearch search, @Nullable CustomerId after, int limit) {
        Condition asked = field.personal() ? personal(tenant, field, search) : FieldColumns.asked(field.type(), search);
        return work.session()
                .dsl()
                .selectDistinct(CRM_FIELD_VALUE.CUSTOMER_ID)
                .from(CRM_FIELD_VALUE)
                .where(CRM_FIELD_VALUE.TENANT_ID.eq(tenant.value()))
                .and(CRM_FIELD_VALUE.FIELD_KEY.eq(field.key()))
                .and(asked)
                .andNotExists(selectOne()
                        .from(CRM_CUSTOMER)
                        .where(CRM_CUSTOMER.TENANT_ID.eq(CRM_FIELD_VALUE.TENANT_ID))
                        .and(CRM_CUSTOMER.CUSTOMER_ID.eq(CRM_FIELD_VALUE.CUSTOMER_ID))
                        .and(CRM_CUSTOMER.MERGED_INTO.isNotNull()))
                .and(CRM_FIELD_VALUE.CUSTOMER_ID.gt(after == null ? 0 : after.value()))
                .orderBy(CRM_FIELD_VALUE.CUSTOMER_ID)
                .limit(limit)
                .fetch(row -> CustomerId.of(row.value1()));
    }

    private Condition personal(TenantId tenant, FieldDefinition field, FieldSearch search) {
        return FieldColumns.under(search.anyOf().stream()
                .flatMap(value -> sealing.candidates(tenant, LookupKey.field(field.key(), value)).stream())
                .toList());
    }
}
