package dev.retailcrm.core.customer;

/** What kind of thing a customer is known by. */
public enum IdentityKind {
    /** A phone number. */
    PHONE,
    /** An e-mail address. */
    EMAIL,
    /** The number of a member card. */
    MEMBER_CARD,
    /** What a messenger knows her by, such as a WeChat openid or unionid, or a WeCom external_userid. */
    CHAT,
    /** Her number in another system, such as an ERP. */
    EXTERNAL
}
