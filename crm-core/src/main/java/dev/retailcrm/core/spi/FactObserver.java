package dev.retailcrm.core.spi;

import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.rule.FactTopic;
import java.time.Instant;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Is told what is written of customers that rules may ask about, in the transaction that writes it. Thread-safe; what it throws ends that
 * transaction.
 */
public interface FactObserver {
    /** Is told nothing. */
    FactObserver NONE = new FactObserver() {
        @Override
        public boolean awaits(TenantId tenant, Set<CustomerId> customers, Set<FactTopic> topics) {
            return false;
        }

        @Override
        public void written(TenantId tenant, Set<CustomerId> customers, Set<FactTopic> topics, Instant at) {
            // nobody asked
        }
    };

    /**
     * Whether it wants to be told when something of these topics was written of these customers. Asked before anything of them is locked: what
     * it needs locked itself it locks now.
     */
    boolean awaits(TenantId tenant, Set<CustomerId> customers, Set<FactTopic> topics);

    /**
     * Something of these topics may have been written of these customers, about which it was asked before.
     *
     * @param at the clock's instant, in milliseconds
     */
    void written(TenantId tenant, Set<CustomerId> customers, Set<FactTopic> topics, Instant at);

    /** Writes something of a customer, and tells of it; within a unit of work. */
    default <T> T watching(
            TenantId tenant, CustomerId customer, Set<FactTopic> topics, Instant at, Supplier<T> writing) {
        return watching(tenant, Set.of(customer), topics, at, writing);
    }

    /** Writes something of customers, and tells of it; within a unit of work. */
    default <T> T watching(
            TenantId tenant, Set<CustomerId> customers, Set<FactTopic> topics, Instant at, Supplier<T> writing) {
        boolean awaits = awaits(tenant, customers, topics);
        T answer = writing.get();
        if (awaits) {
            written(tenant, customers, topics, at);
        }
        return answer;
    }
}
