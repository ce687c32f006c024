package dev.retailcrm.core.ownership;

import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.Page;
import dev.retailcrm.core.kernel.PageRequest;
import dev.retailcrm.core.kernel.StaffId;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.spi.OwnershipPorts;
import dev.retailcrm.core.spi.OwnershipStore.Portfolio;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is asked about ownership, each question one look at the store. Thread-safe. */
final class OwnershipReads {
    private final TenantId tenant;
    private final OwnershipPorts ports;

    OwnershipReads(TenantId tenant, OwnershipPorts ports) {
        this.tenant = tenant;
        this.ports = ports;
    }

    Map<CustomerId, Tenure> owners(Collection<CustomerId> customers) {
        return ports.unitOfWork().read(() -> ports.store().owners(tenant, customers));
    }

    Page<OwnedCustomer> owned(Portfolio portfolio, PageRequest page) {
        CustomerId after = after(page);
        List<OwnedCustomer> found =
                ports.unitOfWork().read(() -> ports.store().owned(tenant, portfolio, after, page.size() + 1));
        return page(found, page.size(), last -> last.customer().value());
    }

    List<CustomerId> customersOf(StaffId staff, @Nullable CustomerId after, int limit) {
        return ports.unitOfWork().read(() -> ports.store().owned(tenant, Portfolio.of(staff), after, limit)).stream()
                .map(OwnedCustomer::customer)
                .toList();
    }

    Page<WaitingOffer> offers(StaffId to, Instant at, PageRequest page) {
        CustomerId after = after(page);
        List<WaitingOffer> found =
                ports.unitOfWork().read(() -> ports.store().offers(tenant, to, at, after, page.size() + 1));
        return page(found, page.size(), last -> last.customer().value());
    }

    List<CustomerId> expired(Instant at, int limit) {
        return ports.unitOfWork().read(() -> ports.store().expired(tenant, at, limit));
    }

    Page<OwnershipEntry> history(CustomerId customer, PageRequest page) {
        long after = Check.present(page, "page").afterNumber(0);
        List<OwnershipEntry> found =
                ports.unitOfWork().read(() -> ports.store().entries(tenant, customer, after, page.size() + 1));
        return page(found, page.size(), OwnershipEntry::seq);
    }

    /** An offer that was made once; empty if there was none of this number. */
    Optional<TransferOffer> offer(CustomerId customer, long number) {
        return ports.unitOfWork().read(() -> ports.store().entries(tenant, customer, number - 1, 1)).stream()
                .filter(entry -> entry.seq() == number && entry.act() == OwnershipAct.OFFERED)
                .map(OwnershipEntry::offer)
                .flatMap(Stream::ofNullable)
                .findFirst();
    }

    private static @Nullable CustomerId after(PageRequest page) {
        return Check.present(page, "page").after() == null ? null : CustomerId.of(page.afterNumber(0));
    }

    private static <T> Page<T> page(List<T> found, int size, Function<T, Long> key) {
        boolean more = found.size() > size;
        List<T> shown = more ? found.subList(0, size) : found;
        return new Page<>(shown, more ? Long.toString(key.apply(shown.get(size - 1))) : null);
    }
}
