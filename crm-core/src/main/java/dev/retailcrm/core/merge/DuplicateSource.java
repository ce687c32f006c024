package dev.retailcrm.core.merge;

import dev.retailcrm.core.customer.BirthDate;
import dev.retailcrm.core.customer.CustomerStatus;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.spi.CustomerSnapshot;
import dev.retailcrm.core.spi.LookupKey;
import dev.retailcrm.core.spi.ReviewPorts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Where the records come from that a finder compares. Those of restricted customers are not processed. */
final class DuplicateSource {
    private static final int PAGE = 500;

    /** The most customers who are looked at for one trait of a newcomer. */
    static final int LIKE = 200;

    private final TenantId tenant;
    private final ReviewPorts ports;

    DuplicateSource(TenantId tenant, ReviewPorts ports) {
        this.tenant = tenant;
        this.ports = ports;
    }

    /** Everybody, read page by page. */
    List<PersonRecord> everybody() {
        List<PersonRecord> people = new ArrayList<>();
        CustomerId after = null;
        while (true) {
            List<CustomerSnapshot> page = page(after);
            page.stream()
                    .filter(DuplicateSource::isActive)
                    .map(DuplicateSource::person)
                    .forEach(people::add);
            if (page.size() < PAGE) {
                return people;
            }
            after = page.get(PAGE - 1).id();
        }
    }

    private List<CustomerSnapshot> page(@Nullable CustomerId after) {
        return ports.unitOfWork().read(() -> ports.customers().records(tenant, after, PAGE));
    }

    /** Those born on her day, or with a phone or card that ends like one of hers; not she. */
    List<PersonRecord> like(CustomerSnapshot newcomer) {
        Map<CustomerId, CustomerSnapshot> found = new TreeMap<>();
        newcomer.profile()
                .birthDate()
                .flatMap(BirthDate::date)
                .map(day -> ports.customers().bornOn(tenant, day, LIKE))
                .ifPresent(born -> born.forEach(it -> found.put(it.id(), it)));
        newcomer.identities().stream()
                .flatMap(it -> LookupKey.lastFour(it, newcomer.id()).stream())
                .map(LookupKey::token)
                .distinct()
                .flatMap(four -> ports.customers().findByLastFour(tenant, four, null, LIKE).stream())
                .forEach(it -> found.put(it.id(), it));
        found.remove(newcomer.id());
        return found.values().stream()
                .filter(DuplicateSource::isActive)
                .map(DuplicateSource::person)
                .toList();
    }

    static boolean isActive(CustomerSnapshot customer) {
        return customer.status() == CustomerStatus.ACTIVE && customer.mergedInto() == null;
    }

    static PersonRecord person(CustomerSnapshot customer) {
        return PersonRecord.of(customer.id(), customer.profile(), customer.identities());
    }
}
