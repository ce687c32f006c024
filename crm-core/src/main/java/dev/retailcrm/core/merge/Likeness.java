package dev.retailcrm.core.merge;

import java.lang.Character.UnicodeScript;

/**
 * How well two values agree, by the kind of field. Values are in normal form and not empty. Keeps working space: not thread-safe.
 */
final class Likeness {
    private static final double CLOSE_NAME = 0.92;
    private static final double SIMILAR_NAME = 0.85;
    private static final double CLOSE_LINE = 0.2;
    private static final double SIMILAR_LINE = 0.35;
    private static final int SHORT = 4;

    private final JaroWinkler jaroWinkler = new JaroWinkler();
    private final EditDistance edits = new EditDistance();

    Agreement of(PersonField field, String a, String b) {
        if (a.equals(b)) {
            return Agreement.EXACT;
        }
        return switch (field) {
            case GIVEN_NAME, FAMILY_NAME -> names(a, b);
            case BIRTH_DATE -> dates(a, b);
            case ADDRESS_LINE_1, ADDRESS_LINE_2, LOCALITY -> lines(a, b);
            case STREET_NUMBER, POSTCODE, PHONE, EMAIL, ID_NUMBER -> numbers(a, b);
            case REGION -> Agreement.DIFFERENT;
        };
    }

    /** From 0 to 1: Jaro-Winkler for names, the share of characters left alone by edits for all else. */
    double similarity(PersonField field, String a, String b) {
        if (field == PersonField.GIVEN_NAME || field == PersonField.FAMILY_NAME) {
            return jaroWinkler.similarity(a, b);
        }
        int longer = Math.max(a.length(), b.length());
        return 1 - (double) edits.within(a, b, longer) / longer;
    }

    private Agreement names(String a, String b) {
        int shorter = Math.min(a.length(), b.length());
        boolean oneSlip = edits.within(a, b, 1) == 1;
        if (isIdeographic(a) || isIdeographic(b)) {
            return oneSlip && shorter > 2 ? Agreement.SIMILAR : Agreement.DIFFERENT;
        }
        double similarity = jaroWinkler.similarity(a, b);
        if (shorter >= SHORT && (oneSlip || similarity >= CLOSE_NAME)) {
            return Agreement.CLOSE;
        }
        boolean shortened = a.startsWith(b) || b.startsWith(a);
        boolean slipOfThree = oneSlip && shorter == SHORT - 1;
        return shortened || slipOfThree || similarity >= SIMILAR_NAME ? Agreement.SIMILAR : Agreement.DIFFERENT;
    }

    /** One character of these scripts says as much as a syllable or word of others. */
    private static boolean isIdeographic(String text) {
        UnicodeScript script = UnicodeScript.of(text.codePointAt(0));
        return script == UnicodeScript.HAN || script == UnicodeScript.HANGUL;
    }

    private Agreement dates(String a, String b) {
        if (a.length() != 8 || b.length() != 8) {
            return edits.within(a, b, 1) == 1 ? Agreement.CLOSE : Agreement.DIFFERENT;
        }
        boolean year = a.regionMatches(0, b, 0, 4);
        boolean swapped = a.regionMatches(4, b, 6, 2) && a.regionMatches(6, b, 4, 2);
        if ((year && swapped) || edits.within(a, b, 1) == 1) {
            return Agreement.CLOSE;
        }
        int parts = (year ? 1 : 0) + (a.regionMatches(4, b, 4, 2) ? 1 : 0) + (a.regionMatches(6, b, 6, 2) ? 1 : 0);
        return parts == 2 ? Agreement.SIMILAR : Agreement.DIFFERENT;
    }

    private Agreement lines(String a, String b) {
        int longer = Math.max(a.length(), b.length());
        int limit = Math.max(1, (int) (longer * SIMILAR_LINE));
        int distance = edits.within(a, b, limit);
        if (distance <= Math.max(1, (int) (longer * CLOSE_LINE))) {
            return Agreement.CLOSE;
        }
        return distance <= limit ? Agreement.SIMILAR : Agreement.DIFFERENT;
    }

    private Agreement numbers(String a, String b) {
        boolean oneSlip = edits.within(a, b, 1) == 1;
        return oneSlip && Math.min(a.length(), b.length()) > 1 ? Agreement.CLOSE : Agreement.DIFFERENT;
    }
}
