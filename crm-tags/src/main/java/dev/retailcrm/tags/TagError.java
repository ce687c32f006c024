package dev.retailcrm.tags;

import dev.retailcrm.core.kernel.ErrorCode;
import dev.retailcrm.core.kernel.ErrorKind;

/** The errors of crm-tags. */
public enum TagError implements ErrorCode {
    /** No such tag in this tenant. */
    UNKNOWN_TAG("CRM-TAG-101", ErrorKind.REJECTED),
    /** The tag is retired: no more customers get it. */
    TAG_RETIRED("CRM-TAG-102", ErrorKind.REJECTED),
    /** The tenant has a tag, group or template with this key. */
    TAG_EXISTS("CRM-TAG-103", ErrorKind.CONFLICT),
    /** The tenant has as many tags, groups or templates as are allowed. */
    TOO_MANY_TAGS("CRM-TAG-104", ErrorKind.REJECTED),
    /** What was asked to change of a tag stays as it was first defined. */
    TAG_FIXED("CRM-TAG-105", ErrorKind.REJECTED),
    /** The tag lacks a value, has one of another type, or takes none. */
    TAG_VALUE_REFUSED("CRM-TAG-106", ErrorKind.INVALID),
    /** As many customers have the tag as may; {@code details().get("max")} says how many. */
    TAG_FULL("CRM-TAG-107", ErrorKind.REJECTED),
    /** The tag belongs to another store than that of whoever assigns it. */
    TAG_OUT_OF_SCOPE("CRM-TAG-108", ErrorKind.REJECTED),
    /** The tag, group or template is used; {@code details().get("uses")} lists by what. */
    TAG_IN_USE("CRM-TAG-109", ErrorKind.REJECTED),
    /** No such group of tags in this tenant. */
    UNKNOWN_GROUP("CRM-TAG-110", ErrorKind.REJECTED),
    /** No such template in this tenant. */
    UNKNOWN_TEMPLATE("CRM-TAG-111", ErrorKind.REJECTED),
    /** The two tags cannot be made one: their values differ in type, one is merged already, or the other has a limit. */
    TAG_MERGE_REFUSED("CRM-TAG-112", ErrorKind.REJECTED),
    /** Somebody took the tag from the customer by hand, and a rule leaves it so. */
    REMOVED_BY_HAND("CRM-TAG-113", ErrorKind.REJECTED),
    /** A customer would get two tags of a group of which she may have one. */
    TAGS_EXCLUSIVE("CRM-TAG-114", ErrorKind.INVALID),
    /** No such batch in this tenant. */
    UNKNOWN_BATCH("CRM-TAG-115", ErrorKind.REJECTED),
    /** The batch is not where this is allowed; {@code details().get("state")} says where it is. */
    BATCH_STATE("CRM-TAG-116", ErrorKind.REJECTED),
    /** Automatic tags would depend on one another in a circle; {@code details().get("automatic")} names one of them. */
    AUTO_TAG_CYCLE("CRM-TAG-117", ErrorKind.INVALID),
    /** A batch did nothing for a customer that a file names; {@code details().get("code")} is the id of the error she was refused with. */
    BATCH_REFUSED("CRM-TAG-118", ErrorKind.REJECTED),
    /** No such automatic tag in this tenant. */
    UNKNOWN_AUTO_TAG("CRM-TAG-119", ErrorKind.REJECTED),
    /** An outside system wants to be asked less often; {@code details().get("waitMillis")} says how long to wait, if it does. */
    CHANNEL_BUSY("CRM-TAG-150", ErrorKind.STORAGE),
    /** An outside system did not answer, or not as it should; it may later. */
    CHANNEL_UNAVAILABLE("CRM-TAG-151", ErrorKind.STORAGE),
    /** An outside system refuses what was asked; {@code details().get("answer")} is its own code, if it has one. */
    CHANNEL_REFUSED("CRM-TAG-152", ErrorKind.REJECTED),
    /** No run of synchronisation was started with this channel. */
    NO_SYNC_RUN("CRM-TAG-153", ErrorKind.REJECTED),
    /** A run of synchronisation is not over that is dry while this is not, or the other way round. */
    SYNC_RUNNING("CRM-TAG-154", ErrorKind.REJECTED),
    /** Somebody else took a step of the run of synchronisation at the same time. */
    SYNC_ELSEWHERE("CRM-TAG-155", ErrorKind.CONFLICT),
    /** Nobody is to decide about this tag of this customer. */
    NOTHING_ASKED("CRM-TAG-156", ErrorKind.REJECTED);

    private final String id;
    private final ErrorKind kind;

    TagError(String id, ErrorKind kind) {
        this.id = id;
        this.kind = kind;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public ErrorKind kind() {
        return kind;
    }
}
