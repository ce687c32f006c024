package dev.retailcrm.audience;

import dev.retailcrm.audience.spi.AudienceFile;
import dev.retailcrm.audience.spi.AudienceFileChange;
import dev.retailcrm.audience.spi.AudiencePorts;
import dev.retailcrm.audience.spi.AudienceState;
import dev.retailcrm.core.customer.CustomerStatus;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.Fingerprint;
import dev.retailcrm.core.kernel.Instants;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.kernel.Survivors;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.spi.CustomerStore;
import dev.retailcrm.core.spi.RequestStore.Booked;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What is said of customers and audiences by hand: locks the state of the audience, then the customers, decides and writes. Thread-safe.
 */
final class AudienceBooks {
    private static final String ANSWER = "audience#";

    private final TenantId tenant;
    private final AudiencePorts ports;
    private final AudienceQuestions questions;
    private final AudienceRuns runs;
    private final Instants instants;

    AudienceBooks(TenantId tenant, AudiencePorts ports, AudienceQuestions questions, AudienceRuns runs) {
        this.tenant = tenant;
        this.ports = ports;
        this.questions = questions;
        this.runs = runs;
        this.instants = new Instants(ports.clock());
    }

    /** What is said of one; whether she is in then. */
    boolean choose(String key, CustomerId customer, @Nullable AudienceChoice choice, RequestKey request) {
        Fingerprint content = Fingerprint.of("audiences.choose").and(key).and(choice == null ? null : choice.name());
        long fingerprint = content.value();
        return ports.unitOfWork().run(() -> {
            Held held = hold(key);
            return Survivors.follow(customer, current -> {
                AudienceFile file = lock(current);
                Optional<Booked> booked = ports.requests().find(tenant, current, request);
                if (booked.isPresent()) {
                    return repeated(booked.get(), fingerprint);
                }
                requireChoosable(file, choice);
                AudienceDraft draft = new AudienceDraft(file, instants.now());
                draft.put(draft.pick(key).choosing(choice));
                settle(held, List.of(draft), reason(choice));
                boolean in = draft.isIn(key);
                var booking = new AudienceFileChange.Booking(request, new Booked(fingerprint, ANSWER + in));
                if (!ports.members().apply(draft.change(booking))) {
                    throw CoreError.STORE_FAILED.because("the store names a request as booked and does not find it");
                }
                follow(held, List.of(draft));
                return in;
            });
        });
    }

    private static boolean repeated(Booked booked, long fingerprint) {
        if (booked.fingerprint() != fingerprint || !booked.answer().startsWith(ANSWER)) {
            throw CoreError.REQUEST_KEY_REUSED.because("the request key was used for other content");
        }
        return Boolean.parseBoolean(booked.answer().substring(ANSWER.length()));
    }

    private static StayReason reason(@Nullable AudienceChoice choice) {
        if (choice == null) {
            return StayReason.RULE;
        }
        return choice == AudienceChoice.IN ? StayReason.INCLUDED : StayReason.EXCLUDED;
    }

    private static void requireChoosable(AudienceFile file, @Nullable AudienceChoice choice) {
        if (file.status() == CustomerStatus.ERASED) {
            throw CoreError.CUSTOMER_ERASED.because("customer %s was erased", file.customer());
        }
        if (file.status() == CustomerStatus.RESTRICTED && choice == AudienceChoice.IN) {
            throw CoreError.CUSTOMER_RESTRICTED.because(
                    "the processing of the data of %s is restricted", file.customer());
        }
    }

    /** An audience whose state is locked. */
    private record Held(AudienceRule audience, AudienceState state, AudienceCatalog catalog) {}

    private Held hold(String key) {
        ports.definitions().catalog(tenant).require(key);
        AudienceState state = ports.members().lock(tenant, key);
        AudienceCatalog catalog = ports.definitions().catalog(tenant);
        AudienceRule audience = catalog.require(key);
        if (audience.status() == AudienceStatus.ARCHIVED) {
            throw state(audience);
        }
        runs.holdUsersOf(key, catalog);
        return new Held(audience, state, catalog);
    }

    private static CrmException state(AudienceRule audience) {
        return AudienceError.AUDIENCE_STATE.with(
                Map.of("audience", audience.key(), "kind", audience.kind(), "status", audience.status()),
                "the audience %s is %s and %s",
                audience.key(),
                audience.kind(),
                audience.status());
    }

    private AudienceFile lock(CustomerId customer) {
        AudienceFile file = ports.members().lockAll(tenant, List.of(customer)).get(customer);
        if (file == null) {
            throw CoreError.UNKNOWN_CUSTOMER.because("there is no customer %s", customer);
        }
        if (file.mergedInto() != null) {
            throw Survivors.mergedInto(customer, file.mergedInto());
        }
        return file;
    }

    /**
     * Lets customers enter or leave an active audience as what was said of them is, if it says something; of the others the definition decides,
     * unless it is being asked about all.
     */
    private void settle(Held held, List<AudienceDraft> drafts, StayReason otherwise) {
        AudienceRule audience = held.audience();
        if (!audience.isActive()) {
            return;
        }
        Set<CustomerId> undecided = new TreeSet<>();
        for (AudienceDraft draft : drafts) {
            AudienceChoice choice = draft.pick(audience.key()).choice();
            if (choice != null) {
                draft.settle(audience, choice == AudienceChoice.IN, reason(choice));
            } else if (held.state().run() == null && draft.file().status() == CustomerStatus.ACTIVE) {
                undecided.add(draft.file().customer());
            }
        }
        if (!undecided.isEmpty()) {
            Set<CustomerId> belonging = belonging(held, drafts, undecided);
            for (AudienceDraft draft : drafts) {
                if (undecided.contains(draft.file().customer())) {
                    draft.settle(audience, belonging.contains(draft.file().customer()), otherwise);
                }
            }
        }
    }

    /** By what is said once it is written. */
    private Set<CustomerId> belonging(Held held, List<AudienceDraft> drafts, Set<CustomerId> undecided) {
        ports.members()
                .applyAll(drafts.stream()
                        .map(AudienceDraft::said)
                        .filter(it -> !it.isNothing())
                        .toList());
        return ports.members().belonging(questions.of(held.audience(), held.state(), instants.now()), undecided);
    }

    /** Of those who were asked about already what was said is asked anew, and who asks about the audience is to know what became of it. */
    private void follow(Held held, Collection<AudienceDraft> drafts) {
        var run = held.state().run();
        String key = held.audience().key();
        CustomerId place = run == null ? null : run.place();
        if (run != null && place != null) {
            Set<CustomerId> asked = new TreeSet<>();
            for (AudienceDraft draft : drafts) {
                if (draft.file().customer().compareTo(place) <= 0) {
                    asked.add(draft.file().customer());
                }
            }
            if (!asked.isEmpty()) {
                ports.members().redraft(questions.of(held.audience(), held.state(), run.asOf()), asked);
            }
        }
        Set<CustomerId> changed = new TreeSet<>();
        for (AudienceDraft draft : drafts) {
            if (draft.isChanged(key)) {
                changed.add(draft.file().customer());
            }
        }
        if (!changed.isEmpty()) {
            runs.changed(key, changed, held.catalog());
        }
    }

    /** A list that is kept by hand names these, or names them no more. */
    AudienceListing list(String key, Collection<CustomerId> customers, boolean named) {
        return ports.unitOfWork().run(() -> {
            Held held = hold(key);
            if (held.audience().kind() != AudienceKind.STATIC_LIST) {
                throw state(held.audience());
            }
            Held counting = held;
            if (held.state().listing() == 0) {
                AudienceState first = held.state().uploading().uploaded();
                ports.members().write(tenant, first);
                counting = new Held(held.audience(), first, held.catalog());
            }
            long number = named ? counting.state().listing() : 0;
            return write(counting, customers, pick -> pick.listedIn(number), true);
        });
    }

    /** Begins a list that will take the place of the one before. */
    void beginUpload(String key) {
        ports.unitOfWork().run(() -> {
            ports.members().write(tenant, uploaded(key).state().uploading());
            return key;
        });
    }

    private Held uploaded(String key) {
        Held held = hold(key);
        if (held.audience().kind() != AudienceKind.UPLOADED) {
            throw state(held.audience());
        }
        return held;
    }

    /** The list that was begun names these too. */
    AudienceListing upload(String key, Collection<CustomerId> customers) {
        return ports.unitOfWork().run(() -> {
            Held held = uploaded(key);
            AudienceState state = held.state();
            requireBegun(held);
            return write(held, customers, pick -> pick.uploadedBy(state.uploads(), state.listing()), false);
        });
    }

    /** The list that was begun counts. */
    void endUpload(String key) {
        ports.unitOfWork().run(() -> {
            Held held = uploaded(key);
            requireBegun(held);
            ports.members().write(tenant, held.state().uploaded());
            if (held.audience().isActive()) {
                runs.begin(held.audience());
            }
            return key;
        });
    }

    private static void requireBegun(Held held) {
        if (held.state().uploads() == held.state().listing()) {
            throw AudienceError.AUDIENCE_STATE.with(
                    Map.of("audience", held.audience().key()), "no upload was begun");
        }
    }

    private AudienceListing write(
            Held held, Collection<CustomerId> customers, UnaryOperator<AudiencePick> said, boolean counts) {
        Map<CustomerId, CustomerId> current = Survivors.of(
                Set.copyOf(customers),
                ids -> ports.customers().standings(tenant, ids),
                CustomerStore.Standing::mergedInto);
        Map<CustomerId, AudienceDraft> drafts = new TreeMap<>();
        Instant now = instants.now();
        ports.members().lockAll(tenant, new TreeSet<>(current.values())).forEach((customer, file) -> {
            if (file.mergedInto() == null && file.status() != CustomerStatus.ERASED) {
                AudienceDraft draft = new AudienceDraft(file, now);
                drafts.put(
                        customer,
                        draft.put(said.apply(draft.pick(held.audience().key()))));
            }
        });
        List<AudienceDraft> all = List.copyOf(drafts.values());
        if (counts) {
            settle(held, all, StayReason.LISTED);
        }
        ports.members()
                .applyAll(all.stream()
                        .map(it -> it.change(null))
                        .filter(it -> !it.isNothing())
                        .toList());
        if (counts) {
            follow(held, all);
        }
        Set<CustomerId> refused = new LinkedHashSet<>();
        for (CustomerId customer : customers) {
            CustomerId survivor = current.get(customer);
            if (survivor == null || !drafts.containsKey(survivor)) {
                refused.add(customer);
            }
        }
        return new AudienceListing(drafts.size(), List.copyOf(refused));
    }
}
