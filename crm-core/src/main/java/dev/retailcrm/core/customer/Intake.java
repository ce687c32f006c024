package dev.retailcrm.core.customer;

import dev.retailcrm.core.history.Actor;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.Fingerprint;
import dev.retailcrm.core.kernel.Instants;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.spi.CustomerChange;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A registration that was read, normalised and checked: nothing is left to refuse but what is taken. */
record Intake(Profile profile, List<Identity> identities, Joining joining, Request request) {
    static Intake of(Registration registration, @Nullable String region, Instants instants, Actor actor) {
        var now = instants.now();
        registration.profile().requireBornBefore(now);
        var profile = Profile.of(registration.profile());
        List<Identity> identities = identities(registration, region);
        if (profile.name().isEmpty() && identities.isEmpty()) {
            throw CoreError.INVALID_VALUE.because("a customer needs a name or an identity");
        }
        var joining = new Joining(instants.orNow(registration.at()), registration.joinedAt(), registration.by());
        var key = Check.present(registration.key(), "request key");
        var request = Request.of(key, fingerprint(registration, identities), now, actor(registration, actor));
        return new Intake(profile, identities, joining, request);
    }

    /** Who registers her, unless the facade knows better. */
    private static Actor actor(Registration registration, Actor actor) {
        if (!actor.equals(Actor.UNKNOWN)) {
            return actor;
        }
        Actor staff = registration.by() == null ? actor : Actor.staff(registration.by());
        return registration.joinedAt() == null ? staff : staff.at(registration.joinedAt());
    }

    CustomerChange decide(TenantId tenant, CustomerId id) {
        return Customer.register(tenant, id, profile, identities, joining, request);
    }

    private static List<Identity> identities(Registration registration, @Nullable String region) {
        Stream<Identity> phones = registration.phones().stream()
                .map(number -> region == null ? Identity.phone(number) : Identity.phone(number, region));
        return Stream.concat(phones, registration.identities().stream())
                .distinct()
                .sorted()
                .toList();
    }

    private static Fingerprint fingerprint(Registration registration, List<Identity> identities) {
        var content = registration
                .profile()
                .addTo(Fingerprint.of("customer.register"))
                .and(identities.size());
        identities.forEach(it -> content.and(it.kind().name()).and(it.system()).and(it.value()));
        var store = registration.joinedAt();
        var staff = registration.by();
        return content.and(store == null ? null : store.value()).and(staff == null ? null : staff.value());
    }
}
