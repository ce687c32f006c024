package dev.retailcrm.core.field;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;

/**
 * What a whole text must look like. It is matched by RE2/J in a time that grows with the text and never explodes: there are no
 * back-references and no look-around. Immutable.
 */
public final class FieldPattern {
    /** The most characters of a regular expression. */
    public static final int MAX_LENGTH = 200;

    /** The most steps a pattern may be made of; a text of n characters is matched in n times as many at most. */
    private static final int MAX_STEPS = 3_000;

    /** Bounds what {@code ((a{1000}){1000}){1000}} grows to before its steps can be counted. */
    private static final long MAX_REPETITION = 5_000;

    private static final Pattern COUNTED = Pattern.compile("\\{([0-9]{1,9})(?:,([0-9]{0,9}))?\\}");

    private final Pattern pattern;

    private FieldPattern(Pattern pattern) {
        this.pattern = pattern;
    }

    /**
     * A pattern in the syntax of RE2, such as {@code [A-Z]{2}[0-9]{6}}.
     *
     * @param regex 1 to {@value #MAX_LENGTH} characters; the numbers of its counted repetitions, multiplied, are at most 5,000
     * @throws CrmException {@link CoreError#INVALID_VALUE} if it is none, or matching it would take too many steps
     */
    public static FieldPattern of(String regex) {
        requireSmall(Check.text(regex, MAX_LENGTH, "pattern"));
        try {
            Pattern pattern = Pattern.compile(regex);
            if (pattern.programSize() <= MAX_STEPS) {
                return new FieldPattern(pattern);
            }
        } catch (PatternSyntaxException e) {
            throw CoreError.INVALID_VALUE.causedBy(e, "the pattern is no regular expression of RE2");
        }
        throw CoreError.INVALID_VALUE.because("the pattern takes more than %d steps", MAX_STEPS);
    }

    private static void requireSmall(String regex) {
        Matcher counted = COUNTED.matcher(regex);
        long product = 1;
        while (counted.find()) {
            String most = counted.group(2);
            long times = Long.parseLong(most == null || most.isEmpty() ? counted.group(1) : most);
            product *= Math.max(1, times);
            if (product > MAX_REPETITION) {
                throw CoreError.INVALID_VALUE.because(
                        "the repetitions of a pattern must not multiply to more than %d", MAX_REPETITION);
            }
        }
    }

    /** The regular expression. */
    public String regex() {
        return pattern.pattern();
    }

    /** Whether the whole text looks like this. */
    public boolean matches(String text) {
        return pattern.matches(text);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FieldPattern that && regex().equals(that.regex());
    }

    @Override
    public int hashCode() {
        return regex().hashCode();
    }

    @Override
    public String toString() {
        return regex();
    }
}
