package dev.retailcrm.tags;

import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CustomerId;
import java.util.Collection;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Gives the customers of a batch, a page at a time, so that it can go on where it stopped: those of a list, or of whom a rule holds. Asked
 * within the transaction of each chunk.
 */
@FunctionalInterface
public interface CustomerPages {
    /**
     * The customers behind a place.
     *
     * @param place that a page before told; {@code null} for the first page
     * @param limit the most customers, 1 or more
     */
    Chunk after(@Nullable String place, int limit);

    /**
     * A page.
     *
     * @param customers some, or none
     * @param place behind which the next page is, 1 to 200 characters; {@code null} if this is the last
     */
    record Chunk(List<CustomerId> customers, @Nullable String place) {
        private static final int MAX_PLACE = 200;

        /** Copies the list; refuses a long place with {@link CoreError#INVALID_VALUE}. */
        public Chunk {
            customers = List.copyOf(Check.present(customers, "customers"));
            if (place != null) {
                Check.code(place, MAX_PLACE, "place");
            }
        }
    }

    /** Gives customers with ids above one, ascending, such as a rule's members do. */
    @FunctionalInterface
    interface ById {
        /** Those above an id, or all, ascending, at most {@code limit}. */
        List<CustomerId> after(@Nullable CustomerId after, int limit);
    }

    /** These customers, each once, ascending by id: given again after a stop, those who are left come. */
    static CustomerPages of(Collection<CustomerId> customers) {
        Check.present(customers, "customers").forEach(it -> Check.present(it, "customer"));
        NavigableSet<CustomerId> all = new TreeSet<>(customers);
        return byId((after, limit) -> (after == null ? all : all.tailSet(after, false))
                .stream().limit(limit).toList());
    }

    /** Those that a question by id answers with. */
    static CustomerPages byId(ById question) {
        Check.present(question, "question");
        return (place, limit) -> {
            CustomerId last = place == null ? null : CustomerId.parse(place);
            List<CustomerId> found = question.after(last, limit);
            return new Chunk(
                    found,
                    found.size() < limit ? null : found.get(found.size() - 1).toString());
        };
    }
}
