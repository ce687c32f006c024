package dev.retailcrm.core.customer;

import java.util.Locale;
import java.util.Optional;

/** What the fields of a customer are called in histories and merges. Stateless. */
public final class FieldNames {
    private static final String IDENTITY = "identity.";

    private FieldNames() {}

    /** Such as {@code profile.birth_date}. */
    public static String of(ProfileField field) {
        return "profile." + field.name().toLowerCase(Locale.ROOT);
    }

    /** Such as {@code identity.phone} and {@code identity.external.sap}: one name for all identities of a kind and system. */
    public static String of(Identity identity) {
        String kind = IDENTITY + identity.kind().name().toLowerCase(Locale.ROOT);
        return identity.system().isEmpty() ? kind : kind + "." + identity.system();
    }

    /** The identity of this name and value; empty if it is no name of one. */
    public static Optional<Identity> identity(String name, String value) {
        if (!name.startsWith(IDENTITY)) {
            return Optional.empty();
        }
        String rest = name.substring(IDENTITY.length());
        int dot = rest.indexOf('.');
        String kind = dot < 0 ? rest : rest.substring(0, dot);
        String system = dot < 0 ? "" : rest.substring(dot + 1);
        return Optional.of(new Identity(IdentityKind.valueOf(kind.toUpperCase(Locale.ROOT)), system, value));
    }
}
