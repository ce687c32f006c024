package dev.retailcrm.tags;

import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.rule.Rule;

/**
 * A tag that customers get by a rule, and if so chosen lose by it. Immutable.
 *
 * @param key its code, 1 to 60 printable ASCII characters; stays for ever
 * @param tagging the tag, and its value if it has one; it ends as the tag's lifetime says
 * @param rule who is to have it
 * @param removes whether it is taken from whom it was put on once the rule does not hold any more
 * @param active whether it is run
 * @param version counts changes from 1; 0 before it is defined
 */
public record AutoTag(String key, Tagging tagging, Rule rule, boolean removes, boolean active, long version) {
    /** Refuses malformed parts with {@link CoreError#INVALID_VALUE}. */
    public AutoTag {
        Check.code(key, TagDefinition.MAX_KEY, "key of the automatic tag");
        Check.present(tagging, "tag");
        Check.present(rule, "rule");
        if (tagging.until() != null) {
            throw CoreError.INVALID_VALUE.because("an automatic tag ends by its rule, or as the tag's lifetime says");
        }
        TagDefinition.requireVersion(version);
    }

    /** A tag for whom a rule holds, which stays when the rule does not hold any more. */
    public static AutoTag of(String key, String tag, Rule rule) {
        return of(key, Tagging.of(tag), rule);
    }

    /** A tag with a value for whom a rule holds, which stays when the rule does not hold any more. */
    public static AutoTag of(String key, Tagging tagging, Rule rule) {
        return new AutoTag(key, tagging, rule, false, true, 0);
    }

    /** The same, taken away once the rule does not hold any more. */
    public AutoTag removing() {
        return new AutoTag(key, tagging, rule, true, active, version);
    }

    /** The same, staying when the rule does not hold any more. */
    public AutoTag keeping() {
        return new AutoTag(key, tagging, rule, false, active, version);
    }

    /** The same for whom another rule holds. */
    public AutoTag when(Rule other) {
        return new AutoTag(key, tagging, other, removes, active, version);
    }

    /** The same, not run until it is {@link #resumed}; who has the tag keeps it. */
    public AutoTag paused() {
        return new AutoTag(key, tagging, rule, removes, false, version);
    }

    /** The same, run. */
    public AutoTag resumed() {
        return new AutoTag(key, tagging, rule, removes, true, version);
    }

    /** The key of its tag. */
    public String tag() {
        return tagging.tag();
    }

    AutoTag at(long number) {
        return new AutoTag(key, tagging, rule, removes, active, number);
    }

    TagSource source() {
        return TagSource.rule(key, version);
    }

    /** Whether it put a mark on somebody. */
    boolean put(TagMark mark) {
        return mark.source().kind() == TagSource.Kind.RULE
                && key.equals(mark.source().reference());
    }
}
