package dev.retailcrm.core.imports;

import dev.retailcrm.core.behavior.Behavior;
import dev.retailcrm.core.customer.Customers;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.trade.Trade;
import java.io.IOException;
import java.time.ZoneId;
import java.util.Collections;
import java.util.Map;
import java.util.Set;

/**
 * Imports files into one tenant, in transactions of some hundred records each, in constant memory. What a file holds is booked under keys
 * of its own, so a file that is imported again, or further after a stop, books nothing twice. A record that is refused is told and does
 * not hold up the others. Thread-safe.
 */
public final class Imports {
    /** Customers of a chunk. */
    private static final int NAMED = 1_000;

    private final Customers customers;
    private final Trade trade;
    private final Behavior behavior;
    private final ZoneId zone;

    /**
     * Imports into these, all of one tenant.
     *
     * @param zone of instants in a file that name none
     */
    public Imports(Customers customers, Trade trade, Behavior behavior, ZoneId zone) {
        this.customers = Check.present(customers, "customers");
        this.trade = Check.present(trade, "trade");
        this.behavior = Check.present(behavior, "behaviour");
        this.zone = Check.present(zone, "zone");
    }

    /** The same, booking orders and refunds in this trade, such as one that tells its observers. */
    public Imports into(Trade other) {
        return new Imports(customers, other, behavior, zone);
    }

    /**
     * Imports customers, as {@link Customers#registerAll} does.
     *
     * @return how far it came
     * @throws CrmException {@link CoreError#INVALID_VALUE} before anything is written if the mapping names a column that the file does
     *     not have, or the file cannot be read; an error of the store, and then it may be run again
     */
    public ImportProgress customers(ImportFile file, CustomerMapping mapping, ImportRun run) {
        requirePresent(file, mapping, run);
        return carried(() -> new Carriage<>(file, run, new CustomerLane(customers, mapping, run)).run());
    }

    /**
     * Imports orders, as {@link Trade#recordAll} does; customers named by an identity are looked up, in one round trip a chunk. The
     * progress counts orders. A file of a line a record is read once or twice before, to find orders whose lines are scattered over it.
     *
     * @return how far it came
     * @throws CrmException as {@link #customers}; {@link CoreError#INVALID_VALUE} if the mapping does not say enough, or if more than
     *     500,000 orders are in several places
     */
    public ImportProgress orders(ImportFile file, OrderMapping mapping, ImportRun run) {
        requirePresent(file, mapping, run);
        TradeLanes lanes = new TradeLanes(customers, trade, zone, file, run);
        return carried(() -> new Carriage<>(file, run, lanes.orders(mapping)).run());
    }

    /**
     * Imports refunds, as {@link Trade#refundAll} does; otherwise as {@link #orders}. A refund whose order is not there is kept as pending.
     */
    public ImportProgress refunds(ImportFile file, RefundMapping mapping, ImportRun run) {
        requirePresent(file, mapping, run);
        TradeLanes lanes = new TradeLanes(customers, trade, zone, file, run);
        return carried(() -> new Carriage<>(file, run, lanes.refunds(mapping)).run());
    }

    /**
     * Imports events of customers, as {@link Behavior#recordAll} does; customers named by an identity are looked up, in one round trip a
     * chunk. Their types must be defined.
     *
     * @return how far it came
     * @throws CrmException as {@link #customers}; {@link CoreError#INVALID_VALUE} if the mapping does not say enough
     */
    public ImportProgress behaviors(ImportFile file, BehaviorMapping mapping, ImportRun run) {
        requirePresent(file, mapping, run);
        BehaviorLanes lanes = new BehaviorLanes(customers, behavior, zone, file, run);
        return carried(() -> new Carriage<>(file, run, lanes.events(mapping)).run());
    }

    /**
     * Does something for the customers that a file names, one a record; those named by an identity are looked up, in one round trip a chunk.
     * A dry run only looks for them.
     *
     * @return how far it came
     * @throws CrmException as {@link #customers}
     */
    public ImportProgress named(ImportFile file, CustomerColumn who, ImportRun run, NamedCustomers done) {
        requirePresent(file, who, run);
        Check.present(done, "what is done");
        var lane = new NamedLane<>(
                customers,
                who,
                Set.of(who.column()),
                NAMED,
                Map.of(),
                Gatherer.ofEach(
                        record -> new NamedLane.Draft<>(who.named(record, customers), 1, it -> it),
                        NamedLane.Draft::parts),
                ids -> run.dry()
                        ? Collections.nCopies(ids.size(), new NamedLane.Tried(false, null))
                        : done.take(ids).stream()
                                .map(it -> new NamedLane.Tried(it.repeated(), it.refusal()))
                                .toList());
        return carried(() -> new Carriage<>(file, run, lane).run());
    }

    /** What is carried from a file. */
    private interface Carrying {
        ImportProgress run() throws IOException;
    }

    private static ImportProgress carried(Carrying carrying) {
        try {
            return carrying.run();
        } catch (IOException e) {
            throw CoreError.INVALID_VALUE.because("a file of the import cannot be read or written");
        }
    }

    private static void requirePresent(ImportFile file, Object mapping, ImportRun run) {
        Check.present(file, "file");
        Check.present(mapping, "mapping");
        Check.present(run, "run");
    }
}
