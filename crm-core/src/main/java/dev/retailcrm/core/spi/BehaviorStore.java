package dev.retailcrm.core.spi;

import dev.retailcrm.core.behavior.BehaviorId;
import dev.retailcrm.core.behavior.BehaviorStatistics;
import dev.retailcrm.core.behavior.BehaviorType;
import dev.retailcrm.core.behavior.ExpiryProgress;
import dev.retailcrm.core.behavior.RecordedEvent;
import dev.retailcrm.core.behavior.Retention;
import dev.retailcrm.core.behavior.TimelinePosition;
import dev.retailcrm.core.behavior.TimelineQuery;
import dev.retailcrm.core.behavior.VisitorFile;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.spi.CustomerStore.Standing;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps event types, events and visitors. Thread-safe; every method joins the current transaction and never ends it. Nothing of one tenant
 * is ever found or changed by a call for another (<b>[BS-1]</b>). An owner is a customer, or a visitor by its own id. Numbered rules are
 * checked by {@code BehaviorStoreContract} under the same numbers; 21 to 23 by {@code MergeContract}.
 */
public interface BehaviorStore {
    /** <b>[BS-2]</b> The latest versions of the types with these names; those never defined are absent. */
    Map<String, BehaviorType> types(TenantId tenant, Collection<String> names);

    /**
     * <b>[BS-3]</b> The latest versions of all types by ascending name, at most {@code limit}.
     *
     * @param after only greater names; {@code null} to start with the least
     */
    List<BehaviorType> types(TenantId tenant, @Nullable String after, int limit);

    /** <b>[BS-4]</b> The types whose latest version ends the retention of their events, in any order. */
    List<BehaviorType> expiring(TenantId tenant);

    /** <b>[BS-5]</b> One version of a type as it was defined. Empty if it never was. */
    Optional<BehaviorType> version(TenantId tenant, String name, int version);

    /**
     * <b>[BS-6]</b> Keeps a version of a type for ever. False, and nothing written, if there is one of that name and number, whoever
     * writes it at the same time; no unique violation reaches the current transaction.
     */
    boolean define(TenantId tenant, BehaviorType type);

    /** <b>[BS-7]</b> Where each of these stands who is a customer; others are absent. */
    Map<CustomerId, Standing> standings(TenantId tenant, Collection<CustomerId> customers);

    /**
     * <b>[BS-8]</b> Locks these visitors until the transaction ends, in the order of their hashes, waiting for whoever holds them, and
     * returns them as the holders before left them. <b>[BS-9]</b> Those not known are made, with the id proposed; of several that make one
     * at the same time one does.
     *
     * @param visitors the id proposed for each, by its hash
     */
    Map<String, VisitorFile> open(TenantId tenant, Map<String, CustomerId> visitors);

    /** <b>[BS-10]</b> A visitor by its hash. Empty if it was never made. */
    Optional<VisitorFile> visitor(TenantId tenant, String hash);

    /**
     * <b>[BS-11]</b> Writes what is known of a visitor, and the request key for its own id; the caller holds the lock. If the key is booked
     * already, nothing is written and the answer is {@code false}. <b>[BS-18]</b> The customer of the last link then has the visitor among
     * her {@link #visitors}.
     */
    boolean link(TenantId tenant, String hash, VisitorFile after, RequestKey key, RequestStore.Booked booked);

    /** <b>[BS-19]</b> The hashes of visitors that a customer was, ascending, at most {@code limit}. */
    List<String> visitors(TenantId tenant, CustomerId customer, int limit);

    /** <b>[BS-20]</b> Writes what is known of a visitor, which is not among her visitors any more; the caller holds the lock. */
    void unlink(TenantId tenant, String hash, VisitorFile after, CustomerId customer);

    /**
     * Keeps those of these events whose owner has none of their id. <b>[BS-12]</b> The others are left as they are kept, and returned with
     * the fingerprints of those kept, also where another transaction keeps one at the same time: that is waited for. <b>[BS-13]</b> No
     * unique violation reaches the current transaction. Ids compare byte for byte.
     *
     * @param events no two of one owner and id; in the order of owner and id, so that two batches never wait for each other
     */
    Map<RecordedEvent, Long> record(TenantId tenant, List<RecordedEvent> events);

    /**
     * <b>[BS-24]</b> The fingerprint kept under the owner and id of each of these events; those not kept are absent. Nothing is written.
     */
    Map<RecordedEvent, Long> kept(TenantId tenant, List<RecordedEvent> events);

    /**
     * <b>[BS-14]</b> Events of an owner by descending position, at most {@code limit}, without those past their retention.
     *
     * @param before only events before this position; {@code null} to start with the latest
     */
    List<RecordedEvent> timeline(
            TenantId tenant,
            TimelineQuery query,
            List<Retention> retentions,
            @Nullable TimelinePosition before,
            int limit);

    /** <b>[BS-15]</b> What the events of an owner come to by ascending type, without those past their retention. */
    List<BehaviorStatistics> statistics(TenantId tenant, CustomerId owner, List<Retention> retentions);

    /** <b>[BS-16]</b> Deletes these events of an owner; those that are gone already are passed over. */
    void remove(TenantId tenant, CustomerId owner, Collection<BehaviorId> ids);

    /**
     * <b>[BS-17]</b> Deletes what is past its retention of the next {@code limit} owners by ascending id. The cursor is the last of them;
     * none if no owner comes after it.
     *
     * @param after only owners with greater ids; {@code null} to start with the least
     */
    ExpiryProgress expire(TenantId tenant, List<Retention> retentions, @Nullable CustomerId after, int limit);

    /**
     * <b>[BS-21]</b> As {@link #standings}, and from now on nobody can lock these records, such as for a merge, until the transaction ends;
     * whoever holds one is waited for, and each is told as that holder left it. In the order of ids. Two who hold one need not wait for each
     * other.
     */
    Map<CustomerId, Standing> hold(TenantId tenant, Collection<CustomerId> customers);

    /**
     * <b>[BS-22]</b> Moves the events of one customer to another, but those whose id she has, and remembers whose they were. The records
     * of both are locked.
     *
     * @return how many
     */
    int move(TenantId tenant, CustomerId from, CustomerId to);

    /** <b>[BS-23]</b> Takes back {@link #move}: moves the events that came from {@code to}. The records of both are locked. */
    int moveBack(TenantId tenant, CustomerId from, CustomerId to);

    /** <b>[BS-24]</b> When each of these owners did anything last; those who never did are absent. A number of round trips that does not grow with them. */
    Map<CustomerId, Instant> latest(TenantId tenant, Collection<CustomerId> owners);
}
