package dev.retailcrm.core.kernel;

import com.github.f4b6a3.tsid.Tsid;

/**
 * A customer of a tenant: 64 bits, sorted by time of making, shown as 13 characters of Crockford's base 32. A host's own numbers are
 * identities, not ids. Immutable.
 *
 * @param value greater than zero
 */
public record CustomerId(long value) implements Comparable<CustomerId> {
    /** Refuses zero and less with {@link CoreError#INVALID_VALUE}. */
    public CustomerId {
        Check.positive(value, "customer id");
    }

    /** The customer with this number. */
    public static CustomerId of(long value) {
        return new CustomerId(value);
    }

    /**
     * The customer shown by these 13 characters; the inverse of {@link #toString()}.
     *
     * @throws CrmException {@link CoreError#INVALID_VALUE} if they are not 13 characters of Crockford's base 32
     */
    public static CustomerId parse(String shown) {
        if (!Tsid.isValid(Check.present(shown, "customer id"))) {
            throw CoreError.INVALID_VALUE.because("customer id must be 13 characters of Crockford base 32");
        }
        return new CustomerId(Tsid.from(shown).toLong());
    }

    @Override
    public int compareTo(CustomerId other) {
        return Long.compare(value, other.value);
    }

    @Override
    public String toString() {
        return Tsid.from(value).toString();
    }
}
