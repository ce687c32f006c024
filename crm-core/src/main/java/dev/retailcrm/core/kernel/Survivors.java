package dev.retailcrm.core.kernel;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Lets the old id of a customer who was merged answer with the one she was merged into. Stateless. */
public final class Survivors {
    private static final int LONGEST_CHAIN = 1_000;

    private Survivors() {}

    /** What a store or a command says of a customer who was merged into another: {@link CoreError#CUSTOMER_MERGED}. */
    public static CrmException mergedInto(CustomerId customer, CustomerId survivor) {
        return CoreError.CUSTOMER_MERGED.with(
                Map.of("customer", customer, "survivor", survivor),
                "customer %s was merged into %s",
                customer,
                survivor);
    }

    /**
     * For each of these ids the customer it stands for by now, over any number of merges; ids of nobody are absent.
     *
     * @param lookup where each of some customers stands; those who are none are absent. Asked once for each merge in a row
     * @param mergedInto whom somebody who stands so was merged into; {@code null} if nobody
     */
    public static <S> Map<CustomerId, CustomerId> of(
            Set<CustomerId> ids,
            Function<Set<CustomerId>, Map<CustomerId, S>> lookup,
            Function<S, @Nullable CustomerId> mergedInto) {
        Map<CustomerId, CustomerId> current = new HashMap<>(2 * ids.size());
        ids.forEach(id -> current.put(id, id));
        Set<CustomerId> asked = Set.copyOf(ids);
        while (!asked.isEmpty()) {
            Map<CustomerId, S> found = lookup.apply(asked);
            Map<CustomerId, CustomerId> merged = new HashMap<>();
            found.forEach((customer, standing) -> {
                CustomerId survivor = mergedInto.apply(standing);
                if (survivor != null) {
                    merged.put(customer, survivor);
                }
            });
            Set<CustomerId> these = asked;
            current.values().removeIf(customer -> these.contains(customer) && !found.containsKey(customer));
            current.replaceAll((id, customer) -> merged.getOrDefault(customer, customer));
            asked = Set.copyOf(merged.values());
        }
        return current;
    }

    /** The customer this one is by now, asking for each merge on the way whom she was merged into; empty if she was not. */
    public static CustomerId current(CustomerId customer, Function<CustomerId, Optional<CustomerId>> mergedInto) {
        CustomerId current = customer;
        for (Optional<CustomerId> next = mergedInto.apply(current);
                next.isPresent();
                next = mergedInto.apply(current)) {
            current = next.get();
        }
        return current;
    }

    /** Runs a command for a customer, or for the one she was merged into, over any number of merges. */
    public static <T> T follow(CustomerId customer, Function<CustomerId, T> command) {
        CustomerId current = customer;
        for (int i = 1; ; i++) {
            try {
                return command.apply(current);
            } catch (CrmException refusal) {
                if (refusal.code() != CoreError.CUSTOMER_MERGED
                        || !current.equals(refusal.details().get("customer"))
                        || i == LONGEST_CHAIN
                        || !(refusal.details().get("survivor") instanceof CustomerId survivor)) {
                    throw refusal;
                }
                current = survivor;
            }
        }
    }
}
