package dev.retailcrm.assets.earn;

import dev.retailcrm.assets.checkout.LineKind;

/**
 * What a line earned. Immutable.
 *
 * @param line its number in the basket
 * @param kind lines that are no goods never earn
 * @param paidMinor what is paid for it after discounts, in the currency's smallest unit
 * @param baseMinor what of it earns
 * @param points what it earned by all rules
 */
public record LineEarning(int line, LineKind kind, long paidMinor, long baseMinor, long points) {}
