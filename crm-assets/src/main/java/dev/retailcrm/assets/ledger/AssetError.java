package dev.retailcrm.assets.ledger;

import dev.retailcrm.core.kernel.ErrorCode;
import dev.retailcrm.core.kernel.ErrorKind;

/** The errors of crm-assets. */
public enum AssetError implements ErrorCode {
    /** An amount is zero, negative or more than one command may move. */
    AMOUNT_OUT_OF_RANGE("CRM-ASSET-001", ErrorKind.INVALID),
    /** Money of another currency than the account's, or finer than the currency's smallest unit. */
    WRONG_CURRENCY("CRM-ASSET-002", ErrorKind.INVALID),
    /** An expiry, an availability or a duration is outside its range. */
    INVALID_TERM("CRM-ASSET-003", ErrorKind.INVALID),
    /** A transfer names the same customer twice. */
    SAME_ACCOUNT("CRM-ASSET-004", ErrorKind.INVALID),
    /** A code has the wrong length, characters or check character. */
    MALFORMED_CODE("CRM-ASSET-005", ErrorKind.INVALID),
    /** Less is available than asked for; details: {@code requested}, {@code available}, {@code missing}. */
    INSUFFICIENT_VALUE("CRM-ASSET-101", ErrorKind.REJECTED),
    /** The account would rise above its cap; details: {@code cap}, {@code room}. */
    CAP_EXCEEDED("CRM-ASSET-102", ErrorKind.REJECTED),
    /** No such hold on this account. */
    UNKNOWN_HOLD("CRM-ASSET-103", ErrorKind.REJECTED),
    /** The hold was captured, released or has expired; details: {@code state}. */
    HOLD_ENDED("CRM-ASSET-104", ErrorKind.REJECTED),
    /** More was to be captured than the hold reserves; details: {@code held}. */
    CAPTURE_EXCEEDS_HOLD("CRM-ASSET-105", ErrorKind.REJECTED),
    /** No booking of this account was made under the key that is to be reversed. */
    UNKNOWN_BOOKING("CRM-ASSET-106", ErrorKind.REJECTED),
    /** The booking is of a type that this command cannot reverse. */
    NOT_REVERSIBLE("CRM-ASSET-107", ErrorKind.REJECTED),
    /** More was to be reversed than is left of the booking; details: {@code left}. */
    REVERSAL_EXCEEDS_BOOKING("CRM-ASSET-108", ErrorKind.REJECTED),
    /** The booking has no cost that could be refunded. */
    NO_COST("CRM-ASSET-109", ErrorKind.REJECTED),
    /** No gift card has this code. */
    UNKNOWN_GIFT_CARD("CRM-ASSET-120", ErrorKind.REJECTED),
    /** The gift card's state does not allow it; details: {@code state}. */
    GIFT_CARD_STATE("CRM-ASSET-121", ErrorKind.REJECTED),
    /** The gift card is bound to another customer. */
    GIFT_CARD_BOUND("CRM-ASSET-122", ErrorKind.REJECTED),
    /** Too many codes were guessed from here; details: {@code retryAfterSeconds}. */
    TOO_MANY_GUESSES("CRM-ASSET-123", ErrorKind.REJECTED),
    /** Parts of a coupon template are out of their range or do not fit together. */
    INVALID_COUPON_TEMPLATE("CRM-ASSET-200", ErrorKind.INVALID),
    /** There is a coupon template with this key; details: {@code template}. */
    COUPON_TEMPLATE_EXISTS("CRM-ASSET-201", ErrorKind.REJECTED),
    /** There is no coupon template with this key; details: {@code template}. */
    UNKNOWN_COUPON_TEMPLATE("CRM-ASSET-202", ErrorKind.REJECTED),
    /** The coupon template stands where that cannot be done; details: {@code template}, {@code state}. */
    COUPON_TEMPLATE_STATE("CRM-ASSET-203", ErrorKind.REJECTED),
    /** Fewer coupons are left than asked for; details: {@code limit}, {@code requested}, {@code available}, {@code missing}. */
    COUPONS_EXHAUSTED("CRM-ASSET-204", ErrorKind.REJECTED),
    /** The customer has no such coupon; details: {@code coupon}. */
    UNKNOWN_COUPON("CRM-ASSET-205", ErrorKind.REJECTED),
    /** The coupon's state does not allow it; details: {@code coupon}, {@code state}. */
    COUPON_STATE("CRM-ASSET-206", ErrorKind.REJECTED),
    /** The coupon is not good in that store; details: {@code coupon}. */
    COUPON_OUT_OF_SCOPE("CRM-ASSET-207", ErrorKind.REJECTED),
    /** The coupon cannot be given to another customer; details: {@code coupon}. */
    COUPON_NOT_TRANSFERABLE("CRM-ASSET-208", ErrorKind.REJECTED),
    /** No coupon has this code. */
    UNKNOWN_COUPON_CODE("CRM-ASSET-209", ErrorKind.REJECTED),
    /** A customer has brought the code already. */
    COUPON_CODE_USED("CRM-ASSET-210", ErrorKind.REJECTED),
    /** The code was withdrawn before a customer brought it. */
    COUPON_CODE_WITHDRAWN("CRM-ASSET-211", ErrorKind.REJECTED),
    /** There is no such batch of codes, or it is of foreign ones. */
    UNKNOWN_COUPON_BATCH("CRM-ASSET-212", ErrorKind.REJECTED),
    /** An order is not what the till expected; details: {@code mismatches}. */
    CHECKOUT_MISMATCH("CRM-ASSET-220", ErrorKind.REJECTED),
    /** The customer settled no order with this number; details: {@code order}. */
    UNKNOWN_ORDER("CRM-ASSET-221", ErrorKind.REJECTED),
    /** More of a line is refunded than is left of it; details: {@code line}, {@code left}. */
    REFUND_EXCEEDS_ORDER("CRM-ASSET-222", ErrorKind.REJECTED),
    /** Nothing is left of the order; details: {@code order}. */
    ORDER_REFUNDED("CRM-ASSET-223", ErrorKind.REJECTED),
    /** The order was refunded as often as is kept. */
    TOO_MANY_REFUNDS("CRM-ASSET-224", ErrorKind.REJECTED),
    /** A basket has two lines of one number, or discounts that exceed what they reduce. */
    INVALID_BASKET("CRM-ASSET-240", ErrorKind.INVALID),
    /** A definition is no JSON of its form, or has a part that is not allowed; {@code details().get("path")} says where. */
    INVALID_DEFINITION("CRM-ASSET-241", ErrorKind.INVALID),
    /** Nothing of this kind is defined under this {@code key}. */
    UNKNOWN_DEFINITION("CRM-ASSET-242", ErrorKind.REJECTED),
    /** The tenant has as many definitions of this kind as are allowed. */
    TOO_MANY_DEFINITIONS("CRM-ASSET-243", ErrorKind.REJECTED),
    /** Nothing was earned by this customer under this key. */
    UNKNOWN_EARNING("CRM-ASSET-244", ErrorKind.REJECTED),
    /** What was earned was released before, or is not pending. */
    NOT_PENDING("CRM-ASSET-245", ErrorKind.REJECTED),
    /** More of a line is given back than is left of it; details: {@code line}, {@code left}. */
    RETURN_EXCEEDS_EARNING("CRM-ASSET-246", ErrorKind.REJECTED),
    /** The program has no such {@code level}. */
    UNKNOWN_LEVEL("CRM-ASSET-260", ErrorKind.REJECTED),
    /** The customer does not have this {@code benefit}. */
    NO_BENEFIT("CRM-ASSET-270", ErrorKind.REJECTED),
    /** The customer has the benefit and cannot use it now; details: {@code benefit}, {@code blocks}. */
    BENEFIT_BLOCKED("CRM-ASSET-271", ErrorKind.REJECTED),
    /** More was to be used than a limit leaves; details: {@code item}, {@code requested}, {@code available}, {@code missing}. */
    LIMIT_EXCEEDED("CRM-ASSET-272", ErrorKind.REJECTED),
    /** The customer has no such grant of a benefit; details: {@code grant}. */
    UNKNOWN_GRANT("CRM-ASSET-273", ErrorKind.REJECTED),
    /** The customer has no such card; details: {@code card}. */
    UNKNOWN_CARD("CRM-ASSET-274", ErrorKind.REJECTED),
    /** The card's state does not allow it; details: {@code card}, {@code state}. */
    CARD_STATE("CRM-ASSET-275", ErrorKind.REJECTED),
    /** The customer redeemed nothing under this id; details: {@code redemption}. */
    UNKNOWN_REDEMPTION("CRM-ASSET-276", ErrorKind.REJECTED),
    /** The one-time code is wrong, or its time is over. */
    PASS_NOT_VALID("CRM-ASSET-277", ErrorKind.REJECTED),
    /** The one-time code was used before. */
    PASS_USED("CRM-ASSET-278", ErrorKind.REJECTED),
    /** Fewer goods are in stock than asked for; details: {@code offer}. */
    OUT_OF_STOCK("CRM-ASSET-279", ErrorKind.REJECTED),
    /** The offer is not good on this day or in this store; details: {@code offer}. */
    OFFER_NOT_GOOD("CRM-ASSET-280", ErrorKind.REJECTED),
    /** A customer has as many grants or cards as are allowed. */
    TOO_MANY_HOLDINGS("CRM-ASSET-281", ErrorKind.REJECTED);

    private final String id;
    private final ErrorKind kind;

    AssetError(String id, ErrorKind kind) {
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
