package dev.retailcrm.core.imports;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.retailcrm.core.customer.BirthDate;
import dev.retailcrm.core.customer.Customers;
import dev.retailcrm.core.customer.Gender;
import dev.retailcrm.core.customer.Identity;
import dev.retailcrm.core.customer.IdentityKind;
import dev.retailcrm.core.customer.PersonName;
import dev.retailcrm.core.customer.ProfilePatch;
import dev.retailcrm.core.customer.Registration;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.StaffId;
import dev.retailcrm.core.kernel.StoreId;
import java.time.Instant;
import java.time.LocalDate;
import java.time.MonthDay;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which column of a file is what of a customer. Values are read without the blanks around them; an empty one is not known. Immutable.
 */
public final class CustomerMapping {
    private static final Pattern LINE_BREAKS = Pattern.compile("\\R");

    private final @Nullable String key;
    private final List<Rule> rules;

    private CustomerMapping(@Nullable String key, List<Rule> rules) {
        this.key = key;
        this.rules = rules;
    }

    /** What the value of a column adds. */
    private interface Reading {
        Registration add(Registration registration, String value, Customers customers);
    }

    private record Rule(String column, @Nullable IdentityKind identity, Reading reading) {}

    /**
     * A mapping of records that have a key of their own, such as the number of a customer in the system they come from.
     *
     * @param column whose value is unique in the file, and the same in each delivery of it; at most 72 printable ASCII characters
     */
    public static CustomerMapping keyedBy(String column) {
        return new CustomerMapping(named(column), List.of());
    }

    /** A mapping of records that have no key: the same content is the same record. */
    public static CustomerMapping keyedByContent() {
        return new CustomerMapping(null, List.of());
    }

    /** Her whole name, of which nothing is told apart. */
    public CustomerMapping name(String column) {
        return profile(column, value -> ProfilePatch.none().name(PersonName.of(value)));
    }

    /** A phone number, as it is dialled in the tenant's region or in international form. */
    public CustomerMapping phone(String column) {
        return identity(CustomerColumn.phone(column));
    }

    /** A mail address. */
    public CustomerMapping email(String column) {
        return identity(CustomerColumn.email(column));
    }

    /** A member card. */
    public CustomerMapping memberCard(String column) {
        return identity(CustomerColumn.memberCard(column));
    }

    /** Her number in another system, see {@link Identity#external(String, String)}. */
    public CustomerMapping externalId(String system, String column) {
        return identity(CustomerColumn.externalId(system, column));
    }

    /** Her id with a chat service, see {@link Identity#chat(String, String)}. */
    public CustomerMapping chat(String system, String column) {
        return identity(CustomerColumn.chat(system, column));
    }

    /** Her day of birth: {@code 1990-02-28}, or {@code --02-28} if the year is not known. */
    public CustomerMapping birthDate(String column) {
        return profile(
                column,
                value -> ProfilePatch.none()
                        .birthDate(
                                value.startsWith("--")
                                        ? BirthDate.of(MonthDay.parse(value))
                                        : BirthDate.of(LocalDate.parse(value))));
    }

    /** Her gender, by what the file writes for each; anything else is refused. */
    public CustomerMapping gender(String column, Map<String, Gender> words) {
        Map<String, Gender> known = ImmutableMap.copyOf(Check.present(words, "words for genders"));
        return profile(column, value -> {
            Gender gender = known.get(value);
            if (gender == null) {
                throw CoreError.INVALID_VALUE.because("the mapping does not know this word");
            }
            return ProfilePatch.none().gender(gender);
        });
    }

    /** Her language as a BCP 47 tag, such as {@code zh-Hans}. */
    public CustomerMapping language(String column) {
        return profile(column, value -> ProfilePatch.none().language(value));
    }

    /** Her time zone, such as {@code Asia/Shanghai}. */
    public CustomerMapping timeZone(String column) {
        return profile(column, value -> ProfilePatch.none().timeZone(ZoneId.of(value)));
    }

    /** A remark; its line breaks become blanks. */
    public CustomerMapping remark(String column) {
        return profile(
                column,
                value -> ProfilePatch.none().remark(LINE_BREAKS.matcher(value).replaceAll(" ")));
    }

    /** The store where she joined. */
    public CustomerMapping joinedAt(String column) {
        return and(column, null, (it, value, customers) -> it.joinedAt(StoreId.of(value)));
    }

    /** Who registered her. */
    public CustomerMapping registeredBy(String column) {
        return and(column, null, (it, value, customers) -> it.by(StaffId.of(value)));
    }

    /** When she joined, as an ISO instant such as {@code 2026-03-01T09:00:00Z}. */
    public CustomerMapping joinedOn(String column) {
        return joinedOn(column, DateTimeFormatter.ISO_OFFSET_DATE_TIME);
    }

    /** When she joined, in this form: one that names no zone must {@linkplain DateTimeFormatter#withZone be given one}. */
    public CustomerMapping joinedOn(String column, DateTimeFormatter form) {
        Check.present(form, "form of instants");
        return and(column, null, (it, value, customers) -> it.at(form.parse(value, Instant::from)));
    }

    /** What the value of a column says of a profile. */
    private interface ProfileReading {
        ProfilePatch of(String value);
    }

    private CustomerMapping profile(String column, ProfileReading reading) {
        return and(column, null, (it, value, customers) -> it.with(reading.of(value)));
    }

    private CustomerMapping identity(CustomerColumn named) {
        return and(
                named.column(),
                named.kind(),
                (it, value, customers) -> it.identity(
                        Objects.requireNonNull(named.named(value, customers).identity())));
    }

    private CustomerMapping and(String column, @Nullable IdentityKind identity, Reading reading) {
        var rule = new Rule(named(column), identity, reading);
        return new CustomerMapping(
                key, Stream.concat(rules.stream(), Stream.of(rule)).collect(ImmutableList.toImmutableList()));
    }

    static String named(String column) {
        return Check.text(column, 200, "name of a column");
    }

    Set<String> columns() {
        Stream<String> keys = Stream.ofNullable(key);
        return Stream.concat(keys, rules.stream().map(Rule::column)).collect(ImmutableSet.toImmutableSet());
    }

    @Nullable
    String key() {
        return key;
    }

    /** The one column of identities of a kind; {@code null} if there are more. */
    @Nullable
    String columnOf(String kind) {
        List<String> columns = rules.stream()
                .filter(rule ->
                        rule.identity() != null && rule.identity().name().equals(kind))
                .map(Rule::column)
                .collect(Collectors.toList());
        return columns.size() == 1 ? columns.get(0) : null;
    }

    Registration registration(ImportRecord record, String importName, Customers customers) throws FaultyValue {
        Registration registration = Registration.unnamed().key(RecordKey.of(importName, record, key));
        for (Rule rule : rules) {
            Registration before = registration;
            Registration more = FaultyValue.in(
                    record, rule.column(), value -> rule.reading().add(before, value, customers));
            registration = more == null ? before : more;
        }
        return registration;
    }
}
