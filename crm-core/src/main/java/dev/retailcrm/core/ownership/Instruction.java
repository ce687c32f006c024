package dev.retailcrm.core.ownership;

import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.Fingerprint;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.kernel.StaffId;
import org.jspecify.annotations.Nullable;

/**
 * By whom, under which key and why a customer's ownership is changed. Immutable; start from {@link #by} and add what is known.
 *
 * @param by the person or program of the tenant who acts
 * @param key names the business fact
 * @param asManager whether the host vouches that {@code by} may act for others and overrule protection. The library knows no roles
 * @param reason the host's code of why, such as {@code leaver} or {@code moved}: 1 to {@value #MAX_REASON} printable ASCII characters, no
 *     personal data, kept for ever; {@code null} for none
 */
public record Instruction(
        StaffId by,
        RequestKey key,
        boolean asManager,
        @Nullable String reason) {
    /** The most characters a reason may have. */
    public static final int MAX_REASON = 40;

    /** Refuses missing and malformed parts with {@link CoreError#INVALID_VALUE}. */
    public Instruction {
        Check.present(by, "staff");
        Check.present(key, "request key");
        if (reason != null) {
            Check.code(reason, MAX_REASON, "reason");
        }
    }

    /** Of this member of staff, for herself. */
    public static Instruction by(String staff, String key) {
        return new Instruction(StaffId.of(staff), RequestKey.of(key), false, null);
    }

    /** Of a manager, who may act for others. */
    public static Instruction byManager(String staff, String key) {
        return new Instruction(StaffId.of(staff), RequestKey.of(key), true, null);
    }

    /** The same for this reason. */
    public Instruction because(String code) {
        return new Instruction(by, key, asManager, Check.present(code, "reason"));
    }

    Fingerprint addTo(Fingerprint content) {
        return content.and(by.value()).and(asManager ? 1 : 0).and(reason);
    }
}
