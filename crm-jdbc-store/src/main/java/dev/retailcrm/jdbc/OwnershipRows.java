package dev.retailcrm.jdbc;

import static dev.retailcrm.jdbc.schema.Tables.CRM_OWNERSHIP;
import static dev.retailcrm.jdbc.schema.Tables.CRM_OWNERSHIP_ENTRY;

import dev.retailcrm.core.customer.CustomerStatus;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.StaffId;
import dev.retailcrm.core.kernel.StoreId;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.ownership.Owner;
import dev.retailcrm.core.ownership.OwnershipAct;
import dev.retailcrm.core.ownership.OwnershipEntry;
import dev.retailcrm.core.ownership.Tenure;
import dev.retailcrm.core.ownership.TransferOffer;
import dev.retailcrm.core.spi.OwnershipSnapshot;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jooq.Field;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/** Between the ownership of a customer and its rows. */
final class OwnershipRows {
    private OwnershipRows() {}

    static OwnershipSnapshot snapshot(
            TenantId tenant, CustomerId customer, CustomerStatus status, Record head, List<Instant> transfers) {
        return new OwnershipSnapshot(
                tenant,
                customer,
                status,
                head.get(CRM_OWNERSHIP.LAST_SEQ),
                head.get(CRM_OWNERSHIP.EVENT_SEQ),
                Instant.ofEpochMilli(head.get(CRM_OWNERSHIP.CHANGED_MS)),
                tenure(head),
                offer(head),
                transfers);
    }

    static @Nullable Tenure tenure(Record head) {
        Owner owner = owner(head, CRM_OWNERSHIP.STAFF_ID, CRM_OWNERSHIP.STORE_ID);
        return owner == null
                ? null
                : new Tenure(
                        owner,
                        Instant.ofEpochMilli(head.get(CRM_OWNERSHIP.SINCE_MS)),
                        StaffId.of(head.get(CRM_OWNERSHIP.GIVEN_BY)));
    }

    static @Nullable TransferOffer offer(Record head) {
        Owner to = owner(head, CRM_OWNERSHIP.OFFER_STAFF, CRM_OWNERSHIP.OFFER_STORE);
        return to == null
                ? null
                : new TransferOffer(
                        head.get(CRM_OWNERSHIP.OFFER_SEQ),
                        to,
                        StaffId.of(head.get(CRM_OWNERSHIP.OFFER_BY)),
                        Instant.ofEpochMilli(head.get(CRM_OWNERSHIP.OFFER_MS)),
                        Instant.ofEpochMilli(head.get(CRM_OWNERSHIP.OFFER_EXPIRES_MS)));
    }

    /** The columns of the head but those that say whose it is. */
    static Map<Field<?>, @Nullable Object> columns(OwnershipSnapshot ownership) {
        Tenure tenure = ownership.tenure();
        TransferOffer offer = ownership.offer();
        Owner owner = tenure == null ? null : tenure.owner();
        Map<Field<?>, @Nullable Object> columns = new LinkedHashMap<>();
        columns.put(CRM_OWNERSHIP.LAST_SEQ, ownership.lastSeq());
        columns.put(CRM_OWNERSHIP.EVENT_SEQ, ownership.eventSeq());
        columns.put(CRM_OWNERSHIP.CHANGED_MS, Column.millis(ownership.changedAt()));
        put(columns, owner, CRM_OWNERSHIP.STAFF_ID, CRM_OWNERSHIP.STORE_ID);
        columns.put(CRM_OWNERSHIP.SINCE_MS, tenure == null ? null : Column.millis(tenure.since()));
        columns.put(CRM_OWNERSHIP.GIVEN_BY, tenure == null ? null : tenure.by().value());
        columns.put(CRM_OWNERSHIP.OFFER_SEQ, offer == null ? null : offer.number());
        put(columns, offer == null ? null : offer.to(), CRM_OWNERSHIP.OFFER_STAFF, CRM_OWNERSHIP.OFFER_STORE);
        columns.put(CRM_OWNERSHIP.OFFER_BY, offer == null ? null : offer.by().value());
        columns.put(CRM_OWNERSHIP.OFFER_MS, offer == null ? null : Column.millis(offer.at()));
        columns.put(CRM_OWNERSHIP.OFFER_EXPIRES_MS, offer == null ? null : Column.millis(offer.expiresAt()));
        return columns;
    }

    static OwnershipEntry entry(Record row) {
        Owner to = owner(row, CRM_OWNERSHIP_ENTRY.OFFER_STAFF, CRM_OWNERSHIP_ENTRY.OFFER_STORE);
        TransferOffer offer = to == null
                ? null
                : new TransferOffer(
                        row.get(CRM_OWNERSHIP_ENTRY.OFFER_SEQ),
                        to,
                        StaffId.of(row.get(CRM_OWNERSHIP_ENTRY.OFFER_BY)),
                        Instant.ofEpochMilli(row.get(CRM_OWNERSHIP_ENTRY.OFFER_MS)),
                        Instant.ofEpochMilli(row.get(CRM_OWNERSHIP_ENTRY.OFFER_EXPIRES_MS)));
        String by = row.get(CRM_OWNERSHIP_ENTRY.BY_STAFF);
        return new OwnershipEntry(
                row.get(CRM_OWNERSHIP_ENTRY.SEQ),
                OwnershipAct.valueOf(row.get(CRM_OWNERSHIP_ENTRY.ACT)),
                owner(row, CRM_OWNERSHIP_ENTRY.BEFORE_STAFF, CRM_OWNERSHIP_ENTRY.BEFORE_STORE),
                owner(row, CRM_OWNERSHIP_ENTRY.AFTER_STAFF, CRM_OWNERSHIP_ENTRY.AFTER_STORE),
                offer,
                by == null ? null : StaffId.of(by),
                row.get(CRM_OWNERSHIP_ENTRY.AS_MANAGER),
                row.get(CRM_OWNERSHIP_ENTRY.REASON),
                Instant.ofEpochMilli(row.get(CRM_OWNERSHIP_ENTRY.AT_MS)));
    }

    /** The columns of an entry but those that say whose it is. */
    static Map<Field<?>, @Nullable Object> columns(OwnershipEntry entry) {
        TransferOffer offer = entry.offer();
        StaffId by = entry.by();
        Map<Field<?>, @Nullable Object> columns = new LinkedHashMap<>();
        columns.put(CRM_OWNERSHIP_ENTRY.SEQ, entry.seq());
        columns.put(CRM_OWNERSHIP_ENTRY.ACT, entry.act().name());
        columns.put(CRM_OWNERSHIP_ENTRY.AT_MS, entry.at().toEpochMilli());
        put(columns, entry.before(), CRM_OWNERSHIP_ENTRY.BEFORE_STAFF, CRM_OWNERSHIP_ENTRY.BEFORE_STORE);
        put(columns, entry.after(), CRM_OWNERSHIP_ENTRY.AFTER_STAFF, CRM_OWNERSHIP_ENTRY.AFTER_STORE);
        columns.put(CRM_OWNERSHIP_ENTRY.OFFER_SEQ, offer == null ? null : offer.number());
        put(
                columns,
                offer == null ? null : offer.to(),
                CRM_OWNERSHIP_ENTRY.OFFER_STAFF,
                CRM_OWNERSHIP_ENTRY.OFFER_STORE);
        columns.put(
                CRM_OWNERSHIP_ENTRY.OFFER_BY, offer == null ? null : offer.by().value());
        columns.put(CRM_OWNERSHIP_ENTRY.OFFER_MS, offer == null ? null : Column.millis(offer.at()));
        columns.put(CRM_OWNERSHIP_ENTRY.OFFER_EXPIRES_MS, offer == null ? null : Column.millis(offer.expiresAt()));
        columns.put(CRM_OWNERSHIP_ENTRY.BY_STAFF, by == null ? null : by.value());
        columns.put(CRM_OWNERSHIP_ENTRY.AS_MANAGER, entry.asManager());
        columns.put(CRM_OWNERSHIP_ENTRY.REASON, entry.reason());
        return columns;
    }

    private static @Nullable Owner owner(Record row, Field<String> staffColumn, Field<String> storeColumn) {
        String staff = row.get(staffColumn);
        String store = row.get(storeColumn);
        return staff == null && store == null
                ? null
                : new Owner(staff == null ? null : StaffId.of(staff), store == null ? null : StoreId.of(store));
    }

    private static void put(
            Map<Field<?>, @Nullable Object> columns,
            @Nullable Owner owner,
            Field<String> staffColumn,
            Field<String> storeColumn) {
        StaffId staff = owner == null ? null : owner.staff();
        StoreId store = owner == null ? null : owner.store();
        columns.put(staffColumn, staff == null ? null : staff.value());
        columns.put(storeColumn, store == null ? null : store.value());
    }
}
