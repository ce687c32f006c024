package dev.retailcrm.core.customer;

import dev.retailcrm.core.history.FieldChange;
import dev.retailcrm.core.spi.CustomerSnapshot;
import dev.retailcrm.core.spi.CustomerStore.Position;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Takes back what was changed since an instant, from the latest change to the first that is not later. Used once. */
final class PastProfile {
    /** How many changes are read at once. */
    static final int PART = 500;

    private final CustomerSnapshot now;
    private final Map<String, Optional<String>> was = new HashMap<>();

    PastProfile(CustomerSnapshot now) {
        this.now = now;
    }

    /** The profile then; empty if every change is later. */
    Optional<Profile> at(Instant at, Function<@Nullable Position, List<FieldChange>> earlier) {
        Position before = null;
        while (true) {
            List<FieldChange> part = earlier.apply(before);
            for (FieldChange change : part) {
                if (!change.at().isAfter(at)) {
                    return Optional.of(profile());
                }
                was.put(change.field(), change.was());
                before = new Position(change.version(), change.line());
            }
            if (part.size() < PART) {
                return Optional.empty();
            }
        }
    }

    private Profile profile() {
        ProfilePatch patch = ProfilePatch.none();
        for (ProfileField field : ProfileField.values()) {
            Optional<String> old = was.get(FieldNames.of(field));
            if (old != null) {
                patch = old.isPresent() ? ProfileText.set(patch, field, old.get()) : patch.clear(field);
            }
        }
        return now.profile().with(patch);
    }
}
