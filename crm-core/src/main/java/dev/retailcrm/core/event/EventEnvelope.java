package dev.retailcrm.core.event;

import com.google.common.base.CharMatcher;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.TenantId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * A domain event as it is kept in the outbox and handed to listeners, shaped like a CloudEvent. Within one source of one customer
 * events are ordered strictly by {@code seq}; between sources and between customers there is no order. Immutable.
 *
 * @param tenant the retailer
 * @param customer whom it is about
 * @param source the stream of the customer: {@value #CUSTOMER} for her record, {@value #WALLET} for all her ledger accounts,
 *     {@value #CONSENT} for her consent,
 *     {@value #TRADE} for her orders and refunds, {@value #OWNERSHIP} for whom she belongs to,
 *     {@value #MEMBERSHIP} for her membership
 * @param seq counts per tenant, customer and source from 1 without gaps; taken under the lock of that stream's aggregate
 * @param type what happened, see {@link DomainEvent#type()}
 * @param at when it was booked, in milliseconds
 * @param data a JSON object of at most 4,000 characters without personal data
 */
public record EventEnvelope(
        TenantId tenant, CustomerId customer, String source, long seq, String type, Instant at, String data) {
    /** The stream of the customer record. */
    public static final String CUSTOMER = "customer";

    /** The stream of all ledger accounts of a customer. */
    public static final String WALLET = "wallet";

    /** The stream of a customer's consent. */
    public static final String CONSENT = "consent";
    /** The stream of a customer's orders and refunds. */
    public static final String TRADE = "trade";

    /** The stream of whom a customer belongs to. */
    public static final String OWNERSHIP = "ownership";

    /** The stream of a customer's membership. */
    public static final String MEMBERSHIP = "membership";

    /** The source of stages at which customers are. */
    public static final String LIFECYCLE = "lifecycle";

    /** The most characters the data may have. */
    public static final int MAX_DATA = 4_000;

    private static final CharMatcher WORDS = EventKey.WORD.or(CharMatcher.is('.'));

    /** Refuses malformed parts with {@link CoreError#INVALID_VALUE}; cuts the instant to milliseconds. */
    public EventEnvelope {
        Check.present(tenant, "tenant");
        EventKey.check(customer, source, seq);
        if (!isType(Check.present(type, "event type"))) {
            throw CoreError.INVALID_VALUE.because("event type must be at most 60 characters of a-z 0-9 - .");
        }
        at = Check.present(at, "instant").truncatedTo(ChronoUnit.MILLIS);
        if (Check.present(data, "event data").length() > MAX_DATA || !data.startsWith("{") || !data.endsWith("}")) {
            throw CoreError.INVALID_VALUE.because(
                    "event data must be a JSON object of at most %d characters", MAX_DATA);
        }
    }

    /** The event as number {@code seq} of a stream of its customer. */
    public static EventEnvelope of(TenantId tenant, String source, long seq, DomainEvent event) {
        return new EventEnvelope(
                tenant, event.customer(), source, seq, event.type(), event.at(), EventJson.object(event.data()));
    }

    /** Whether these are words with a dot between two. */
    private static boolean isType(String type) {
        return !type.isEmpty()
                && type.length() <= 60
                && WORDS.matchesAllOf(type)
                && !type.startsWith(".")
                && !type.endsWith(".")
                && !type.contains("..");
    }

    /** What names this event within its tenant. */
    public EventKey key() {
        return new EventKey(customer, source, seq);
    }

    /** What names this event anywhere, {@code tenant/customer/source/seq}: the same on every delivery, for deduplication. */
    public String id() {
        return tenant + "/" + key();
    }

    /**
     * This event in the JSON format of CloudEvents 1.0: {@code source} is {@code /tenant/source}, {@code subject} the customer,
     * {@code type} starts with {@code dev.retailcrm.}, and the sequence extension carries {@code seq} with 19 digits, so that it
     * sorts as text.
     */
    public String toCloudEventJson() {
        return EventJson.cloudEvent(this);
    }
}
