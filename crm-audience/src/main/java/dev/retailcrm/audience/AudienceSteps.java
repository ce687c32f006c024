package dev.retailcrm.audience;

import dev.retailcrm.audience.spi.AudienceItem;
import java.util.ArrayList;
import java.util.List;

/** What a command writes of definitions. Immutable. */
record AudienceSteps(List<AudienceItem> written, List<AudienceItem> deleted, String answer) {
    static AudienceSteps write(AudienceRule audience) {
        return new AudienceSteps(
                List.of(new AudienceItem(
                        AudienceItem.Kind.AUDIENCE, audience.key(), audience.version(), AudienceText.of(audience))),
                List.of(),
                audience.key() + "#" + audience.version());
    }

    static AudienceSteps write(AudienceTemplate template) {
        return new AudienceSteps(
                List.of(new AudienceItem(
                        AudienceItem.Kind.TEMPLATE, template.key(), template.version(), AudienceText.of(template))),
                List.of(),
                template.key());
    }

    static AudienceSteps delete(AudienceTemplate template, AudienceCatalog catalog) {
        List<AudienceItem> deleted = new ArrayList<>(1);
        catalog.items().stream()
                .filter(it ->
                        it.kind() == AudienceItem.Kind.TEMPLATE && it.key().equals(template.key()))
                .forEach(deleted::add);
        return new AudienceSteps(List.of(), deleted, template.key());
    }

    static AudienceSteps answering(String answer) {
        return new AudienceSteps(List.of(), List.of(), answer);
    }
}
