package dev.retailcrm.tck;

import dev.retailcrm.core.kernel.Page;
import dev.retailcrm.core.kernel.PageRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Reads listings to their end. Stateless. */
final class Pages {
    private Pages() {}

    /** All items, by pages of this size. */
    static <T> List<T> all(int size, Function<PageRequest, Page<T>> listing) {
        List<T> all = new ArrayList<>();
        Optional<PageRequest> next = Optional.of(PageRequest.first(size));
        while (next.isPresent()) {
            Page<T> page = listing.apply(next.get());
            all.addAll(page.items());
            next = page.next(size);
        }
        return all;
    }
}
