package dev.retailcrm.core.kernel;

import com.google.errorprone.annotations.FormatMethod;
import com.google.errorprone.annotations.FormatString;
import java.util.Locale;
import java.util.Map;

/**
 * A stable code of one error, implemented by one enum per module. Codes are never reused; {@code docs/errors.md} gives cause and
 * action for each.
 */
public interface ErrorCode {
    /** The stable id, {@code CRM-<MODULE>-<nnn>}. */
    String id();

    /** What the caller can do about it. */
    ErrorKind kind();

    /** The enum constant's name, used in messages. */
    String name();

    /** Makes the exception; the message must not carry personal data. */
    @FormatMethod
    default CrmException because(@FormatString String message, Object... args) {
        return new CrmException(this, String.format(Locale.ROOT, message, args), Map.of(), null);
    }

    /** Makes the exception with figures the caller can read by name, see {@link CrmException#details()}. */
    @FormatMethod
    default CrmException with(Map<String, Object> details, @FormatString String message, Object... args) {
        return new CrmException(this, String.format(Locale.ROOT, message, args), details, null);
    }

    /** Makes the exception with its cause. */
    @FormatMethod
    default CrmException causedBy(Throwable cause, @FormatString String message, Object... args) {
        return new CrmException(this, String.format(Locale.ROOT, message, args), Map.of(), cause);
    }
}
