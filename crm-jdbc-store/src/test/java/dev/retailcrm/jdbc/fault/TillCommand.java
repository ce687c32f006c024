package dev.retailcrm.jdbc.fault;

import com.google.common.base.Splitter;
import java.util.List;

/**
 * One command of a till, as a line of text that says all that is needed to repeat it. Immutable.
 *
 * @param customer the number of the customer it is about
 * @param other the number of the customer who takes a transfer
 * @param original the key a refund refers to, the number of a captured hold, or {@code -}
 */
record TillCommand(Verb verb, String key, int customer, int other, long amount, String original) {
    enum Verb {
        EARN,
        SPEND,
        HOLD,
        CAPTURE,
        REFUND,
        TRANSFER,
        TOP_UP,
        PAY;

        boolean isMoney() {
            return this == TOP_UP || this == PAY;
        }
    }

    static TillCommand parse(String line) {
        List<String> words = Splitter.on(' ').splitToList(line);
        return new TillCommand(
                Verb.valueOf(words.get(0)),
                words.get(1),
                Integer.parseInt(words.get(2)),
                Integer.parseInt(words.get(3)),
                Long.parseLong(words.get(4)),
                words.get(5));
    }

    @Override
    public String toString() {
        return String.join(
                " ",
                verb.name(),
                key,
                Integer.toString(customer),
                Integer.toString(other),
                Long.toString(amount),
                original);
    }
}
