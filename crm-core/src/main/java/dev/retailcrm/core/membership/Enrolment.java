package dev.retailcrm.core.membership;

import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.Fingerprint;
import dev.retailcrm.core.kernel.StoreId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a customer becomes a member. Immutable; start from {@link #of} and add what is known.
 *
 * @param notice by whom and under which key
 * @param store in which store; {@code null} if that is not known
 * @param channel through which channel, the host's code; {@code null} if not known
 * @param referrer the customer who brought her; {@code null} for none
 * @param number the number of the card she is handed, or had in another system; {@code null} to make one
 * @param at when, from 1970 to 36 hours ahead of the clock, for members of old; {@code null} for now. Not part of the content a repeated key
 *     is compared by
 */
public record Enrolment(
        Notice notice,
        @Nullable StoreId store,
        @Nullable String channel,
        @Nullable CustomerId referrer,
        @Nullable String number,
        @Nullable Instant at) {
    /** The most characters a channel may have. */
    public static final int MAX_CHANNEL = 20;

    /** Refuses missing and malformed parts with {@link CoreError#INVALID_VALUE}. */
    public Enrolment {
        Check.present(notice, "notice");
        if (channel != null) {
            Check.code(channel, MAX_CHANNEL, "channel");
        }
        if (number != null) {
            Check.code(number, 80, "member number");
        }
    }

    /** By this notice. */
    public static Enrolment of(Notice notice) {
        return new Enrolment(notice, null, null, null, null, null);
    }

    /** The same in a store. */
    public Enrolment in(String code) {
        return new Enrolment(notice, StoreId.of(code), channel, referrer, number, at);
    }

    /** The same through a channel. */
    public Enrolment through(String code) {
        return new Enrolment(notice, store, Check.present(code, "channel"), referrer, number, at);
    }

    /** The same, brought by another customer. */
    public Enrolment broughtBy(CustomerId customer) {
        return new Enrolment(notice, store, channel, Check.present(customer, "referrer"), number, at);
    }

    /** The same with this number, a valid one of the tenant's numbering. */
    public Enrolment number(String card) {
        return new Enrolment(notice, store, channel, referrer, Check.present(card, "member number"), at);
    }

    /** The same at an instant. */
    public Enrolment at(Instant instant) {
        return new Enrolment(notice, store, channel, referrer, number, instant);
    }

    Fingerprint content() {
        return notice.addTo(Fingerprint.of("membership.join"))
                .and(store == null ? null : store.value())
                .and(channel)
                .and(referrer == null ? 0 : referrer.value())
                .and(number);
    }

    @Override
    public String toString() {
        return "Enrolment[" + notice.key() + "]";
    }
}
