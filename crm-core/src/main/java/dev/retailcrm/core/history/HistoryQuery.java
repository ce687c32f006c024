package dev.retailcrm.core.history;

import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.Instants;
import dev.retailcrm.core.kernel.StaffId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Asks for changes of a customer. What is {@code null} does not matter. Immutable.
 *
 * @param customer whose
 * @param field of this field only
 * @param operator by this operator only
 * @param from at this instant or later
 * @param until before this instant
 */
public record HistoryQuery(
        CustomerId customer,
        @Nullable String field,
        @Nullable StaffId operator,
        @Nullable Instant from,
        @Nullable Instant until) {
    /**
     * Refuses a missing customer, a field that is no name of one, and an end before the beginning with INVALID_VALUE; instants outside
     * 1970 to 9999 with INSTANT_OUT_OF_RANGE.
     */
    public HistoryQuery {
        Check.present(customer, "customer");
        if (field != null) {
            Check.code(field, FieldChange.MAX_FIELD, "field");
        }
        Instants.requireStorable(from);
        Instants.requireStorable(until);
        if (from != null && until != null && until.isBefore(from)) {
            throw CoreError.INVALID_VALUE.because("the end lies before the beginning");
        }
    }

    /** All changes of a customer. */
    public static HistoryQuery of(CustomerId customer) {
        return new HistoryQuery(customer, null, null, null, null);
    }

    /** The same of one field. */
    public HistoryQuery field(String name) {
        return new HistoryQuery(customer, name, operator, from, until);
    }

    /** The same by one operator. */
    public HistoryQuery by(StaffId staff) {
        return new HistoryQuery(customer, field, staff, from, until);
    }

    /** The same within a time, its end exclusive. */
    public HistoryQuery between(Instant start, Instant end) {
        return new HistoryQuery(customer, field, operator, start, end);
    }

    /** Whether a change is asked for. */
    public boolean matches(FieldChange change) {
        return change.customer().equals(customer)
                && (field == null || change.field().equals(field))
                && (operator == null
                        || change.actor().operator().filter(operator::equals).isPresent())
                && (from == null || !change.at().isBefore(from))
                && (until == null || change.at().isBefore(until));
    }
}
