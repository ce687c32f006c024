package dev.retailcrm.assets.ledger;

import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.ErrorKind;
import org.jspecify.annotations.Nullable;

/**
 * What a feature built on a ledger adds to its commands, see {@link Ledger#provided(Proviso)}. Immutable.
 *
 * @param content counts as content of the command, beside what the ledger itself counts; {@code null} for nothing
 * @param check refuses the command by throwing a {@link CrmException} of kind {@link ErrorKind#REJECTED}; a command that was booked
 *     before is answered all the same
 */
public record Proviso(@Nullable String content, Runnable check) {
    static final Proviso NONE = new Proviso(null, () -> {});

    /** Refuses a missing check. */
    public Proviso {
        Check.present(check, "check");
    }
}
