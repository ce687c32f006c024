package dev.retailcrm.assets.spi;

import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.Instants;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.rule.FactTopic;
import dev.retailcrm.core.spi.FactObserver;
import dev.retailcrm.core.spi.RequestStore;
import dev.retailcrm.core.spi.UnitOfWork;
import java.time.InstantSource;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Everything a ledger needs of its host. Immutable.
 *
 * @param observer is told of whatever is booked for a customer, once a command
 */
public record LedgerPorts(
        UnitOfWork unitOfWork,
        RequestStore requests,
        LedgerStore store,
        LedgerHistoryStore history,
        AccountOwners owners,
        InstantSource clock,
        FactObserver observer) {
    private static final Set<FactTopic> TOPICS = Set.of(FactTopic.ASSETS);

    /** Nobody is told. */
    public LedgerPorts(
            UnitOfWork unitOfWork,
            RequestStore requests,
            LedgerStore store,
            LedgerHistoryStore history,
            AccountOwners owners,
            InstantSource clock) {
        this(unitOfWork, requests, store, history, owners, clock, FactObserver.NONE);
    }

    /** The same, telling an observer instead. */
    public LedgerPorts observedBy(FactObserver other) {
        return new LedgerPorts(unitOfWork, requests, store, history, owners, clock, Check.present(other, "observer"));
    }

    /** The same, telling nobody: for the parts of a command that tells when all is done. */
    public LedgerPorts unobserved() {
        return observedBy(FactObserver.NONE);
    }

    /** Before a wallet is locked, of which what is booked may be told: whoever is told may lock the customer's record. */
    public void prepare(TenantId tenant, CustomerId customer) {
        observer.awaits(tenant, Set.of(customer), TOPICS);
    }

    /** Books something for customers, and tells of it; within a unit of work, before a wallet is locked. */
    public <T> T watching(TenantId tenant, Set<CustomerId> customers, Supplier<T> booking) {
        return observer.watching(tenant, customers, TOPICS, new Instants(clock).now(), booking);
    }

    /** Books something for a customer. */
    public <T> T watching(TenantId tenant, CustomerId customer, Supplier<T> booking) {
        return watching(tenant, Set.of(customer), booking);
    }
}
