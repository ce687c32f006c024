package dev.retailcrm.core.kernel;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The one exception of this library. It carries a stable code and no personal data. Immutable. */
public final class CrmException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient ErrorCode code;
    private final transient Map<String, Object> details;

    CrmException(ErrorCode code, String message, Map<String, Object> details, @Nullable Throwable cause) {
        super(code.id() + " " + code.name() + ": " + message, cause);
        this.code = code;
        this.details = Map.copyOf(details);
    }

    /** The stable code. */
    public ErrorCode code() {
        return code;
    }

    /** What the caller can do about it; the same as {@code code().kind()}. */
    public ErrorKind kind() {
        return code.kind();
    }

    /** Figures behind the error by name, such as {@code available} and {@code missing}; empty if there are none. */
    public Map<String, Object> details() {
        return details;
    }
}
