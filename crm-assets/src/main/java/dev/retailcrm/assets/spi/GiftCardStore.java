package dev.retailcrm.assets.spi;

import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.kernel.TenantId;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Keeps gift cards, the look-up from codes to cards and the one from request keys to batches; the value on the cards is kept by the
 * {@link LedgerStore}. Thread-safe; every method joins the current transaction and never ends it. Nothing of one tenant is ever found
 * or changed by a call for another (<b>[GC-1]</b>). Numbered rules are checked by {@code GiftCardStoreContract} under the same numbers.
 */
public interface GiftCardStore extends AccountOwners {
    /** <b>[GC-2]</b> The card as committed, or as written earlier in this transaction. Empty if there is none. */
    Optional<GiftCardSnapshot> find(TenantId tenant, CustomerId card);

    /**
     * <b>[GC-3]</b> Locks the card until the transaction ends, waiting for whoever holds it, and returns it as the holder before left
     * it, even where the transaction reads from an older snapshot. Empty if there is none. Locked before the wallet of the card.
     */
    Optional<GiftCardSnapshot> lock(TenantId tenant, CustomerId card);

    /**
     * <b>[GC-4]</b> The card whose code has one of these hashes. Hashes compare byte for byte. Empty if no card has.
     *
     * @param codeHashes one or more hashes of one code
     */
    Optional<CustomerId> cardOf(TenantId tenant, Collection<String> codeHashes);

    /**
     * <b>[GC-5]</b> The batch issued under this key: committed by anyone, even where the transaction reads from an older snapshot, or
     * written earlier in this transaction. Keys compare byte for byte.
     */
    Optional<CustomerId> batchOf(TenantId tenant, RequestKey key);

    /** <b>[GC-6]</b> The cards of a batch whose number is greater than the given one, by ascending number. */
    List<GiftCardSnapshot> inBatch(TenantId tenant, CustomerId batch, int afterNumber, int limit);

    /**
     * Writes a batch, all or nothing: cards, codes, request key and events.
     *
     * <p><b>[GC-7]</b> If the key has issued a batch before, nothing is written and the answer is {@link Issued#REPEATED}; of two at the
     * same time the second waits for the first. <b>[GC-8]</b> Else, if any of the codes belongs to a card, nothing is written and the
     * answer is {@link Issued#CODE_TAKEN}. <b>[GC-9]</b> Neither answer harms the current transaction. <b>[GC-10]</b> The key is found
     * by the request store for the id of the batch.
     */
    Issued issue(GiftCardBatch batch);

    /**
     * Writes a decision, all or nothing: the card, the request key if it names one, and the event. The caller holds the card's lock.
     *
     * <p><b>[GC-11]</b> If the key is booked for the card by whatever command, nothing is written and the answer is {@code false};
     * that does not harm the current transaction. <b>[GC-12]</b> A change without event books the key and leaves the card as it is.
     * <b>[GC-13]</b> The event is kept if and only if this transaction is committed.
     */
    boolean apply(GiftCardChange change);

    /** <b>[GC-14]</b> Those of the given ids that are cards of this tenant, the ones written earlier in this transaction included. */
    @Override
    Set<CustomerId> existing(TenantId tenant, Collection<CustomerId> cards);

    /** <b>[GC-15]</b> The cards that are bound to one of these customers, by ascending id. A number of round trips that does not grow with them. */
    List<GiftCardSnapshot> boundTo(TenantId tenant, Collection<CustomerId> customers);

    /** What became of a batch. */
    enum Issued {
        /** Everything was written. */
        WRITTEN,
        /** Nothing was written: the key has issued a batch before. */
        REPEATED,
        /** Nothing was written: a code belongs to a card already. */
        CODE_TAKEN
    }

    /** {@inheritDoc} Cards are never merged. */
    @Override
    default Optional<CustomerId> survivor(TenantId tenant, CustomerId customer) {
        return Optional.empty();
    }
}
