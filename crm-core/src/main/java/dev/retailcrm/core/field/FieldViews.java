package dev.retailcrm.core.field;

import dev.retailcrm.core.access.Access;
import dev.retailcrm.core.access.Right;
import dev.retailcrm.core.access.Shown;
import dev.retailcrm.core.customer.Mask;
import dev.retailcrm.core.spi.UnitOfWork;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Shows values of custom fields as an access permits, and records what personal ones are shown in clear. */
final class FieldViews {
    private final Access access;
    private final UnitOfWork work;

    FieldViews(Access access, UnitOfWork work) {
        this.access = access;
        this.work = work;
    }

    /** Values, and the definitions of their fields by key. */
    record Found(Map<String, FieldDefinition> fields, FieldValues values) {}

    Map<String, String> of(Supplier<Found> query) {
        Found found = work.read(query);
        Map<String, String> texts = new TreeMap<>();
        boolean clear = false;
        for (var value : found.values().values().entrySet()) {
            FieldDefinition field = found.fields().get(value.getKey());
            Shown shown = shown(value.getKey(), field != null && !field.personal());
            if (shown != Shown.HIDDEN) {
                texts.put(value.getKey(), Mask.text(FieldText.of(value.getValue()), shown));
            }
            clear |= shown == Shown.CLEAR && field != null && field.personal();
        }
        access.recordShown(
                Right.READ_CUSTOMER, work, clear ? List.of(found.values().customer()) : List.of());
        return Map.copyOf(texts);
    }

    private Shown shown(String key, boolean isPublic) {
        return access.shown(CustomFields.PREFIX + key, isPublic ? Shown.CLEAR : Shown.MASKED);
    }
}
