package dev.retailcrm.core.spi;

import dev.retailcrm.core.field.FieldType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which events a rule asks about at one instant. Immutable.
 *
 * @param type of the catalog
 * @param where what all their properties must pass
 * @param from in milliseconds, inclusive; far before 1970 for no bound
 * @param to exclusive; never later than what has happened by then
 */
public record EventQuestion(String type, List<Part> where, long from, long to) {
    /** Copies the list. */
    public EventQuestion {
        where = List.copyOf(where);
    }

    /**
     * A test of a property.
     *
     * @param question {@code null} if it is asked whether the property is there, or not
     * @param there whether it must be there
     */
    public record Part(
            String property, FieldType type, @Nullable ValueQuestion question, boolean there) {}
}
