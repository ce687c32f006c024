package dev.retailcrm.core.membership;

import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.Fingerprint;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.kernel.StaffId;
import org.jspecify.annotations.Nullable;

/**
 * By whom, under which key and why a membership is changed. Immutable; start from {@link #ofCustomer} or {@link #ofStaff}.
 *
 * @param key names the business fact
 * @param by the person or program of the tenant who acts; {@code null} if the customer does herself
 * @param reason the host's code of why, such as {@code misuse}: 1 to {@value #MAX_REASON} printable ASCII characters, no personal data,
 *     kept for ever; {@code null} for none
 */
public record Notice(
        RequestKey key, @Nullable StaffId by, @Nullable String reason) {
    /** The most characters a reason may have. */
    public static final int MAX_REASON = 40;

    /** Refuses missing and malformed parts with {@link CoreError#INVALID_VALUE}. */
    public Notice {
        Check.present(key, "request key");
        if (reason != null) {
            Check.code(reason, MAX_REASON, "reason");
        }
    }

    /** Of the customer herself. */
    public static Notice ofCustomer(String key) {
        return new Notice(RequestKey.of(key), null, null);
    }

    /** Of a person or program of the tenant. */
    public static Notice ofStaff(String staff, String key) {
        return new Notice(RequestKey.of(key), StaffId.of(staff), null);
    }

    /** The same for this reason. */
    public Notice because(String code) {
        return new Notice(key, by, Check.present(code, "reason"));
    }

    Fingerprint addTo(Fingerprint content) {
        return content.and(by == null ? null : by.value()).and(reason);
    }
}
