package dev.retailcrm.core.consent;

import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CustomerId;

/**
 * Whether a customer may be contacted about a topic, as one of many questions. Immutable.
 *
 * @param customer whom
 * @param topic what for, how and, if it is known, where
 */
public record ContactQuestion(CustomerId customer, ContactTopic topic) {
    /** Refuses missing parts with {@link CoreError#INVALID_VALUE}. */
    public ContactQuestion {
        Check.present(customer, "customer");
        Check.present(topic, "topic");
    }

    /** The question about this customer and topic. */
    public static ContactQuestion of(CustomerId customer, ContactTopic topic) {
        return new ContactQuestion(customer, topic);
    }
}
