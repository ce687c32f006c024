package dev.retailcrm.tck;

import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.ErrorCode;
import java.util.Map;
import java.util.TreeMap;

/** A refusal that the model expects. */
final class LawRefusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LawRefusal(ErrorCode code, Map<String, ?> details) {
        super(text(code, details));
    }

    static String text(ErrorCode code, Map<String, ?> details) {
        return code.name() + " " + new TreeMap<>(details);
    }

    static String text(CrmException refusal) {
        return text(refusal.code(), refusal.details());
    }
}
