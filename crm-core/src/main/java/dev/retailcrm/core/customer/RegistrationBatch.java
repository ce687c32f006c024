package dev.retailcrm.core.customer;

import com.google.common.collect.Lists;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.CustomerIds;
import dev.retailcrm.core.kernel.ErrorKind;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.spi.CustomerChange;
import dev.retailcrm.core.spi.CustomerStore;
import dev.retailcrm.core.spi.CustomerStore.Applied;
import dev.retailcrm.core.spi.LookupKey;
import dev.retailcrm.core.spi.RequestStore;
import dev.retailcrm.core.spi.RequestStore.Booked;
import dev.retailcrm.core.spi.UnitOfWork;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Registers many people, or tells what would become of them. Immutable. */
final class RegistrationBatch {
    private final TenantId tenant;
    private final CustomerStore store;
    private final RequestStore requests;

    RegistrationBatch(TenantId tenant, CustomerStore store, RequestStore requests) {
        this.tenant = tenant;
        this.store = store;
        this.requests = requests;
    }

    /** A registration that was read, or why it cannot be. */
    record Reading(@Nullable Intake intake, @Nullable CrmException refusal) {}

    static Reading read(Supplier<Intake> reader) {
        try {
            return new Reading(reader.get(), null);
        } catch (CrmException refusal) {
            if (refusal.kind() == ErrorKind.STORAGE) {
                throw refusal;
            }
            return new Reading(null, refusal);
        }
    }

    List<RegistrationOutcome> register(
            List<Reading> people, CustomerIds ids, UnitOfWork work, Consumer<Set<CustomerId>> told) {
        List<RegistrationOutcome> outcomes = new ArrayList<>(people.size());
        for (List<Reading> chunk : Lists.partition(people, Customers.CHUNK)) {
            outcomes.addAll(work.run(() -> {
                List<RegistrationOutcome> these = register(chunk, ids);
                told.accept(registered(these));
                return these;
            }));
        }
        return outcomes;
    }

    private static Set<CustomerId> registered(List<RegistrationOutcome> outcomes) {
        return outcomes.stream()
                .filter(it -> it.status() == RegistrationOutcome.Status.REGISTERED)
                .map(RegistrationOutcome::customer)
                .collect(Collectors.toSet());
    }

    private List<RegistrationOutcome> register(List<Reading> people, CustomerIds ids) {
        List<CustomerChange> changes = new ArrayList<>();
        for (Reading person : people) {
            if (person.intake() != null) {
                changes.add(person.intake().decide(tenant, ids.next()));
            }
        }
        List<Applied> answers = changes.isEmpty() ? List.of() : store.applyAll(changes);
        Map<RequestKey, Booked> booked = booked(changes, answers);
        List<RegistrationOutcome> outcomes = new ArrayList<>(people.size());
        int next = 0;
        for (Reading person : people) {
            if (person.refusal() != null) {
                outcomes.add(RegistrationOutcome.refused(person.refusal()));
            } else {
                outcomes.add(outcome(changes.get(next), answers.get(next), booked));
                next++;
            }
        }
        return outcomes;
    }

    /** What was booked under the keys that registered somebody before. */
    private Map<RequestKey, Booked> booked(List<CustomerChange> changes, List<Applied> answers) {
        if (answers.size() != changes.size()) {
            throw CoreError.STORE_FAILED.because("the store answers some of the decisions only");
        }
        Map<RequestKey, CustomerId> keys = new HashMap<>();
        for (int i = 0; i < changes.size(); i++) {
            RequestKey key = changes.get(i).key();
            CustomerId first = answers.get(i).taken().get(LookupKey.registration(key));
            if (first != null) {
                keys.put(key, first);
            }
        }
        return keys.isEmpty() ? Map.of() : requests.findAll(tenant, keys);
    }

    private static RegistrationOutcome outcome(CustomerChange change, Applied applied, Map<RequestKey, Booked> booked) {
        if (applied.written()) {
            return RegistrationOutcome.registered(change.after().id());
        }
        CustomerId first = applied.taken().get(LookupKey.registration(change.key()));
        if (first == null) {
            return RegistrationOutcome.refused(Customers.taken(change, applied));
        }
        Booked before = booked.get(change.key());
        if (before == null) {
            throw Customers.unbooked();
        }
        return before.fingerprint() == change.booked().fingerprint()
                ? RegistrationOutcome.repeated(first)
                : RegistrationOutcome.refused(Customers.reused());
    }

    /** What {@link #register} would answer, had it been given all that are claimed. */
    List<RegistrationOutcome> rehearse(List<Reading> people, ClaimedKeys claimed) {
        List<CustomerChange> changes = new ArrayList<>();
        Set<LookupKey> claims = new HashSet<>();
        for (Reading person : people) {
            if (person.intake() != null) {
                CustomerChange change = person.intake().decide(tenant, ClaimedKeys.NOBODY);
                changes.add(change);
                claims.addAll(change.claims());
            }
        }
        Map<LookupKey, CustomerId> holders = claims.isEmpty() ? Map.of() : store.holders(tenant, claims);
        List<Applied> answers =
                changes.stream().map(change -> answer(change, holders)).toList();
        Map<RequestKey, Booked> booked = booked(changes, answers);
        List<RegistrationOutcome> outcomes = new ArrayList<>(people.size());
        int next = 0;
        for (Reading person : people) {
            if (person.refusal() != null) {
                outcomes.add(RegistrationOutcome.refused(person.refusal()));
                continue;
            }
            CustomerChange change = changes.get(next);
            Applied inStore = answers.get(next++);
            outcomes.add(
                    inStore.taken().containsKey(LookupKey.registration(change.key()))
                            ? outcome(change, inStore, booked)
                            : claimed.claim(change, inStore));
        }
        return outcomes;
    }

    private static Applied answer(CustomerChange change, Map<LookupKey, CustomerId> holders) {
        Map<LookupKey, CustomerId> taken = new HashMap<>();
        for (LookupKey key : change.claims()) {
            CustomerId holder = holders.get(key);
            if (holder != null) {
                taken.put(key, holder);
            }
        }
        return taken.isEmpty() ? Applied.done() : Applied.taken(taken);
    }
}
