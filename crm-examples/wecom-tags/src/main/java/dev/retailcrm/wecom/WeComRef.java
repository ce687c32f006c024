package dev.retailcrm.wecom;

import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.tags.TagError;

/**
 * A customer as a member of the staff knows her. Personal: {@link #toString()} shows neither. Immutable.
 *
 * @param staff the {@code userid}
 * @param contact the {@code external_userid}
 */
public record WeComRef(String staff, String contact) {
    /** Refuses malformed parts with INVALID_VALUE. */
    public WeComRef {
        Check.code(staff, 64, "userid");
        Check.code(contact, 64, "external_userid");
    }

    /** The pair in a reference of a channel; refused as one of nobody if it is none. */
    public static WeComRef of(String ref) {
        int slash = ref.lastIndexOf('/');
        if (slash <= 0 || slash == ref.length() - 1) {
            throw TagError.CHANNEL_REFUSED.because("the reference is not of a userid and an external_userid");
        }
        return new WeComRef(ref.substring(0, slash), ref.substring(slash + 1));
    }

    /** As a reference of a channel: {@code zhangsan/wmAbc}. */
    public String toRef() {
        return staff + "/" + contact;
    }

    @Override
    public String toString() {
        return "WeComRef";
    }
}
