package dev.retailcrm.assets.benefit;

import dev.retailcrm.assets.ledger.AssetError;
import dev.retailcrm.assets.ledger.Posting;
import dev.retailcrm.assets.spi.BenefitChange;
import dev.retailcrm.assets.spi.BenefitHolder;
import dev.retailcrm.assets.spi.BenefitPorts;
import dev.retailcrm.assets.spi.BenefitRow;
import dev.retailcrm.assets.spi.BenefitStore;
import dev.retailcrm.assets.spi.BenefitTake;
import dev.retailcrm.core.customer.CustomerStatus;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.CustomerIds;
import dev.retailcrm.core.kernel.Fingerprint;
import dev.retailcrm.core.kernel.Instants;
import dev.retailcrm.core.kernel.Survivors;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.spi.RequestStore.Booked;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Runs the commands of benefits, cards and redemption: locks, decides and writes, once per request key. For the facades of this library. Thread-safe. */
public final class BenefitBooks {
    /** The most grants, and the most cards, of a customer. */
    public static final int MAX_HOLDINGS = 1_000;

    private static final String ANSWER = "benefit#";

    private final TenantId tenant;
    private final BenefitPorts ports;
    private final CustomerIds ids;
    private final Instants clock;

    /** Of a tenant. */
    public BenefitBooks(TenantId tenant, BenefitPorts ports, BenefitSettings settings) {
        this.tenant = Check.present(tenant, "tenant");
        this.ports = Check.present(ports, "ports");
        this.ids = Check.present(settings, "settings").idsOr(ports.ledger().clock());
        this.clock = new Instants(ports.ledger().clock());
    }

    /** The clock. */
    public Instants clock() {
        return clock;
    }

    /**
     * Runs a command that writes one row.
     *
     * @param type of the row
     * @param decision writes to the draft, and returns, the row
     * @return the row; if the command is repeated, as it is by now
     */
    public <T extends BenefitRow> T run(
            CustomerId customer,
            Posting posting,
            Fingerprint content,
            Class<T> type,
            Function<BenefitDraft, T> decision) {
        Check.present(customer, "customer");
        Check.present(posting, "posting");
        Instant at = clock.orNow(posting.at());
        long fingerprint = content.and(
                        posting.store() == null ? null : posting.store().value())
                .and(posting.staff() == null ? null : posting.staff().value())
                .and(posting.reference())
                .value();
        return ports.ledger()
                .unitOfWork()
                .run(() -> Survivors.follow(
                        customer, current -> booked(locked(current), posting, at, fingerprint, type, decision)));
    }

    private <T extends BenefitRow> T booked(
            BenefitHolder holder,
            Posting posting,
            Instant at,
            long fingerprint,
            Class<T> type,
            Function<BenefitDraft, T> decision) {
        CustomerId customer = holder.customer();
        Optional<Booked> known = ports.ledger().requests().find(tenant, customer, posting.key());
        if (known.isPresent()) {
            return repeated(customer, known.get(), fingerprint, type);
        }
        Instant now = clock.now();
        BenefitDraft draft = new BenefitDraft(customer, posting, at, now, ids);
        T row = decision.apply(draft);
        BenefitDraft.Written written = Objects.requireNonNull(draft.written(), "a command writes something");
        BenefitEntry entry = new BenefitEntry(
                customer,
                holder.lastSeq() + 1,
                written.act(),
                row.id(),
                written.item(),
                written.amount(),
                at,
                now,
                posting.store(),
                written.till(),
                posting.staff(),
                posting.reference());
        BenefitTake take = draft.taken();
        var booked = new Booked(fingerprint, ANSWER + entry.seq());
        var change = new BenefitChange(tenant, customer, row, written.isNew(), entry, posting.key(), booked, take);
        BenefitStore.Outcome outcome = ports.store().apply(change);
        if (outcome == BenefitStore.Outcome.TOO_FEW) {
            String offer = take == null ? "" : take.offer();
            throw AssetError.OUT_OF_STOCK.with(Map.of("offer", offer), "not as many of %s are in stock", offer);
        }
        if (outcome == BenefitStore.Outcome.REPEATED) {
            throw reused();
        }
        draft.finish();
        return row;
    }

    private <T extends BenefitRow> T repeated(CustomerId customer, Booked booked, long fingerprint, Class<T> type) {
        if (booked.fingerprint() != fingerprint || !booked.answer().startsWith(ANSWER)) {
            throw reused();
        }
        CustomerId home = booked.home() == null ? customer : booked.home();
        long seq = Long.parseLong(booked.answer().substring(ANSWER.length()));
        List<BenefitEntry> entries = ports.store().entries(tenant, home, seq - 1, 1);
        return entries.stream()
                .findFirst()
                .flatMap(it -> ports.store().find(tenant, customer, type, it.id()))
                .orElseThrow(() -> CoreError.STORE_FAILED.because("what a request key names is not found"));
    }

    private static CrmException reused() {
        return CoreError.REQUEST_KEY_REUSED.because("the request key was used before for other content");
    }

    private BenefitHolder locked(CustomerId customer) {
        BenefitHolder found = ports.store().lock(tenant, List.of(customer)).get(customer);
        if (found == null) {
            throw CoreError.UNKNOWN_CUSTOMER.because("no customer %s", customer);
        }
        if (found.mergedInto() != null) {
            throw Survivors.mergedInto(customer, found.mergedInto());
        }
        if (found.status() == CustomerStatus.ERASED) {
            throw CoreError.CUSTOMER_ERASED.because("customer %s was erased", customer);
        }
        return found;
    }

    /** The customer an id stands for by now; itself if there is none. Within a unit of work. */
    public CustomerId survivor(CustomerId customer) {
        return Survivors.of(Set.of(customer), all -> ports.customers().standings(tenant, all), it -> it.mergedInto())
                .getOrDefault(customer, customer);
    }

    /** All rows of a type of a customer, at most {@value #MAX_HOLDINGS}. Within a unit of work. */
    public <T extends BenefitRow> List<T> holdings(CustomerId customer, Class<T> type) {
        return ports.store().list(tenant, customer, type, null, MAX_HOLDINGS);
    }

    /** Refuses one more row of a type than a customer may have. */
    public <T extends BenefitRow> List<T> requireRoom(CustomerId customer, Class<T> type) {
        List<T> all = holdings(customer, type);
        if (all.size() >= MAX_HOLDINGS) {
            throw AssetError.TOO_MANY_HOLDINGS.because("a customer has at most %d of these", MAX_HOLDINGS);
        }
        return all;
    }
}
