package dev.retailcrm.core.field;

import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import java.util.regex.Pattern;

/**
 * What can be chosen for a field. Immutable.
 *
 * @param key its name for ever, 1 to 32 characters of {@code a-z 0-9 _ -}, starting with a letter or digit
 * @param label what people read, 1 to 80 characters
 * @param retired whether it can be chosen no more; who has it keeps it
 */
public record FieldOption(String key, String label, boolean retired) {
    private static final Pattern KEY = Pattern.compile("[a-z0-9][a-z0-9_-]{0,31}");

    /** Refuses anything else with {@link CoreError#INVALID_VALUE}. */
    public FieldOption {
        requireKey(key);
        label = Check.text(Check.present(label, "label").strip(), FieldDefinition.MAX_LABEL, "label");
    }

    /** An option that can be chosen. */
    public static FieldOption of(String key, String label) {
        return new FieldOption(key, label, false);
    }

    /** The same, called otherwise. */
    public FieldOption label(String other) {
        return new FieldOption(key, other, retired);
    }

    /** The same, to be chosen no more. */
    public FieldOption retire() {
        return new FieldOption(key, label, true);
    }

    /** The same, to be chosen again. */
    public FieldOption restore() {
        return new FieldOption(key, label, false);
    }

    static String requireKey(String key) {
        if (!KEY.matcher(Check.present(key, "option")).matches()) {
            throw CoreError.INVALID_VALUE.because("an option must be 1 to 32 characters of a-z 0-9 _ -");
        }
        return key;
    }
}
