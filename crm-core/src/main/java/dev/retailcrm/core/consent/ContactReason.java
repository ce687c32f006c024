package dev.retailcrm.core.consent;

/** Why a customer may or may not be contacted, from the most permissive to the most restrictive. */
public enum ContactReason {
    /** Yes: she gave her consent. */
    CONSENT_GIVEN,
    /** Yes: the purpose needs no consent, and she did not refuse. */
    NOT_REFUSED,
    /** No: the purpose needs her consent, and she never gave it. */
    NO_CONSENT,
    /** No: her consent is older than the purpose allows. */
    EXPIRED,
    /** No: she was asked to confirm and has not done so yet. */
    PENDING_CONFIRMATION,
    /** No: she took her consent back. */
    WITHDRAWN,
    /** No: she was asked and said no. */
    DENIED,
    /** No: messages to this address come back. */
    HARD_BOUNCE,
    /** No: the holder of this address complained. */
    COMPLAINT,
    /** No: her data may not be processed, because that is restricted or she was erased. */
    RESTRICTED,
    /** No: there is no such customer in this tenant. */
    UNKNOWN_CUSTOMER;

    /** Whether this is a yes. */
    public boolean allows() {
        return this == CONSENT_GIVEN || this == NOT_REFUSED;
    }

    /** The more restrictive of two. */
    ContactReason or(ContactReason other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
