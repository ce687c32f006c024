package dev.retailcrm.core.field;

import dev.retailcrm.core.customer.CustomerStatus;
import dev.retailcrm.core.customer.Gender;
import dev.retailcrm.core.customer.PartyKind;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The fixed fields, called as in the history. Those kept enciphered, names, addresses and remarks, are none of them. */
final class CustomerCatalog implements FieldCatalog {
    static final FieldCatalog INSTANCE = new CustomerCatalog();

    private static final List<CatalogField> FIELDS = List.of(
            choice("status", CustomerStatus.values()),
            choice("profile.kind", PartyKind.values()),
            choice("profile.gender", Gender.values()),
            plain("profile.birth_date", FieldType.DATE),
            plain("profile.language", FieldType.TEXT),
            plain("profile.time_zone", FieldType.TEXT),
            plain("joining.at", FieldType.INSTANT),
            plain("joining.store", FieldType.TEXT),
            plain("joining.staff", FieldType.TEXT));

    private CustomerCatalog() {}

    @Override
    public List<CatalogField> fields() {
        return FIELDS;
    }

    private static CatalogField plain(String name, FieldType type) {
        return new CatalogField(name, type, false, FieldAccess.ALL, List.of());
    }

    private static CatalogField choice(String name, Enum<?>[] options) {
        List<String> keys = Arrays.stream(options)
                .map(it -> it.name().toLowerCase(Locale.ROOT))
                .toList();
        return new CatalogField(name, FieldType.CHOICE, false, FieldAccess.ALL, keys);
    }
}
