package dev.retailcrm.tags;

import dev.retailcrm.core.access.Access;
import dev.retailcrm.core.access.Right;
import dev.retailcrm.core.history.Actor;
import dev.retailcrm.core.imports.NamedCustomers;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.Instants;
import dev.retailcrm.core.kernel.Page;
import dev.retailcrm.core.kernel.PageRequest;
import dev.retailcrm.core.kernel.Survivors;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.spi.CustomerStore.Standing;
import dev.retailcrm.core.spi.FactObserver;
import dev.retailcrm.tags.TagBatchProgress.State;
import dev.retailcrm.tags.spi.TagChange;
import dev.retailcrm.tags.spi.TagPorts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Changes the tags of many customers of one tenant, a chunk at a time, and takes that back. Each chunk is a transaction that keeps how far it
 * got, so that after a stop, or a kill, the batch goes on where it was. Customers are treated as by {@link Tags#change}; who is refused does
 * not hold up the others. The old id of a customer who was merged stands for the survivor. Thread-safe.
 *
 * <p>A chunk takes about fifteen round trips, whatever its size, on PostgreSQL, without those that open and commit a transaction.
 */
public final class TagBatches {
    /** The most customers of a chunk. */
    public static final int MAX_CHUNK = 10_000;

    private final TenantId tenant;
    private final TagPorts ports;
    private final TagChunk chunk;
    private final FactObserver observer;
    private final Instants instants;
    private final Actor actor;
    private final Access access;

    TagBatches(TenantId tenant, TagPorts ports, FactObserver observer, Actor actor, Access access) {
        this.tenant = tenant;
        this.ports = ports;
        this.chunk = new TagChunk(tenant, ports, observer);
        this.observer = observer;
        this.instants = new Instants(ports.clock());
        this.actor = actor;
        this.access = access;
    }

    /** The same batches, as far as this access permits, and run by its principal. */
    public TagBatches guardedBy(Access granted) {
        Check.present(granted, "access");
        return new TagBatches(tenant, ports, observer, granted.actor().orElse(actor), granted);
    }

    /**
     * Starts a batch; the same again answers with how far it is.
     *
     * @throws CrmException {@link CoreError#REQUEST_KEY_REUSED} if there is another batch with its id
     */
    public TagBatchProgress start(TagBatch batch) {
        access.require(Right.ASSIGN_TAGS);
        Check.present(batch, "batch");
        TagBatchProgress started = TagBatchProgress.started(batch, instants.now());
        return ports.unitOfWork().run(() -> {
            if (ports.batches().open(tenant, started)) {
                return started;
            }
            TagBatchProgress present = lock(batch.id());
            if (!present.batch().equals(batch)) {
                throw CoreError.REQUEST_KEY_REUSED.because("there is another batch with this id");
            }
            return present;
        });
    }

    /** A batch and how far it is; empty if there is none with this id. One round trip. */
    public Optional<TagBatchProgress> find(String batch) {
        access.require(Right.READ_TAGS);
        Check.code(batch, TagBatch.MAX_ID, "id of the batch");
        return ports.unitOfWork().read(() -> ports.batches().find(tenant, batch));
    }

    /**
     * Goes on with a batch by a chunk of its customers; nothing happens if it is done. To be repeated until it is.
     *
     * @param limit the most customers, 1 to {@value #MAX_CHUNK}
     * @throws CrmException {@link TagError#UNKNOWN_BATCH}; {@link TagError#BATCH_STATE} if it is being undone
     */
    public TagBatchProgress run(String batch, CustomerPages pages, int limit) {
        access.require(Right.ASSIGN_TAGS);
        Check.code(batch, TagBatch.MAX_ID, "id of the batch");
        Check.present(pages, "customers");
        Check.range(limit, 1, MAX_CHUNK, "limit");
        Instant now = instants.now();
        return ports.unitOfWork().run(() -> {
            TagBatchProgress before = lock(batch);
            if (before.state() == State.DONE) {
                return before;
            }
            requireState(before, State.RUNNING);
            CustomerPages.Chunk page = pages.after(before.place(), limit);
            List<TagOutcome> outcomes = change(before.batch(), page.customers(), now);
            TagBatchProgress after = counted(before, outcomes).at(page.place());
            return written(page.place() == null ? after.being(State.DONE, now) : after, outcomes);
        });
    }

    /**
     * Goes on with a batch by these customers, such as those that lines of a file name; for whom it did something before, it does nothing
     * again.
     *
     * @param customers at most {@value #MAX_CHUNK}
     * @return what became of each who was not there before
     * @throws CrmException {@link TagError#UNKNOWN_BATCH}; {@link TagError#BATCH_STATE} unless it runs
     */
    public List<TagOutcome> add(String batch, Collection<CustomerId> customers) {
        access.require(Right.ASSIGN_TAGS);
        Check.code(batch, TagBatch.MAX_ID, "id of the batch");
        Check.range(Check.present(customers, "customers").size(), 0, MAX_CHUNK, "number of customers");
        customers.forEach(it -> Check.present(it, "customer"));
        Instant now = instants.now();
        return ports.unitOfWork().run(() -> {
            TagBatchProgress before = lock(batch);
            requireState(before, State.RUNNING);
            Map<CustomerId, CustomerId> current = Survivors.of(
                    Set.copyOf(customers), asked -> ports.customers().standings(tenant, asked), Standing::mergedInto);
            Set<CustomerId> asked = new HashSet<>(customers);
            asked.addAll(current.values());
            Set<CustomerId> known = ports.batches().known(tenant, batch, asked);
            List<CustomerId> left = customers.stream()
                    .filter(it -> !known.contains(it) && !known.contains(current.getOrDefault(it, it)))
                    .distinct()
                    .toList();
            List<TagOutcome> outcomes = change(before.batch(), left, now);
            written(counted(before, outcomes), outcomes);
            return outcomes;
        });
    }

    /**
     * Goes on with a batch by the customers that a file names, as {@link #add} does: {@code imports.named(file, who, run, batches.fromFile(id))}.
     * A file that is read again does nothing again. What customers are refused with is told by its rejects too.
     */
    public NamedCustomers fromFile(String batch) {
        access.require(Right.ASSIGN_TAGS);
        Check.code(batch, TagBatch.MAX_ID, "id of the batch");
        return customers -> {
            Map<CustomerId, TagOutcome> outcomes = new HashMap<>();
            add(batch, customers).forEach(it -> outcomes.put(it.customer(), it));
            return customers.stream().map(it -> done(outcomes.remove(it))).toList();
        };
    }

    private static NamedCustomers.Done done(@Nullable TagOutcome outcome) {
        String code = outcome == null ? null : outcome.code();
        return new NamedCustomers.Done(
                outcome == null,
                code == null
                        ? null
                        : TagError.BATCH_REFUSED.with(Map.of("code", code), "the customer was refused with %s", code));
    }

    /** Says that no more customers come by {@link #add}. Refuses as it does; nothing happens if it was said. */
    public TagBatchProgress finish(String batch) {
        access.require(Right.ASSIGN_TAGS);
        Check.code(batch, TagBatch.MAX_ID, "id of the batch");
        Instant now = instants.now();
        return step(batch, before -> {
            if (before.state() == State.DONE) {
                return before;
            }
            requireState(before, State.RUNNING);
            return before.being(State.DONE, now);
        });
    }

    /** What a batch did for each customer, ascending by id. One round trip. */
    public Page<TagOutcome> outcomes(String batch, PageRequest page) {
        access.require(Right.READ_TAGS);
        Check.code(batch, TagBatch.MAX_ID, "id of the batch");
        CustomerId after = TagReads.after(Check.present(page, "page"));
        List<TagOutcome> found =
                ports.unitOfWork().read(() -> ports.batches().outcomes(tenant, batch, after, page.size() + 1));
        return Page.of(found, page.size(), it -> Long.toString(it.customer().value()));
    }

    /**
     * Takes back what a batch did, a chunk of customers at a time, but for tags that were changed since, also if they are as they were. A batch
     * that runs does not go on. To be repeated until it is undone.
     *
     * @param limit the most customers, 1 to {@value #MAX_CHUNK}
     * @throws CrmException {@link TagError#UNKNOWN_BATCH}
     */
    public TagBatchProgress undo(String batch, int limit) {
        access.require(Right.ASSIGN_TAGS);
        Check.code(batch, TagBatch.MAX_ID, "id of the batch");
        Check.range(limit, 1, MAX_CHUNK, "limit");
        Instant now = instants.now();
        return step(batch, before -> before.state() == State.UNDONE ? before : undone(before, limit, now));
    }

    private TagBatchProgress undone(TagBatchProgress before, int limit, Instant now) {
        String id = before.batch().id();
        CustomerId last = before.undonePlace() == null ? null : CustomerId.parse(before.undonePlace());
        List<CustomerId> customers = ports.batches().changed(tenant, id, last, limit);
        TagCause cause = new TagCause(before.batch().patch().source(), null, actor, null);
        var locked = ports.store().lockAll(tenant, customers);
        Map<CustomerId, List<TagEntry>> lasting = ports.batches().lasting(tenant, id, customers);
        TagCatalog catalog = ports.store().catalog(tenant);
        List<TagChange> changes = new ArrayList<>();
        locked.forEach((customer, state) -> {
            TagDraft draft = new TagDraft(state, now, cause);
            undo(lasting.getOrDefault(customer, List.of()), draft, catalog);
            if (!draft.entries().isEmpty()) {
                changes.add(draft.change(null));
            }
        });
        TagBooks.writeAll(observer, changes, now, ports.store());
        boolean done = customers.size() < limit;
        String place = customers.isEmpty()
                ? before.undonePlace()
                : customers.get(customers.size() - 1).toString();
        return before.undone(changes.size(), place).being(done ? State.UNDONE : State.UNDOING, done ? now : null);
    }

    /** What she got is taken first; what was taken from her comes back unless she has got something since that excludes it. */
    private static void undo(List<TagEntry> lasting, TagDraft draft, TagCatalog catalog) {
        lasting.stream().filter(it -> it.before() == null).forEach(it -> draft.put(TagAct.UNDONE, it.tag(), null));
        for (TagEntry entry : lasting) {
            TagMark before = entry.before();
            if (before != null && !(before.isAt(draft.at()) && TagFile.isExcluded(entry.tag(), draft, catalog))) {
                draft.put(TagAct.UNDONE, entry.tag(), before);
            }
        }
    }

    private TagBatchProgress step(String batch, UnaryOperator<TagBatchProgress> decision) {
        return ports.unitOfWork().run(() -> {
            TagBatchProgress before = lock(batch);
            TagBatchProgress after = decision.apply(before);
            return after.equals(before) ? before : written(after, List.of());
        });
    }

    private List<TagOutcome> change(TagBatch batch, List<CustomerId> customers, Instant now) {
        if (customers.isEmpty()) {
            return List.of();
        }
        TagPatch patch = batch.patch();
        return chunk.change(customers, patch, new TagCause(patch.source(), batch.id(), actor, patch.reason()), now);
    }

    private static TagBatchProgress counted(TagBatchProgress before, List<TagOutcome> outcomes) {
        long changed = outcomes.stream()
                .filter(it -> it.kind() == TagOutcome.Kind.CHANGED)
                .count();
        long refused = outcomes.stream()
                .filter(it -> it.kind() == TagOutcome.Kind.REFUSED)
                .count();
        return before.and(changed, outcomes.size() - changed - refused, refused);
    }

    private TagBatchProgress written(TagBatchProgress after, List<TagOutcome> outcomes) {
        List<TagOutcome> others = outcomes.stream()
                .filter(it -> it.kind() != TagOutcome.Kind.CHANGED)
                .toList();
        ports.batches().write(tenant, after, others);
        return after;
    }

    private TagBatchProgress lock(String batch) {
        return ports.batches()
                .lock(tenant, batch)
                .orElseThrow(() -> TagError.UNKNOWN_BATCH.with(Map.of("batch", batch), "there is no batch %s", batch));
    }

    private static void requireState(TagBatchProgress batch, State state) {
        if (batch.state() != state) {
            throw TagError.BATCH_STATE.with(Map.of("state", batch.state()), "the batch is %s", batch.state());
        }
    }
}
