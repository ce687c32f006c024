package dev.retailcrm.core.field;

import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.joda.money.CurrencyUnit;
import org.jspecify.annotations.Nullable;

/**
 * A field that a tenant keeps of its customers. Start from {@link #of}, {@link #money}, {@link #choice} or {@link #multiChoice} and say
 * what is accepted. Key, type, currency, {@code unique} and {@code personal} stay as they were first defined; everything else can be
 * changed. Immutable.
 *
 * @param key its name for ever, 1 to 32 characters of {@code a-z 0-9 _}, starting with a letter
 * @param label what people read, 1 to {@value #MAX_LABEL} characters
 * @param type what values it holds
 * @param rules what values are accepted
 * @param required whether a customer who has values must have one of this field
 * @param unique whether no two customers may have the same value
 * @param personal whether values are personal data: enciphered where they are stored, and found only by the whole value
 * @param access who may see and edit it
 * @param initial what a customer gets with her first values unless it is given; {@code null} for nothing
 * @param status whether it is in use
 * @param version counts the changes of the definition, from 1
 */
public record FieldDefinition(
        String key,
        String label,
        FieldType type,
        FieldRules rules,
        boolean required,
        boolean unique,
        boolean personal,
        FieldAccess access,
        @Nullable FieldValue initial,
        FieldStatus status,
        long version) {
    /** The most characters of a label. */
    public static final int MAX_LABEL = 80;

    private static final Pattern KEY = Pattern.compile("[a-z][a-z0-9_]{0,31}");

    /**
     * Refuses anything else with {@link CoreError#INVALID_VALUE}: rules that do not fit the type, a unique field that is a flag or a
     * choice or has an initial value, and an initial value that is not accepted.
     */
    public FieldDefinition {
        requireKey(key);
        label = Check.text(Check.present(label, "label").strip(), MAX_LABEL, "label");
        Check.present(rules, "rules").requireFit(Check.present(type, "type"));
        Check.present(access, "access");
        Check.present(status, "status");
        Check.positive(version, "version");
        if (unique && (type == FieldType.BOOLEAN || type.isChoice() || initial != null)) {
            throw CoreError.INVALID_VALUE.because("a field of flags, choices or an initial value cannot be unique");
        }
        if (initial != null
                && (initial.type() != type || rules.brokenBy(initial, null).isPresent())) {
            throw CoreError.INVALID_VALUE.because("the initial value is not accepted by the field");
        }
    }

    /**
     * A field of any type but money and choices.
     *
     * @throws CrmException {@link CoreError#INVALID_VALUE}
     */
    public static FieldDefinition of(String key, String label, FieldType type) {
        return of(key, label, type, FieldRules.NONE);
    }

    /** A field of amounts in one currency. */
    public static FieldDefinition money(String key, String label, CurrencyUnit currency) {
        Check.present(currency, "currency");
        return of(
                key,
                label,
                FieldType.MONEY,
                new FieldRules(null, null, 1, FieldValue.MAX_TEXT, null, currency, List.of()));
    }

    /** A field of one option. */
    public static FieldDefinition choice(String key, String label, List<FieldOption> options) {
        return of(key, label, FieldType.CHOICE, choosing(options));
    }

    /** A field of several options. */
    public static FieldDefinition multiChoice(String key, String label, List<FieldOption> options) {
        return of(key, label, FieldType.MULTI_CHOICE, choosing(options));
    }

    private static FieldDefinition of(String key, String label, FieldType type, FieldRules rules) {
        return new FieldDefinition(
                key, label, type, rules, false, false, false, FieldAccess.ALL, null, FieldStatus.ACTIVE, 1);
    }

    private static FieldRules choosing(List<FieldOption> options) {
        return new FieldRules(null, null, 1, FieldValue.MAX_TEXT, null, null, options);
    }

    /** The same, called otherwise. */
    public FieldDefinition label(String other) {
        return new FieldDefinition(
                key, other, type, rules, required, unique, personal, access, initial, status, version);
    }

    /** The same, accepting values from {@code min} to {@code max}, both inclusive; {@code null} for no bound. */
    public FieldDefinition between(@Nullable FieldValue min, @Nullable FieldValue max) {
        return accepting(new FieldRules(
                min, max, rules.minLength(), rules.maxLength(), rules.pattern(), rules.currency(), rules.options()));
    }

    /** The same, accepting texts of {@code min} to {@code max} characters. */
    public FieldDefinition length(int min, int max) {
        return accepting(
                new FieldRules(rules.min(), rules.max(), min, max, rules.pattern(), rules.currency(), rules.options()));
    }

    /** The same, accepting texts that look like this as a whole; {@code null} for any. */
    public FieldDefinition pattern(@Nullable FieldPattern pattern) {
        return accepting(new FieldRules(
                rules.min(),
                rules.max(),
                rules.minLength(),
                rules.maxLength(),
                pattern,
                rules.currency(),
                rules.options()));
    }

    /** The same with these options: all it had, relabelled or {@link FieldOption#retire retired} at will, and new ones. */
    public FieldDefinition options(List<FieldOption> options) {
        return accepting(new FieldRules(
                rules.min(),
                rules.max(),
                rules.minLength(),
                rules.maxLength(),
                rules.pattern(),
                rules.currency(),
                options));
    }

    private FieldDefinition accepting(FieldRules other) {
        return new FieldDefinition(
                key, label, type, other, required, unique, personal, access, initial, status, version);
    }

    /** The same, which a customer who has values must have, or need not. */
    public FieldDefinition required(boolean must) {
        return new FieldDefinition(key, label, type, rules, must, unique, personal, access, initial, status, version);
    }

    /** The same, of which no two customers may have the same value. */
    public FieldDefinition asUnique() {
        return new FieldDefinition(key, label, type, rules, required, true, personal, access, initial, status, version);
    }

    /** The same, of personal data. */
    public FieldDefinition asPersonal() {
        return new FieldDefinition(key, label, type, rules, required, unique, true, access, initial, status, version);
    }

    /** The same with these roles that may see and edit values; none: all. */
    public FieldDefinition access(Set<String> seenBy, Set<String> editedBy) {
        return new FieldDefinition(
                key,
                label,
                type,
                rules,
                required,
                unique,
                personal,
                new FieldAccess(seenBy, editedBy),
                initial,
                status,
                version);
    }

    /** The same with what a customer gets with her first values; {@code null} for nothing. */
    public FieldDefinition initial(@Nullable FieldValue value) {
        return new FieldDefinition(key, label, type, rules, required, unique, personal, access, value, status, version);
    }

    /** Whether it is in use. */
    public boolean isActive() {
        return status == FieldStatus.ACTIVE;
    }

    FieldDefinition at(FieldStatus other, long number) {
        return new FieldDefinition(key, label, type, rules, required, unique, personal, access, initial, other, number);
    }

    /** This field as it is to be after a change; refuses what would not fit the values stored. */
    FieldDefinition changedTo(FieldDefinition wanted) {
        if (wanted.version != version) {
            throw CoreError.VERSION_CONFLICT.because(
                    "version %d was expected, the field is at %d", wanted.version, version);
        }
        boolean sameValues = wanted.type == type
                && wanted.unique == unique
                && wanted.personal == personal
                && Objects.equals(wanted.rules.currency(), rules.currency());
        if (!sameValues) {
            throw CoreError.FIELD_FIXED.because("type, currency, unique and personal of a field are fixed");
        }
        for (FieldOption option : rules.options()) {
            if (wanted.rules.option(option.key()).isEmpty()) {
                throw CoreError.FIELD_FIXED.because("option %s can be retired, not removed", option.key());
            }
        }
        return wanted.at(status, version + 1);
    }

    static String requireKey(String key) {
        if (!KEY.matcher(Check.present(key, "field")).matches()) {
            throw CoreError.INVALID_VALUE.because(
                    "the key of a field must be 1 to 32 characters of a-z 0-9 _, starting with a letter");
        }
        return key;
    }
}
