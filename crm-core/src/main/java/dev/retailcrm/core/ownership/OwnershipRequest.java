package dev.retailcrm.core.ownership;

import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.Fingerprint;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.kernel.StaffId;
import dev.retailcrm.core.spi.RequestStore.Booked;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An instruction that was read and checked.
 *
 * @param now the clock's instant
 */
record OwnershipRequest(Instruction instruction, long fingerprint, Instant now) {
    private static final String ANSWER = "ownership#";

    static OwnershipRequest of(Instruction instruction, Fingerprint content, Instant now) {
        Instruction given = Check.present(instruction, "instruction");
        return new OwnershipRequest(given, given.addTo(content).value(), now);
    }

    static Fingerprint with(Fingerprint content, @Nullable Owner owner) {
        StaffId staff = owner == null ? null : owner.staff();
        content.and(staff == null ? null : staff.value());
        return content.and(
                owner == null || owner.store() == null ? null : owner.store().value());
    }

    RequestKey key() {
        return instruction.key();
    }

    StaffId by() {
        return instruction.by();
    }

    boolean mayActFor(@Nullable Owner owner) {
        return instruction.asManager() || (owner != null && owner.isStaff(by()));
    }

    Booked booked(long seq) {
        return new Booked(fingerprint, ANSWER + seq);
    }

    /** The number of the entry that was booked under this key; refuses other content. */
    long answer(Booked booked) {
        if (booked.fingerprint() != fingerprint || !booked.answer().startsWith(ANSWER)) {
            throw CoreError.REQUEST_KEY_REUSED.because("the request key was used for other content");
        }
        return Long.parseLong(booked.answer().substring(ANSWER.length()));
    }
}
