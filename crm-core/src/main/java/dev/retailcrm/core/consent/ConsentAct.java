package dev.retailcrm.core.consent;

import java.util.Locale;

/** What a proof proves. */
public enum ConsentAct {
    /** She may be contacted. */
    GIVEN,
    /** She was asked and said no. */
    DENIED,
    /** She took a consent back. */
    WITHDRAWN,
    /** She was asked to confirm by a token (double opt-in). */
    REQUESTED,
    /** She confirmed by the token. */
    CONFIRMED,
    /** Messages to an address come back for good. */
    BOUNCED,
    /** Messages to an address arrive again. */
    BOUNCE_LIFTED,
    /** The holder of an address complained. */
    COMPLAINED;

    /** Whether it is about an address as such, whatever the purpose, and so no word of consent. */
    public boolean isAboutAddress() {
        return this == BOUNCED || this == BOUNCE_LIFTED || this == COMPLAINED;
    }

    /** Whether it belongs to a double opt-in, and so names its token. */
    public boolean isByToken() {
        return this == REQUESTED || this == CONFIRMED;
    }

    /** The type of its event, such as {@code consent.bounce-lifted}. */
    String eventType() {
        return "consent." + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
