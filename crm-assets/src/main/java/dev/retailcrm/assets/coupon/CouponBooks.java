package dev.retailcrm.assets.coupon;

import dev.retailcrm.assets.ledger.AssetError;
import dev.retailcrm.assets.ledger.Posting;
import dev.retailcrm.assets.spi.CouponHolder;
import dev.retailcrm.assets.spi.CouponPorts;
import dev.retailcrm.assets.spi.CouponStore;
import dev.retailcrm.core.customer.CustomerStatus;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.Fingerprint;
import dev.retailcrm.core.kernel.Instants;
import dev.retailcrm.core.kernel.Survivors;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.spi.RequestStore.Booked;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Runs commands about the coupons of a customer: locks, decides and writes. Thread-safe. */
final class CouponBooks {
    private static final int LONGEST_CHAIN = 1_000;

    private final TenantId tenant;
    private final CouponPorts ports;
    private final Instants clock;

    CouponBooks(TenantId tenant, CouponPorts ports) {
        this.tenant = tenant;
        this.ports = ports;
        this.clock = new Instants(ports.clock());
    }

    /** A command and its content. */
    record Request(Posting posting, long fingerprint, Instant at, Instant now) {}

    Request request(Posting posting, Fingerprint content) {
        Check.present(posting, "posting");
        long fingerprint = content.and(
                        posting.store() == null ? null : posting.store().value())
                .and(posting.staff() == null ? null : posting.staff().value())
                .and(posting.reference())
                .value();
        return new Request(posting, fingerprint, clock.orNow(posting.at()), clock.now());
    }

    /** The coupons as the command leaves them; if it is repeated, those of its first run as they are by now. */
    List<Coupon> run(CustomerId customer, Request request, Consumer<CouponDraft> command) {
        Check.present(customer, "customer");
        return ports.unitOfWork()
                .run(() -> Survivors.follow(customer, current -> book(locked(current), request, command)));
    }

    /** The second time it knows how many are left, which stay so. */
    private List<Coupon> book(CouponHolder holder, Request request, Consumer<CouponDraft> command) {
        long room = Long.MAX_VALUE;
        for (int run = 0; run < 2; run++) {
            CouponDraft draft = draft(holder, request, room);
            try {
                command.accept(draft);
            } catch (CrmException refusal) {
                return repeated(holder.customer(), request).orElseThrow(() -> refusal);
            }
            CouponStore.Applied applied = ports.store().apply(draft.change(request.fingerprint()));
            if (applied.isWritten()) {
                return draft.coupons();
            }
            if (applied.outcome() == CouponStore.Outcome.REPEATED) {
                return repeated(holder.customer(), request).orElseThrow(CouponBooks::unbooked);
            }
            room = applied.left();
        }
        throw CoreError.STORE_FAILED.because("the store tells how many coupons are left and does not give them");
    }

    private CouponDraft draft(CouponHolder holder, Request request, long room) {
        return new CouponDraft(tenant, holder, request.posting(), request.at(), request.now(), room);
    }

    /** Gives a coupon to another customer; as it is with whom it is by now if that is repeated. */
    Coupon transfer(CustomerId from, CustomerId to, Request request, CouponId coupon, Consumer<Coupon> check) {
        Check.present(from, "customer");
        Check.present(to, "customer");
        return ports.unitOfWork()
                .run(() -> Survivors.follow(
                        from, giver -> Survivors.follow(to, taker -> booked(giver, taker, request, coupon, check))));
    }

    private Coupon booked(CustomerId giver, CustomerId taker, Request request, CouponId id, Consumer<Coupon> check) {
        if (giver.equals(taker)) {
            throw AssetError.SAME_ACCOUNT.because("%s and %s are one customer", giver, taker);
        }
        Map<CustomerId, CouponHolder> both = ports.store().lockAll(tenant, List.of(giver, taker));
        CouponHolder hers = usable(giver, both.get(giver));
        CouponHolder theirs = usable(taker, both.get(taker));
        CouponDraft out = draft(hers, request, 0);
        CouponDraft in = draft(theirs, request, 0);
        Coupon received;
        try {
            Coupon coupon = require(giver, id);
            check.accept(coupon);
            Coupon before = ports.store().find(tenant, taker, List.of(id)).get(id);
            received = coupon.receivedBy(taker, before, request.now());
            out.change(coupon.givenTo(taker, request.now()), CouponAct.TRANSFERRED, taker);
            if (before == null) {
                in.add(received, CouponAct.RECEIVED, giver);
            } else {
                in.change(received, CouponAct.RECEIVED, giver);
            }
        } catch (CrmException refusal) {
            return repeated(giver, request).map(them -> current(giver, id)).orElseThrow(() -> refusal);
        }
        if (!ports.store().apply(out.change(request.fingerprint())).isWritten()) {
            return repeated(giver, request).map(them -> current(giver, id)).orElseThrow(CouponBooks::unbooked);
        }
        ports.store().apply(in.unkeyed());
        return received;
    }

    /** Locks a customer who can use coupons. */
    CouponHolder locked(CustomerId customer) {
        return usable(customer, ports.store().lockAll(tenant, List.of(customer)).get(customer));
    }

    static CouponHolder usable(CustomerId customer, @Nullable CouponHolder found) {
        if (found == null) {
            throw CoreError.UNKNOWN_CUSTOMER.because("there is no customer %s", customer);
        }
        if (found.mergedInto() != null) {
            throw Survivors.mergedInto(customer, found.mergedInto());
        }
        if (found.status() == CustomerStatus.ERASED) {
            throw CoreError.CUSTOMER_ERASED.because("customer %s was erased", customer);
        }
        return found;
    }

    /** A coupon of a customer whose coupons are locked. */
    Coupon require(CustomerId customer, CouponId coupon) {
        return require(ports.store().find(tenant, customer, List.of(coupon)), coupon);
    }

    /** Coupons of a customer whose coupons are locked. */
    List<Coupon> requireAll(CustomerId customer, Collection<CouponId> coupons) {
        Map<CouponId, Coupon> found = ports.store().find(tenant, customer, coupons);
        return coupons.stream().map(it -> require(found, it)).toList();
    }

    private static Coupon require(Map<CouponId, Coupon> found, CouponId coupon) {
        Coupon one = found.get(coupon);
        if (one == null) {
            throw unknown(coupon);
        }
        return one;
    }

    /** A coupon with whom it is by now, over transfers and merges. */
    Coupon current(CustomerId customer, CouponId coupon) {
        CustomerId holder = customer;
        for (int i = 0; i < LONGEST_CHAIN; i++) {
            CustomerId owner = survivor(holder);
            Coupon found = require(ports.store().find(tenant, owner, List.of(coupon)), coupon);
            if (found.other() == null) {
                return found;
            }
            holder = found.other();
        }
        throw unknown(coupon);
    }

    /** The customer an id stands for by now. */
    CustomerId survivor(CustomerId customer) {
        return Survivors.of(Set.of(customer), ids -> ports.customers().standings(tenant, ids), it -> it.mergedInto())
                .getOrDefault(customer, customer);
    }

    private Optional<List<Coupon>> repeated(CustomerId customer, Request request) {
        Optional<Booked> booked =
                ports.requests().find(tenant, customer, request.posting().key());
        return booked.map(it -> {
            if (it.fingerprint() != request.fingerprint() || !CouponDraft.Answer.isOne(it)) {
                throw CoreError.REQUEST_KEY_REUSED.because("the request key was used before for other content");
            }
            return answer(customer, it);
        });
    }

    private List<Coupon> answer(CustomerId customer, Booked booked) {
        CouponDraft.Answer answer = CouponDraft.Answer.of(booked);
        CustomerId home = booked.home() == null ? customer : booked.home();
        Set<CouponId> ids = new LinkedHashSet<>();
        ports.store().entries(tenant, home, answer.after(), answer.entries()).forEach(it -> ids.add(it.coupon()));
        Map<CouponId, Coupon> hers = ports.store().find(tenant, customer, ids);
        List<Coupon> coupons = new ArrayList<>();
        for (CouponId id : ids) {
            Coupon one = hers.get(id);
            coupons.add(one == null ? current(home, id) : one);
        }
        return coupons;
    }

    private static CrmException unknown(CouponId coupon) {
        return AssetError.UNKNOWN_COUPON.with(
                Map.of("coupon", coupon.toString()), "the customer has no coupon %s", coupon);
    }

    private static CrmException unbooked() {
        return CoreError.STORE_FAILED.because("the store names a request as booked and does not find it");
    }
}
