package dev.retailcrm.core.behavior;

import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import java.util.regex.Pattern;

/**
 * A property that events of a type carry. It must not hold personal data: properties are neither enciphered nor erased. Immutable.
 *
 * @param name a lower-case letter, then up to 39 of {@code a-z 0-9 _}
 * @param required whether an event without it is refused
 * @param maxLength the most characters of a {@link PropertyKind#TEXT}, 1 to {@value #MAX_TEXT}; 0 for every other kind
 */
public record Property(String name, PropertyKind kind, boolean required, int maxLength) {
    /** The most characters a text property can be allowed. */
    public static final int MAX_TEXT = 200;

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,39}");

    /** Refuses anything else with {@link CoreError#INVALID_VALUE}. */
    public Property {
        requireName(name);
        Check.present(kind, "kind of a property");
        boolean text = kind == PropertyKind.TEXT;
        Check.range(maxLength, text ? 1 : 0, text ? MAX_TEXT : 0, "maximal length of a property");
    }

    /** An optional text of at most so many characters. */
    public static Property text(String name, int maxLength) {
        return new Property(name, PropertyKind.TEXT, false, maxLength);
    }

    /** An optional property of a kind other than {@link PropertyKind#TEXT}. */
    public static Property of(String name, PropertyKind kind) {
        return new Property(name, kind, false, 0);
    }

    /** The same, without which an event is refused. */
    public Property mandatory() {
        return new Property(name, kind, true, maxLength);
    }

    static String requireName(String name) {
        if (!NAME.matcher(Check.present(name, "name of a property")).matches()) {
            throw CoreError.INVALID_VALUE.because(
                    "the name of a property is a lower-case letter, then up to 39 of a-z 0-9 _");
        }
        return name;
    }

    /** Whether every value that was right for the other is right for this. */
    boolean admitsAllOf(Property other) {
        return kind == other.kind && maxLength >= other.maxLength && (!required || other.required);
    }
}
