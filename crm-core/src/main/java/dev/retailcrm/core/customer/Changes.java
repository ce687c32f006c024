package dev.retailcrm.core.customer;

import dev.retailcrm.core.history.FieldChange;
import dev.retailcrm.core.spi.CustomerSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What one command changes of a customer, field by field. Made and used by one command. */
final class Changes {
    private final CustomerSnapshot after;
    private final Request request;
    private final List<FieldChange> changes = new ArrayList<>();

    private Changes(CustomerSnapshot after, Request request) {
        this.after = after;
        this.request = request;
    }

    /** All that differs between two states; everything known if she is new, nothing but the status if she is erased. */
    static List<FieldChange> between(@Nullable CustomerSnapshot before, CustomerSnapshot after, Request request) {
        var changes = new Changes(after, request);
        if (before != null) {
            changes.add("status", before.status().name(), after.status().name());
        }
        if (after.status() == CustomerStatus.ERASED) {
            return changes.changes;
        }
        Profile old = before == null ? Profile.of(ProfilePatch.none()) : before.profile();
        for (ProfileField field : ProfileField.values()) {
            changes.add(
                    FieldNames.of(field),
                    ProfileText.of(old, field).orElse(null),
                    ProfileText.of(after.profile(), field).orElse(null));
        }
        List<Identity> had = before == null ? List.of() : before.identities();
        had.stream()
                .filter(it -> !after.identities().contains(it))
                .forEach(it -> changes.add(FieldNames.of(it), it.value(), null));
        after.identities().stream()
                .filter(it -> !had.contains(it))
                .forEach(it -> changes.add(FieldNames.of(it), null, it.value()));
        return changes.changes;
    }

    private void add(String field, @Nullable String was, @Nullable String is) {
        if (!Objects.equals(was, is)) {
            changes.add(new FieldChange(
                    after.id(), after.version(), changes.size() + 1, field, was, is, request.actor(), request.at()));
        }
    }
}
