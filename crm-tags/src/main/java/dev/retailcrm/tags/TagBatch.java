package dev.retailcrm.tags;

import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;

/**
 * What is to be done with the tags of many customers, and how it is known. Immutable.
 *
 * @param id names the batch, 1 to {@value #MAX_ID} printable ASCII characters
 * @param patch what is to become of the tags of each; not nothing
 */
public record TagBatch(String id, TagPatch patch) {
    /** The most characters of an id. */
    public static final int MAX_ID = 60;

    /** Refuses malformed parts with {@link CoreError#INVALID_VALUE}. */
    public TagBatch {
        Check.code(id, MAX_ID, "id of the batch");
        if (Check.present(patch, "patch").isEmpty()) {
            throw CoreError.INVALID_VALUE.because("a batch does something");
        }
    }

    /** A batch that puts a tag on customers by hand. */
    public static TagBatch add(String id, Tagging tagging) {
        return new TagBatch(id, TagPatch.none().assign(tagging));
    }

    /** A batch that takes a tag from customers by hand. */
    public static TagBatch remove(String id, String tag) {
        return new TagBatch(id, TagPatch.none().remove(tag));
    }

    /** A batch after which customers have no other tag of a group than this. */
    public static TagBatch replace(String id, String group, Tagging tagging) {
        return new TagBatch(id, TagPatch.none().replace(group).assign(tagging));
    }
}
