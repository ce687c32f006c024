package dev.retailcrm.assets.spi;

import dev.retailcrm.assets.coupon.Coupon;
import dev.retailcrm.assets.coupon.CouponAct;
import dev.retailcrm.assets.coupon.CouponBatch;
import dev.retailcrm.assets.coupon.CouponEntry;
import dev.retailcrm.assets.coupon.CouponId;
import dev.retailcrm.assets.coupon.CouponState;
import dev.retailcrm.assets.coupon.CouponTemplate;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.spi.RequestStore.Booked;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps templates of coupons, how many of each were taken, batches of codes, which coupons customers have, and what became of them.
 * Thread-safe; every method joins the current transaction and never ends it. Nothing of one tenant is ever found or changed by a call for
 * another (<b>[CO-1]</b>). What is found is what is committed, or was written earlier in this transaction (<b>[CO-2]</b>). Numbered rules are
 * checked by {@code CouponStoreContract} under the same numbers.
 *
 * <p>Locks are taken in this order: customers ascending by id, then a code, then a batch, then what is counted of a template.
 */
public interface CouponStore {
    /** <b>[CO-3]</b> The newest version of a template, byte for byte as it was given. Empty if there is none. */
    Optional<CouponTemplate> newest(TenantId tenant, String template);

    /** <b>[CO-4]</b> These versions of templates; unknown ones are left out. In one round trip. */
    Map<CouponTemplate.Version, CouponTemplate> versions(TenantId tenant, Collection<CouponTemplate.Version> versions);

    /** <b>[CO-5]</b> The newest versions of templates with keys above {@code after}, or all, ascending by key, at most {@code limit}. */
    List<CouponTemplate> templates(TenantId tenant, @Nullable String after, int limit);

    /**
     * <b>[CO-6]</b> Locks a template, and what is counted of it, until the transaction ends, waiting for whoever holds it, and returns the newest
     * version as the holder before left it. Empty if there is none; then nothing is locked.
     */
    Optional<CouponTemplate> lockTemplate(TenantId tenant, String template);

    /** <b>[CO-7]</b> What was booked for the tenant under this key: by a template or a batch, for ever. Keys compare byte for byte. */
    Optional<Booked> booked(TenantId tenant, RequestKey key);

    /**
     * <b>[CO-8]</b> Writes a version of a template, with its key. If the key is booked already, or the version is the first and somebody else
     * has written that, nothing is written and the answer is {@code false}; of two at once the second waits for the first. The caller holds
     * {@link #lockTemplate} of one that is there.
     */
    boolean define(TenantId tenant, CouponTemplate template, RequestKey key, Booked booked);

    /** <b>[CO-9]</b> How many of a template were taken, as far as this transaction can see without waiting. */
    CouponTaken taken(TenantId tenant, String template, @Nullable Long day);

    /**
     * <b>[CO-10]</b> Opens a batch of codes and takes them from its template, with its key; the answer is that of {@link #apply}.
     */
    Applied open(TenantId tenant, CouponBatch batch, RequestKey key, Booked booked, CouponTake take);

    /** <b>[CO-11]</b> A batch. Empty if there is none. */
    Optional<CouponBatch> batch(TenantId tenant, CouponId batch);

    /** <b>[CO-12]</b> Locks a batch until the transaction ends, waiting for whoever holds it, and returns it as the holder before left it. */
    Optional<CouponBatch> lockBatch(TenantId tenant, CouponId batch);

    /** <b>[CO-13]</b> Writes a batch as it is to be; the caller holds its lock. */
    void write(TenantId tenant, CouponBatch batch);

    /**
     * <b>[CO-14]</b> Writes those of these hashes of codes that are not there, for a batch; the others stay with theirs. Of two at once that
     * write one, the second waits for the first. No unique violation reaches the current transaction.
     *
     * @param hashes distinct, at most 10,000
     * @return those that were there
     */
    Set<String> addCodes(TenantId tenant, CouponId batch, Collection<String> hashes);

    /** <b>[CO-30]</b> Those of these hashes of which there are codes, in few round trips. */
    Set<String> known(TenantId tenant, Collection<String> hashes);

    /** <b>[CO-15]</b> The code with one of these hashes. Hashes compare byte for byte. Empty if there is none. */
    Optional<CodeRow> code(TenantId tenant, Collection<String> hashes);

    /** <b>[CO-16]</b> Locks a code until the transaction ends, waiting for whoever holds it, and returns it as the holder before left it. */
    Optional<CodeRow> lockCode(TenantId tenant, String hash);

    /**
     * <b>[CO-17]</b> Locks the coupons of these customers until the transaction ends, ascending by id, waiting for whoever holds them, and
     * returns the customers as the holders before left them, even where the transaction reads from an older snapshot. Who is no customer is
     * left out.
     */
    Map<CustomerId, CouponHolder> lockAll(TenantId tenant, Collection<CustomerId> customers);

    /** <b>[CO-18]</b> Those of these coupons that a customer has or had, as the last holder of her lock left them. */
    Map<CouponId, Coupon> find(TenantId tenant, CustomerId customer, Collection<CouponId> coupons);

    /**
     * <b>[CO-19]</b> The coupons a customer has or had, with ids above {@code after}, or all, ascending, at most {@code limit}.
     *
     * @param open only those kept as {@link CouponState#AVAILABLE} or {@link CouponState#LOCKED}
     */
    List<Coupon> coupons(TenantId tenant, CustomerId customer, boolean open, @Nullable CouponId after, int limit);

    /** <b>[CO-20]</b> How many coupons of a template count against what the customer may get, see {@link Coupon#counts()}. Her lock is held. */
    long obtained(TenantId tenant, CustomerId customer, String template);

    /**
     * Writes a decision, all or nothing. The caller holds the customer's lock.
     *
     * <p><b>[CO-21]</b> If the request key is booked for her already, nothing is written and the answer says so. <b>[CO-22]</b> Else, if less
     * is left of a template than is taken, nothing is written, the answer tells how much is left, and that stays so until this transaction
     * ends. However many take at once, never more than the limits are. <b>[CO-23]</b> Neither answer harms the current transaction.
     * <b>[CO-24]</b> Coupons, entries, key, events and what was taken are kept if and only if this transaction is committed. What is counted
     * of a template is locked last, right before the end.
     */
    Applied apply(CouponChange change);

    /** <b>[CO-25]</b> The entries of a customer with numbers above {@code after}, ascending, at most {@code limit}. */
    List<CouponEntry> entries(TenantId tenant, CustomerId customer, long after, int limit);

    /** <b>[CO-26]</b> The entries of one coupon under a customer, ascending. */
    List<CouponEntry> entriesOf(TenantId tenant, CustomerId customer, CouponId coupon);

    /** <b>[CO-27]</b> How many coupons of a template are kept in each state, of all customers. States of none are left out. */
    Map<CouponState, Long> counts(TenantId tenant, String template);

    /** <b>[CO-28]</b> Deletes at most {@code limit} rows of a customer: her coupons, and once there are none her entries; how many. Her record is locked. */
    int remove(TenantId tenant, CustomerId customer, int limit);

    /**
     * <b>[CO-29]</b> When each of these customers last did something with a coupon herself, see {@link CouponAct#isHers()}; who never did is left
     * out. In one round trip.
     */
    Map<CustomerId, Instant> lastAt(TenantId tenant, Collection<CustomerId> customers);

    /**
     * A code.
     *
     * @param hash what it is stored by
     * @param batch the batch it is of
     * @param customer who brought it; {@code null} if nobody has
     * @param coupon the coupon she got for it; {@code null} if nobody brought it
     */
    record CodeRow(
            String hash,
            CouponId batch,
            @Nullable CustomerId customer,
            @Nullable CouponId coupon) {}

    /**
     * What became of a decision.
     *
     * @param outcome whether it was written, and why not
     * @param left how much is left, in the number of coupons, if that was too little; else 0
     */
    record Applied(Outcome outcome, long left) {
        /** Everything was written. */
        public static final Applied WRITTEN = new Applied(Outcome.WRITTEN, 0);

        /** Nothing was written: the request key is booked. */
        public static final Applied REPEATED = new Applied(Outcome.REPEATED, 0);

        /** Nothing was written: so little is left. */
        public static Applied tooFew(long left) {
            return new Applied(Outcome.TOO_FEW, left);
        }

        /** Whether it was written. */
        public boolean isWritten() {
            return outcome == Outcome.WRITTEN;
        }
    }

    /** Whether a decision was written. */
    enum Outcome {
        /** Everything was. */
        WRITTEN,
        /** Nothing was: the request key is booked. */
        REPEATED,
        /** Nothing was: too little is left. */
        TOO_FEW
    }
}
