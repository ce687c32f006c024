package dev.retailcrm.assets.spi;

import dev.retailcrm.assets.benefit.BenefitEntry;
import dev.retailcrm.assets.benefit.BenefitId;
import dev.retailcrm.assets.benefit.UsePeriod.Span;
import dev.retailcrm.assets.redeem.RedeemItem;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.TenantId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps which benefits customers were granted, their cards, what they redeemed, what became of all that, and how much of a stock was taken.
 * Thread-safe; every method joins the current transaction and never ends it. Nothing of one tenant is ever found or changed by a call for another
 * (<b>[BE-1]</b>). What is found is what is committed, or was written earlier in this transaction; under the lock of the customer also what was
 * committed while it was waited for (<b>[BE-2]</b>). Numbered rules are checked by {@code BenefitStoreContract} under the same numbers.
 *
 * <p>Locks are taken in this order: customers ascending by id, then wallets, then stocks.
 */
public interface BenefitStore {
    /**
     * <b>[BE-3]</b> Locks the records of these customers until the transaction ends, ascending by id, waiting for whoever holds them, and returns them
     * as the holders before left them. Who is no customer is left out.
     */
    Map<CustomerId, BenefitHolder> lock(TenantId tenant, Collection<CustomerId> customers);

    /** <b>[BE-4]</b> Rows of one type of a customer with ids above {@code after}, or all, ascending, at most {@code limit}, as they were written. */
    <T extends BenefitRow> List<T> list(
            TenantId tenant, CustomerId customer, Class<T> type, @Nullable BenefitId after, int limit);

    /** <b>[BE-5]</b> A row of a customer; empty if she has none of this type and id. */
    <T extends BenefitRow> Optional<T> find(TenantId tenant, CustomerId customer, Class<T> type, BenefitId id);

    /** <b>[BE-6]</b> How much of something a customer redeemed in a time, by when it happened, without what was reversed. */
    long used(TenantId tenant, CustomerId customer, RedeemItem item, Span span);

    /** <b>[BE-7]</b> Whether a customer redeemed something by this pass. */
    boolean isPassUsed(TenantId tenant, CustomerId customer, RedeemItem item, String pass);

    /**
     * Writes a decision, all or nothing. The caller holds the customer's lock.
     *
     * <p><b>[BE-8]</b> If the request key is booked for her already, nothing is written and the answer says so. <b>[BE-9]</b> Else, if less is left of a
     * stock than is taken, nothing is written and the answer says so; however many take at once, never more than the stock is taken, and what is
     * taken comes to no less than nothing. <b>[BE-10]</b> Neither answer harms the current transaction. <b>[BE-11]</b> Everything is kept as it was
     * given. The stock is locked last.
     */
    Outcome apply(BenefitChange change);

    /** <b>[BE-12]</b> The entries of a customer with numbers above {@code after}, ascending, at most {@code limit}. */
    List<BenefitEntry> entries(TenantId tenant, CustomerId customer, long after, int limit);

    /** <b>[BE-13]</b> How much of the stock of an offer is taken, as far as this transaction can see without waiting. */
    long taken(TenantId tenant, String offer);

    /** <b>[BE-14]</b> All rows of one customer, but her entries, are the other's from now on. The records of both are locked. */
    void adopt(TenantId tenant, CustomerId from, CustomerId to);

    /** <b>[BE-15]</b> Takes back {@link #adopt}: rows that were of these customers when they came to be are the first's again. */
    void disown(TenantId tenant, CustomerId from, CustomerId to, Collection<CustomerId> homes);

    /** <b>[BE-16]</b> Deletes at most {@code limit} rows and entries of a customer; how many. Her record is locked. */
    int remove(TenantId tenant, CustomerId customer, int limit);

    /** <b>[BE-17]</b> When each of these customers last redeemed something; who never did is left out. In one round trip. */
    Map<CustomerId, Instant> lastAt(TenantId tenant, Collection<CustomerId> customers);

    /** Whether a decision was written. */
    enum Outcome {
        /** Everything was. */
        WRITTEN,
        /** Nothing was: the request key is booked. */
        REPEATED,
        /** Nothing was: too little of a stock is left. */
        TOO_FEW
    }
}
