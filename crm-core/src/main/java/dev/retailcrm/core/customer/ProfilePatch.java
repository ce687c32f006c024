package dev.retailcrm.core.customer;

import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.Fingerprint;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.IllformedLocaleException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What to set and what to clear in a profile. A field that is neither stays as it is: absent and empty differ. Start from
 * {@link #none()}; the last word on a field counts. Personal data: {@link #toString()} names the fields only. Immutable.
 */
public final class ProfilePatch {
    /** The most characters of a remark. */
    public static final int MAX_REMARK = 500;

    /** The most postal addresses of a customer. */
    public static final int MAX_ADDRESSES = 10;

    private static final ProfilePatch NONE = new ProfilePatch(null, ProfileField.REMARK, null);

    /** What was said before the last word; {@code null} if nothing was said. A list costs less to add to than a map to copy. */
    private final @Nullable ProfilePatch before;

    private final ProfileField field;
    private final @Nullable Object value;

    private ProfilePatch(@Nullable ProfilePatch before, ProfileField field, @Nullable Object value) {
        this.before = before;
        this.field = field;
        this.value = value;
    }

    /** Changes nothing. */
    public static ProfilePatch none() {
        return NONE;
    }

    /** Sets what she is. */
    public ProfilePatch kind(PartyKind kind) {
        return with(ProfileField.KIND, Check.present(kind, "kind of party"));
    }

    /** Sets the name. */
    public ProfilePatch name(PersonName name) {
        return with(ProfileField.NAME, Check.present(name, "name"));
    }

    /** Sets the gender. */
    public ProfilePatch gender(Gender gender) {
        return with(ProfileField.GENDER, Check.present(gender, "gender"));
    }

    /**
     * Sets the date of birth.
     *
     * @param date from 1900 to the day of the command
     * @throws CrmException {@link CoreError#INVALID_VALUE} if it lies before 1900; if it lies in the future, the command throws
     */
    public ProfilePatch birthDate(LocalDate date) {
        return birthDate(BirthDate.of(date));
    }

    /** Sets the date of birth, of which the year may be unknown; as {@link #birthDate(LocalDate)}. */
    public ProfilePatch birthDate(BirthDate date) {
        return with(ProfileField.BIRTH_DATE, Check.present(date, "date of birth"));
    }

    /**
     * Sets the language she is addressed in.
     *
     * @param tag a BCP 47 tag of at most 35 characters, such as {@code zh-Hans-CN}
     * @throws CrmException {@link CoreError#INVALID_VALUE} if it is none
     */
    public ProfilePatch language(String tag) {
        try {
            String written = Check.code(tag, 35, "language");
            Locale locale = new Locale.Builder().setLanguageTag(written).build();
            return with(ProfileField.LANGUAGE, Check.code(locale.toLanguageTag(), 35, "language"));
        } catch (IllformedLocaleException e) {
            throw CoreError.INVALID_VALUE.causedBy(e, "language must be a BCP 47 tag");
        }
    }

    /** Sets the time zone she lives in. */
    public ProfilePatch timeZone(ZoneId zone) {
        return with(ProfileField.TIME_ZONE, Check.present(zone, "time zone"));
    }

    /**
     * Sets all her postal addresses, in the order she ranks them.
     *
     * @param addresses 1 to {@value #MAX_ADDRESSES}; to have none, {@link #clear} the field
     * @throws CrmException {@link CoreError#INVALID_VALUE} otherwise
     */
    public ProfilePatch addresses(List<PostalAddress> addresses) {
        List<PostalAddress> all = List.copyOf(Check.present(addresses, "addresses"));
        Check.range(all.size(), 1, MAX_ADDRESSES, "number of addresses");
        return with(ProfileField.ADDRESSES, new Profile.PostalAddresses(all));
    }

    /** Sets the remark: 1 to {@value #MAX_REMARK} characters, blanks at the ends are cut. */
    public ProfilePatch remark(String text) {
        String remark = Check.present(text, "remark").strip();
        return with(ProfileField.REMARK, Check.text(remark, MAX_REMARK, "remark"));
    }

    /** Clears a field. */
    public ProfilePatch clear(ProfileField field) {
        return with(Check.present(field, "field"), null);
    }

    /** This and then the other: where both name a field, the other counts. */
    public ProfilePatch and(ProfilePatch other) {
        ProfilePatch both = this;
        for (var entry : Check.present(other, "patch").values().entrySet()) {
            both = both.with(entry.getKey(), entry.getValue().orElse(null));
        }
        return both;
    }

    /** The new value of each field named, in their order; empty to clear it. */
    Map<ProfileField, Optional<Object>> values() {
        var values = new EnumMap<ProfileField, Optional<Object>>(ProfileField.class);
        for (ProfilePatch word = this; word.before != null; word = word.before) {
            values.putIfAbsent(word.field, Optional.ofNullable(word.value));
        }
        return values;
    }

    /** Refuses a birth after the instant; one day is granted to the time zones ahead. */
    void requireBornBefore(Instant at) {
        LocalDate latest = at.atZone(ZoneOffset.UTC).toLocalDate().plusDays(1);
        Object birth =
                values().getOrDefault(ProfileField.BIRTH_DATE, Optional.empty()).orElse(null);
        if (birth instanceof BirthDate date
                && date.date().filter(latest::isBefore).isPresent()) {
            throw CoreError.INVALID_VALUE.because("date of birth must not lie in the future");
        }
    }

    Fingerprint addTo(Fingerprint fingerprint) {
        Map<ProfileField, Optional<Object>> values = values();
        fingerprint.and(values.size());
        values.forEach((field, value) -> add(fingerprint.and(field.name()), value.orElse(null)));
        return fingerprint;
    }

    private static void add(Fingerprint fingerprint, @Nullable Object value) {
        if (value instanceof PersonName name) {
            fingerprint.and(name.display()).and(name.given()).and(name.family());
        } else if (value instanceof BirthDate date) {
            fingerprint.and(date.day().toString()).and(date.year() == null ? null : Integer.toString(date.year()));
        } else if (value instanceof Profile.PostalAddresses addresses) {
            fingerprint.and(addresses.list().size());
            addresses.list().forEach(it -> it.addTo(fingerprint));
        } else {
            fingerprint.and(value == null ? null : value.toString());
        }
    }

    private ProfilePatch with(ProfileField named, @Nullable Object to) {
        return new ProfilePatch(this, named, to);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ProfilePatch that && values().equals(that.values());
    }

    @Override
    public int hashCode() {
        return values().hashCode();
    }

    @Override
    public String toString() {
        return "ProfilePatch" + values().keySet();
    }
}
