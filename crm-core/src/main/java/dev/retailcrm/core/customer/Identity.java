package dev.retailcrm.core.customer;

import dev.retailcrm.core.access.Shown;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Something a customer is known by, in one normal form, so that two spellings of it are equal. An identity belongs to at most one
 * customer of a tenant. Personal data: {@link #toString()} is masked. Immutable.
 *
 * @param kind what it is
 * @param system the system that gave a {@link IdentityKind#CHAT} or {@link IdentityKind#EXTERNAL} number, 1 to 20 characters of
 *     {@code a-z 0-9 - _ .}; empty for the other kinds
 * @param value the normal form: E.164 for phones, lower case for mail, as given for cards, chat ids and external numbers
 */
public record Identity(IdentityKind kind, String system, String value) implements Comparable<Identity> {
    /** The most characters a normal form may have. */
    public static final int MAX_LENGTH = 254;

    private static final int MAX_NUMBER = 80;
    private static final Pattern SYSTEM = Pattern.compile("[a-z0-9][a-z0-9._-]{0,19}");
    private static final Comparator<Identity> ORDER =
            Comparator.comparing(Identity::kind).thenComparing(Identity::system).thenComparing(Identity::value);

    /** Refuses a value that is not in normal form with {@link CoreError#INVALID_VALUE}. */
    public Identity {
        Check.present(kind, "identity kind");
        Check.present(system, "system");
        Check.present(value, "identity");
        switch (kind) {
            case PHONE -> PhoneNumbers.requireNormal(value);
            case EMAIL -> EmailAddresses.requireNormal(value);
            case MEMBER_CARD -> Check.code(value, MAX_NUMBER, "member card");
            case CHAT -> Check.code(value, MAX_NUMBER, "chat id");
            case EXTERNAL -> Check.code(value, MAX_NUMBER, "external number");
        }
        boolean named = kind == IdentityKind.EXTERNAL || kind == IdentityKind.CHAT;
        if (named ? !SYSTEM.matcher(system).matches() : !system.isEmpty()) {
            throw CoreError.INVALID_VALUE.because(
                    "system must be 1 to 20 characters of a-z 0-9 - _ . for chat ids and external numbers and empty for others");
        }
    }

    /**
     * A phone number in international form, starting with {@code +}.
     *
     * @throws CrmException {@link CoreError#INVALID_VALUE} if no such number is possible
     */
    public static Identity phone(String number) {
        return new Identity(IdentityKind.PHONE, "", PhoneNumbers.normalise(number, null));
    }

    /**
     * A phone number as it is dialled in a region, or in international form.
     *
     * @param region ISO 3166 code of two letters, such as {@code CN}
     * @throws CrmException {@link CoreError#INVALID_VALUE} if no such number is possible
     */
    public static Identity phone(String number, String region) {
        return new Identity(IdentityKind.PHONE, "", PhoneNumbers.normalise(number, PhoneNumbers.region(region)));
    }

    /**
     * A mail address. Case does not count, and a domain in other scripts equals its ASCII form.
     *
     * @throws CrmException {@link CoreError#INVALID_VALUE} if it is none, or is longer than 254 characters
     */
    public static Identity email(String address) {
        return new Identity(IdentityKind.EMAIL, "", EmailAddresses.normalise(address));
    }

    /**
     * A member card; blanks at the ends are cut, case counts.
     *
     * @param number 1 to 80 printable ASCII characters
     * @throws CrmException {@link CoreError#INVALID_VALUE} otherwise
     */
    public static Identity memberCard(String number) {
        return new Identity(
                IdentityKind.MEMBER_CARD,
                "",
                Check.present(number, "member card").strip());
    }

    /**
     * A number in another system; blanks at the ends are cut, case counts.
     *
     * @param system 1 to 20 characters of {@code a-z 0-9 - _ .}
     * @param number 1 to 80 printable ASCII characters
     * @throws CrmException {@link CoreError#INVALID_VALUE} otherwise
     */
    public static Identity external(String system, String number) {
        return new Identity(
                IdentityKind.EXTERNAL,
                system,
                Check.present(number, "external number").strip());
    }

    /**
     * What a messenger knows her by; blanks at the ends are cut, case counts.
     *
     * @param system 1 to 20 characters of {@code a-z 0-9 - _ .}, such as {@code wechat.unionid}; with the app where ids differ by app
     * @param id 1 to 80 printable ASCII characters
     * @throws CrmException {@link CoreError#INVALID_VALUE} otherwise
     */
    public static Identity chat(String system, String id) {
        return new Identity(
                IdentityKind.CHAT, system, Check.present(id, "chat id").strip());
    }

    /** The value as it may be shown to anybody: {@code +86138****5678}, {@code a***@example.com}, {@code ****4711}. */
    public String masked() {
        return switch (kind) {
            case PHONE -> Mask.phone(value);
            case EMAIL -> Mask.email(value);
            case MEMBER_CARD, CHAT, EXTERNAL -> Mask.number(value);
        };
    }

    /** The value as it is shown; empty if it is hidden. */
    Optional<String> as(Shown shown) {
        return switch (shown) {
            case HIDDEN -> Optional.empty();
            case MASKED -> Optional.of(masked());
            case MASKED_3_4, MASKED_4_4, CLEAR -> Optional.of(Mask.text(value, shown));
        };
    }

    @Override
    public int compareTo(Identity other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return kind + (system.isEmpty() ? "" : ":" + system) + " " + masked();
    }
}
