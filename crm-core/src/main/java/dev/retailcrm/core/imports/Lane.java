package dev.retailcrm.core.imports;

import dev.retailcrm.core.kernel.CrmException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is imported, from its records to its commands. For one run. */
interface Lane<T> {
    /** The columns it reads. */
    Set<String> columns();

    /** How many are booked at once. */
    int chunk();

    /** Makes facts of records. */
    Gatherer<T> gatherer();

    /** Books them, or only tries; what became of each. */
    List<Outcome> book(List<T> facts);

    /**
     * What became of one fact.
     *
     * @param repeated whether it was booked before
     * @param column of the value that is to blame; {@code null} if none is
     * @param refusal {@code null} if it is booked
     */
    record Outcome(
            boolean repeated,
            @Nullable String column,
            @Nullable CrmException refusal) {}
}
