package dev.retailcrm.core.customer;

import com.google.common.collect.ImmutableList;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.kernel.StaffId;
import dev.retailcrm.core.kernel.StoreId;
import dev.retailcrm.core.spi.CustomerSnapshot;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Asks to make somebody a customer. Start from {@link #of(String)} or {@link #unnamed()} and add what is known; the request key must
 * be given. Personal data: {@link #toString()} shows none. Immutable.
 *
 * @param profile what is known about her
 * @param phones phone numbers as they were typed, read in the region of the tenant
 * @param identities her other identities
 * @param joinedAt where she joined; {@code null} if not known
 * @param by who registers her; {@code null} if nobody does
 * @param at when she joined; {@code null} for now. Not part of the content that a repeated key is compared by
 * @param key names the registration, unique in the tenant
 */
public record Registration(
        ProfilePatch profile,
        List<String> phones,
        List<Identity> identities,
        @Nullable StoreId joinedAt,
        @Nullable StaffId by,
        @Nullable Instant at,
        @Nullable RequestKey key) {
    /** Refuses more than {@value CustomerSnapshot#MAX_IDENTITIES} identities with {@link CoreError#TOO_MANY_IDENTITIES}. */
    public Registration {
        Check.present(profile, "profile");
        phones = List.copyOf(Check.present(phones, "phone numbers"));
        identities = List.copyOf(Check.present(identities, "identities"));
        if (phones.size() + identities.size() > CustomerSnapshot.MAX_IDENTITIES) {
            throw CoreError.TOO_MANY_IDENTITIES.because(
                    "a customer has at most %d identities", CustomerSnapshot.MAX_IDENTITIES);
        }
    }

    /** A person with this name. */
    public static Registration of(String name) {
        return of(PersonName.of(name));
    }

    /** A person with this name. */
    public static Registration of(PersonName name) {
        return unnamed().with(ProfilePatch.none().name(name));
    }

    /** A person whose name is not known; she must have an identity. */
    public static Registration unnamed() {
        return new Registration(ProfilePatch.none(), List.of(), List.of(), null, null, null, null);
    }

    /** The same with more of the profile. */
    public Registration with(ProfilePatch more) {
        return new Registration(profile.and(more), phones, identities, joinedAt, by, at, key);
    }

    /** The same with a phone number, as it is dialled in the tenant's region or in international form. */
    public Registration phone(String number) {
        List<String> more = append(phones, Check.present(number, "phone number"));
        return new Registration(profile, more, identities, joinedAt, by, at, key);
    }

    /** The same with a mail address; {@link CrmException} INVALID_VALUE if it is none. */
    public Registration email(String address) {
        return identity(Identity.email(address));
    }

    /** The same with a member card; {@link CrmException} INVALID_VALUE unless it is 1 to 80 printable ASCII characters. */
    public Registration memberCard(String number) {
        return identity(Identity.memberCard(number));
    }

    /** The same with her number in another system, see {@link Identity#external(String, String)}. */
    public Registration externalId(String system, String number) {
        return identity(Identity.external(system, number));
    }

    /** The same with an identity. */
    public Registration identity(Identity identity) {
        List<Identity> more = append(identities, Check.present(identity, "identity"));
        return new Registration(profile, phones, more, joinedAt, by, at, key);
    }

    /** The same at a store. */
    public Registration joinedAt(StoreId store) {
        return new Registration(profile, phones, identities, store, by, at, key);
    }

    /** The same by an operator. */
    public Registration by(StaffId staff) {
        return new Registration(profile, phones, identities, joinedAt, staff, at, key);
    }

    /** The same at an instant, at most 36 hours ahead of the clock. */
    public Registration at(Instant instant) {
        return new Registration(profile, phones, identities, joinedAt, by, instant, key);
    }

    /** The same under a request key. */
    public Registration key(RequestKey request) {
        return new Registration(profile, phones, identities, joinedAt, by, at, request);
    }

    /** The same under a request key. */
    public Registration key(String request) {
        return key(RequestKey.of(request));
    }

    private static <T> List<T> append(List<T> list, T item) {
        return Stream.concat(list.stream(), Stream.of(item)).collect(ImmutableList.toImmutableList());
    }

    @Override
    public String toString() {
        return "Registration[" + key + "]";
    }
}
