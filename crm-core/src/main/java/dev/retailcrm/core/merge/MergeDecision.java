package dev.retailcrm.core.merge;

import dev.retailcrm.core.customer.CustomerStatus;
import dev.retailcrm.core.customer.FieldNames;
import dev.retailcrm.core.customer.Identity;
import dev.retailcrm.core.customer.PostalAddress;
import dev.retailcrm.core.customer.Profile;
import dev.retailcrm.core.customer.ProfileField;
import dev.retailcrm.core.customer.ProfilePatch;
import dev.retailcrm.core.customer.ProfileText;
import dev.retailcrm.core.customer.Verification;
import dev.retailcrm.core.event.DomainEvent;
import dev.retailcrm.core.event.EventEnvelope;
import dev.retailcrm.core.spi.CustomerChange;
import dev.retailcrm.core.spi.CustomerSnapshot;
import dev.retailcrm.core.spi.RequestStore.Booked;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What becomes of the records of two customers who are merged. Made and used by one command. */
final class MergeDecision {
    /** The part of a merge that is about the records themselves. */
    static final String PART = "customer";

    private final MergePair pair;
    private final CustomerSnapshot survivor;
    private final CustomerSnapshot merged;
    private final StatedDates survivorDates;
    private final StatedDates mergedDates;

    private final List<FieldOutcome> outcomes = new ArrayList<>();
    private final List<MergeConflict> conflicts = new ArrayList<>();
    private final List<Identity> kept = new ArrayList<>();
    private final HistoryLines lines;
    private ProfilePatch profile = ProfilePatch.none();

    MergeDecision(
            MergePair pair,
            CustomerSnapshot survivor,
            CustomerSnapshot merged,
            StatedDates survivorDates,
            StatedDates mergedDates) {
        this.pair = pair;
        this.survivor = survivor;
        this.merged = merged;
        this.survivorDates = survivorDates;
        this.mergedDates = mergedDates;
        this.lines = new HistoryLines(survivor.id(), survivor.version() + 1, pair.actor(), pair.at());
        if (status() != survivor.status()) {
            lines.add("status", survivor.status().name(), status().name(), null);
        }
        for (ProfileField field : ProfileField.values()) {
            decide(field);
        }
        identities().forEach(this::decide);
        if (kept.size() > CustomerSnapshot.MAX_IDENTITIES) {
            conflicts.add(MergeConflict.blocking(PART, "identities", "TOO_MANY_IDENTITIES"));
        }
    }

    List<FieldOutcome> outcomes() {
        return outcomes;
    }

    List<MergeConflict> conflicts() {
        return conflicts;
    }

    /** The survivor's version after it. */
    long version() {
        return survivor.version() + 1;
    }

    /** The survivor's change; to be applied after that of the merged customer, who gives up the identities. */
    CustomerChange survivorChange(Booked booked) {
        var after = new CustomerSnapshot(
                pair.tenant(),
                survivor.id(),
                survivor.version() + 1,
                survivor.eventSeq() + 1,
                status(),
                Profile.of(profile),
                kept,
                survivor.joining(),
                pair.at(),
                verifications(),
                null);
        return change(survivor, after, lines, event(survivor), booked, pair);
    }

    CustomerChange mergedChange(Booked booked) {
        var after = new CustomerSnapshot(
                pair.tenant(),
                merged.id(),
                merged.version() + 1,
                merged.eventSeq() + 1,
                CustomerStatus.MERGED,
                merged.profile(),
                List.of(),
                merged.joining(),
                pair.at(),
                Map.of(),
                survivor.id());
        var left = new HistoryLines(merged.id(), after.version(), pair.actor(), pair.at());
        left.add("status", merged.status().name(), CustomerStatus.MERGED.name(), null);
        merged.identities().forEach(it -> left.add(FieldNames.of(it), it.value(), null, null));
        merged.verifications()
                .forEach((it, verified) -> left.add(FieldNames.verified(it), verified.text(it), null, null));
        return change(merged, after, left, event(merged), booked, pair);
    }

    /** The change from one state of a customer to another. */
    static CustomerChange change(
            CustomerSnapshot before,
            CustomerSnapshot after,
            HistoryLines lines,
            DomainEvent event,
            Booked booked,
            MergePair pair) {
        return new CustomerChange(
                after,
                false,
                after.identities().stream()
                        .filter(it -> !before.identities().contains(it))
                        .toList(),
                before.identities().stream()
                        .filter(it -> !after.identities().contains(it))
                        .toList(),
                after.verifications().entrySet().stream()
                        .filter(it ->
                                !it.getValue().equals(before.verifications().get(it.getKey())))
                        .map(Map.Entry::getKey)
                        .sorted()
                        .toList(),
                List.of(),
                List.of(),
                lines.lines(),
                EventEnvelope.of(pair.tenant(), EventEnvelope.CUSTOMER, after.eventSeq(), event),
                pair.key(),
                booked);
    }

    /** Those of both; the record keeps those of its identities. */
    private Map<Identity, Verification> verifications() {
        Map<Identity, Verification> both = new HashMap<>(merged.verifications());
        both.putAll(survivor.verifications());
        return both;
    }

    private DomainEvent event(CustomerSnapshot of) {
        return new CustomersMerged(of.id(), survivor.id(), merged.id(), pair.at());
    }

    /** Whoever of them is not to be processed keeps both from it. */
    private CustomerStatus status() {
        boolean restricted =
                survivor.status() == CustomerStatus.RESTRICTED || merged.status() == CustomerStatus.RESTRICTED;
        return restricted ? CustomerStatus.RESTRICTED : survivor.status();
    }

    private void decide(ProfileField field) {
        String name = FieldNames.of(field);
        String hers = ProfileText.of(survivor.profile(), field).orElse(null);
        String others = ProfileText.of(merged.profile(), field).orElse(null);
        if (hers == null && others == null) {
            return;
        }
        Instant hersAt = survivorDates.of(name);
        Instant othersAt = mergedDates.of(name);
        if (pair.strategy().rule(name) == MergeRule.UNION
                && pair.strategy().choice(name).isEmpty()
                && hers != null
                && others != null) {
            unite(name, hers, others, hersAt, othersAt);
            return;
        }
        var outcome = FieldOutcome.decide(name, pair.strategy(), hers, others, hersAt, othersAt);
        add(outcome);
        String value = outcome.value().orElse(null);
        if (value != null) {
            profile = ProfileText.set(profile, field, value);
        }
        if (outcome.side() == MergeSide.MERGED) {
            lines.add(name, hers, value, othersAt);
        }
    }

    private void unite(String name, String hers, String others, @Nullable Instant hersAt, @Nullable Instant othersAt) {
        List<PostalAddress> all = Stream.concat(
                        survivor.profile().addresses().stream(), merged.profile().addresses().stream())
                .distinct()
                .toList();
        outcomes.add(new FieldOutcome(name, MergeRule.UNION, MergeSide.BOTH, hers, others, hersAt, othersAt));
        if (all.size() > ProfilePatch.MAX_ADDRESSES) {
            conflicts.add(MergeConflict.blocking(PART, name, "TOO_MANY_ADDRESSES"));
            return;
        }
        profile = profile.addresses(all);
        String united =
                ProfileText.of(Profile.of(profile), ProfileField.ADDRESSES).orElseThrow();
        if (!united.equals(hers)) {
            lines.add(name, hers, united, othersAt);
        }
    }

    private void add(FieldOutcome outcome) {
        outcomes.add(outcome);
        if (outcome.side() == MergeSide.OPEN) {
            conflicts.add(MergeConflict.blocking(PART, outcome.field(), "TO_BE_CHOSEN"));
        }
    }

    /** The identities of both by the name of their field. */
    private SortedMap<String, List<Identity>> identities() {
        SortedMap<String, List<Identity>> groups = new TreeMap<>();
        Stream.concat(survivor.identities().stream(), merged.identities().stream())
                .forEach(it -> groups.computeIfAbsent(FieldNames.of(it), first -> new ArrayList<>())
                        .add(it));
        return groups;
    }

    private void decide(String name, List<Identity> group) {
        List<Identity> hers =
                group.stream().filter(survivor.identities()::contains).toList();
        List<Identity> others = group.stream().filter(it -> !hers.contains(it)).toList();
        FieldOutcome outcome = FieldOutcome.decide(
                name,
                pair.strategy(),
                text(hers),
                text(others),
                latest(hers, survivorDates),
                latest(others, mergedDates));
        boolean union = outcome.rule() == MergeRule.UNION
                && pair.strategy().choice(name).isEmpty();
        if (union && !hers.isEmpty() && !others.isEmpty()) {
            outcome = new FieldOutcome(
                    name,
                    outcome.rule(),
                    MergeSide.BOTH,
                    outcome.survivorValue(),
                    outcome.mergedValue(),
                    outcome.survivorStatedAt(),
                    outcome.mergedStatedAt());
        }
        add(outcome);
        MergeSide side = outcome.side();
        if (side == MergeSide.MERGED) {
            hers.forEach(it -> lines.add(name, it.value(), null, null));
        } else {
            kept.addAll(hers);
        }
        if (side == MergeSide.MERGED || side == MergeSide.BOTH) {
            kept.addAll(others);
            others.forEach(it -> {
                lines.add(name, null, it.value(), mergedDates.of(it));
                Verification verified = merged.verifications().get(it);
                if (verified != null) {
                    lines.add(FieldNames.verified(it), null, verified.text(it), verified.at());
                }
            });
        }
    }

    private static @Nullable String text(List<Identity> identities) {
        return identities.isEmpty()
                ? null
                : String.join(" ", identities.stream().map(Identity::value).toList());
    }

    private static @Nullable Instant latest(List<Identity> identities, StatedDates dates) {
        Instant latest = null;
        for (Identity identity : identities) {
            Instant stated = dates.of(identity);
            latest = latest == null || (stated != null && stated.isAfter(latest)) ? stated : latest;
        }
        return latest;
    }
}
