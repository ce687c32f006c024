package dev.retailcrm.core.merge;

import static dev.retailcrm.core.merge.PersonField.ADDRESS_LINE_1;
import static dev.retailcrm.core.merge.PersonField.ADDRESS_LINE_2;
import static dev.retailcrm.core.merge.PersonField.BIRTH_DATE;
import static dev.retailcrm.core.merge.PersonField.FAMILY_NAME;
import static dev.retailcrm.core.merge.PersonField.GIVEN_NAME;
import static dev.retailcrm.core.merge.PersonField.LOCALITY;
import static dev.retailcrm.core.merge.PersonField.POSTCODE;
import static dev.retailcrm.core.merge.PersonField.STREET_NUMBER;

import com.google.common.collect.ImmutableList;
import java.util.function.Consumer;

/**
 * The keys that duplicates are sought by. Each takes other fields, so that a record whose one field is wrong is found by another.
 * Names and address lines serve in both places, because they get swapped. Stateless.
 */
final class StandardKeys {
    private StandardKeys() {}

    static ImmutableList<BlockingKey> all() {
        return ImmutableList.of(
                each(PersonField.ID_NUMBER),
                each(PersonField.EMAIL),
                each(PersonField.PHONE),
                each(BIRTH_DATE),
                StandardKeys::wholeName,
                StandardKeys::nameAndPostcode,
                StandardKeys::lineAndNumber,
                StandardKeys::lineAndName,
                StandardKeys::localityAndNumber);
    }

    private static BlockingKey each(PersonField field) {
        return (person, keys) -> {
            for (String value : person.values(field)) {
                keys.accept(value);
            }
        };
    }

    /** Both names, in any order. */
    private static void wholeName(PersonRecord person, Consumer<String> keys) {
        for (String given : person.values(GIVEN_NAME)) {
            for (String family : person.values(FAMILY_NAME)) {
                keys.accept(given.compareTo(family) < 0 ? given + ' ' + family : family + ' ' + given);
            }
        }
    }

    /** The beginning of a name, and the postcode. */
    private static void nameAndPostcode(PersonRecord person, Consumer<String> keys) {
        for (String postcode : person.values(POSTCODE)) {
            forEach(person, GIVEN_NAME, name -> keys.accept(beginning(name) + ' ' + postcode));
            forEach(person, FAMILY_NAME, name -> keys.accept(beginning(name) + ' ' + postcode));
        }
    }

    /** A line of the address, and the number of the house. */
    private static void lineAndNumber(PersonRecord person, Consumer<String> keys) {
        for (String number : person.values(STREET_NUMBER)) {
            forEach(person, ADDRESS_LINE_1, line -> keys.accept(line + ' ' + number));
            forEach(person, ADDRESS_LINE_2, line -> keys.accept(line + ' ' + number));
        }
    }

    /** A line of the address, and the beginning of a name. */
    private static void lineAndName(PersonRecord person, Consumer<String> keys) {
        forEach(person, ADDRESS_LINE_1, line -> withNames(person, line, keys));
        forEach(person, ADDRESS_LINE_2, line -> withNames(person, line, keys));
    }

    private static void withNames(PersonRecord person, String line, Consumer<String> keys) {
        forEach(person, GIVEN_NAME, name -> keys.accept(line + ' ' + beginning(name)));
        forEach(person, FAMILY_NAME, name -> keys.accept(line + ' ' + beginning(name)));
    }

    private static void localityAndNumber(PersonRecord person, Consumer<String> keys) {
        for (String number : person.values(STREET_NUMBER)) {
            forEach(person, LOCALITY, locality -> keys.accept(locality + ' ' + number));
        }
    }

    private static void forEach(PersonRecord person, PersonField field, Consumer<String> action) {
        for (String value : person.values(field)) {
            action.accept(value);
        }
    }

    private static String beginning(String name) {
        return name.substring(0, name.offsetByCodePoints(0, Math.min(3, name.codePointCount(0, name.length()))));
    }
}
