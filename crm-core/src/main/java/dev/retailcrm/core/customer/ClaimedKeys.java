package dev.retailcrm.core.customer;

import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.Fingerprint;
import dev.retailcrm.core.spi.CustomerChange;
import dev.retailcrm.core.spi.CustomerStore.Applied;
import dev.retailcrm.core.spi.LookupKey;
import java.util.Arrays;
import java.util.Map;

/**
 * What the people of a rehearsal would have claimed, as 64-bit hashes in an open table, since there may be millions. Of ten million
 * hashes two agree by chance once in 350,000 rehearsals. Not thread-safe.
 */
final class ClaimedKeys {
    /** In whose place a rehearsal claims. */
    static final CustomerId NOBODY = CustomerId.of(1);

    private static final int FREE = 0;

    private long[] table = new long[1 << 10];
    private int size;

    /** What becomes of somebody whose registration is not in the store, and of whose identities some may be. */
    RegistrationOutcome claim(CustomerChange change, Applied inStore) {
        LookupKey registration = LookupKey.registration(change.key());
        long content = hash(registration, change.booked().fingerprint());
        if (contains(hash(registration, 0))) {
            return contains(content)
                    ? RegistrationOutcome.repeated(null)
                    : RegistrationOutcome.refused(Customers.reused());
        }
        for (LookupKey claim : change.claims()) {
            if (inStore.taken().containsKey(claim)) {
                return RegistrationOutcome.refused(Customers.taken(change, inStore));
            }
            if (contains(hash(claim, 0))) {
                return RegistrationOutcome.refused(CoreError.IDENTITY_TAKEN.with(
                        Map.of("kind", claim.kind()), "the %s belongs to another customer", claim.kind()));
            }
        }
        change.claims().forEach(claim -> add(hash(claim, 0)));
        add(content);
        return RegistrationOutcome.registered(null);
    }

    private static long hash(LookupKey key, long content) {
        long hash = Fingerprint.of(key.kind())
                .and(key.issuer())
                .and(key.token())
                .and(content)
                .value();
        return hash == FREE ? 1 : hash;
    }

    private boolean contains(long hash) {
        return table[slot(hash)] == hash;
    }

    private void add(long hash) {
        int slot = slot(hash);
        if (table[slot] == FREE) {
            table[slot] = hash;
            size++;
        }
        if (2 * size > table.length) {
            long[] old = table;
            table = new long[2 * old.length];
            Arrays.stream(old).filter(it -> it != FREE).forEach(it -> table[slot(it)] = it);
        }
    }

    /** Where a hash is, or would be put. */
    private int slot(long hash) {
        int slot = (int) hash & (table.length - 1);
        while (table[slot] != FREE && table[slot] != hash) {
            slot = (slot + 1) & (table.length - 1);
        }
        return slot;
    }
}
