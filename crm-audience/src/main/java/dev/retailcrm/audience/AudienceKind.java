package dev.retailcrm.audience;

/** How an audience comes by its members. */
public enum AudienceKind {
    /** By a rule, recomputed when its definition changes, or an audience that it asks about. */
    DYNAMIC,
    /** By a rule, recomputed in intervals. */
    SCHEDULED,
    /** By a list that is kept by hand. */
    STATIC_LIST,
    /** By a list that is replaced as a whole, such as from a file. */
    UPLOADED;

    /** Whether a rule decides. */
    public boolean isByRule() {
        return this == DYNAMIC || this == SCHEDULED;
    }
}
