package dev.retailcrm.core.spi;

import dev.retailcrm.core.customer.CustomerStatus;
import dev.retailcrm.core.customer.Identity;
import dev.retailcrm.core.customer.Joining;
import dev.retailcrm.core.customer.Profile;
import dev.retailcrm.core.customer.Verification;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.TenantId;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The whole state of a customer record, as it is stored. Immutable.
 *
 * @param tenant the retailer
 * @param id the customer
 * @param version counts the changes of what is in here, from 1; what a caller compares before an update
 * @param eventSeq the number of the last event in the stream {@code customer}, from 1
 * @param status where she stands
 * @param profile what is known about her
 * @param identities what she is known by, at most {@value #MAX_IDENTITIES}, sorted, each once
 * @param joining how she became a customer
 * @param changedAt when the record was last changed, in milliseconds
 * @param verifications how those of her identities that are hers for certain were verified
 * @param mergedInto the customer she was merged into; {@code null} if she was not
 */
public record CustomerSnapshot(
        TenantId tenant,
        CustomerId id,
        long version,
        long eventSeq,
        CustomerStatus status,
        Profile profile,
        List<Identity> identities,
        Joining joining,
        Instant changedAt,
        Map<Identity, Verification> verifications,
        @Nullable CustomerId mergedInto) {
    /** The most identities of one customer. */
    public static final int MAX_IDENTITIES = 20;

    /**
     * Sorts the identities and drops the verifications of others; refuses too many with {@link CoreError#TOO_MANY_IDENTITIES}, anything
     * else with INVALID_VALUE.
     */
    public CustomerSnapshot {
        Check.present(tenant, "tenant");
        Check.present(id, "customer");
        Check.positive(version, "version");
        Check.positive(eventSeq, "event number");
        Check.present(status, "status");
        Check.present(profile, "profile");
        Check.present(joining, "joining");
        Check.present(changedAt, "instant of change");
        identities = List.copyOf(new TreeSet<>(identities));
        if (identities.size() > MAX_IDENTITIES) {
            throw CoreError.TOO_MANY_IDENTITIES.because("a customer has at most %d identities", MAX_IDENTITIES);
        }
        if (!Check.present(verifications, "verifications").isEmpty()) {
            Map<Identity, Verification> hers = new HashMap<>(verifications);
            hers.keySet().retainAll(identities);
            verifications = Map.copyOf(hers);
        }
    }

    /** A record of which no identity is verified, and that was not merged into another. */
    public CustomerSnapshot(
            TenantId tenant,
            CustomerId id,
            long version,
            long eventSeq,
            CustomerStatus status,
            Profile profile,
            List<Identity> identities,
            Joining joining,
            Instant changedAt) {
        this(tenant, id, version, eventSeq, status, profile, identities, joining, changedAt, Map.of(), null);
    }

    /** The same record with these identities. */
    public CustomerSnapshot with(List<Identity> others, Map<Identity, Verification> verified) {
        return new CustomerSnapshot(
                tenant, id, version, eventSeq, status, profile, others, joining, changedAt, verified, mergedInto);
    }

    /** The same record after one change and one event more. */
    public CustomerSnapshot changed(Instant at) {
        return new CustomerSnapshot(
                tenant,
                id,
                version + 1,
                eventSeq + 1,
                status,
                profile,
                identities,
                joining,
                at,
                verifications,
                mergedInto);
    }
}
