package dev.retailcrm.audience;

import dev.retailcrm.core.kernel.ErrorCode;
import dev.retailcrm.core.kernel.ErrorKind;

/** The errors of crm-audience. */
public enum AudienceError implements ErrorCode {
    /** No such audience in this tenant. */
    UNKNOWN_AUDIENCE("CRM-AUD-101", ErrorKind.REJECTED),
    /** The tenant has an audience or template with this key. */
    AUDIENCE_EXISTS("CRM-AUD-102", ErrorKind.CONFLICT),
    /** The tenant has as many audiences or templates as are allowed. */
    TOO_MANY_AUDIENCES("CRM-AUD-103", ErrorKind.REJECTED),
    /** What was asked to change of an audience stays as it was first defined: its kind, or that it is archived or was active. */
    AUDIENCE_FIXED("CRM-AUD-104", ErrorKind.REJECTED),
    /** Audiences would depend on one another in a circle; {@code details().get("audiences")} names it. */
    AUDIENCE_CYCLE("CRM-AUD-105", ErrorKind.INVALID),
    /** The audience is used; {@code details().get("uses")} lists by what. */
    AUDIENCE_IN_USE("CRM-AUD-106", ErrorKind.REJECTED),
    /** The audience is not of the kind or status for this; {@code details()} say of which it is. */
    AUDIENCE_STATE("CRM-AUD-107", ErrorKind.REJECTED),
    /** No such template in this tenant. */
    UNKNOWN_AUDIENCE_TEMPLATE("CRM-AUD-108", ErrorKind.REJECTED),
    /** A parameter of a template is missing, unknown, or not as it must be; {@code details().get("parameter")} says which. */
    PARAMETER_REFUSED("CRM-AUD-109", ErrorKind.INVALID),
    /** No such snapshot in this tenant. */
    UNKNOWN_SNAPSHOT("CRM-AUD-110", ErrorKind.REJECTED),
    /** The tenant has a snapshot with this key. */
    SNAPSHOT_EXISTS("CRM-AUD-111", ErrorKind.CONFLICT),
    /** The index would take more memory than its scope allows; {@code details().get("bytes")} says how much that is. */
    INDEX_TOO_LARGE("CRM-AUD-120", ErrorKind.REJECTED),
    /** What was to be loaded is no index, not of this version, or not as it was saved. */
    INDEX_CORRUPT("CRM-AUD-121", ErrorKind.INVALID),
    /** The index cannot answer the rule exactly; {@code details().get("paths")} names the parts it does not cover. */
    INDEX_GAP("CRM-AUD-122", ErrorKind.REJECTED),
    /** The index was asked about an instant before it was built; {@code details().get("builtAt")} says when that was. */
    INDEX_TOO_LATE("CRM-AUD-123", ErrorKind.REJECTED),
    /** The audience, or what it is compared with, has fewer members than may be shown; {@code details().get("smallest")} says how many. */
    GROUP_TOO_SMALL("CRM-AUD-124", ErrorKind.REJECTED);

    private final String id;
    private final ErrorKind kind;

    AudienceError(String id, ErrorKind kind) {
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
