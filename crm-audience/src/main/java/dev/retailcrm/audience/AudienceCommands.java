package dev.retailcrm.audience;

import dev.retailcrm.audience.spi.AudienceDefinitionChange;
import dev.retailcrm.audience.spi.AudiencePorts;
import dev.retailcrm.core.history.Actor;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.Fingerprint;
import dev.retailcrm.core.kernel.Instants;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.spi.RequestStore.Booked;
import java.util.Optional;
import java.util.function.Function;

/** Runs commands about the definitions of a tenant: locks, decides and writes. Thread-safe. */
final class AudienceCommands {
    private final TenantId tenant;
    private final AudiencePorts ports;
    private final Instants instants;
    private final Actor actor;

    AudienceCommands(TenantId tenant, AudiencePorts ports, Actor actor) {
        this.tenant = tenant;
        this.ports = ports;
        this.instants = new Instants(ports.clock());
        this.actor = actor;
    }

    AudienceCatalog catalog() {
        return ports.unitOfWork().read(() -> ports.definitions().catalog(tenant));
    }

    /** What a command answers with. */
    String run(RequestKey key, Fingerprint content, Function<AudienceCatalog, AudienceSteps> decision) {
        Check.present(key, "request key");
        long fingerprint = content.value();
        return ports.unitOfWork().run(() -> {
            AudienceCatalog catalog = ports.definitions().lockDefinitions(tenant);
            Optional<Booked> booked = ports.definitions().booked(tenant, key);
            if (booked.isPresent()) {
                if (booked.get().fingerprint() != fingerprint) {
                    throw CoreError.REQUEST_KEY_REUSED.because("the request key was used for other content");
                }
                return booked.get().answer();
            }
            AudienceSteps steps = decision.apply(catalog);
            ports.definitions()
                    .define(new AudienceDefinitionChange(
                            tenant,
                            steps.written(),
                            steps.deleted(),
                            key,
                            new Booked(fingerprint, steps.answer()),
                            instants.now(),
                            actor));
            return steps.answer();
        });
    }
}
