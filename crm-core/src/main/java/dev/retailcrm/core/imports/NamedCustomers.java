package dev.retailcrm.core.imports;

import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.CustomerId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Does something for the customers that the records of a file name, some hundred at a time. What was done before is not done again. */
@FunctionalInterface
public interface NamedCustomers {
    /** What became of each of these, in their order. */
    List<Done> take(List<CustomerId> customers);

    /**
     * What became of one.
     *
     * @param repeated whether it was done before
     * @param refusal why it was not done; {@code null} if it was
     */
    record Done(boolean repeated, @Nullable CrmException refusal) {}
}
