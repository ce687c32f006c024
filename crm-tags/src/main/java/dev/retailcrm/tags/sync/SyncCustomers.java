package dev.retailcrm.tags.sync;

import com.google.common.base.Suppliers;
import com.google.common.collect.Iterables;
import com.google.common.collect.Lists;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.ErrorKind;
import dev.retailcrm.core.kernel.Fingerprint;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.tags.TagMark;
import dev.retailcrm.tags.TagPatch;
import dev.retailcrm.tags.TagSource;
import dev.retailcrm.tags.Tagging;
import dev.retailcrm.tags.Tags;
import dev.retailcrm.tags.spi.ChannelCustomer;
import dev.retailcrm.tags.spi.ChannelPage;
import dev.retailcrm.tags.spi.SyncMark;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Compares customers of a page and brings their tags together, one customer after the other. For one step; not thread-safe. */
final class SyncCustomers {
    private final SyncStep step;
    private final String channel;
    private final List<SyncTag> linked;

    SyncCustomers(SyncStep step) {
        this.step = step;
        this.channel = step.run.channel();
        this.linked = step.ports
                .unitOfWork()
                .read(() -> SyncTag.of(
                        step.tags.definitions().catalog(), step.ports.store().links(step.tenant, channel)));
    }

    /** Where the next page starts; {@code null} if this was the last. */
    @Nullable
    String page(@Nullable String cursor) {
        ChannelPage<ChannelCustomer> page = step.channel.customers(cursor);
        long strangers = 0;
        for (List<ChannelCustomer> some : Lists.partition(page.items(), Tags.MAX_CUSTOMERS)) {
            strangers += some(some);
        }
        step.tally.add(SyncCount.SEEN, page.items().size());
        step.tally.add(SyncCount.STRANGERS, strangers);
        return page.next();
    }

    private long some(List<ChannelCustomer> theirs) {
        Map<String, CustomerId> known =
                step.links.find(theirs.stream().map(ChannelCustomer::ref).toList());
        Map<String, SyncMark> bases =
                step.ports.unitOfWork().read(() -> step.ports.store().marks(step.tenant, channel, known));
        Map<CustomerId, List<TagMark>> ours = step.tags.ofAll(new HashSet<>(known.values()));
        Set<CustomerId> changed = new HashSet<>();
        for (ChannelCustomer one : theirs) {
            CustomerId customer = known.get(one.ref());
            if (customer != null) {
                List<TagMark> marks =
                        changed.contains(customer) ? step.tags.of(customer) : ours.getOrDefault(customer, List.of());
                if (one(customer, one, marks, bases.get(one.ref()))) {
                    changed.add(customer);
                }
            }
        }
        return theirs.stream().filter(one -> !known.containsKey(one.ref())).count();
    }

    /** Whether something changed here. */
    private boolean one(CustomerId customer, ChannelCustomer theirs, List<TagMark> marks, @Nullable SyncMark base) {
        Map<String, TagMark> ours = new HashMap<>();
        marks.forEach(mark -> ours.put(mark.tag(), mark));
        SyncDecision decision = SyncDecision.of(
                linked, ours, Suppliers.memoize(() -> takenAway(customer)), theirs, base, step.setup.policy());
        step.tally.add(SyncCount.ASKED, decision.asked.size());
        if (step.run.dry()) {
            count(decision);
            return false;
        }
        if (!decision.isNews(linked, base)) {
            return false;
        }
        try {
            push(theirs.ref(), decision);
            book(customer, theirs.ref(), decision, base);
            count(decision);
            return decision.changesOurs();
        } catch (CrmException failure) {
            if (SyncStep.isPassing(failure)
                    || failure.kind() == ErrorKind.STORAGE
                    || failure.kind() == ErrorKind.OUTCOME_UNKNOWN) {
                throw failure;
            }
            refused(customer, theirs.ref(), base, failure);
            return false;
        }
    }

    private Map<String, Instant> takenAway(CustomerId customer) {
        Map<String, Instant> taken = new HashMap<>();
        step.tags.removedByHand(customer).forEach(mark -> taken.put(mark.tag(), mark.from()));
        return taken;
    }

    private void push(String ref, SyncDecision decision) {
        var added =
                Iterables.partition(decision.addedThere, PacedChannel.MAX_TAGS).iterator();
        var removed = Iterables.partition(decision.removedThere, PacedChannel.MAX_TAGS)
                .iterator();
        while (added.hasNext() || removed.hasNext()) {
            step.channel.change(
                    ref,
                    added.hasNext() ? new HashSet<>(added.next()) : Set.of(),
                    removed.hasNext() ? new HashSet<>(removed.next()) : Set.of());
        }
    }

    /** Ours and what was compared are written together, so a repetition finds both or neither. */
    private void book(CustomerId customer, String ref, SyncDecision decision, @Nullable SyncMark base) {
        long version = base == null ? 1 : base.version() + 1;
        var mark = new SyncMark(customer, ref, step.run.number(), decision.agreed, decision.asked, null, version);
        String key = channel + "/"
                + Long.toHexString(Fingerprint.of("tags.sync").and(ref).value()) + "/" + customer + "/"
                + step.run.number() + "/" + version;
        step.ports.unitOfWork().run(() -> {
            int part = 0;
            for (TagPatch patch : patches(decision)) {
                step.tags.change(customer, patch, RequestKey.reserved("tag-sync/" + key + "/" + part++));
            }
            step.ports.store().write(step.tenant, channel, mark);
            return part;
        });
    }

    private List<TagPatch> patches(SyncDecision decision) {
        List<TagPatch> patches = new ArrayList<>();
        for (List<String> some : Iterables.partition(decision.removed, TagPatch.MAX)) {
            TagPatch patch = TagPatch.none();
            for (String tag : some) {
                patch = patch.remove(tag);
            }
            patches.add(patch.by(TagSource.sync(channel)));
        }
        for (List<String> some : Iterables.partition(decision.assigned, TagPatch.MAX)) {
            TagPatch patch = TagPatch.none();
            for (String tag : some) {
                patch = patch.assign(Tagging.of(tag));
            }
            patches.add(patch.by(TagSource.sync(channel)));
        }
        return patches;
    }

    /** The two stay as they differ, and are compared again in the next run. */
    private void refused(CustomerId customer, String ref, @Nullable SyncMark base, CrmException failure) {
        step.tally.add(SyncCount.REFUSED, 1);
        var mark = base == null
                ? new SyncMark(
                        customer, ref, 0, Set.of(), Map.of(), failure.code().id(), 1)
                : new SyncMark(
                        customer,
                        ref,
                        base.run(),
                        base.tags(),
                        base.asked(),
                        failure.code().id(),
                        base.version() + 1);
        step.ports.unitOfWork().run(() -> {
            step.ports.store().write(step.tenant, channel, mark);
            return true;
        });
    }

    private void count(SyncDecision decision) {
        step.tally.add(SyncCount.ASSIGNED, decision.assigned.size());
        step.tally.add(SyncCount.REMOVED, decision.removed.size());
        step.tally.add(SyncCount.ADDED_THERE, decision.addedThere.size());
        step.tally.add(SyncCount.REMOVED_THERE, decision.removedThere.size());
    }
}
