package dev.retailcrm.core.ownership;

import dev.retailcrm.core.kernel.Check;
import java.util.Map;

/**
 * Why a rule does not allow a proposal. Immutable.
 *
 * @param rule the code of the rule, 1 to 40 printable ASCII characters; shown as {@code details().get("rule")} of the refusal
 * @param figures what the caller may want to know by name, such as {@code until}; no personal data
 */
public record Objection(String rule, Map<String, Object> figures) {
    /** Copies the map; refuses a malformed code with {@link dev.retailcrm.core.kernel.CoreError#INVALID_VALUE}. */
    public Objection {
        Check.code(rule, 40, "rule");
        figures = Map.copyOf(figures);
    }
}
