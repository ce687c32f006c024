package dev.retailcrm.tck;

import dev.retailcrm.core.behavior.BehaviorId;
import dev.retailcrm.core.kernel.CustomerId;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Whose events were before customers were merged, the first first. Immutable. */
record BehaviorOrigins(Map<BehaviorId, List<CustomerId>> byEvent) {
    static final BehaviorOrigins NONE = new BehaviorOrigins(Map.of());

    BehaviorOrigins {
        byEvent = Map.copyOf(byEvent);
    }

    List<CustomerId> of(BehaviorId event) {
        return byEvent.getOrDefault(event, List.of());
    }

    BehaviorOrigins with(BehaviorId event, List<CustomerId> before, CustomerId last) {
        Map<BehaviorId, List<CustomerId>> more = new HashMap<>(byEvent);
        more.put(event, Stream.concat(before.stream(), Stream.of(last)).toList());
        return new BehaviorOrigins(more);
    }

    BehaviorOrigins without(Collection<BehaviorId> events) {
        Map<BehaviorId, List<CustomerId>> rest = new HashMap<>(byEvent);
        rest.keySet().removeAll(events);
        return new BehaviorOrigins(rest);
    }

    boolean endWith(BehaviorId event, CustomerId customer) {
        List<CustomerId> all = of(event);
        return !all.isEmpty() && all.get(all.size() - 1).equals(customer);
    }
}
