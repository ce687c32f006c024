package dev.retailcrm.core.spi;

import dev.retailcrm.core.field.FieldDefinition;
import dev.retailcrm.core.field.FieldValue;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import java.util.Optional;

/**
 * A value of a customer to be written. Immutable.
 *
 * @param field the definition of the field
 * @param value the value; empty to have none any more
 */
public record FieldWrite(FieldDefinition field, Optional<FieldValue> value) {
    /** Refuses missing parts and a value of another type with INVALID_VALUE. */
    public FieldWrite {
        Check.present(field, "field");
        Check.present(value, "value").ifPresent(it -> {
            if (it.type() != field.type()) {
                throw CoreError.INVALID_VALUE.because("the value is of another type");
            }
        });
    }
}
