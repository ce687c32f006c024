/** Coupons: what they take off, who gets them, their codes, and what becomes of them. */
@NullMarked
package dev.retailcrm.assets.coupon;

import org.jspecify.annotations.NullMarked;
