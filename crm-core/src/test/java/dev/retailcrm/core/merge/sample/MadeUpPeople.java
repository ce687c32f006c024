package dev.retailcrm.core.merge.sample;

import dev.retailcrm.core.merge.PersonField;
import dev.retailcrm.core.merge.PersonRecord;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Customers of a shop in a city, made up: they live in households of one to four that share address, family name and landline, two in
 * a hundred siblings are twins, one in seven households is Chinese. One person in seven is registered twice, the second time by a
 * {@link Clerk}, perhaps after moving or marrying. No id numbers. The same seed makes the same people.
 */
public final class MadeUpPeople {
    private static final List<PersonField> FIELDS = List.of(PersonField.values());

    private final Random random;
    private final Clerk clerk;
    private final Names given;
    private final Names families;
    private final Names streets;
    private final Names localities;
    private final Names chineseGiven;
    private final Names chineseFamilies;
    private final List<PersonRecord> people = new ArrayList<>();
    private final Set<Link> links = new HashSet<>();

    private MadeUpPeople(long seed, int records) {
        random = new Random(seed);
        clerk = new Clerk(random);
        given = Names.latin(random, 600, 1);
        families = Names.latin(random, 8_000, 2);
        streets = Names.latin(random, 2_000 + records / 50, 2);
        localities = Names.latin(random, 200 + records / 500, 2);
        chineseGiven = Names.chineseGiven(random);
        chineseFamilies = Names.chineseFamilies(random);
        while (people.size() < records) {
            settle();
        }
    }

    public static MadeUpPeople of(long seed, int records) {
        return new MadeUpPeople(seed, records);
    }

    public List<PersonRecord> people() {
        return List.copyOf(people);
    }

    public Set<Link> links() {
        return Set.copyOf(links);
    }

    private void settle() {
        boolean chinese = random.nextInt(7) == 0;
        var home = new Household((chinese ? chineseFamilies : families).common(), place(), "2" + digits(7));
        List<String> names = namesOf(1 + random.nextInt(4), chinese ? chineseGiven : given);
        boolean twins = random.nextInt(60) == 0;
        String born = born();
        for (String name : names) {
            register(person(home, name, born));
            born = twins ? born : born();
        }
    }

    /** Different names, but in one of sixty families the youngest is named like the eldest. */
    private List<String> namesOf(int count, Names choice) {
        List<String> names =
                Stream.generate(choice::common).distinct().limit(count).collect(Collectors.toList());
        if (random.nextInt(60) == 0) {
            names.set(count - 1, names.get(0));
        }
        return names;
    }

    private Map<PersonField, String> person(Household home, String givenName, String born) {
        Map<PersonField, String> person = new EnumMap<>(home.place());
        person.put(PersonField.GIVEN_NAME, givenName);
        person.put(PersonField.FAMILY_NAME, home.family());
        person.put(PersonField.BIRTH_DATE, born);
        person.put(PersonField.PHONE, random.nextInt(3) == 0 ? home.landline() : "1" + digits(9));
        if (random.nextBoolean()) {
            person.put(PersonField.EMAIL, givenName + random.nextInt(1000) + "@" + localities.common() + ".example");
        }
        return person;
    }

    private void register(Map<PersonField, String> person) {
        String reference = "p" + people.size();
        people.add(record(reference, person));
        if (random.nextInt(7) == 0) {
            people.add(record(reference + "-again", again(person)));
            links.add(Link.of(reference, reference + "-again"));
        }
    }

    /** What is written down when she comes again: she moved or married, fields are left out, and one or two are wrong. */
    private Map<PersonField, String> again(Map<PersonField, String> person) {
        Map<PersonField, String> written = new EnumMap<>(person);
        if (random.nextInt(12) == 0) {
            written.putAll(place());
        }
        if (random.nextInt(25) == 0) {
            written.put(PersonField.FAMILY_NAME, families.common());
        }
        if (random.nextInt(4) == 0) {
            written.put(PersonField.PHONE, "1" + digits(9));
        }
        if (random.nextInt(30) == 0) {
            swap(written, PersonField.GIVEN_NAME, PersonField.FAMILY_NAME);
        }
        for (PersonField field : PersonField.values()) {
            if (random.nextInt(12) == 0) {
                written.remove(field);
            }
        }
        for (int i = random.nextInt(3); i >= 0; i--) {
            var field = FIELDS.get(random.nextInt(FIELDS.size()));
            written.computeIfPresent(field, this::wrong);
        }
        return written;
    }

    private String wrong(PersonField field, String value) {
        return switch (field) {
            case GIVEN_NAME -> random.nextInt(4) == 0 ? value.substring(0, 1) : clerk.mishear(value);
            case FAMILY_NAME, ADDRESS_LINE_1, LOCALITY -> clerk.mishear(value);
            case BIRTH_DATE -> clerk.misdate(value);
            default -> clerk.mistype(value);
        };
    }

    private Map<PersonField, String> place() {
        String locality = localities.common();
        return Map.of(
                PersonField.STREET_NUMBER,
                String.valueOf(1 + random.nextInt(120)),
                PersonField.ADDRESS_LINE_1,
                streets.any() + " street",
                PersonField.LOCALITY,
                locality,
                PersonField.POSTCODE,
                String.valueOf(10_000 + Math.floorMod(locality.hashCode(), 90_000)));
    }

    private String born() {
        var day = LocalDate.of(1935, 1, 1).plusDays(random.nextInt(75 * 365));
        return day.format(DateTimeFormatter.BASIC_ISO_DATE);
    }

    private String digits(int count) {
        var digits = new StringBuilder();
        for (int i = 0; i < count; i++) {
            digits.append(random.nextInt(10));
        }
        return digits.toString();
    }

    private static void swap(Map<PersonField, String> values, PersonField one, PersonField other) {
        String kept = values.getOrDefault(one, "");
        values.put(one, values.getOrDefault(other, ""));
        values.put(other, kept);
    }

    private static PersonRecord record(String reference, Map<PersonField, String> values) {
        var person = PersonRecord.of(reference);
        for (var value : values.entrySet()) {
            person = person.with(value.getKey(), value.getValue());
        }
        return person;
    }
}
