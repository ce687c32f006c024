package dev.retailcrm.audience;

/** Where an audience stands. */
public enum AudienceStatus {
    /** It is being thought about and has no members. */
    DRAFT,
    /** It has the members that its definition gives it. */
    ACTIVE,
    /** It keeps the members that it has. */
    PAUSED,
    /** It has no members any more, for ever; who was in stays known. */
    ARCHIVED
}
