package dev.retailcrm.core.spi;

import dev.retailcrm.core.customer.CustomerStatus;
import dev.retailcrm.core.field.FieldDefinition;
import dev.retailcrm.core.field.FieldSearch;
import dev.retailcrm.core.field.FieldValue;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.spi.RequestStore.Booked;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the definitions of custom fields, and the values of customers. Thread-safe; every method joins the current transaction and never
 * ends it. Nothing of one tenant is ever found or changed by a call for another (<b>[FS-1]</b>). Numbered rules are checked by
 * {@code FieldStoreContract} under the same numbers.
 */
public interface FieldStore {
    /**
     * <b>[FS-2]</b> All definitions of the tenant, in use and retired, by ascending key: as committed, or as written earlier in this
     * transaction. A store may keep copies, and must never answer with one that is not what it was copied from any more.
     */
    List<FieldDefinition> definitions(TenantId tenant);

    /**
     * <b>[FS-3]</b> Locks the definitions of the tenant until the transaction ends, waiting for whoever holds them, and returns them as
     * the holder before left them, even where the transaction reads from an older snapshot.
     */
    List<FieldDefinition> lockDefinitions(TenantId tenant);

    /** <b>[FS-4]</b> What a definition was made or changed under this key, byte for byte. The caller holds the lock. */
    Optional<Booked> booked(TenantId tenant, RequestKey key);

    /**
     * Writes a decision: the definition, new or in place of the one before, and the request key, which is new. The caller holds the lock.
     * <b>[FS-5]</b> Both are kept if and only if this transaction is committed.
     */
    void apply(FieldDefinitionChange change);

    /**
     * <b>[FS-6]</b> All values of each of these customers by the key of the field, those of retired fields included, as written.
     * Customers without values are left out. Up to 1,000 customers take a number of round trips that does not grow with them.
     */
    Map<CustomerId, Map<String, FieldValue>> values(TenantId tenant, Collection<CustomerId> customers);

    /**
     * Writes values of a customer in place of those before. The caller holds the lock of her record, and has written a
     * {@link CustomerChange} that claims the {@link LookupKey#field look-up keys} of unique values. <b>[FS-7]</b> They are kept if and
     * only if this transaction is committed. <b>[FS-8]</b> Once a customer is {@link CustomerStatus#ERASED}, none of her values is found
     * by any question, and her unique values can be claimed by others.
     */
    void write(TenantId tenant, CustomerId customer, List<FieldWrite> values);

    /**
     * <b>[FS-9]</b> The customers with ids above {@code after}, or all, ascending, at most {@code limit}, whose value of the field is one
     * of those asked for, or lies in the range; of several options, one is enough. Texts compare byte for byte, numbers by value.
     * Customers who were merged into another are not found.
     * <b>[FS-10]</b> Personal values are found by equality.
     *
     * @param field the definition of the field searched
     */
    List<CustomerId> search(
            TenantId tenant, FieldDefinition field, FieldSearch search, @Nullable CustomerId after, int limit);
}
