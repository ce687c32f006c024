package dev.retailcrm.core.kernel;

import java.util.Map;
import java.util.function.Function;

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
