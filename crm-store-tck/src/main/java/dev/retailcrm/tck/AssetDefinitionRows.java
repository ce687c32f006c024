package dev.retailcrm.tck;

import dev.retailcrm.assets.spi.Definition;
import dev.retailcrm.assets.spi.DefinitionSet;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.spi.RequestStore.Booked;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Every version of what a tenant defined of one kind of assets, and the request keys of that. Immutable. */
record AssetDefinitionRows(List<Definition> versions, DefinitionSet latest, Map<RequestKey, Booked> keys) {
    static final AssetDefinitionRows NONE = new AssetDefinitionRows(List.of(), DefinitionSet.EMPTY, Map.of());

    AssetDefinitionRows and(Definition next, RequestKey key, Booked booked) {
        List<Definition> all = new ArrayList<>(versions);
        all.add(next);
        Map<String, Definition> last = new TreeMap<>();
        all.forEach(it -> last.put(it.key(), it));
        Map<RequestKey, Booked> booking = new HashMap<>(keys);
        booking.put(key, booked);
        return new AssetDefinitionRows(
                List.copyOf(all), new DefinitionSet(List.copyOf(last.values())), Map.copyOf(booking));
    }

    List<String> dump() {
        List<String> rows = new ArrayList<>();
        versions.forEach(it -> rows.add("definition " + it));
        keys.forEach((key, booked) -> rows.add("definition key '" + key + "' " + booked));
        return rows;
    }
}
