package dev.retailcrm.core.access;

import dev.retailcrm.core.kernel.CustomerId;

/** What somebody may do. Each public method of a facade that reads or writes asks for one of these. */
public enum Right {
    /** See a customer with her personal data masked. */
    READ_CUSTOMER,
    /** See and search personal data in clear: profile, identities, custom fields, and the history of them. */
    SEE_PERSONAL_DATA,
    /** Make somebody a customer. */
    REGISTER_CUSTOMER,
    /** Change profile, identities and custom fields; the answer shows them in clear. */
    CHANGE_CUSTOMER,
    /** Restrict the processing of a customer's data, and lift that; the answer shows her in clear. */
    RESTRICT_CUSTOMER,
    /** Erase a customer, and what she did. */
    ERASE_CUSTOMER,
    /** Export everything that is kept of a customer, in clear. */
    EXPORT_CUSTOMER,
    /** Make two customers one, and two again; a preview shows what they differ in. */
    MERGE_CUSTOMERS,
    /** See what customers allowed and refused, and ask whether they may be contacted. */
    READ_CONSENT,
    /** Record what customers allow and refuse, bounces and complaints. */
    RECORD_CONSENT,
    /** See whom customers belong to, and what became of that. */
    READ_OWNERSHIP,
    /** See the pools, and take customers from them for herself. */
    CLAIM_CUSTOMER,
    /** Offer and release customers, answer offers made to her, and take offers back. */
    TRANSFER_CUSTOMER,
    /** Give customers to whomever, and act for others as a manager does. */
    ASSIGN_OWNERSHIP,
    /** See who is a member since when, and whom members brought. */
    READ_MEMBERSHIP,
    /** Make customers members; the answer shows the number. */
    ENROL_MEMBER,
    /** Freeze, close and reopen memberships. */
    MANAGE_MEMBERSHIP,
    /** See the stages customers are at. */
    READ_LIFECYCLE,
    /** See orders, refunds and statistics. */
    READ_TRADE,
    /** Record orders and refunds. */
    RECORD_TRADE,
    /** See what customers and visitors did. */
    READ_BEHAVIOR,
    /** Record what customers and visitors do, and who a visitor is. */
    RECORD_BEHAVIOR,
    /** See which tags customers have, since when and why, and how many have them. */
    READ_TAGS,
    /** Put tags on customers, and take them away. */
    ASSIGN_TAGS,
    /** See which customers are in which audiences, since when and why, and how many. */
    READ_AUDIENCES,
    /** Put customers into audiences and take them out by hand, keep lists, and freeze who is in. */
    CHANGE_AUDIENCES,
    /** See points, stored value, coupons, benefits, cards and redemptions. */
    READ_ASSETS,
    /** Give, sell, use, hold, refund and transfer points and stored value; grant benefits, issue cards, and redeem. */
    BOOK_ASSETS,
    /** Correct points and stored value by hand. */
    CORRECT_ASSETS,
    /** Pay with a gift card by its code, refund that, and see what is on it. */
    USE_GIFT_CARDS,
    /** Issue, activate, bind and block gift cards, and look them up by their {@link CustomerId ids}. */
    MANAGE_GIFT_CARDS,
    /** Give a customer coupons that she claims or brings codes for, and lock, use, return and transfer hers. */
    USE_COUPONS,
    /** Issue and revoke coupons, make, import and withdraw their codes, and look codes up. */
    MANAGE_COUPONS,
    /** See the definitions of custom fields, event types, tags, what is defined of assets, and audiences. */
    READ_DEFINITIONS,
    /** Define custom fields, event types, tags, what is defined of assets, and audiences. */
    DEFINE,
    /** Run what a host runs by the clock: sweeps, rebuilds, expiry, renewal of ciphertexts, delivery of events. */
    OPERATE,
    /** See who was shown personal data. */
    READ_ACCESS_LOG
}
