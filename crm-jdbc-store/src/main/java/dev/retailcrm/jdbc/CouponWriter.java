package dev.retailcrm.jdbc;

import static dev.retailcrm.jdbc.schema.Tables.CRM_COUPON;
import static dev.retailcrm.jdbc.schema.Tables.CRM_COUPON_ENTRY;
import static dev.retailcrm.jdbc.schema.Tables.CRM_OUTBOX;

import dev.retailcrm.assets.coupon.Coupon;
import dev.retailcrm.assets.coupon.CouponEvent;
import dev.retailcrm.assets.coupon.CouponId;
import dev.retailcrm.assets.spi.CouponChange;
import dev.retailcrm.assets.spi.CouponStore.Applied;
import dev.retailcrm.assets.spi.CouponTake;
import dev.retailcrm.core.kernel.TenantId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import org.jooq.Field;

/**
 * Writes a decision about a customer's coupons. What is counted of a template is locked last, for one statement and the commit, since other
 * customers wait for it; in the seldom case that too little is left, what was written before is taken back. For one session.
 */
final class CouponWriter {
    private static final String UPDATE = update();

    private final Session session;
    private final TenantId tenant;
    private final CouponChange change;

    CouponWriter(Session session, CouponChange change) {
        this.session = session;
        this.tenant = change.tenant();
        this.change = change;
    }

    private static String update() {
        List<Field<?>> columns = List.of(CRM_COUPON.fields());
        List<String> set = new ArrayList<>();
        for (Field<?> column : columns.subList(CouponColumns.KEYS, columns.size())) {
            set.add(column.getName().toLowerCase(Locale.ROOT) + " = ?");
        }
        return "UPDATE crm_coupon SET " + String.join(", ", set)
                + " WHERE tenant_id = ? AND customer_id = ? AND coupon_id = ?";
    }

    Applied write() {
        CouponChange.Booking booking = change.booking();
        if (booking != null
                && !JooqRequestStore.book(session, tenant, change.customer(), booking.key(), booking.booked())) {
            return Applied.REPEATED;
        }
        String code = change.codeHash();
        if (code != null) {
            new CouponCodeRows(session, tenant)
                    .give(code, change.customer(), change.added().get(0).id());
        }
        remove(change.removed());
        insert(change.added());
        session.each(UPDATE, change.changed(), (statement, coupon) -> {
            Bind bind = new Bind(statement);
            bind.rest(CouponColumns.of(tenant, coupon), CouponColumns.KEYS);
            bind.text(tenant.value())
                    .number(coupon.customer().value())
                    .number(coupon.id().value());
        });
        new BulkInsert(session, CRM_COUPON_ENTRY)
                .all(change.entries().stream()
                        .map(it -> CouponColumns.of(tenant, it))
                        .toList());
        new BulkInsert(session, CRM_OUTBOX)
                .all(change.events().stream().map(JooqOutboxStore::columns).toList());
        CouponTake take = change.take();
        OptionalLong left = take == null ? OptionalLong.empty() : new CouponCounts(session, tenant).take(take);
        if (left.isEmpty()) {
            return Applied.WRITTEN;
        }
        undo();
        return Applied.tooFew(left.getAsLong());
    }

    private void insert(List<Coupon> coupons) {
        new BulkInsert(session, CRM_COUPON)
                .all(coupons.stream().map(it -> CouponColumns.of(tenant, it)).toList());
    }

    private void remove(List<CouponId> coupons) {
        if (!coupons.isEmpty()) {
            session.each(
                    "DELETE FROM crm_coupon WHERE tenant_id = ? AND customer_id = ? AND coupon_id = ?",
                    coupons,
                    (statement, coupon) -> new Bind(statement)
                            .text(tenant.value())
                            .number(change.customer().value())
                            .number(coupon.value()));
        }
    }

    /** What takes from a template only adds coupons. */
    private void undo() {
        remove(change.added().stream().map(Coupon::id).toList());
        long first = change.entries().get(0).seq();
        session.dsl()
                .deleteFrom(CRM_COUPON_ENTRY)
                .where(CRM_COUPON_ENTRY.TENANT_ID.eq(tenant.value()))
                .and(CRM_COUPON_ENTRY.CUSTOMER_ID.eq(change.customer().value()))
                .and(CRM_COUPON_ENTRY.SEQ.ge(first))
                .execute();
        session.dsl()
                .deleteFrom(CRM_OUTBOX)
                .where(CRM_OUTBOX.TENANT_ID.eq(tenant.value()))
                .and(CRM_OUTBOX.CUSTOMER_ID.eq(change.customer().value()))
                .and(CRM_OUTBOX.SOURCE.eq(CouponEvent.STREAM))
                .and(CRM_OUTBOX.SEQ.ge(first))
                .execute();
        CouponChange.Booking booking = change.booking();
        if (booking != null) {
            JooqRequestStore.unbook(session, tenant, change.customer(), booking.key());
        }
        String code = change.codeHash();
        if (code != null) {
            new CouponCodeRows(session, tenant).takeBack(code);
        }
    }
}
