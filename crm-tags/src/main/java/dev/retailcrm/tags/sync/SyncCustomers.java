package dev.retailcrm.tags.sync;

import com.google.common.base.Suppliers;
import com.google.common.collect.Iterables;
import com.google.common.collect.Lists;
import dev.retailcrm.core.customer.CustomerStatus;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.ErrorKind;
import dev.retailcrm.core.kernel.Fingerprint;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.kernel.Survivors;
import dev.retailcrm.core.spi.CustomerStore.Standing;
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

/**
 * Compares customers of a page and brings their tags together, one customer after the other. Whom this run tried already it leaves alone, so that
 * a page that is read again goes on where it was, whatever was refused. For one step; not thread-safe.
 */
final class SyncCustomers {
    private final SyncStep step;
    private final String channel;
    private final List<SyncTag> linked;
    private long strangers;
    private long withheld;
    private long asked;

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
        for (List<ChannelCustomer> some : Lists.partition(page.items(), Tags.MAX_CUSTOMERS)) {
            some(some);
        }
        step.tally.add(SyncCount.SEEN, page.items().size());
        step.tally.add(SyncCount.STRANGERS, strangers);
        step.tally.add(SyncCount.WITHHELD, withheld);
        step.tally.add(SyncCount.ASKED, asked);
        return page.next();
    }

    private void some(List<ChannelCustomer> theirs) {
        Map<String, CustomerId> known = known(theirs);
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
    }

    /** Who is meant, by now, and may be synchronised. */
    private Map<String, CustomerId> known(List<ChannelCustomer> theirs) {
        Map<String, CustomerId> linkedTo =
                step.links.find(theirs.stream().map(ChannelCustomer::ref).toList());
        Map<CustomerId, Standing> standings = new HashMap<>();
        Map<CustomerId, CustomerId> survivors = step.ports
                .unitOfWork()
                .read(() -> Survivors.of(
                        Set.copyOf(linkedTo.values()),
                        these -> {
                            Map<CustomerId, Standing> found =
                                    step.ports.customers().standings(step.tenant, these);
                            standings.putAll(found);
                            return found;
                        },
                        Standing::mergedInto));
        Map<String, CustomerId> known = new HashMap<>();
        for (ChannelCustomer one : theirs) {
            CustomerId linkedOne = linkedTo.get(one.ref());
            CustomerId customer = linkedOne == null ? null : survivors.get(linkedOne);
            if (customer == null) {
                strangers++;
            } else if (isServed(standings.get(customer))) {
                known.put(one.ref(), customer);
            } else {
                withheld++;
            }
        }
        return known;
    }

    private static boolean isServed(@Nullable Standing standing) {
        return standing != null && standing.status() == CustomerStatus.ACTIVE;
    }

    /** Whether something changed here. */
    private boolean one(CustomerId customer, ChannelCustomer theirs, List<TagMark> marks, @Nullable SyncMark base) {
        if (base != null && base.triedRun() == step.run.number()) {
            asked += base.asked().size();
            return false;
        }
        Map<String, TagMark> ours = new HashMap<>();
        marks.forEach(mark -> ours.put(mark.tag(), mark));
        SyncDecision decision = SyncDecision.of(
                linked, ours, Suppliers.memoize(() -> takenAway(customer)), theirs, base, step.setup.policy());
        asked += decision.asked.size();
        if (step.run.dry()) {
            count(decision);
            return false;
        }
        if (!decision.isNews(linked, base)) {
            return false;
        }
        SyncMark before = base == null ? SyncMark.none(customer, theirs.ref()) : base;
        try {
            if (!push(before, decision) || !book(before, decision)) {
                withheld++;
                return false;
            }
            count(decision);
            return decision.changesOurs();
        } catch (CrmException failure) {
            if (SyncStep.isPassing(failure)
                    || failure.kind() == ErrorKind.STORAGE
                    || failure.kind() == ErrorKind.OUTCOME_UNKNOWN) {
                throw failure;
            }
            refused(before, failure);
            return false;
        }
    }

    private Map<String, Instant> takenAway(CustomerId customer) {
        Map<String, Instant> taken = new HashMap<>();
        step.tags.removedByHand(customer).forEach(mark -> taken.put(mark.tag(), mark.from()));
        return taken;
    }

    /** Asks again whether she may be, since calls for others take their time; whether she was. */
    private boolean push(SyncMark before, SyncDecision decision) {
        var added =
                Iterables.partition(decision.addedThere, PacedChannel.MAX_TAGS).iterator();
        var removed = Iterables.partition(decision.removedThere, PacedChannel.MAX_TAGS)
                .iterator();
        while (added.hasNext() || removed.hasNext()) {
            if (!isServed(before.customer())) {
                return false;
            }
            step.channel.change(
                    before.ref(),
                    added.hasNext() ? new HashSet<>(added.next()) : Set.of(),
                    removed.hasNext() ? new HashSet<>(removed.next()) : Set.of());
        }
        return true;
    }

    private boolean isServed(CustomerId customer) {
        return isServed(step.ports
                .unitOfWork()
                .read(() -> step.ports.customers().standings(step.tenant, List.of(customer)))
                .get(customer));
    }

    /** Ours and what was compared are written together, so a repetition finds both or neither; whether she may be. */
    private boolean book(SyncMark before, SyncDecision decision) {
        SyncMark mark = before.compared(step.run.number(), decision.agreed, decision.asked);
        String key = channel + "/"
                + Long.toHexString(Fingerprint.of("tags.sync").and(mark.ref()).value()) + "/" + mark.customer() + "/"
                + step.run.number() + "/" + mark.version();
        return locked(mark.customer(), () -> {
            int part = 0;
            for (TagPatch patch : patches(decision)) {
                step.tags.change(mark.customer(), patch, RequestKey.reserved("tag-sync/" + key + "/" + part++));
            }
            step.ports.store().write(step.tenant, channel, mark);
        });
    }

    /** Does it in a transaction that holds her lock, unless she may not be synchronised; whether she may. */
    private boolean locked(CustomerId customer, Runnable work) {
        return step.ports.unitOfWork().run(() -> {
            boolean served = isServed(
                    step.ports.store().lock(step.tenant, List.of(customer)).get(customer));
            if (served) {
                work.run();
            }
            return served;
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
    private void refused(SyncMark before, CrmException failure) {
        step.tally.add(SyncCount.REFUSED, 1);
        SyncMark mark = before.refused(step.run.number(), failure.code().id());
        locked(mark.customer(), () -> step.ports.store().write(step.tenant, channel, mark));
    }

    private void count(SyncDecision decision) {
        step.tally.add(SyncCount.ASSIGNED, decision.assigned.size());
        step.tally.add(SyncCount.REMOVED, decision.removed.size());
        step.tally.add(SyncCount.ADDED_THERE, decision.addedThere.size());
        step.tally.add(SyncCount.REMOVED_THERE, decision.removedThere.size());
    }
}
