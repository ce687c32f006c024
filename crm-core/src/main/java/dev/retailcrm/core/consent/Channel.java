package dev.retailcrm.core.consent;

import dev.retailcrm.core.customer.Identity;
import dev.retailcrm.core.customer.IdentityKind;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;

/** A way to reach a customer, and what an address on it is. */
public enum Channel {
    /** Text messages to a phone. */
    SMS(IdentityKind.PHONE),
    /** Calls to a phone. */
    CALL(IdentityKind.PHONE),
    /** Mail to a mail address. */
    E_MAIL(IdentityKind.EMAIL),
    /** Messages of a mini program to her number there. */
    MINI_PROGRAM(IdentityKind.EXTERNAL),
    /** Messages in WeCom to her number there. */
    WECOM(IdentityKind.EXTERNAL),
    /** Notices of an app to a device. */
    APP_PUSH(IdentityKind.EXTERNAL),
    /** Letters to a postal address, named by its number in the host's address book. */
    POST(IdentityKind.EXTERNAL);

    private final IdentityKind addressKind;

    Channel(IdentityKind addressKind) {
        this.addressKind = addressKind;
    }

    /** What addresses on this channel are. */
    public IdentityKind addressKind() {
        return addressKind;
    }

    /**
     * Returns the address if this channel can reach it.
     *
     * @throws CrmException {@link CoreError#INVALID_VALUE} if it is missing or of another kind
     */
    public Identity address(Identity address) {
        if (Check.present(address, "address").kind() != addressKind) {
            throw CoreError.INVALID_VALUE.because("%s reaches a %s, not a %s", this, addressKind, address.kind());
        }
        return address;
    }
}
