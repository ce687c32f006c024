package dev.retailcrm.tags;

import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.Fingerprint;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.spi.RequestStore.Booked;
import dev.retailcrm.tags.spi.TagDefinitionChange;
import dev.retailcrm.tags.spi.TagPorts;
import java.util.Optional;
import java.util.function.Function;

/** Runs commands about the definitions of a tenant: locks, decides and writes. Thread-safe. */
final class TagCommands {
    private final TenantId tenant;
    private final TagPorts ports;

    TagCommands(TenantId tenant, TagPorts ports) {
        this.tenant = tenant;
        this.ports = ports;
    }

    TagCatalog catalog() {
        return ports.unitOfWork().read(() -> ports.store().catalog(tenant));
    }

    /** The key of what a command answers with. */
    String run(RequestKey key, Fingerprint content, Function<TagCatalog, TagSteps> decision) {
        Check.present(key, "request key");
        long fingerprint = content.value();
        return ports.unitOfWork().run(() -> {
            TagCatalog catalog = ports.store().lockDefinitions(tenant);
            Optional<Booked> booked = ports.store().booked(tenant, key);
            if (booked.isPresent()) {
                if (booked.get().fingerprint() != fingerprint) {
                    throw CoreError.REQUEST_KEY_REUSED.because("the request key was used for other content");
                }
                return booked.get().answer();
            }
            TagSteps steps = decision.apply(catalog);
            ports.store()
                    .define(new TagDefinitionChange(
                            tenant, steps.written, steps.deleted, key, new Booked(fingerprint, steps.answer())));
            return steps.answer();
        });
    }
}
