package dev.retailcrm.core.customer;

import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What the fields of a customer are called in histories and merges. Stateless. */
public final class FieldNames {
    private static final String IDENTITY = "identity.";
    private static final String VERIFIED = ".verified";

    private FieldNames() {}

    /** Such as {@code profile.birth_date}. */
    public static String of(ProfileField field) {
        return "profile." + field.name().toLowerCase(Locale.ROOT);
    }

    /**
     * A name of a field of profile, identities or custom fields, as it is given.
     *
     * @throws CrmException {@link CoreError#INVALID_VALUE} if there can be no such field
     */
    public static String requireKnown(String name) {
        Check.code(name, 80, "field");
        boolean known = name.startsWith("custom.")
                || Stream.of(ProfileField.values()).map(FieldNames::of).anyMatch(name::equals)
                || Stream.of(IdentityKind.values())
                        .map(FieldNames::of)
                        .anyMatch(kind -> name.equals(kind) || name.startsWith(kind + "."));
        if (!known) {
            throw CoreError.INVALID_VALUE.because("there is no field %s", name);
        }
        return name;
    }

    /** Such as {@code identity.phone}: one name for all identities of a kind, whatever their system. */
    public static String of(IdentityKind kind) {
        return IDENTITY + kind.name().toLowerCase(Locale.ROOT);
    }

    /** Such as {@code identity.phone} and {@code identity.external.sap}: one name for all identities of a kind and system. */
    public static String of(Identity identity) {
        String kind = of(identity.kind());
        return identity.system().isEmpty() ? kind : kind + "." + identity.system();
    }

    /** The field that tells how an identity was verified, such as {@code identity.phone.verified}. */
    public static String verified(Identity identity) {
        return of(identity) + VERIFIED;
    }

    /** Whether it is the name of how an identity was verified. */
    public static boolean isVerification(String name) {
        return name.startsWith(IDENTITY) && name.endsWith(VERIFIED);
    }

    /** The identity of this name and value; empty if it is no name of one. */
    public static Optional<Identity> identity(String name, String value) {
        if (!name.startsWith(IDENTITY) || isVerification(name)) {
            return Optional.empty();
        }
        String rest = name.substring(IDENTITY.length());
        int dot = rest.indexOf('.');
        String kind = dot < 0 ? rest : rest.substring(0, dot);
        String system = dot < 0 ? "" : rest.substring(dot + 1);
        return Optional.of(new Identity(IdentityKind.valueOf(kind.toUpperCase(Locale.ROOT)), system, value));
    }
}
