package dev.retailcrm.core.consent;

import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.Fingerprint;
import dev.retailcrm.core.kernel.StaffId;
import org.jspecify.annotations.Nullable;

/**
 * Where a proof comes from. It is kept for ever and must hold no personal data: an IP address, a recording or a signed form stay in the
 * host's own files, which the evidence refers to. Immutable.
 *
 * @param by the person or program of the tenant who recorded it; {@code null} if the customer did so herself
 * @param source where it was recorded, such as {@code till} or {@code web-form}, 1 to 40 printable ASCII characters
 * @param textVersion the version of the text she was shown, 1 to 40 printable ASCII characters; {@code null} if none was
 * @param evidence where the host keeps the evidence, 1 to 120 printable ASCII characters; {@code null} if nowhere
 */
public record Provenance(
        @Nullable StaffId by,
        String source,
        @Nullable String textVersion,
        @Nullable String evidence) {
    /** Refuses malformed parts with {@link CoreError#INVALID_VALUE}. */
    public Provenance {
        Check.code(source, 40, "source");
        if (textVersion != null) {
            Check.code(textVersion, 40, "text version");
        }
        if (evidence != null) {
            Check.code(evidence, 120, "evidence");
        }
    }

    /** Whether the customer recorded it herself. */
    public boolean isHerOwn() {
        return by == null;
    }

    Fingerprint addTo(Fingerprint content) {
        return content.and(by == null ? null : by.value())
                .and(source)
                .and(textVersion)
                .and(evidence);
    }
}
