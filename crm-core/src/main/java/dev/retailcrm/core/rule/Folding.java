package dev.retailcrm.core.rule;

import java.text.Normalizer;
import java.util.Locale;

/** Texts without the differences of case and width (Unicode NFKC, then lower case without a language). Stateless. */
final class Folding {
    private Folding() {}

    static String of(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
    }
}
