package dev.retailcrm.core.rule;

import com.google.errorprone.annotations.FormatMethod;
import com.google.errorprone.annotations.FormatString;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import java.util.Map;

/** Refusals of rules. Stateless. */
final class RuleProblem {
    private RuleProblem() {}

    /** A rule that is none, wherever in it. */
    static CrmException of(String reason) {
        return CoreError.INVALID_RULE.because("%s", reason);
    }

    /** A rule that is wrong at this place of its JSON form. */
    @FormatMethod
    static CrmException at(String path, @FormatString String reason, Object... details) {
        return CoreError.INVALID_RULE.with(Map.of("path", path), "%s: %s", path, reason.formatted(details));
    }
}
