package dev.retailcrm.audience.index;

/**
 * A part of a rule that the index cannot answer exactly, and so does not answer. Immutable.
 *
 * @param path where it is in the JSON of the rule, as a JSON pointer
 */
public record IndexGap(String path, Reason reason) {
    /** Why not. */
    public enum Reason {
        /** It was left out of the scope. */
        NOT_INDEXED,
        /** The field is personal: it is kept enciphered in the database, and nowhere else. */
        PERSONAL,
        /** It has more different values than the scope allows. */
        TOO_MANY_VALUES
    }
}
