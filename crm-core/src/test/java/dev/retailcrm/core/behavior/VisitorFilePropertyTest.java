package dev.retailcrm.core.behavior;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retailcrm.core.kernel.CustomerId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class VisitorFilePropertyTest {
    private static final CustomerId OWN = CustomerId.of(1_000);

    private static Instant at(int millis) {
        return Instant.ofEpochMilli(millis);
    }

    /** Logins at given instants, by a clock that may step back. */
    private static VisitorFile linked(List<Integer> logins) {
        VisitorFile file = VisitorFile.unlinked(OWN);
        for (int millis : logins) {
            file = file.linked(CustomerId.of(1 + millis % 3), at(millis));
        }
        return file;
    }

    @Property
    void a_later_link_takes_nothing_from_an_earlier_one(
            @ForAll @Size(min = 1, max = 20) List<@IntRange(min = 0, max = 50) Integer> logins,
            @ForAll @IntRange(min = 0, max = 50) int next) {
        VisitorFile before = linked(logins);
        VisitorFile after = before.linked(CustomerId.of(9), at(next));
        Instant since = after.links().get(after.links().size() - 1).since();

        for (int millis = 0; millis <= 50; millis++) {
            CustomerId expected = at(millis).isBefore(since) ? before.ownerAt(at(millis)) : CustomerId.of(9);
            assertThat(after.ownerAt(at(millis))).isEqualTo(expected);
        }
    }

    @Property
    void what_a_forgotten_customer_did_becomes_nobody_elses(
            @ForAll @Size(min = 1, max = 20) List<@IntRange(min = 0, max = 50) Integer> logins) {
        VisitorFile before = linked(logins);
        VisitorFile after = before.forgetting(CustomerId.of(1));

        for (int millis = 0; millis <= 50; millis++) {
            CustomerId owner = before.ownerAt(at(millis));
            assertThat(after.ownerAt(at(millis))).isEqualTo(owner.equals(CustomerId.of(1)) ? OWN : owner);
        }
        assertThat(after.customer()).isNotEqualTo(Optional.of(CustomerId.of(1)));
    }
}
