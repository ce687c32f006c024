package dev.retailcrm.core.customer;

import java.time.ZoneId;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is known about a person besides her identities; every field may be unknown. Personal data: {@link #toString()} names the
 * fields only. Immutable.
 */
public final class Profile {
    /** The value of {@link ProfileField#ADDRESSES}. */
    record PostalAddresses(List<PostalAddress> list) {}

    private static final Profile EMPTY = new Profile(Map.of());

    /** Never changed. */
    private final Map<ProfileField, Object> values;

    private Profile(Map<ProfileField, Object> values) {
        this.values = values;
    }

    /** The profile of which this is known. */
    public static Profile of(ProfilePatch known) {
        return EMPTY.with(known);
    }

    /** What she is; a person unless she is said to be something else. */
    public PartyKind kind() {
        return value(ProfileField.KIND, PartyKind.class).orElse(PartyKind.PERSON);
    }

    /** Her name; empty if unknown. */
    public Optional<PersonName> name() {
        return value(ProfileField.NAME, PersonName.class);
    }

    /** Her gender; empty if unknown. */
    public Optional<Gender> gender() {
        return value(ProfileField.GENDER, Gender.class);
    }

    /** Her date of birth; empty if unknown. */
    public Optional<BirthDate> birthDate() {
        return value(ProfileField.BIRTH_DATE, BirthDate.class);
    }

    /** The language she is addressed in, a BCP 47 tag; empty if unknown. */
    public Optional<String> language() {
        return value(ProfileField.LANGUAGE, String.class);
    }

    /** The time zone she lives in; empty if unknown. */
    public Optional<ZoneId> timeZone() {
        return value(ProfileField.TIME_ZONE, ZoneId.class);
    }

    /** Her postal addresses in the order she ranks them; none if unknown. */
    public List<PostalAddress> addresses() {
        return value(ProfileField.ADDRESSES, PostalAddresses.class)
                .map(PostalAddresses::list)
                .orElse(List.of());
    }

    /** The remark; empty if there is none. */
    public Optional<String> remark() {
        return value(ProfileField.REMARK, String.class);
    }

    /** Whether anything was said about a field. */
    public boolean isKnown(ProfileField field) {
        return values.containsKey(field);
    }

    /** The profile after the patch. */
    Profile with(ProfilePatch patch) {
        var copy = new EnumMap<ProfileField, Object>(ProfileField.class);
        copy.putAll(values);
        patch.values().forEach((field, value) -> copy.compute(field, (same, old) -> value.orElse(null)));
        return new Profile(copy);
    }

    /** The fields whose value the patch would change, in their order. */
    List<ProfileField> changedBy(ProfilePatch patch) {
        return patch.values().entrySet().stream()
                .filter(it -> !it.getValue().equals(Optional.ofNullable(values.get(it.getKey()))))
                .map(Map.Entry::getKey)
                .toList();
    }

    private <T> Optional<T> value(ProfileField field, Class<T> type) {
        return Optional.ofNullable(values.get(field)).map(type::cast);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Profile that && values.equals(that.values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    @Override
    public String toString() {
        return "Profile" + values.keySet();
    }
}
