package dev.retailcrm.core.merge;

/** What two records of persons are compared by. */
public enum PersonField {
    /** Given name. Compared with the family name too, for they get swapped. */
    GIVEN_NAME,
    /** Family name. */
    FAMILY_NAME,
    /** Date of birth, eight digits: year, month, day; also dates that no calendar has. */
    BIRTH_DATE,
    /** Number of the house in its street. */
    STREET_NUMBER,
    /** First line of the address. Compared with the second line too, for they get swapped. */
    ADDRESS_LINE_1,
    /** Second line of the address. */
    ADDRESS_LINE_2,
    /** City, town or suburb. */
    LOCALITY,
    /** Postcode. */
    POSTCODE,
    /** State, province or county. */
    REGION,
    /** Phone number. */
    PHONE,
    /** Mail address. */
    EMAIL,
    /** A number that some authority or system gave her: identity card, social security, member card of another shop. */
    ID_NUMBER;

    /** Whether it says where she lives: such fields depend on one another, and everybody in a household shares them. */
    boolean isPlace() {
        return switch (this) {
            case STREET_NUMBER, ADDRESS_LINE_1, ADDRESS_LINE_2, LOCALITY, POSTCODE, REGION -> true;
            default -> false;
        };
    }
}
