package dev.retailcrm.core.rule;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.retailcrm.core.kernel.CrmException;
import java.util.regex.Matcher;

/**
 * What a whole text must look like: a part of the syntax of RE2 that every engine reads alike and matches in few steps. Literals,
 * {@code .}, classes such as {@code [A-Z0-9_]} and {@code [^x]}, {@code \d}, each at most once or repeated by {@code ? * + {2} {2,4}},
 * and {@code |} between alternatives; no groups, and {@code *}, {@code +} and {@code {2,}} at most twice in an alternative. Immutable.
 */
final class TextPattern {
    /** The most characters of a pattern. */
    static final int MAX_LENGTH = 200;

    private static final int MAX_OPEN = 2;
    private static final int MAX_REPEAT = 255;
    private static final java.util.regex.Pattern ATOM = java.util.regex.Pattern.compile(
            "(?<class>\\[\\^?[A-Za-z0-9 _.,/@-]+\\]|\\\\[d.\\\\|?*+(){}\\[\\]^$/-]|[^\\\\|?*+(){}\\[\\]^$])"
                    + "(?<repeat>[?*+]|\\{(?<least>[0-9]{1,3})(?<comma>,)?(?<most>[0-9]{1,3})?\\})?"
                    + "|(?<or>\\|)");

    private final Pattern pattern;
    private final String portable;

    private TextPattern(Pattern pattern, String portable) {
        this.pattern = pattern;
        this.portable = portable;
    }

    /**
     * The pattern.
     *
     * @throws CrmException {@link dev.retailcrm.core.kernel.CoreError#INVALID_RULE} if it is none of this kind
     */
    static TextPattern of(String text) {
        if (text.length() > MAX_LENGTH) {
            throw RuleProblem.of("a pattern has at most " + MAX_LENGTH + " characters");
        }
        Matcher atoms = ATOM.matcher(text);
        int end = 0;
        int open = 0;
        StringBuilder portable = new StringBuilder();
        while (end < text.length()) {
            if (!atoms.find(end) || atoms.start() != end) {
                throw RuleProblem.of("a pattern has literals, classes, repetitions and alternatives only");
            }
            end = atoms.end();
            portable.append(portable(atoms));
            open = atoms.group("or") != null ? 0 : open + (isOpen(atoms) ? 1 : 0);
            if (open > MAX_OPEN) {
                throw RuleProblem.of("a pattern has at most " + MAX_OPEN + " repetitions without end an alternative");
            }
        }
        try {
            return new TextPattern(Pattern.compile(text), portable.toString());
        } catch (PatternSyntaxException e) {
            throw RuleProblem.of("the pattern cannot be read");
        }
    }

    private static boolean isOpen(Matcher atom) {
        String repeat = atom.group("repeat");
        if (repeat == null || repeat.equals("?")) {
            return false;
        }
        if (repeat.length() == 1) {
            return true;
        }
        String most = atom.group("most");
        int least = Integer.parseInt(atom.group("least"));
        if (least > MAX_REPEAT
                || (most != null && (Integer.parseInt(most) > MAX_REPEAT || Integer.parseInt(most) < least))) {
            throw RuleProblem.of("a pattern repeats at most " + MAX_REPEAT + " times");
        }
        return atom.group("comma") != null && most == null;
    }

    /** An atom with its repetition as every engine reads it: literals are escaped, classes list what is in them. */
    private static String portable(Matcher found) {
        if (found.group("or") != null) {
            return "|";
        }
        String atom = found.group("class");
        String repeat = found.group("repeat");
        return portable(atom) + (repeat == null ? "" : repeat);
    }

    private static String portable(String atom) {
        if (atom.equals(".")) {
            return atom;
        } else if (atom.equals("\\d")) {
            return "[0-9]";
        } else if (atom.startsWith("[")) {
            Pattern one = Pattern.compile(atom.startsWith("[^") ? "[" + atom.substring(2) : atom);
            StringBuilder items = new StringBuilder(atom.startsWith("[^") ? "[^" : "[");
            for (char item = ' '; item <= '~'; item++) {
                if (one.matches(String.valueOf(item))) {
                    items.append(Character.isLetterOrDigit(item) ? "" : "\\").append(item);
                }
            }
            return items.append(']').toString();
        }
        char first = atom.charAt(0) == '\\' ? atom.charAt(1) : atom.charAt(0);
        return Character.isLetterOrDigit(first) || first > '~' ? atom : "\\" + first;
    }

    /** The pattern in the form that databases read. */
    String portable() {
        return portable;
    }

    boolean matches(String text) {
        return pattern.matches(text);
    }
}
