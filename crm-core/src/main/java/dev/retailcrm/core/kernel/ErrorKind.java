package dev.retailcrm.core.kernel;

/** What a caller can do about an error. */
public enum ErrorKind {
    /** The input is wrong whatever the state: mend the call. Nothing was written. */
    INVALID,
    /** The state does not allow it (too little, wrong state): an ordinary "no". Nothing was written. */
    REJECTED,
    /** Somebody else was first, or the key was used for other content. Nothing was written. */
    CONFLICT,
    /** The store failed. Nothing of this command was committed. */
    STORAGE,
    /** A commit was sent and nobody answered: repeat the command with the same {@link RequestKey}. */
    OUTCOME_UNKNOWN
}
