package dev.retailcrm.assets.ledger;

/**
 * Whether an amount could be used, as an ordinary answer. Immutable.
 *
 * @param available what could be used
 * @param missing how much is lacking; 0 if allowed
 */
public record Probe(boolean allowed, long available, long missing) {
    static Probe of(long amount, long available) {
        return new Probe(amount <= available, available, Math.max(0, amount - available));
    }
}
