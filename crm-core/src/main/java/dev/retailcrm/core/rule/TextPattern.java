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
    private static final int MAX_REPEAT = 500;
    private static final java.util.regex.Pattern ATOM = java.util.regex.Pattern.compile(
            "(?<class>\\[\\^?[A-Za-z0-9 _.,/@-]+\\]|\\\\[d.\\\\|?*+(){}\\[\\]^$/-]|[^\\\\|?*+(){}\\[\\]^$])"
                    + "(?<repeat>[?*+]|\\{(?<least>[0-9]{1,3})(?<comma>,)?(?<most>[0-9]{1,3})?\\})?"
                    + "|(?<or>\\|)");

    private final Pattern pattern;

    private TextPattern(Pattern pattern) {
        this.pattern = pattern;
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
        while (end < text.length()) {
            if (!atoms.find(end) || atoms.start() != end) {
                throw RuleProblem.of("a pattern has literals, classes, repetitions and alternatives only");
            }
            end = atoms.end();
            open = atoms.group("or") != null ? 0 : open + (isOpen(atoms) ? 1 : 0);
            if (open > MAX_OPEN) {
                throw RuleProblem.of("a pattern has at most " + MAX_OPEN + " repetitions without end an alternative");
            }
        }
        try {
            return new TextPattern(Pattern.compile(text));
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

    boolean matches(String text) {
        return pattern.matches(text);
    }
}
