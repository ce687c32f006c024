package dev.retailcrm.core.rule;

import dev.retailcrm.core.field.FieldValue;
import java.text.Normalizer;
import java.util.Locale;

/**
 * Texts without the differences of case and width (Unicode NFKC, then lower case without a language), of which the first
 * {@value FieldValue#MAX_TEXT} characters count: a few characters become many. Stateless.
 */
public final class Folding {
    private Folding() {}

    /** The text by which another is found that differs in case and width only. */
    public static String of(String text) {
        String folded = Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
        return folded.length() <= FieldValue.MAX_TEXT
                        || folded.codePointCount(0, folded.length()) <= FieldValue.MAX_TEXT
                ? folded
                : folded.substring(0, folded.offsetByCodePoints(0, FieldValue.MAX_TEXT));
    }
}
