package dev.retailcrm.core.spi;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.hash.Hashing;
import dev.retailcrm.core.customer.Identity;
import dev.retailcrm.core.customer.IdentityKind;
import dev.retailcrm.core.field.FieldText;
import dev.retailcrm.core.field.FieldValue;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.RequestKey;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A row of the look-up from something known to the customer it belongs to. The look-up is kept apart from the customers, since it is
 * found, and sharded, by its own key. Keys are claimed in their natural order, so that two claims never wait for each other. Holds
 * personal data unless it is a registration: {@link #toString()} shows none. Immutable.
 *
 * @param kind the identity's kind, {@value #REGISTRATION}, {@value #FIELD} or {@value #LAST_FOUR}
 * @param issuer the system of a chat id or external number, the key of a custom field, or, of a key that many share, the customer, whose texts
 *     sort as she does; empty for the others
 * @param token what is compared, byte for byte, at most 254 characters
 */
public record LookupKey(String kind, String issuer, String token) implements Comparable<LookupKey> {
    /** The kind of a key under which a customer was registered, when she had no record yet that could keep it. */
    public static final String REGISTRATION = "REGISTRATION";

    /** The kind of a key by which a value of a custom field is found. */
    public static final String FIELD = "FIELD";

    /** The kind of a key that many customers share, one row each: the last four of a phone number or member card. */
    public static final String LAST_FOUR = "LAST_FOUR";

    private static final int SHORTEST = 8;
    private static final Pattern FOUR = Pattern.compile("[0-9A-Za-z]{4}");

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

    /**
     * The key of a customer by the last four of an identity of hers; empty unless that is a phone number or a member card, of eight characters or
     * more, which end in four digits or letters.
     */
    public static Optional<LookupKey> lastFour(Identity identity, CustomerId customer) {
        boolean listed = identity.kind() == IdentityKind.PHONE || identity.kind() == IdentityKind.MEMBER_CARD;
        String value = identity.kind() == IdentityKind.PHONE ? identity.value().substring(1) : identity.value();
        String four = value.substring(Math.max(0, value.length() - 4));
        return listed && value.length() >= SHORTEST && FOUR.matcher(four).matches()
                ? Optional.of(lastFour(four, customer))
                : Optional.empty();
    }

    /**
     * The key of a customer by four characters.
     *
     * @throws CrmException {@link CoreError#INVALID_VALUE} unless they are four digits or letters of ASCII
     */
    public static LookupKey lastFour(String four, CustomerId customer) {
        if (!FOUR.matcher(Check.present(four, "last four")).matches()) {
            throw CoreError.INVALID_VALUE.because("the last four are four digits or letters");
        }
        return new LookupKey(LAST_FOUR, customer.toString(), four);
    }

    /** Whether many customers may have a key of this kind and token. */
    public boolean isShared() {
        return kind.equals(LAST_FOUR);
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
