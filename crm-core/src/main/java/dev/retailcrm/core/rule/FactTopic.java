package dev.retailcrm.core.rule;

import dev.retailcrm.core.kernel.Check;

/**
 * A part of what is known of customers that is written at once, and that a rule may ask about. Immutable.
 *
 * @param kind what kind of facts
 * @param name which of them; empty where there is one of the kind only
 */
public record FactTopic(Kind kind, String name) {
    /** The record of a customer: profile, status, how she came. */
    public static final FactTopic RECORD = new FactTopic(Kind.RECORD, "");

    /** Her membership. */
    public static final FactTopic MEMBERSHIP = new FactTopic(Kind.MEMBERSHIP, "");

    /** Her orders and refunds, their statistics, and the stage she is at, which follows from them. */
    public static final FactTopic TRADE = new FactTopic(Kind.TRADE, "");

    /** That she is a customer from now on, or an active one again: whatever is asked about her may be answered otherwise. */
    public static final FactTopic STANDING = new FactTopic(Kind.STANDING, "");

    /** What she has in accounts: points, growth value, stored value, uses of cards. */
    public static final FactTopic ASSETS = new FactTopic(Kind.ASSETS, "");

    /** At which levels she is, as far as it is booked. */
    public static final FactTopic TIERS = new FactTopic(Kind.TIERS, "");

    private static final String CUSTOM = "custom.";

    /** What kinds of facts there are. */
    public enum Kind {
        /** {@link FactTopic#STANDING}. */
        STANDING,
        /** {@link FactTopic#RECORD}. */
        RECORD,
        /** A custom field, by the name that rules have for it. */
        FIELD,
        /** {@link FactTopic#MEMBERSHIP}. */
        MEMBERSHIP,
        /** {@link FactTopic#TRADE}. */
        TRADE,
        /** {@link FactTopic#ASSETS}. */
        ASSETS,
        /** {@link FactTopic#TIERS}. */
        TIERS,
        /** Events of a type of behaviour. */
        EVENT,
        /** A tag. */
        TAG,
        /** An audience. */
        AUDIENCE
    }

    /** Refuses missing parts with INVALID_VALUE. */
    public FactTopic {
        Check.present(kind, "kind of facts");
        Check.present(name, "name");
    }

    /** A custom field by its key. */
    public static FactTopic customField(String key) {
        return new FactTopic(Kind.FIELD, CUSTOM + Check.present(key, "key"));
    }

    /** Events of a type of behaviour. */
    public static FactTopic behavior(String type) {
        return new FactTopic(Kind.EVENT, type);
    }

    /** A tag. */
    public static FactTopic tag(String key) {
        return new FactTopic(Kind.TAG, key);
    }

    /** An audience. */
    public static FactTopic audience(String key) {
        return new FactTopic(Kind.AUDIENCE, key);
    }

    /** Where a field belongs that rules ask about. */
    static FactTopic field(String name) {
        return FieldSpace.of(name).topic(name);
    }

    /** Where events belong that rules ask about. */
    static FactTopic event(String type) {
        return TradeEvent.of(type).isPresent() ? TRADE : behavior(type);
    }
}
