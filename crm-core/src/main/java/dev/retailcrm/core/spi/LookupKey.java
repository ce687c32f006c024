package dev.retailcrm.core.spi;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.hash.Hashing;
import dev.retailcrm.core.customer.Identity;
import dev.retailcrm.core.field.FieldText;
import dev.retailcrm.core.field.FieldValue;
import dev.retailcrm.core.kernel.RequestKey;
import java.util.Comparator;

/**
 * A row of the look-up from something known to the customer it belongs to. The look-up is kept apart from the customers, since it is
 * found, and sharded, by its own key. Keys are claimed in their natural order, so that two claims never wait for each other. Holds
 * personal data unless it is a registration: {@link #toString()} shows none. Immutable.
 *
 * @param kind the identity's kind, {@value #REGISTRATION} or {@value #FIELD}
 * @param issuer the system of a chat id or external number, or the key of a custom field; empty for the others
 * @param token what is compared, byte for byte, at most 254 characters
 */
public record LookupKey(String kind, String issuer, String token) implements Comparable<LookupKey> {
    /** The kind of a key under which a customer was registered, when she had no record yet that could keep it. */
    public static final String REGISTRATION = "REGISTRATION";

    /** The kind of a key by which a value of a custom field is found. */
    public static final String FIELD = "FIELD";

    private static final Comparator<LookupKey> ORDER = Comparator.comparing(LookupKey::kind)
            .thenComparing(LookupKey::issuer)
            .thenComparing(LookupKey::token);

    /** The key of an identity. */
    public static LookupKey of(Identity identity) {
        return new LookupKey(identity.kind().name(), identity.system(), identity.value());
    }

    /** The key of a registration. */
    public static LookupKey registration(RequestKey key) {
        return new LookupKey(REGISTRATION, "", key.value());
    }

    /**
     * The key of a value of a custom field, the same for equal values; a hash, since texts may be longer than a token.
     *
     * @param value none of several options
     */
    public static LookupKey field(String field, FieldValue value) {
        return new LookupKey(
                FIELD,
                field,
                Hashing.sha256().hashString(FieldText.of(value), UTF_8).toString());
    }

    @Override
    public int compareTo(LookupKey other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return kind + (issuer.isEmpty() ? "" : ":" + issuer);
    }
}
