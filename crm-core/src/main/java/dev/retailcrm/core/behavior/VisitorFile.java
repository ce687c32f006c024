package dev.retailcrm.core.behavior;

import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.CustomerId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is known of a visitor. Immutable.
 *
 * @param id its own, by which its events are kept until it is linked
 * @param links the customers it turned out to be, in the order of their instants; its own id in place of one who was forgotten
 */
public record VisitorFile(CustomerId id, List<VisitorLink> links) {
    /** The most customers a visitor can turn out to be. A device used by more needs a new token for each session. */
    public static final int MAX_LINKS = 50;

    /** Copies the links. */
    public VisitorFile {
        Check.present(id, "id of a visitor");
        links = List.copyOf(links);
    }

    /** A visitor nobody has linked. */
    public static VisitorFile unlinked(CustomerId id) {
        return new VisitorFile(id, List.of());
    }

    /**
     * Whose an event of this visitor is: that of the last link at or before it; before the first link, that of the first; the visitor's
     * own if there is none. So it does not matter when the event arrives.
     */
    public CustomerId ownerAt(Instant occurredAt) {
        CustomerId owner = links.isEmpty() ? id : links.get(0).customer();
        for (VisitorLink link : links) {
            owner = link.since().isAfter(occurredAt) ? owner : link.customer();
        }
        return owner;
    }

    /** The customer it is now; empty if it is nobody known. */
    public Optional<CustomerId> customer() {
        return links.isEmpty()
                ? Optional.empty()
                : Optional.of(links.get(links.size() - 1).customer()).filter(customer -> !customer.equals(id));
    }

    /** The customer to whom events under the visitor's own id belong; empty if they stay there. */
    Optional<CustomerId> firstCustomer() {
        return links.isEmpty()
                ? Optional.empty()
                : Optional.of(links.get(0).customer()).filter(customer -> !customer.equals(id));
    }

    /** With itself in her place, so that what it did as she does not become somebody else's. */
    VisitorFile forgetting(CustomerId customer) {
        return new VisitorFile(
                id,
                links.stream()
                        .map(link -> link.customer().equals(customer) ? new VisitorLink(link.since(), id) : link)
                        .toList());
    }

    /**
     * As this customer from now on; itself if it is she already.
     *
     * @throws CrmException {@link CoreError#TOO_MANY_LINKS}
     */
    VisitorFile linked(CustomerId to, Instant now) {
        if (customer().filter(to::equals).isPresent()) {
            return this;
        }
        if (links.size() == MAX_LINKS) {
            throw CoreError.TOO_MANY_LINKS.because("a visitor is linked with at most %d customers", MAX_LINKS);
        }
        List<VisitorLink> more = new ArrayList<>(links);
        Instant last = links.isEmpty() ? now : links.get(links.size() - 1).since();
        more.add(new VisitorLink(now.isBefore(last) ? last : now, to));
        return new VisitorFile(id, more);
    }
}
