package dev.retailcrm.jdbc;

import static dev.retailcrm.jdbc.schema.Tables.CRM_COUPON;
import static dev.retailcrm.jdbc.schema.Tables.CRM_COUPON_BATCH;
import static dev.retailcrm.jdbc.schema.Tables.CRM_COUPON_CODE;
import static dev.retailcrm.jdbc.schema.Tables.CRM_COUPON_ENTRY;

import dev.retailcrm.assets.coupon.Coupon;
import dev.retailcrm.assets.coupon.CouponAct;
import dev.retailcrm.assets.coupon.CouponBatch;
import dev.retailcrm.assets.coupon.CouponEntry;
import dev.retailcrm.assets.coupon.CouponId;
import dev.retailcrm.assets.coupon.CouponOrigin;
import dev.retailcrm.assets.coupon.CouponState;
import dev.retailcrm.assets.coupon.CouponTemplate;
import dev.retailcrm.assets.spi.CouponStore.CodeRow;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.StaffId;
import dev.retailcrm.core.kernel.StoreId;
import dev.retailcrm.core.kernel.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/** Between coupons and their rows. Stateless. */
final class CouponColumns {
    /** The columns of the key of a coupon, which come first. */
    static final int KEYS = 3;

    /** The columns of a coupon in the order in which they are read. */
    static final String COUPON =
            "coupon_id, customer_id, template_key, template_version, state, origin, from_ms, until_ms, locked_until_ms,"
                    + " reference, other_id, home_id, obtained_ms, version";

    /** How many those are. */
    static final int COUPON_COLUMNS = 14;

    private CouponColumns() {}

    static NewRow of(TenantId tenant, Coupon coupon) {
        return new NewRow()
                .put(CRM_COUPON.TENANT_ID, tenant.value())
                .put(CRM_COUPON.CUSTOMER_ID, coupon.customer().value())
                .put(CRM_COUPON.COUPON_ID, coupon.id().value())
                .put(CRM_COUPON.TEMPLATE_KEY, coupon.template().template())
                .put(CRM_COUPON.TEMPLATE_VERSION, coupon.template().version())
                .put(CRM_COUPON.STATE, coupon.state().name())
                .put(CRM_COUPON.ORIGIN, coupon.origin().name())
                .put(CRM_COUPON.FROM_MS, coupon.validFrom().toEpochMilli())
                .put(CRM_COUPON.UNTIL_MS, coupon.expiresAt().toEpochMilli())
                .put(CRM_COUPON.LOCKED_UNTIL_MS, Column.millis(coupon.lockedUntil()))
                .put(CRM_COUPON.REFERENCE, coupon.reference())
                .put(CRM_COUPON.OTHER_ID, id(coupon.other()))
                .put(CRM_COUPON.HOME_ID, coupon.home().value())
                .put(CRM_COUPON.OBTAINED_MS, coupon.obtainedAt().toEpochMilli())
                .put(CRM_COUPON.VERSION, coupon.version());
    }

    private static @Nullable Long id(@Nullable CustomerId customer) {
        return customer == null ? null : customer.value();
    }

    static Coupon coupon(ResultSet row) throws SQLException {
        return new Coupon(
                CouponId.of(row.getLong(1)),
                CustomerId.of(row.getLong(2)),
                new CouponTemplate.Version(row.getString(3), row.getLong(4)),
                CouponState.valueOf(row.getString(5)),
                CouponOrigin.valueOf(row.getString(6)),
                Instant.ofEpochMilli(row.getLong(7)),
                Instant.ofEpochMilli(row.getLong(8)),
                instant(row.getObject(9, Long.class)),
                row.getString(10),
                Column.customer(row.getObject(11, Long.class)),
                CustomerId.of(row.getLong(12)),
                Instant.ofEpochMilli(row.getLong(13)),
                row.getLong(14));
    }

    private static @Nullable Instant instant(@Nullable Long millis) {
        return millis == null ? null : Instant.ofEpochMilli(millis);
    }

    static NewRow of(TenantId tenant, CouponEntry entry) {
        StoreId store = entry.store();
        StaffId staff = entry.staff();
        return new NewRow()
                .put(CRM_COUPON_ENTRY.TENANT_ID, tenant.value())
                .put(CRM_COUPON_ENTRY.CUSTOMER_ID, entry.customer().value())
                .put(CRM_COUPON_ENTRY.SEQ, entry.seq())
                .put(CRM_COUPON_ENTRY.COUPON_ID, entry.coupon().value())
                .put(CRM_COUPON_ENTRY.COUPON_VERSION, entry.version())
                .put(CRM_COUPON_ENTRY.TEMPLATE_KEY, entry.template())
                .put(CRM_COUPON_ENTRY.ACT, entry.act().name())
                .put(CRM_COUPON_ENTRY.AT_MS, entry.at().toEpochMilli())
                .put(CRM_COUPON_ENTRY.OCCURRED_MS, entry.occurredAt().toEpochMilli())
                .put(CRM_COUPON_ENTRY.OTHER_ID, id(entry.other()))
                .put(CRM_COUPON_ENTRY.REFERENCE, entry.reference())
                .put(CRM_COUPON_ENTRY.STORE_ID, store == null ? null : store.value())
                .put(CRM_COUPON_ENTRY.STAFF_ID, staff == null ? null : staff.value());
    }

    static CouponEntry entry(Record row) {
        String store = row.get(CRM_COUPON_ENTRY.STORE_ID);
        String staff = row.get(CRM_COUPON_ENTRY.STAFF_ID);
        return new CouponEntry(
                CustomerId.of(row.get(CRM_COUPON_ENTRY.CUSTOMER_ID)),
                row.get(CRM_COUPON_ENTRY.SEQ),
                CouponId.of(row.get(CRM_COUPON_ENTRY.COUPON_ID)),
                row.get(CRM_COUPON_ENTRY.COUPON_VERSION),
                row.get(CRM_COUPON_ENTRY.TEMPLATE_KEY),
                CouponAct.valueOf(row.get(CRM_COUPON_ENTRY.ACT)),
                Instant.ofEpochMilli(row.get(CRM_COUPON_ENTRY.AT_MS)),
                Instant.ofEpochMilli(row.get(CRM_COUPON_ENTRY.OCCURRED_MS)),
                Column.customer(row.get(CRM_COUPON_ENTRY.OTHER_ID)),
                row.get(CRM_COUPON_ENTRY.REFERENCE),
                store == null ? null : StoreId.of(store),
                staff == null ? null : StaffId.of(staff));
    }

    static CouponBatch batch(Record row) {
        return new CouponBatch(
                CouponId.of(row.get(CRM_COUPON_BATCH.BATCH_ID)),
                row.get(CRM_COUPON_BATCH.TEMPLATE_KEY),
                row.get(CRM_COUPON_BATCH.IMPORTED),
                row.get(CRM_COUPON_BATCH.ORDERED),
                row.get(CRM_COUPON_BATCH.MADE),
                row.get(CRM_COUPON_BATCH.WITHDRAWN),
                Instant.ofEpochMilli(row.get(CRM_COUPON_BATCH.OPENED_MS)),
                row.get(CRM_COUPON_BATCH.VERSION));
    }

    static CodeRow code(Record row) {
        Long coupon = row.get(CRM_COUPON_CODE.COUPON_ID);
        return new CodeRow(
                row.get(CRM_COUPON_CODE.CODE_HASH),
                CouponId.of(row.get(CRM_COUPON_CODE.BATCH_ID)),
                Column.customer(row.get(CRM_COUPON_CODE.HOLDER_ID)),
                coupon == null ? null : CouponId.of(coupon));
    }
}
