package dev.retailcrm.core.customer;

import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.Fingerprint;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A postal address. Blanks at the ends of its parts are cut. Personal data: {@link #toString()} shows use and country only. Immutable.
 *
 * @param use what it is for
 * @param country ISO 3166 code of two capital letters
 * @param region the province, state or county, at most {@value #MAX_PART} characters; {@code null} if none
 * @param city the city or post town, at most {@value #MAX_PART} characters; {@code null} if none
 * @param district the district within the city, at most {@value #MAX_PART} characters; {@code null} if none
 * @param street street, house, floor and door, 1 to {@value #MAX_STREET} characters
 * @param postcode at most {@value #MAX_POSTCODE} characters; {@code null} if none
 * @param recipient who receives there, if not the customer, at most {@value #MAX_PART} characters; {@code null} if she does
 */
public record PostalAddress(
        AddressUse use,
        String country,
        @Nullable String region,
        @Nullable String city,
        @Nullable String district,
        String street,
        @Nullable String postcode,
        @Nullable String recipient) {
    /** The most characters of a region, city, district or recipient. */
    public static final int MAX_PART = 80;

    /** The most characters of a street. */
    public static final int MAX_STREET = 300;

    /** The most characters of a postcode. */
    public static final int MAX_POSTCODE = 12;

    private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());

    /** Refuses anything else with {@link CoreError#INVALID_VALUE}. */
    public PostalAddress {
        Check.present(use, "use of the address");
        if (!COUNTRIES.contains(Check.present(country, "country"))) {
            throw CoreError.INVALID_VALUE.because("country must be an ISO 3166 code of two capital letters");
        }
        region = part(region, MAX_PART, "region");
        city = part(city, MAX_PART, "city");
        district = part(district, MAX_PART, "district");
        street = Check.text(Check.present(street, "street").strip(), MAX_STREET, "street");
        postcode = part(postcode, MAX_POSTCODE, "postcode");
        recipient = part(recipient, MAX_PART, "recipient");
    }

    /** An address of which street and city are known. */
    public static PostalAddress of(AddressUse use, String country, String city, String street) {
        return new PostalAddress(use, country, null, city, null, street, null, null);
    }

    /** The same in a region and district. */
    public PostalAddress within(@Nullable String newRegion, @Nullable String newDistrict) {
        return new PostalAddress(use, country, newRegion, city, newDistrict, street, postcode, recipient);
    }

    /** The same with a postcode. */
    public PostalAddress postcode(String code) {
        return new PostalAddress(use, country, region, city, district, street, code, recipient);
    }

    /** The same for somebody else to receive at. */
    public PostalAddress recipient(String name) {
        return new PostalAddress(use, country, region, city, district, street, postcode, name);
    }

    void addTo(Fingerprint fingerprint) {
        fingerprint
                .and(use.name())
                .and(country)
                .and(region)
                .and(city)
                .and(district)
                .and(street)
                .and(postcode)
                .and(recipient);
    }

    private static @Nullable String part(@Nullable String text, int max, String name) {
        return text == null ? null : Check.text(text.strip(), max, name);
    }

    @Override
    public String toString() {
        return "PostalAddress[" + use + ", " + country + "]";
    }
}
