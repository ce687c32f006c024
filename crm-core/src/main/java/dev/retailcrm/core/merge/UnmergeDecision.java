package dev.retailcrm.core.merge;

import dev.retailcrm.core.customer.CustomerStatus;
import dev.retailcrm.core.customer.FieldNames;
import dev.retailcrm.core.customer.Identity;
import dev.retailcrm.core.customer.Profile;
import dev.retailcrm.core.customer.ProfileField;
import dev.retailcrm.core.customer.ProfilePatch;
import dev.retailcrm.core.customer.ProfileText;
import dev.retailcrm.core.customer.Verification;
import dev.retailcrm.core.event.DomainEvent;
import dev.retailcrm.core.history.FieldChange;
import dev.retailcrm.core.history.HistoryQuery;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.spi.CustomerChange;
import dev.retailcrm.core.spi.CustomerSnapshot;
import dev.retailcrm.core.spi.CustomerStore;
import dev.retailcrm.core.spi.CustomerStore.Position;
import dev.retailcrm.core.spi.LookupKey;
import dev.retailcrm.core.spi.RequestStore.Booked;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of the records of two customers who are taken apart: the lines the merge left in their histories, backwards, where nothing
 * was changed since. Made and used by one command.
 */
final class UnmergeDecision {
    private static final int MOST_LINES = 100;

    private final MergePair pair;
    private final CustomerSnapshot survivor;
    private final CustomerSnapshot merged;
    private final CustomerStore store;
    private final StatedDates dates;

    private final List<MergeConflict> conflicts = new ArrayList<>();
    private final List<Identity> given = new ArrayList<>();
    private final HistoryLines lines;
    private final HistoryLines mergedLines;
    private final Map<String, @Nullable String> values = new LinkedHashMap<>();
    private final List<Identity> kept;
    private final List<Identity> returned = new ArrayList<>();
    private final List<FieldChange> verifications = new ArrayList<>();
    private final Map<Identity, Verification> survivorVerified;
    private final Map<Identity, Verification> verified = new HashMap<>();
    private CustomerStatus status;
    private CustomerStatus mergedStatus = CustomerStatus.ACTIVE;

    UnmergeDecision(
            MergePair pair, Merge merge, CustomerSnapshot survivor, CustomerSnapshot merged, CustomerStore store) {
        this.pair = pair;
        this.survivor = survivor;
        this.merged = merged;
        this.store = store;
        this.dates = StatedDates.before(merge.survivorVersion(), store, pair.tenant(), survivor.id());
        this.lines = new HistoryLines(survivor.id(), survivor.version() + 1, pair.actor(), pair.at());
        this.mergedLines = new HistoryLines(merged.id(), merged.version() + 1, pair.actor(), pair.at());
        this.kept = new ArrayList<>(survivor.identities());
        this.survivorVerified = new HashMap<>(survivor.verifications());
        this.status = survivor.status();
        for (ProfileField field : ProfileField.values()) {
            ProfileText.of(survivor.profile(), field).ifPresent(text -> values.put(FieldNames.of(field), text));
        }
        lines(survivor.id(), merge.survivorVersion()).forEach(this::takeBack);
        lines(merged.id(), merge.mergedVersion()).forEach(this::giveBack);
        verifications.forEach(this::verifyAgain);
    }

    List<MergeConflict> conflicts() {
        return conflicts;
    }

    /** The survivor's change; to be applied before that of the other, since it gives up her identities. */
    CustomerChange survivorChange(Booked booked) {
        ProfilePatch profile = ProfilePatch.none();
        for (ProfileField field : ProfileField.values()) {
            String text = values.get(FieldNames.of(field));
            profile = text == null ? profile : ProfileText.set(profile, field, text);
        }
        var after = new CustomerSnapshot(
                pair.tenant(),
                survivor.id(),
                survivor.version() + 1,
                survivor.eventSeq() + 1,
                status,
                Profile.of(profile),
                kept,
                survivor.joining(),
                pair.at(),
                survivorVerified,
                survivor.mergedInto());
        return change(survivor, after, lines, booked);
    }

    CustomerChange mergedChange(Booked booked) {
        var after = new CustomerSnapshot(
                pair.tenant(),
                merged.id(),
                merged.version() + 1,
                merged.eventSeq() + 1,
                mergedStatus,
                merged.profile(),
                returned,
                merged.joining(),
                pair.at(),
                verified,
                null);
        return change(merged, after, mergedLines, booked);
    }

    private CustomerChange change(CustomerSnapshot before, CustomerSnapshot after, HistoryLines left, Booked booked) {
        DomainEvent event = new CustomersUnmerged(before.id(), survivor.id(), merged.id(), pair.at());
        return MergeDecision.change(before, after, left, event, booked, pair);
    }

    private List<FieldChange> lines(CustomerId customer, long version) {
        return store
                .changes(pair.tenant(), HistoryQuery.of(customer), new Position(version + 1, 0), MOST_LINES)
                .stream()
                .filter(line -> line.version() == version)
                .toList();
    }

    /** One line of the survivor's, backwards. */
    private void takeBack(FieldChange line) {
        if (FieldNames.isVerification(line.field())) {
            return;
        }
        Optional<Identity> identity = identity(line);
        if (identity.isPresent()) {
            takeBack(identity.get(), line);
        } else if (line.field().equals("status")) {
            if (line.is().filter(survivor.status().name()::equals).isPresent()) {
                status = CustomerStatus.valueOf(line.was().orElseThrow());
                lines.add(line.field(), line.after(), line.before(), null);
            } else {
                changedSince(line);
            }
        } else if (Objects.equals(values.get(line.field()), line.after())) {
            values.put(line.field(), line.before());
            lines.add(line.field(), line.after(), line.before(), dates.of(line.field()));
        } else {
            changedSince(line);
        }
    }

    private void takeBack(Identity identity, FieldChange line) {
        if (line.after() == null) {
            if (holder(identity).isEmpty()) {
                kept.add(identity);
                lines.add(line.field(), null, line.before(), dates.of(identity));
            } else if (!kept.contains(identity)) {
                conflicts.add(MergeConflict.told(MergeDecision.PART, line.field(), "IDENTITY_TAKEN", 0));
            }
        } else if (kept.remove(identity)) {
            given.add(identity);
            lines.add(line.field(), line.after(), null, null);
        } else {
            changedSince(line);
        }
    }

    /** One line of the merged customer's, backwards. */
    private void giveBack(FieldChange line) {
        if (FieldNames.isVerification(line.field())) {
            verifications.add(line);
            return;
        }
        Optional<Identity> identity = identity(line);
        if (identity.isEmpty()) {
            mergedStatus = CustomerStatus.valueOf(line.was().orElseThrow());
            mergedLines.add(line.field(), line.after(), line.before(), null);
        } else if (given.contains(identity.get()) || holder(identity.get()).isEmpty()) {
            returned.add(identity.get());
            mergedLines.add(line.field(), null, line.before(), null);
        } else {
            conflicts.add(MergeConflict.told(MergeDecision.PART, line.field(), "IDENTITY_TAKEN", 0));
        }
    }

    private void verifyAgain(FieldChange line) {
        for (Identity identity : returned) {
            if (FieldNames.verified(identity).equals(line.field())) {
                Verification.parse(identity, line.was().orElse("")).ifPresent(found -> {
                    verified.put(identity, found);
                    mergedLines.add(line.field(), null, line.before(), found.at());
                });
            }
        }
    }

    private static Optional<Identity> identity(FieldChange line) {
        return line.was().or(line::is).flatMap(value -> FieldNames.identity(line.field(), value));
    }

    private Optional<CustomerId> holder(Identity identity) {
        return store.holder(pair.tenant(), LookupKey.of(identity));
    }

    private void changedSince(FieldChange line) {
        conflicts.add(MergeConflict.told(MergeDecision.PART, line.field(), "CHANGED_SINCE", 0));
    }
}
