package dev.retailcrm.tck;

import dev.retailcrm.core.customer.CustomerPrivacy;
import dev.retailcrm.core.history.Actor;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.privacy.ErasureStep;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * What all contracts share: a new fixture for each rule, two tenants, and numbers for customers. Subclass the contracts, not this.
 * Names of rules start with the number that the port's Javadoc gives them.
 */
public abstract class StoreContract {
    static final TenantId ACME = TenantId.of("acme");
    static final TenantId ZENITH = TenantId.of("zenith");
    static final Instant T0 = Instant.parse("2026-03-01T09:00:00Z");

    private static final AtomicLong NUMBERS = new AtomicLong(1_000_000_000_000L);

    private @Nullable CrmFixture current;

    /** A contract. */
    protected StoreContract() {}

    /** New, empty stores. */
    protected abstract CrmFixture fixture();

    /** Gets the fixture of the next rule. */
    @BeforeEach
    public final void openFixture() {
        CrmFixture opened = new CallByCall(fixture());
        opened.clock().set(T0);
        current = opened;
    }

    /** Ends the fixture of the last rule. */
    @AfterEach
    public final void closeFixture() {
        crm().close();
    }

    /** The fixture of this rule. */
    final CrmFixture crm() {
        return Check.present(current, "fixture");
    }

    /** A customer number that was not used before; she is not registered. */
    static CustomerId nobody() {
        return CustomerId.of(NUMBERS.incrementAndGet());
    }

    /** Runs the work in a transaction of its own and commits it. */
    final <T> T committed(Supplier<T> work) {
        return crm().unitOfWork().run(work);
    }

    /** Runs the work in a transaction of its own and commits it. */
    final void commit(Runnable work) {
        crm().unitOfWork().run(() -> {
            work.run();
            return true;
        });
    }

    /** Erases the record of a customer, and with it what the store keeps under its lock. */
    final void eraseRecord(CustomerId customer) {
        commit(() -> new CustomerPrivacy(crm().customers())
                .eraseRecord(new ErasureStep(ACME, customer, crm().clock().instant(), Actor.UNKNOWN)));
    }

    /** Runs the work in a host's transaction and rolls it back. */
    final void rolledBack(Runnable work) {
        try (HostTransaction host = crm().begin()) {
            work.run();
            host.rollback();
        }
    }
}
