package dev.retailcrm.core.consent;

import dev.retailcrm.core.customer.CustomerStatus;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.Instants;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.spi.ConsentPorts;
import dev.retailcrm.core.spi.ConsentSnapshot;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Answers questions about many customers from one look at the store. Thread-safe. */
final class ContactAnswers {
    private static final ContactAnswer UNKNOWN = new ContactAnswer(ContactReason.UNKNOWN_CUSTOMER, null);

    private static final ContactAnswer RESTRICTED = new ContactAnswer(ContactReason.RESTRICTED, null);

    private final TenantId tenant;
    private final ConsentRules rules;
    private final ConsentPorts ports;

    ContactAnswers(TenantId tenant, ConsentRules rules, ConsentPorts ports) {
        this.tenant = tenant;
        this.rules = rules;
        this.ports = ports;
    }

    List<ContactAnswer> to(List<ContactQuestion> questions, Instant at) {
        Instant instant = checked(at);
        Set<CustomerId> customers = new LinkedHashSet<>();
        questions.forEach(it -> customers.add(Check.present(it, "question").customer()));
        List<ContactScope> scopes =
                questions.stream().map(it -> rules.scope(tenant, it.topic())).toList();
        if (customers.isEmpty()) {
            return List.of();
        }
        Map<CustomerId, ConsentSnapshot> found = ports.unitOfWork().read(() -> found(customers));
        ContactAnswer[] answers = new ContactAnswer[questions.size()];
        for (int i = 0; i < answers.length; i++) {
            ConsentSnapshot state = found.get(questions.get(i).customer());
            answers[i] = state == null ? UNKNOWN : answer(state, scopes.get(i), instant);
        }
        return List.of(answers);
    }

    /** The consent of each, that of the survivor for one who was merged; one round trip more for each merge of the longest chain. */
    private Map<CustomerId, ConsentSnapshot> found(Set<CustomerId> customers) {
        Map<CustomerId, ConsentSnapshot> found = new HashMap<>(ports.store().findAll(tenant, customers));
        Map<CustomerId, CustomerId> survivors = survivors(found);
        while (!survivors.isEmpty()) {
            Map<CustomerId, ConsentSnapshot> theirs =
                    ports.store().findAll(tenant, new LinkedHashSet<>(survivors.values()));
            survivors.forEach((customer, survivor) -> {
                ConsentSnapshot hers = theirs.get(survivor);
                if (hers == null) {
                    found.remove(customer);
                } else {
                    found.put(customer, hers);
                }
            });
            survivors = survivors(found);
        }
        return found;
    }

    private static Map<CustomerId, CustomerId> survivors(Map<CustomerId, ConsentSnapshot> found) {
        Map<CustomerId, CustomerId> survivors = new HashMap<>();
        found.forEach((customer, state) -> {
            if (state.mergedInto() != null) {
                survivors.put(customer, state.mergedInto());
            }
        });
        return survivors;
    }

    private ContactAnswer answer(ConsentSnapshot state, ContactScope scope, Instant at) {
        if (state.status() != CustomerStatus.ACTIVE) {
            return RESTRICTED;
        }
        return state.history().answer(scope, rules.policy(scope.purpose()), at);
    }

    private static Instant checked(Instant at) {
        Instants.requireStorable(Check.present(at, "instant"));
        return at.truncatedTo(ChronoUnit.MILLIS);
    }
}
