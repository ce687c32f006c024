package dev.retailcrm.tck;

import dev.retailcrm.audience.AudienceCatalog;
import dev.retailcrm.audience.AudienceText;
import dev.retailcrm.audience.AudienceVersion;
import dev.retailcrm.audience.spi.AudienceDefinitionChange;
import dev.retailcrm.audience.spi.AudienceItem;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.spi.RequestStore.Booked;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a tenant defined of audiences, in memory, the versions, and the request keys of that. Immutable. */
record AudienceDefinitionRows(AudienceCatalog catalog, List<AudienceVersion> versions, Map<RequestKey, Booked> keys) {
    static final AudienceDefinitionRows NONE = new AudienceDefinitionRows(AudienceCatalog.empty(), List.of(), Map.of());

    AudienceDefinitionRows {
        versions = List.copyOf(versions);
        keys = Map.copyOf(keys);
    }

    AudienceDefinitionRows and(AudienceDefinitionChange change) {
        List<AudienceItem> items = new ArrayList<>(catalog.items());
        List<AudienceItem> replaced = new ArrayList<>(change.written());
        replaced.addAll(change.deleted());
        items.removeIf(it -> replaced.stream()
                .anyMatch(one -> one.kind() == it.kind() && one.key().equals(it.key())));
        items.addAll(change.written());
        List<AudienceVersion> all = new ArrayList<>(versions);
        change.written().stream()
                .filter(it -> it.kind() == AudienceItem.Kind.AUDIENCE)
                .forEach(it -> all.add(
                        new AudienceVersion(AudienceText.audience(it.definition()), change.at(), change.actor())));
        Map<RequestKey, Booked> booked = new HashMap<>(keys);
        booked.put(change.key(), change.booked());
        return new AudienceDefinitionRows(AudienceCatalog.of(items), all, booked);
    }

    List<String> dump() {
        List<String> rows = new ArrayList<>();
        catalog.items().forEach(it -> rows.add("audience " + it));
        versions.forEach(it -> rows.add("audience version " + it));
        keys.forEach((key, booked) -> rows.add("audience key '" + key + "' " + booked));
        return rows;
    }
}
