package dev.retailcrm.jdbc;

import static dev.retailcrm.jdbc.schema.Tables.CRM_COUPON_TAKEN;

import dev.retailcrm.assets.spi.CouponTake;
import dev.retailcrm.assets.spi.CouponTaken;
import dev.retailcrm.core.kernel.TenantId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jooq.SelectConditionStep;
import org.jspecify.annotations.Nullable;

/**
 * How many coupons of templates were taken, within one session. The row of all days is locked by every take of a template with a limit, first, so
 * that the one of a day is made by one transaction only.
 */
final class CouponCounts {
    private static final long IN_ALL = 0;

    private final Session session;
    private final TenantId tenant;

    CouponCounts(Session session, TenantId tenant) {
        this.session = session;
        this.tenant = tenant;
    }

    /** Makes the row of all days; false if there is one. */
    boolean make(String template) {
        return KeyClaim.claim(
                () -> {
                    var insert = session.dsl().insertQuery(CRM_COUPON_TAKEN);
                    insert.addValues(row(template, IN_ALL, 0).map());
                    return Inserts.unlessPresent(session, insert) == 1;
                },
                () -> lock(template));
    }

    void unmake(String template) {
        session.dsl()
                .deleteFrom(CRM_COUPON_TAKEN)
                .where(CRM_COUPON_TAKEN.TENANT_ID.eq(tenant.value()))
                .and(CRM_COUPON_TAKEN.TEMPLATE_KEY.eq(template))
                .execute();
    }

    private NewRow row(String template, long day, long taken) {
        return new NewRow()
                .put(CRM_COUPON_TAKEN.TENANT_ID, tenant.value())
                .put(CRM_COUPON_TAKEN.TEMPLATE_KEY, template)
                .put(CRM_COUPON_TAKEN.DAY_NO, day)
                .put(CRM_COUPON_TAKEN.TAKEN, taken);
    }

    /** Locks the row of all days; false if there is none. */
    boolean lock(String template) {
        boolean found = rows(template)
                        .and(CRM_COUPON_TAKEN.DAY_NO.eq(IN_ALL))
                        .forUpdate()
                        .fetchOne()
                != null;
        session.markLocking();
        return found;
    }

    private SelectConditionStep<?> rows(String template) {
        return session.dsl()
                .select(CRM_COUPON_TAKEN.DAY_NO, CRM_COUPON_TAKEN.TAKEN)
                .from(CRM_COUPON_TAKEN)
                .where(CRM_COUPON_TAKEN.TENANT_ID.eq(tenant.value()))
                .and(CRM_COUPON_TAKEN.TEMPLATE_KEY.eq(template));
    }

    CouponTaken taken(String template, @Nullable Long day) {
        Map<Long, Long> found = new HashMap<>();
        List<Long> days = day == null ? List.of(IN_ALL) : List.of(IN_ALL, day);
        rows(template)
                .and(CRM_COUPON_TAKEN.DAY_NO.in(days))
                .forEach(row -> found.put(row.get(CRM_COUPON_TAKEN.DAY_NO), row.get(CRM_COUPON_TAKEN.TAKEN)));
        return new CouponTaken(found.getOrDefault(IN_ALL, 0L), day == null ? 0 : found.getOrDefault(day, 0L));
    }

    /** Takes coupons, or tells how many are left, which stay so until the transaction ends. */
    OptionalLong take(CouponTake take) {
        if (!add(take.template(), IN_ALL, take.count(), take.total())) {
            return OptionalLong.of(left(take));
        }
        Long day = take.day();
        if (day == null || add(take.template(), day, take.count(), take.perDay())) {
            return OptionalLong.empty();
        }
        if (locked(take.template(), day).isEmpty() && take.count() <= take.perDay()) {
            session.dsl()
                    .insertInto(CRM_COUPON_TAKEN)
                    .set(row(take.template(), day, take.count()).map())
                    .execute();
            return OptionalLong.empty();
        }
        add(take.template(), IN_ALL, -take.count(), Long.MAX_VALUE);
        return OptionalLong.of(left(take));
    }

    private boolean add(String template, long day, long count, long most) {
        return session.update(
                        "UPDATE crm_coupon_taken SET taken = taken + ? WHERE tenant_id = ? AND template_key = ? AND day_no = ?"
                                + " AND taken <= ?",
                        statement -> new Bind(statement)
                                .number(count)
                                .text(tenant.value())
                                .text(template)
                                .number(day)
                                .number(count < 0 ? most : most - count))
                == 1;
    }

    private long left(CouponTake take) {
        Long day = take.day();
        long left = take.total() - locked(take.template(), IN_ALL).orElse(0);
        if (day != null) {
            left = Math.min(left, take.perDay() - locked(take.template(), day).orElse(0));
        }
        return Math.max(0, left);
    }

    private OptionalLong locked(String template, long day) {
        Long taken =
                rows(template).and(CRM_COUPON_TAKEN.DAY_NO.eq(day)).forUpdate().fetchOne(CRM_COUPON_TAKEN.TAKEN);
        return taken == null ? OptionalLong.empty() : OptionalLong.of(taken);
    }
}
