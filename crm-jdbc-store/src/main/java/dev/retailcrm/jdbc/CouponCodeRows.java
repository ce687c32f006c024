package dev.retailcrm.jdbc;

import static dev.retailcrm.jdbc.schema.Tables.CRM_COUPON_CODE;

import com.google.common.collect.Lists;
import dev.retailcrm.assets.coupon.CouponId;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.TenantId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Codes of coupons, by their hashes, within one session. */
final class CouponCodeRows {
    private static final int CHUNK = 1_000;

    private final Session session;
    private final TenantId tenant;

    CouponCodeRows(Session session, TenantId tenant) {
        this.session = session;
        this.tenant = tenant;
    }

    /** Writes those that are not there, ascending, so that two never wait for each other; those that are. */
    Set<String> add(CouponId batch, Collection<String> hashes) {
        Set<String> there = new HashSet<>();
        List<String> left = new ArrayList<>(hashes);
        left.sort(null);
        while (!KeyClaim.claim(() -> written(batch, left), () -> isKnown(left, there))) {
            left.removeAll(there);
        }
        return there;
    }

    /** All of them, or none. */
    private boolean written(CouponId batch, List<String> hashes) {
        int written = new BulkInsert(session, CRM_COUPON_CODE).unlessPresent(rows(batch, hashes));
        if (written > 0 && written < hashes.size()) {
            remove(batch, hashes);
        }
        return written == hashes.size();
    }

    /** Whether some are there by now. */
    private boolean isKnown(List<String> hashes, Set<String> there) {
        session.markLocking();
        return there.addAll(known(hashes));
    }

    private List<NewRow> rows(CouponId batch, List<String> hashes) {
        List<NewRow> rows = new ArrayList<>(hashes.size());
        for (String hash : hashes) {
            rows.add(new NewRow()
                    .put(CRM_COUPON_CODE.TENANT_ID, tenant.value())
                    .put(CRM_COUPON_CODE.CODE_HASH, hash)
                    .put(CRM_COUPON_CODE.BATCH_ID, batch.value()));
        }
        return rows;
    }

    private void remove(CouponId batch, List<String> hashes) {
        for (List<String> some : Lists.partition(hashes, CHUNK)) {
            session.dsl()
                    .deleteFrom(CRM_COUPON_CODE)
                    .where(CRM_COUPON_CODE.TENANT_ID.eq(tenant.value()))
                    .and(CRM_COUPON_CODE.CODE_HASH.in(some))
                    .and(CRM_COUPON_CODE.BATCH_ID.eq(batch.value()))
                    .execute();
        }
    }

    Set<String> known(Collection<String> hashes) {
        Set<String> known = new HashSet<>();
        for (List<String> some : Lists.partition(List.copyOf(hashes), CHUNK)) {
            var query = session.dsl()
                    .select(CRM_COUPON_CODE.CODE_HASH)
                    .from(CRM_COUPON_CODE)
                    .where(CRM_COUPON_CODE.TENANT_ID.eq(tenant.value()))
                    .and(CRM_COUPON_CODE.CODE_HASH.in(some));
            session.fetchFresh(query).forEach(row -> known.add(row.value1()));
        }
        return known;
    }

    /** Gives a code that nobody has brought, and is locked, to a customer. */
    void give(String hash, CustomerId customer, CouponId coupon) {
        int given = session.dsl()
                .update(CRM_COUPON_CODE)
                .set(CRM_COUPON_CODE.HOLDER_ID, customer.value())
                .set(CRM_COUPON_CODE.COUPON_ID, coupon.value())
                .where(CRM_COUPON_CODE.TENANT_ID.eq(tenant.value()))
                .and(CRM_COUPON_CODE.CODE_HASH.eq(hash))
                .and(CRM_COUPON_CODE.HOLDER_ID.isNull())
                .execute();
        if (given != 1) {
            throw CoreError.STORE_FAILED.because("the code was given without its lock");
        }
    }

    void takeBack(String hash) {
        session.dsl()
                .update(CRM_COUPON_CODE)
                .setNull(CRM_COUPON_CODE.HOLDER_ID)
                .setNull(CRM_COUPON_CODE.COUPON_ID)
                .where(CRM_COUPON_CODE.TENANT_ID.eq(tenant.value()))
                .and(CRM_COUPON_CODE.CODE_HASH.eq(hash))
                .execute();
    }
}
