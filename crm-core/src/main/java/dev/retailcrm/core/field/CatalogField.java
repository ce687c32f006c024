package dev.retailcrm.core.field;

import dev.retailcrm.core.kernel.Check;
import java.util.List;

/**
 * A field that can be asked about. Immutable.
 *
 * @param name how it is called in rules and histories, such as {@code profile.gender} or {@code custom.shoe_size}
 * @param type what values it has
 * @param personal whether it is kept enciphered, so that only equality can be asked
 * @param access who may see and edit it
 * @param options the keys of the options that can be chosen, retired ones included; of a text that is always one of some codes,
 *     these in their order; none for other types
 */
public record CatalogField(String name, FieldType type, boolean personal, FieldAccess access, List<String> options) {
    /** Copies the list. */
    public CatalogField {
        Check.code(name, 60, "field");
        Check.present(type, "type");
        Check.present(access, "access");
        options = List.copyOf(options);
    }

    /** Whether the tenant defined it. */
    public boolean isCustom() {
        return name.startsWith(CustomFields.PREFIX);
    }

    /** A field as the tenant defined it. */
    public static CatalogField of(FieldDefinition definition) {
        return new CatalogField(
                CustomFields.PREFIX + definition.key(),
                definition.type(),
                definition.personal(),
                definition.access(),
                definition.rules().options().stream().map(FieldOption::key).toList());
    }
}
