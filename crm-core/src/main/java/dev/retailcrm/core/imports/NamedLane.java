package dev.retailcrm.core.imports;

import dev.retailcrm.core.customer.Customers;
import dev.retailcrm.core.customer.Identity;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.ErrorCode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What somebody did, for whom it is booked: customers who are named by an identity are looked up, a chunk at once. For one run.
 *
 * @param <C> what is booked
 * @param customer which column names her
 * @param blamed the column that is to blame for a refusal with a code
 * @param batch books, and tells what became of each
 */
record NamedLane<C>(
        Customers customers,
        CustomerColumn customer,
        Set<String> columns,
        int chunk,
        Map<ErrorCode, String> blamed,
        Gatherer<Draft<C>> gatherer,
        Function<List<C>, List<Tried>> batch)
        implements Lane<NamedLane.Draft<C>> {
    /**
     * What is to be booked.
     *
     * @param customer for whom
     * @param parts how many it has, by which chunks are measured
     * @param command as soon as her id is known
     */
    record Draft<C>(CustomerColumn.Named customer, int parts, Function<CustomerId, C> command) {}

    /** What became of a command. */
    record Tried(boolean repeated, @Nullable CrmException refusal) {}

    @Override
    public List<Outcome> book(List<Draft<C>> drafts) {
        Set<Identity> identities = new HashSet<>();
        for (Draft<C> draft : drafts) {
            Identity identity = draft.customer().identity();
            if (identity != null) {
                identities.add(identity);
            }
        }
        Map<Identity, CustomerId> holders = identities.isEmpty() ? Map.of() : customers.holders(identities);
        List<C> commands = new ArrayList<>(drafts.size());
        Map<Integer, Outcome> outcomes = new HashMap<>(2 * drafts.size());
        List<Integer> given = new ArrayList<>(drafts.size());
        for (int i = 0; i < drafts.size(); i++) {
            try {
                commands.add(command(drafts.get(i), holders));
                given.add(i);
            } catch (CrmException refusal) {
                outcomes.put(i, outcome(new Tried(false, refusal)));
            }
        }
        List<Tried> tried = commands.isEmpty() ? List.of() : batch.apply(commands);
        for (int i = 0; i < tried.size(); i++) {
            outcomes.put(given.get(i), outcome(tried.get(i)));
        }
        List<Outcome> all = new ArrayList<>(drafts.size());
        for (int i = 0; i < drafts.size(); i++) {
            all.add(Objects.requireNonNull(outcomes.get(i)));
        }
        return all;
    }

    private C command(Draft<C> draft, Map<Identity, CustomerId> holders) {
        CustomerId id = draft.customer().id();
        Identity identity = draft.customer().identity();
        CustomerId found = identity == null ? id : holders.get(identity);
        if (found == null) {
            throw CoreError.UNKNOWN_CUSTOMER.because("nobody is known by this value");
        }
        return draft.command().apply(found);
    }

    private Outcome outcome(Tried tried) {
        CrmException refusal = tried.refusal();
        if (refusal == null) {
            return new Outcome(tried.repeated(), null, null);
        }
        ErrorCode code = refusal.code();
        boolean hers = code == CoreError.UNKNOWN_CUSTOMER || code == CoreError.CUSTOMER_ERASED;
        return new Outcome(false, hers ? customer.column() : blamed.get(code), refusal);
    }
}
