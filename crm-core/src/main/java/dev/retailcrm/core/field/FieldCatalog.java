package dev.retailcrm.core.field;

import dev.retailcrm.core.kernel.Check;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The fields that can be asked about, by name. Implementations are immutable. */
public interface FieldCatalog {
    /** All fields, each name once. */
    List<CatalogField> fields();

    /** The field of this name; empty if there is none. */
    default Optional<CatalogField> find(String name) {
        Check.present(name, "name");
        return fields().stream().filter(it -> it.name().equals(name)).findFirst();
    }

    /** These fields and more. */
    default FieldCatalog and(Collection<CatalogField> more) {
        List<CatalogField> all = Stream.concat(fields().stream(), more.stream()).toList();
        return () -> all;
    }

    /** These fields, and others that are not listed among these. */
    default FieldCatalog or(FieldCatalog others) {
        FieldCatalog these = this;
        return new FieldCatalog() {
            @Override
            public List<CatalogField> fields() {
                return these.and(others.fields()).fields();
            }

            @Override
            public Optional<CatalogField> find(String name) {
                return these.find(name).or(() -> others.find(name));
            }
        };
    }

    /** The fields that every customer has: status, profile and how she joined. */
    static FieldCatalog ofCustomers() {
        return CustomerCatalog.INSTANCE;
    }
}
