package dev.retailcrm.core.lifecycle;

import dev.retailcrm.core.access.Access;
import dev.retailcrm.core.access.Right;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.Instants;
import dev.retailcrm.core.kernel.Survivors;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.spi.LifecyclePorts;
import dev.retailcrm.core.spi.MergeParticipant;
import dev.retailcrm.core.spi.TradeObserver;
import dev.retailcrm.core.trade.TradeTotal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The stage each customer of a tenant is at. {@link #stage} computes it from her trade when it is asked: right at every instant without any
 * job, under the policy of that moment. Who wants to be told of changes lets a trade {@linkplain #observer() be observed}, which keeps the
 * stage and books each change by an order or refund with it; and calls {@link #advance}, which books those that time alone made, each at the
 * instant it happened. What is told does not depend on when or how often that is called. Thread-safe.
 */
public final class Lifecycle {
    /** The most customers of one call. */
    public static final int MAX_CUSTOMERS = 1_000;

    private final TenantId tenant;
    private final LifecyclePolicy policy;
    private final LifecyclePorts ports;
    private final StageBooks books;
    private final Instants instants;
    private final Access access;

    /** The lifecycle of a tenant's customers under this policy. */
    public Lifecycle(TenantId tenant, LifecyclePolicy policy, LifecyclePorts ports) {
        this(tenant, policy, ports, Access.unrestricted());
    }

    private Lifecycle(TenantId tenant, LifecyclePolicy policy, LifecyclePorts ports, Access access) {
        this.tenant = Check.present(tenant, "tenant");
        this.policy = Check.present(policy, "lifecycle policy");
        this.ports = Check.present(ports, "lifecycle ports");
        this.books = new StageBooks(policy, ports);
        this.instants = new Instants(ports.clock());
        this.access = access;
    }

    /** The same lifecycle, as far as this access permits. */
    public Lifecycle guardedBy(Access granted) {
        return new Lifecycle(tenant, policy, ports, Check.present(granted, "access"));
    }

    /** The stage she is at now; see {@link #stage(CustomerId, Instant)}. */
    public LifecycleAnswer stage(CustomerId customer) {
        return stage(customer, instants.now());
    }

    /**
     * The stage she is at, by what has arrived of her orders and refunds so far; of somebody who was merged, the survivor's. One round
     * trip, and one more if nothing has arrived.
     *
     * @param at from 1970 to 9999, past or to come: what she would be at if nothing more arrived
     * @return {@link LifecycleStage#PROSPECT} also for a customer who does not exist
     * @throws CrmException {@link CoreError#INSTANT_OUT_OF_RANGE}
     */
    public LifecycleAnswer stage(CustomerId customer, Instant at) {
        access.require(Right.READ_LIFECYCLE, customer);
        Instants.requireStorable(Check.present(at, "instant"));
        List<TradeTotal> totals = ports.unitOfWork().read(() -> {
            List<TradeTotal> hers = totals(customer);
            return hers.isEmpty()
                    ? totals(Survivors.current(customer, it -> ports.trade().movedTo(tenant, it)))
                    : hers;
        });
        return policy.answer(totals, at.truncatedTo(ChronoUnit.MILLIS));
    }

    private List<TradeTotal> totals(CustomerId customer) {
        return ports.trade().totals(tenant, Set.of(customer)).getOrDefault(customer, List.of());
    }

    /** The stage as it was booked last; empty if no observed trade told of her. One round trip. */
    public Optional<BookedStage> booked(CustomerId customer) {
        access.require(Right.READ_LIFECYCLE, customer);
        return ports.unitOfWork()
                .read(() -> ports.stages().find(tenant, customer))
                .map(it -> new BookedStage(it.stage(), it.since(), it.due()));
    }

    /**
     * Keeps stages in step with the trade it is given to, in the same transactions; give it to the trade of every process that records orders.
     * It adds two round trips to a command, whether of one order or of a chunk of many; one more where what time will change is other than
     * before, and one more where a change is told.
     */
    public TradeObserver observer() {
        return books;
    }

    /** Keeps stages right when customers are merged; give it to the tenant's merges if the policy is not the standard one. */
    public MergeParticipant mergeParticipant() {
        return new LifecycleMerge(books, ports);
    }

    /**
     * Books the changes of stages that time alone has made until now, of the customers whose stage changed the longest ago, in one
     * transaction, or as part of the host's. After a crash, call it again: what was committed is not told twice. Four round trips, one if nobody
     * is due.
     *
     * @param limit the most customers, 1 to {@value #MAX_CUSTOMERS}
     * @return how many changes were booked, several of one customer if it runs late; repeat until it is 0
     */
    public int advance(int limit) {
        access.require(Right.OPERATE);
        Check.range(limit, 1, MAX_CUSTOMERS, "limit");
        Instant now = instants.now();
        return ports.unitOfWork().run(() -> {
            List<CustomerId> due = ports.stages().due(tenant, now, limit);
            return due.isEmpty() ? 0 : books.pass(tenant, due, now);
        });
    }

    /**
     * Takes up customers who bought before their trade was observed, and follows a policy that was changed: computes the stages of these
     * customers anew and books what differs, in one transaction. Repeat with {@link StageProgress#cursor()} until it is
     * {@linkplain StageProgress#isDone() done}.
     *
     * @param after only customers with greater ids; {@code null} to start
     * @param limit the most customers, 1 to {@value #MAX_CUSTOMERS}
     */
    public StageProgress recompute(@Nullable CustomerId after, int limit) {
        access.require(Right.OPERATE);
        Check.range(limit, 1, MAX_CUSTOMERS, "limit");
        Instant now = instants.now();
        return ports.unitOfWork().run(() -> {
            List<CustomerId> found = ports.trade().customers(tenant, after, limit);
            var heads = ports.trade().lock(tenant, found);
            heads.values().removeIf(head -> head.movedTo() != null);
            if (!heads.isEmpty()) {
                books.traded(tenant, heads.keySet(), now);
            }
            return new StageProgress(heads.size(), found.size() < limit ? null : found.get(limit - 1));
        });
    }
}
