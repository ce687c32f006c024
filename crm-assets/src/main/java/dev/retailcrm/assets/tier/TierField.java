package dev.retailcrm.assets.tier;

import dev.retailcrm.core.field.CatalogField;
import dev.retailcrm.core.field.FieldAccess;
import dev.retailcrm.core.field.FieldType;
import dev.retailcrm.core.kernel.Check;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Where a customer stands in a program, as a field of rules: {@code tier.club.level}. Immutable.
 *
 * @param program its key
 */
public record TierField(String program, What what) {
    private static final String PREFIX = "tier.";

    /** What of it. */
    public enum What {
        /** The key of the level she has; the lowest if nothing was booked. */
        LEVEL(FieldType.TEXT),
        /** How many levels are below it. */
        RANK(FieldType.LONG),
        /** When it ends if nothing keeps it; missing if it is the lowest, or has no end. */
        UNTIL(FieldType.INSTANT);

        private final FieldType type;

        What(FieldType type) {
            this.type = type;
        }

        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Refuses what is missing. */
    public TierField {
        Check.code(program, TierProgram.MAX_KEY, "key of the program");
        Check.present(what, "what");
    }

    /** The field of this name; empty if it is of another kind. */
    public static Optional<TierField> of(String name) {
        int last = Check.present(name, "name").lastIndexOf('.');
        if (!name.startsWith(PREFIX) || last <= PREFIX.length() || last - PREFIX.length() > TierProgram.MAX_KEY) {
            return Optional.empty();
        }
        return Arrays.stream(What.values())
                .filter(it -> it.text().equals(name.substring(last + 1)))
                .map(it -> new TierField(name.substring(PREFIX.length(), last), it))
                .findFirst();
    }

    /** The fields of a program, as catalogs have them: the options of the level are in the order of levels, the lowest first. */
    static List<CatalogField> of(TierProgram program) {
        List<String> levels = program.levels().stream().map(TierLevel::key).toList();
        return Arrays.stream(What.values())
                .map(it -> new CatalogField(
                        new TierField(program.key(), it).name(),
                        it.type,
                        false,
                        FieldAccess.ALL,
                        it == What.LEVEL ? levels : List.of()))
                .toList();
    }

    /** As rules call it. */
    public String name() {
        return PREFIX + program + "." + what.text();
    }

    /** The field that has the levels of the program as its options. */
    public TierField level() {
        return new TierField(program, What.LEVEL);
    }
}
