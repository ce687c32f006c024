package dev.retailcrm.core.imports;

import dev.retailcrm.core.customer.Customers;
import dev.retailcrm.core.customer.Registration;
import dev.retailcrm.core.customer.RegistrationOutcome;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Customers, from their records to their registrations. For one run. */
final class CustomerLane implements Lane<Registration> {
    private final Customers customers;
    private final CustomerMapping mapping;
    private final String name;
    private final Function<List<Registration>, List<RegistrationOutcome>> command;

    CustomerLane(Customers customers, CustomerMapping mapping, ImportRun run) {
        this.customers = customers;
        this.mapping = mapping;
        this.name = run.name();
        this.command = run.dry() ? customers.rehearsal()::registerAll : customers::registerAll;
    }

    @Override
    public Set<String> columns() {
        return mapping.columns();
    }

    @Override
    public int chunk() {
        return Customers.CHUNK;
    }

    @Override
    public Gatherer<Registration> gatherer() {
        return Gatherer.ofEach(record -> mapping.registration(record, name, customers), person -> 1);
    }

    @Override
    public List<Outcome> book(List<Registration> people) {
        return command.apply(people).stream().map(this::outcome).toList();
    }

    private Outcome outcome(RegistrationOutcome outcome) {
        return new Outcome(
                outcome.status() == RegistrationOutcome.Status.REPEATED, column(outcome.refusal()), outcome.refusal());
    }

    private @Nullable String column(@Nullable CrmException refusal) {
        if (refusal == null || refusal.code() != CoreError.IDENTITY_TAKEN) {
            return refusal != null && refusal.code() == CoreError.REQUEST_KEY_REUSED ? mapping.key() : null;
        }
        return mapping.columnOf(String.valueOf(refusal.details().get("kind")));
    }
}
