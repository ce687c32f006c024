package dev.retailcrm.core.merge;

import com.google.common.collect.ImmutableList;
import dev.retailcrm.core.customer.BirthDate;
import dev.retailcrm.core.customer.Customer;
import dev.retailcrm.core.customer.Identity;
import dev.retailcrm.core.customer.PersonName;
import dev.retailcrm.core.customer.PostalAddress;
import dev.retailcrm.core.customer.Profile;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.CustomerId;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a host knows about a person, to be compared with others. Every field may be unknown, and may have several values: earlier
 * addresses, names before a marriage, more than one phone. Values are kept in normal form: lower case, no accents, blanks or
 * punctuation. Personal data: {@link #toString()} shows the reference only. Immutable.
 */
public final class PersonRecord {
    /** The most values of a field. */
    public static final int MAX_VALUES = 8;

    /** The most characters of a value. */
    public static final int MAX_LENGTH = 254;

    private final String reference;
    private final EnumMap<PersonField, ImmutableList<String>> values;

    private PersonRecord(String reference, EnumMap<PersonField, ImmutableList<String>> values) {
        this.reference = reference;
        this.values = values;
    }

    /**
     * A person of whom nothing is known yet.
     *
     * @param reference what the host calls her, 1 to 80 printable ASCII characters; never compared
     * @throws CrmException {@link CoreError#INVALID_VALUE} otherwise
     */
    public static PersonRecord of(String reference) {
        return new PersonRecord(Check.code(reference, 80, "reference"), new EnumMap<>(PersonField.class));
    }

    /** A customer: the parts of her name, whole date of birth, first address and identities; her id is the reference. */
    public static PersonRecord of(Customer customer) {
        Check.present(customer, "customer");
        return of(customer.id(), customer.profile(), customer.identities());
    }

    static PersonRecord of(CustomerId customer, Profile profile, Collection<Identity> identities) {
        var person = of(customer.toString());
        person = profile.name().map(person::name).orElse(person);
        person =
                profile.birthDate().flatMap(BirthDate::date).map(person::bornOn).orElse(person);
        person = profile.addresses().stream().findFirst().map(person::livingAt).orElse(person);
        for (Identity identity : identities) {
            person = person.with(
                    switch (identity.kind()) {
                        case PHONE -> PersonField.PHONE;
                        case EMAIL -> PersonField.EMAIL;
                        case MEMBER_CARD, CHAT, EXTERNAL -> PersonField.ID_NUMBER;
                    },
                    identity.system() + identity.value());
        }
        return person;
    }

    /**
     * The same with one more value of a field. A value without a letter or digit, and one that is there already, change nothing.
     *
     * @param value at most {@value #MAX_LENGTH} characters
     * @throws CrmException {@link CoreError#INVALID_VALUE} if it is longer, or the field has {@value #MAX_VALUES} values already
     */
    public PersonRecord with(PersonField field, String value) {
        Check.present(field, "field");
        if (Check.present(value, "value").length() > MAX_LENGTH) {
            throw CoreError.INVALID_VALUE.because("%s must be at most %d characters", field, MAX_LENGTH);
        }
        String normal = NormalForm.of(field, value);
        List<String> known = values(field);
        if (normal.isEmpty() || known.contains(normal)) {
            return this;
        }
        if (known.size() == MAX_VALUES) {
            throw CoreError.INVALID_VALUE.because("%s must have at most %d values", field, MAX_VALUES);
        }
        ImmutableList<String> more = ImmutableList.<String>builderWithExpectedSize(known.size() + 1)
                .addAll(known)
                .add(normal)
                .build();
        EnumMap<PersonField, ImmutableList<String>> copy = values.clone();
        copy.put(field, more);
        return new PersonRecord(reference, copy);
    }

    /** The same with a name: its parts where they are known, else guessed as for {@link #name(String)}. */
    public PersonRecord name(PersonName name) {
        NameParts parts = NameParts.of(Check.present(name, "name"));
        return with(PersonField.GIVEN_NAME, parts.given()).with(PersonField.FAMILY_NAME, parts.family());
    }

    /**
     * The same with a name written in one line: {@code Ann Lee}, {@code Lee, Ann}, {@code 欧阳娜娜}. The family name is what stands
     * before a comma, what comes first in Han and Hangul, and the last word in other scripts; a wrong guess is a swap, which
     * comparing forgives.
     *
     * @throws CrmException {@link CoreError#INVALID_VALUE} unless it has 1 to 80 characters
     */
    public PersonRecord name(String display) {
        return name(PersonName.of(display));
    }

    private PersonRecord livingAt(PostalAddress address) {
        return with(PersonField.ADDRESS_LINE_1, address.street())
                .withKnown(PersonField.LOCALITY, address.city())
                .withKnown(PersonField.POSTCODE, address.postcode())
                .withKnown(PersonField.REGION, address.region());
    }

    private PersonRecord withKnown(PersonField field, @Nullable String value) {
        return value == null ? this : with(field, value);
    }

    /** The same with a date of birth. */
    public PersonRecord bornOn(LocalDate date) {
        return with(
                PersonField.BIRTH_DATE, Check.present(date, "date of birth").format(DateTimeFormatter.BASIC_ISO_DATE));
    }

    /** What the host calls her. */
    public String reference() {
        return reference;
    }

    /** The values of a field in normal form, in the order they were given; empty if unknown. */
    public List<String> values(PersonField field) {
        return values.getOrDefault(field, ImmutableList.of());
    }

    /** The first value of a field; empty if unknown. */
    String first(PersonField field) {
        List<String> known = values(field);
        return known.isEmpty() ? "" : known.get(0);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PersonRecord that && reference.equals(that.reference) && values.equals(that.values);
    }

    @Override
    public int hashCode() {
        return 31 * reference.hashCode() + values.hashCode();
    }

    @Override
    public String toString() {
        return "PersonRecord[" + reference + "]";
    }
}
