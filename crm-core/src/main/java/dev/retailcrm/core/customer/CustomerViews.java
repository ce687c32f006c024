package dev.retailcrm.core.customer;

import dev.retailcrm.core.access.Access;
import dev.retailcrm.core.access.Right;
import dev.retailcrm.core.access.Shown;
import dev.retailcrm.core.customer.CustomerView.MaskedIdentity;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.spi.CustomerSnapshot;
import dev.retailcrm.core.spi.UnitOfWork;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Shows customers as an access permits, and records what is shown in clear. */
final class CustomerViews {
    private final Access access;
    private final UnitOfWork work;
    private final Map<ProfileField, Shown> fields = new EnumMap<>(ProfileField.class);

    CustomerViews(Access access, UnitOfWork work) {
        this.access = access;
        this.work = work;
        for (ProfileField field : ProfileField.values()) {
            Shown otherwise = field == ProfileField.NAME ? Shown.MASKED : Shown.HIDDEN;
            fields.put(field, access.shown(FieldNames.of(field), otherwise));
        }
    }

    /** Views of these. What is clear in them is recorded first; most views have nothing, and write nothing. */
    List<CustomerView> of(Collection<CustomerSnapshot> found) {
        List<CustomerId> clear = found.stream()
                .filter(this::showsClear)
                .map(CustomerSnapshot::id)
                .toList();
        access.recordShown(Right.READ_CUSTOMER, work, clear);
        return found.stream().map(this::view).toList();
    }

    Optional<CustomerView> of(Optional<CustomerSnapshot> found) {
        return of(found.stream().toList()).stream().findFirst();
    }

    private boolean showsClear(CustomerSnapshot state) {
        return fields.entrySet().stream()
                        .anyMatch(it ->
                                it.getValue() == Shown.CLEAR && state.profile().isKnown(it.getKey()))
                || state.identities().stream().anyMatch(it -> shown(it) == Shown.CLEAR);
    }

    private CustomerView view(CustomerSnapshot state) {
        Profile profile = state.profile();
        Map<ProfileField, String> texts = new EnumMap<>(ProfileField.class);
        fields.forEach((field, shown) -> text(profile, field, shown).ifPresent(text -> texts.put(field, text)));
        String name = texts.remove(ProfileField.NAME);
        return new CustomerView(
                state.id(),
                state.version(),
                state.status(),
                name,
                state.identities().stream().flatMap(this::identity).toList(),
                texts);
    }

    private static Optional<String> text(Profile profile, ProfileField field, Shown shown) {
        if (shown == Shown.HIDDEN || !profile.isKnown(field)) {
            return Optional.empty();
        }
        if (shown != Shown.CLEAR) {
            return Optional.of(Mask.field(profile, field));
        }
        return field == ProfileField.NAME ? profile.name().map(PersonName::display) : ProfileText.of(profile, field);
    }

    private Stream<MaskedIdentity> identity(Identity identity) {
        return identity.as(shown(identity)).stream()
                .map(text -> new MaskedIdentity(identity.kind(), identity.system(), text));
    }

    private Shown shown(Identity identity) {
        return access.shown(FieldNames.of(identity), access.shown(FieldNames.of(identity.kind()), Shown.MASKED));
    }
}
