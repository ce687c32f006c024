package dev.retailcrm.assets.report;

import java.time.YearMonth;
import org.joda.money.Money;

/**
 * What a month made of the revenue that is put off for points. Immutable; {@code opening + deferred − revenue = closing}.
 *
 * @param opening what was put off when it began
 * @param deferred what was put off for points that were issued in it
 * @param revenue what became revenue in it
 * @param closing what is put off from here on
 */
public record DeferredMonth(YearMonth month, Money opening, Money deferred, Money revenue, Money closing) {}
