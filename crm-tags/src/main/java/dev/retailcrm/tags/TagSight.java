package dev.retailcrm.tags;

import dev.retailcrm.core.kernel.CustomerId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** What is shown of the marks of customers. Stateless. */
final class TagSight {
    private TagSight() {}

    /** Only these marks, and only who has any. */
    static Map<CustomerId, List<TagMark>> only(Map<CustomerId, List<TagMark>> all, Predicate<TagMark> asked) {
        Map<CustomerId, List<TagMark>> shown = new LinkedHashMap<>();
        all.forEach((customer, marks) -> {
            List<TagMark> these = marks.stream().filter(asked).toList();
            if (!these.isEmpty()) {
                shown.put(customer, these);
            }
        });
        return shown;
    }
}
