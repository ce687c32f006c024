package dev.retailcrm.core.kernel;

/** The errors of crm-core. */
public enum CoreError implements ErrorCode {
    /** A value is missing, malformed, oversize or carries characters that are not allowed. */
    INVALID_VALUE("CRM-CORE-001", ErrorKind.INVALID),
    /** An instant lies further ahead of the clock than the tolerated skew, or outside the supported years. */
    INSTANT_OUT_OF_RANGE("CRM-CORE-002", ErrorKind.INVALID),
    /** A page cursor was not made by this query. */
    INVALID_CURSOR("CRM-CORE-003", ErrorKind.INVALID),
    /** Consent about one address is asked or recorded, and nothing was given that hides addresses. */
    ADDRESS_KEY_MISSING("CRM-CORE-140", ErrorKind.INVALID),
    /** The customer refused herself, and only she can take that back. */
    OWN_REFUSAL_STANDS("CRM-CORE-141", ErrorKind.REJECTED),
    /** No double opt-in was asked of the customer with this token. */
    UNKNOWN_CONFIRMATION("CRM-CORE-142", ErrorKind.REJECTED),
    /** The question of a double opt-in waits no more; {@code details().get("state")} is CONFIRMED, EXPIRED or REPLACED. */
    CONFIRMATION_ENDED("CRM-CORE-143", ErrorKind.REJECTED),
    /** No bounce of this address stands that could be lifted. */
    NO_BOUNCE("CRM-CORE-144", ErrorKind.REJECTED),
    /** No such custom field in this tenant. */
    UNKNOWN_FIELD("CRM-CORE-160", ErrorKind.REJECTED),
    /** The custom field is retired. */
    FIELD_RETIRED("CRM-CORE-161", ErrorKind.REJECTED),
    /** The tenant has a custom field with this key, in use or retired. */
    FIELD_EXISTS("CRM-CORE-162", ErrorKind.CONFLICT),
    /** The tenant has as many custom fields as are allowed. */
    TOO_MANY_FIELDS("CRM-CORE-163", ErrorKind.REJECTED),
    /** What was asked to change of a custom field stays as it was first defined. */
    FIELD_FIXED("CRM-CORE-164", ErrorKind.REJECTED),
    /** A custom field does not accept the value; {@code details()} says which {@code field} and by which {@code rule}. */
    FIELD_VALUE_REFUSED("CRM-CORE-165", ErrorKind.INVALID),
    /** Custom fields would lack a value that is required; {@code details().get("fields")} lists their keys. */
    FIELD_REQUIRED("CRM-CORE-166", ErrorKind.REJECTED),
    /** Another customer has this value of a unique custom field; {@code details()} says which {@code field} and {@code holder}. */
    FIELD_VALUE_TAKEN("CRM-CORE-167", ErrorKind.CONFLICT),
    /** The customer belongs to somebody; {@code details()} says to which {@code staff} and {@code store}, and {@code since} when. */
    ALREADY_OWNED("CRM-CORE-171", ErrorKind.REJECTED),
    /** The customer belongs to nobody: she is in the pool. */
    NOT_OWNED("CRM-CORE-172", ErrorKind.REJECTED),
    /** A rule does not let the customer change hands; {@code details().get("rule")} names it, {@code until} how long, if it will end. */
    OWNERSHIP_RULE("CRM-CORE-173", ErrorKind.REJECTED),
    /** Whoever acts may not do so for others. */
    NOT_ENTITLED("CRM-CORE-174", ErrorKind.REJECTED),
    /** An offer of the customer waits for its answer; {@code details().get("offer")} is its number. */
    OFFER_OPEN("CRM-CORE-175", ErrorKind.REJECTED),
    /** This offer of the customer does not wait for an answer: it was answered, withdrawn or never made, or its time is over. */
    NO_SUCH_OFFER("CRM-CORE-176", ErrorKind.REJECTED),
    /** The customer is or was a member; {@code details().get("status")} says where she stands. */
    ALREADY_MEMBER("CRM-CORE-177", ErrorKind.REJECTED),
    /** The customer never was a member. */
    NOT_MEMBER("CRM-CORE-178", ErrorKind.REJECTED),
    /** The member does not stand where this is allowed; {@code details().get("status")} says where she does. */
    MEMBERSHIP_STATUS("CRM-CORE-179", ErrorKind.REJECTED),
    /** The request key was used before for other content. */
    REQUEST_KEY_REUSED("CRM-CORE-101", ErrorKind.CONFLICT),
    /** No such customer in this tenant. */
    UNKNOWN_CUSTOMER("CRM-CORE-102", ErrorKind.REJECTED),
    /** The identity belongs to another customer; {@code details()} names her id as {@code holder}, and the {@code kind} of identity. */
    IDENTITY_TAKEN("CRM-CORE-103", ErrorKind.CONFLICT),
    /** The customer was changed since the version the caller has seen. */
    VERSION_CONFLICT("CRM-CORE-104", ErrorKind.CONFLICT),
    /** The customer has as many identities as are allowed. */
    TOO_MANY_IDENTITIES("CRM-CORE-105", ErrorKind.REJECTED),
    /** The customer has no such identity. */
    UNKNOWN_IDENTITY("CRM-CORE-106", ErrorKind.REJECTED),
    /** The customer was erased: nothing personal is kept of her any more. */
    CUSTOMER_ERASED("CRM-CORE-107", ErrorKind.REJECTED),
    /** The customer was merged into another, {@code details().get("survivor")}, who is to be named instead. */
    CUSTOMER_MERGED("CRM-CORE-108", ErrorKind.REJECTED),
    /** Two customers cannot be made one, or apart again, as they are; {@code details().get("conflicts")} lists why. */
    MERGE_REFUSED("CRM-CORE-150", ErrorKind.REJECTED),
    /** The customer is not merged into another. */
    NOT_MERGED("CRM-CORE-151", ErrorKind.REJECTED),
    /** The two customers were not proposed for review, or one of them was erased. */
    NO_SUCH_REVIEW("CRM-CORE-152", ErrorKind.REJECTED),
    /** Another member of staff, {@code details().get("staff")}, looks into the review. */
    REVIEW_TAKEN("CRM-CORE-153", ErrorKind.CONFLICT),
    /** The review was decided, or there is nothing to decide any more; {@code details().get("status")} tells where it stands. */
    REVIEW_DECIDED("CRM-CORE-154", ErrorKind.REJECTED),
    /** Whoever asks lacks a right, {@code details().get("right")}, at least for this customer; nothing was read or written. */
    ACCESS_DENIED("CRM-CORE-180", ErrorKind.REJECTED),
    /** The database ended the unit of work (deadlock, serialization failure, error): the host must roll back and repeat it. */
    TRANSACTION_LOST("CRM-CORE-201", ErrorKind.CONFLICT),
    /** A lock was not granted in time: repeat the command. */
    LOCK_TIMEOUT("CRM-CORE-202", ErrorKind.CONFLICT),
    /** A commit was sent and its answer was lost: repeat with the same request key. */
    COMMIT_OUTCOME_UNKNOWN("CRM-CORE-203", ErrorKind.OUTCOME_UNKNOWN),
    /** The store failed; nothing of this command was committed. */
    STORE_FAILED("CRM-CORE-204", ErrorKind.STORAGE),
    /** The store accepts no writes. */
    STORE_READ_ONLY("CRM-CORE-205", ErrorKind.STORAGE),
    /** The tables are absent or of another version than this library needs. */
    SCHEMA_MISMATCH("CRM-CORE-206", ErrorKind.STORAGE),
    /** The connection given cannot carry a host's transaction, or the data source does not start in autocommit mode. */
    CONNECTION_UNSUITABLE("CRM-CORE-207", ErrorKind.INVALID),
    /** Personal data cannot be deciphered: it was altered or moved, its customer was erased, or a key is missing. */
    UNREADABLE_DATA("CRM-CORE-208", ErrorKind.STORAGE),
    /** This revision of the order, or this refund, was recorded with other content. */
    ORDER_NUMBER_REUSED("CRM-CORE-401", ErrorKind.CONFLICT),
    /** The refund is more than what is left of its order; {@code details()} says how much is {@code refundable}. */
    REFUND_EXCEEDS_ORDER("CRM-CORE-402", ErrorKind.REJECTED),
    /** No such event type in this tenant. */
    UNKNOWN_BEHAVIOR_TYPE("CRM-CORE-421", ErrorKind.REJECTED),
    /** The event type is retired: no more events of it are taken. */
    BEHAVIOR_TYPE_RETIRED("CRM-CORE-422", ErrorKind.REJECTED),
    /** A version of an event type under which events kept before would be wrong. */
    BEHAVIOR_TYPE_INCOMPATIBLE("CRM-CORE-423", ErrorKind.REJECTED),
    /** A property of the event is not one of its type, of another kind, too long, or missing. */
    PROPERTY_MISMATCH("CRM-CORE-424", ErrorKind.INVALID),
    /** The event is older than events of its type are kept. */
    BEHAVIOR_EXPIRED("CRM-CORE-425", ErrorKind.REJECTED),
    /** The visitor was linked with as many customers as are allowed. */
    TOO_MANY_LINKS("CRM-CORE-426", ErrorKind.REJECTED),
    /** A file to be imported has lines of the order in several places. */
    ORDER_SCATTERED("CRM-CORE-430", ErrorKind.INVALID),
    /** A record beside the order's lines in a file to be imported cannot be read, or has no number, and may be one of them. */
    ORDER_IN_DOUBT("CRM-CORE-431", ErrorKind.INVALID),
    /** A rule is none, or does not suit its catalog; {@code details().get("path")} says where in its JSON form. */
    INVALID_RULE("CRM-CORE-441", ErrorKind.INVALID),
    /** A rule asks about something of which this store keeps nothing; no customer was looked at. */
    RULE_UNSUPPORTED("CRM-CORE-442", ErrorKind.INVALID),
    /** The processing of the customer's data is restricted: no rule is asked about her. */
    CUSTOMER_RESTRICTED("CRM-CORE-443", ErrorKind.REJECTED),
    /** A rule of JsonLogic has no exact counterpart; {@code details()} says by which {@code operator} and at which {@code path}. */
    UNSUPPORTED_JSON_LOGIC("CRM-CORE-450", ErrorKind.INVALID);

    private final String id;
    private final ErrorKind kind;

    CoreError(String id, ErrorKind kind) {
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
