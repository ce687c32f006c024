package dev.retailcrm.core.customer;

import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import java.text.Normalizer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A person's name: how she is addressed, and its parts where they are known. Blanks at the ends are cut, letters composed (NFC).
 * Personal data: {@link #toString()} is masked. Immutable.
 *
 * @param display how she is shown and addressed, 1 to 80 characters
 * @param given the given name, 1 to 80 characters; {@code null} if not known
 * @param family the family name, 1 to 80 characters; {@code null} if not known
 */
public record PersonName(
        String display, @Nullable String given, @Nullable String family) {
    /** The most characters of each part. */
    public static final int MAX_LENGTH = 80;

    /** Refuses anything else with {@link CoreError#INVALID_VALUE}. */
    public PersonName {
        display = part(Check.present(display, "name"), "name");
        given = given == null ? null : part(given, "given name");
        family = family == null ? null : part(family, "family name");
    }

    /** The name of a person of whom only this is known. */
    public static PersonName of(String display) {
        return new PersonName(display, null, null);
    }

    /** The same with the given and the family name. */
    public PersonName parts(String givenName, String familyName) {
        return new PersonName(
                display, Check.present(givenName, "given name"), Check.present(familyName, "family name"));
    }

    /** The given name; empty if not known. */
    public Optional<String> givenName() {
        return Optional.ofNullable(given);
    }

    /** The family name; empty if not known. */
    public Optional<String> familyName() {
        return Optional.ofNullable(family);
    }

    /** The name as it may be shown to anybody: {@code A**}. */
    public String masked() {
        return Mask.name(display);
    }

    @Override
    public String toString() {
        return masked();
    }

    private static String part(String text, String name) {
        if (text.length() > 8 * MAX_LENGTH) {
            throw CoreError.INVALID_VALUE.because("%s must be 1 to %d characters", name, MAX_LENGTH);
        }
        return Check.text(Normalizer.normalize(text.strip(), Normalizer.Form.NFC), MAX_LENGTH, name);
    }
}
