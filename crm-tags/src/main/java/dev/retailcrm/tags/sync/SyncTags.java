package dev.retailcrm.tags.sync;

import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.Fingerprint;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.tags.TagCatalog;
import dev.retailcrm.tags.TagDefinition;
import dev.retailcrm.tags.TagError;
import dev.retailcrm.tags.TagGroup;
import dev.retailcrm.tags.spi.ChannelPage;
import dev.retailcrm.tags.spi.ChannelTag;
import dev.retailcrm.tags.spi.SyncLink;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Links tags of both sides, and gives each side what it lacks. Nothing is ever deleted on either. For one step; not thread-safe. */
final class SyncTags {
    private final SyncStep step;
    private final String channel;
    private final long run;
    private final Map<String, SyncLink> links = new HashMap<>();
    private final Set<String> linked = new HashSet<>();
    private final TagCatalog catalog;
    private long refusals;

    SyncTags(SyncStep step) {
        this.step = step;
        this.channel = step.run.channel();
        this.run = step.run.number();
        this.catalog = step.tags.definitions().catalog();
        List<SyncLink> kept =
                step.ports.unitOfWork().read(() -> step.ports.store().links(step.tenant, channel));
        kept.forEach(link -> {
            links.put(link.id(), link);
            catalog.find(link.tag()).ifPresent(tag -> linked.add(tag.key()));
        });
    }

    /** Where the next page starts; {@code null} if this was the last. */
    @Nullable
    String page(@Nullable String cursor) {
        ChannelPage<ChannelTag> page = step.channel.tags(cursor);
        for (ChannelTag theirs : page.items()) {
            @Nullable SyncLink link = links.get(theirs.id());
            if (link == null) {
                link(theirs);
            } else if (link.seenRun() < run) {
                compare(theirs, link);
            }
        }
        step.tally.add(SyncCount.REFUSED, refusals);
        if (page.next() == null) {
            unlink();
        }
        return page.next();
    }

    private void link(ChannelTag theirs) {
        TagDefinition ours = catalog.tags().values().stream()
                .filter(it -> isSynchronised(it)
                        && !linked.contains(it.key())
                        && it.name().equals(theirs.name()))
                .findFirst()
                .orElse(null);
        if (ours == null && !step.setup.adopted()) {
            return;
        }
        try {
            boolean adopted = ours == null;
            if (ours == null && !step.run.dry()) {
                var adoption = TagDefinition.flag(adoptedKey(theirs), theirs.name());
                ours = step.tags.definitions().define(adoption, key("define", theirs.id(), theirs.name()));
            }
            step.tally.add(SyncCount.DEFINED, adopted ? 1 : 0);
            step.tally.add(SyncCount.LINKED, 1);
            if (ours != null) {
                put(new SyncLink(theirs.id(), ours.key(), theirs.name(), run, run));
            }
        } catch (CrmException refusal) {
            require(refusal);
            refusals++;
        }
    }

    /** The same whenever it is asked for, so that a tag is not defined twice. */
    private String adoptedKey(ChannelTag theirs) {
        String key = channel + "." + theirs.id();
        return key.length() <= TagDefinition.MAX_KEY
                ? key
                : channel + "."
                        + Long.toHexString(
                                Fingerprint.of("tags.sync").and(theirs.id()).value());
    }

    private void compare(ChannelTag theirs, SyncLink link) {
        TagDefinition ours =
                catalog.find(link.tag()).filter(SyncTags::isSynchronised).orElse(null);
        if (ours == null || !ours.key().equals(link.tag()) || ours.name().equals(theirs.name())) {
            put(link.seen(run, theirs.name()));
            return;
        }
        boolean oursChanged = !ours.name().equals(link.name());
        boolean theirsChanged = !theirs.name().equals(link.name());
        SyncPolicy policy = step.setup.policy();
        if (oursChanged && theirsChanged && (policy == SyncPolicy.ASK || policy == SyncPolicy.NEWEST)) {
            step.tally.add(SyncCount.NAMES_DIFFER, 1);
            put(link.seen(run, link.name()));
            return;
        }
        boolean push = oursChanged && (!theirsChanged || policy == SyncPolicy.OURS);
        try {
            if (!step.run.dry()) {
                if (push) {
                    step.channel.rename(theirs.id(), ours.name());
                } else {
                    step.tags
                            .definitions()
                            .rename(ours.key(), theirs.name(), key("rename", theirs.id(), theirs.name()));
                }
            }
            step.tally.add(SyncCount.RENAMED, 1);
            put(link.seen(run, push ? ours.name() : theirs.name()));
        } catch (CrmException refusal) {
            refused(refusal);
            put(link.seen(run, link.name()));
        }
    }

    /** The system had every tag on one of the pages, so what was not seen is gone there. */
    private void unlink() {
        List<String> gone = links.values().stream()
                .filter(link -> link.seenRun() < run)
                .map(SyncLink::id)
                .toList();
        if (!step.run.dry() && !gone.isEmpty()) {
            step.tally.add(SyncCount.UNLINKED, gone.size());
            step.ports.unitOfWork().run(() -> {
                step.ports.store().unlink(step.tenant, channel, gone);
                return gone;
            });
        }
    }

    /** Makes tags of ours there that are published and not linked, ascending by key, behind one that was tried last. */
    void publish(@Nullable String after) {
        for (TagDefinition ours : List.copyOf(catalog.tags().values())) {
            String group = ours.group();
            if (isSynchronised(ours)
                    && group != null
                    && step.setup.published().contains(group)
                    && !linked.contains(ours.key())
                    && (after == null || ours.key().compareTo(after) > 0)) {
                publish(ours, group);
                step.reached = ours.key();
            }
        }
    }

    private void publish(TagDefinition ours, String group) {
        if (step.run.dry()) {
            step.tally.add(SyncCount.PUBLISHED, 1);
            return;
        }
        try {
            @Nullable TagGroup named = catalog.groups().get(group);
            ChannelTag theirs = step.channel.define(ours.name(), named == null ? null : named.name());
            put(new SyncLink(theirs.id(), ours.key(), ours.name(), run, run));
            step.tally.add(SyncCount.PUBLISHED, 1);
            step.tally.add(SyncCount.LINKED, 1);
        } catch (CrmException refusal) {
            refused(refusal);
        }
    }

    private static boolean isSynchronised(TagDefinition tag) {
        return tag.isActive() && tag.valueType() == null && tag.mergedInto() == null;
    }

    private void put(SyncLink link) {
        links.put(link.id(), link);
        linked.add(link.tag());
        if (!step.run.dry()) {
            step.ports.unitOfWork().run(() -> {
                step.ports.store().link(step.tenant, channel, List.of(link));
                return link;
            });
        }
    }

    /** One tag that a side refuses does not keep the others waiting, and is not tried again in this run. */
    private void refused(CrmException refusal) {
        require(refusal);
        step.tally.add(SyncCount.REFUSED, 1);
    }

    private static void require(CrmException refusal) {
        if (SyncStep.isPassing(refusal) || !(refusal.code() instanceof TagError)) {
            throw refusal;
        }
    }

    /** Of a name, so that a tag can have its earlier name again: the run is part of it. */
    private RequestKey key(String what, String id, String name) {
        return RequestKey.reserved("tag-sync/" + what + "/" + channel + "/" + run + "/"
                + Long.toHexString(Fingerprint.of("tags.sync").and(id).and(name).value()));
    }
}
