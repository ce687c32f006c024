package dev.retailcrm.core.lifecycle;

import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.trade.TradeStatistics;
import dev.retailcrm.core.trade.TradeTotal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * When a customer is at which stage, by what she bought so far and the time since. Of the stages the first that fits counts: without orders
 * {@link LifecycleStage#PROSPECT}; after silence {@link LifecycleStage#LAPSED}, then {@link LifecycleStage#DECLINING}; soon after her first
 * order {@link LifecycleStage#NEW}; with enough orders or net amount {@link LifecycleStage#MATURE}; else {@link LifecycleStage#GROWING}.
 * Periods are exact, days of 24 hours; each begins with an order and ends exclusively. Immutable; start from {@link #standard}.
 */
public final class LifecyclePolicy {
    /** The longest of the periods. */
    public static final Duration LONGEST = Duration.ofDays(3_660);

    /** The most gaps after which somebody is declining. */
    public static final int MAX_GAPS = 100;

    private final Duration newFor;
    private final long matureOrders;
    private final @Nullable Money matureNet;
    private final Duration decliningAfter;
    private final int gaps;
    private final Duration lapsedAfter;

    private LifecyclePolicy(
            Duration newFor,
            long matureOrders,
            @Nullable Money matureNet,
            Duration decliningAfter,
            int gaps,
            Duration lapsedAfter) {
        if (decliningAfter.compareTo(lapsedAfter) > 0) {
            throw CoreError.INVALID_VALUE.because("a customer is declining before she lapses");
        }
        this.newFor = newFor;
        this.matureOrders = matureOrders;
        this.matureNet = matureNet;
        this.decliningAfter = decliningAfter;
        this.gaps = gaps;
        this.lapsedAfter = lapsedAfter;
    }

    /** New for 30 days, mature from 5 orders on, declining after 90 days or 2 of her mean gaps, lapsed after 365 days. */
    public static LifecyclePolicy standard() {
        return new LifecyclePolicy(Duration.ofDays(30), 5, null, Duration.ofDays(90), 2, Duration.ofDays(365));
    }

    /** The same, but new for this long after her first order; nothing and more. */
    public LifecyclePolicy newFor(Duration period) {
        return new LifecyclePolicy(checked(period), matureOrders, matureNet, decliningAfter, gaps, lapsedAfter);
    }

    /** The same, but mature from so many orders on, 1 or more. */
    public LifecyclePolicy matureFrom(long orders) {
        return new LifecyclePolicy(
                newFor, Check.positive(orders, "number of orders"), matureNet, decliningAfter, gaps, lapsedAfter);
    }

    /** The same, but mature also from this on that she bought less what was refunded, in this currency; more than nothing. */
    public LifecyclePolicy orMatureFrom(Money net) {
        if (!Check.present(net, "amount").isPositive()) {
            throw CoreError.INVALID_VALUE.because("the amount must be greater than zero");
        }
        return new LifecyclePolicy(newFor, matureOrders, net, decliningAfter, gaps, lapsedAfter);
    }

    /**
     * The same, but declining after this long without an order, or after so many of the mean gaps between her orders if that is longer; never
     * later than she lapses.
     *
     * @param atLeast 1 ms to the period after which she lapses
     * @param meanGaps 0 to {@value #MAX_GAPS}; 0 to leave her rhythm out of it
     */
    public LifecyclePolicy decliningAfter(Duration atLeast, int meanGaps) {
        Check.range(meanGaps, 0, MAX_GAPS, "number of gaps");
        return new LifecyclePolicy(newFor, matureOrders, matureNet, positive(atLeast), meanGaps, lapsedAfter);
    }

    /**
     * The same, but lapsed after this long without an order.
     *
     * @param period the period after which she is declining to {@link #LONGEST}
     */
    public LifecyclePolicy lapsedAfter(Duration period) {
        return new LifecyclePolicy(newFor, matureOrders, matureNet, decliningAfter, gaps, positive(period));
    }

    /**
     * The stage of who bought this. A pure function.
     *
     * @param statistics in each currency, as {@code Trade.statistics} tells; they count whatever the instant
     * @param at any instant; before her first order she counts as if she had just made it
     */
    public LifecycleAnswer at(List<TradeStatistics> statistics, Instant at) {
        return answer(statistics.stream().map(TradeStatistics::total).toList(), at);
    }

    /** The same from sums alone. */
    LifecycleAnswer answer(List<TradeTotal> totals, Instant at) {
        Check.present(at, "instant");
        long orders = totals.stream().mapToLong(it -> it.figures().orders()).sum();
        Instant first = totals.stream()
                .flatMap(it -> Optional.ofNullable(it.first()).stream())
                .min(Comparator.naturalOrder())
                .orElse(null);
        Instant last = totals.stream()
                .flatMap(it -> Optional.ofNullable(it.last()).stream())
                .max(Comparator.naturalOrder())
                .orElse(null);
        if (orders == 0 || first == null || last == null) {
            return new LifecycleAnswer(LifecycleStage.PROSPECT, 0, null, null, null);
        }
        Duration silence = silence(orders, Duration.between(first, last));
        var ends = new Ends(first.plus(newFor), last.plus(silence), last.plus(lapsedAfter), isMature(orders, totals));
        LifecycleStage stage = ends.stage(at);
        Instant until = ends.instants()
                .filter(end -> end.isAfter(at) && ends.stage(end) != stage)
                .min(Comparator.naturalOrder())
                .orElse(null);
        return new LifecycleAnswer(stage, orders, last, silence, until);
    }

    /** What time alone changes after an instant, in order. */
    List<StageStep> stepsAfter(List<TradeTotal> totals, Instant at) {
        List<StageStep> steps = new ArrayList<>(3);
        Instant until = answer(totals, at).until();
        while (until != null) {
            LifecycleAnswer next = answer(totals, until);
            steps.add(new StageStep(until, next.stage()));
            until = next.until();
        }
        return steps;
    }

    private boolean isMature(long orders, List<TradeTotal> totals) {
        Money net = matureNet;
        return orders >= matureOrders
                || (net != null
                        && totals.stream()
                                .filter(it -> it.currency().equals(net.getCurrencyUnit()))
                                .anyMatch(it -> it.figures().amountMinor()
                                                - it.figures().refundedMinor()
                                        >= net.getAmountMinorLong()));
    }

    /** For how long she may buy nothing before she is declining. */
    private Duration silence(long orders, Duration span) {
        Duration usual = orders < 2 ? Duration.ZERO : Duration.ofMillis(span.toMillis() / (orders - 1) * gaps);
        Duration longer = usual.compareTo(decliningAfter) > 0 ? usual : decliningAfter;
        return longer.compareTo(lapsedAfter) < 0 ? longer : lapsedAfter;
    }

    /** When time alone changes a stage. */
    private record Ends(Instant newUntil, Instant decliningFrom, Instant lapsedFrom, boolean mature) {
        LifecycleStage stage(Instant at) {
            if (!at.isBefore(lapsedFrom)) {
                return LifecycleStage.LAPSED;
            }
            if (!at.isBefore(decliningFrom)) {
                return LifecycleStage.DECLINING;
            }
            if (at.isBefore(newUntil)) {
                return LifecycleStage.NEW;
            }
            return mature ? LifecycleStage.MATURE : LifecycleStage.GROWING;
        }

        Stream<Instant> instants() {
            return Stream.of(newUntil, decliningFrom, lapsedFrom);
        }
    }

    private static Duration positive(Duration period) {
        if (checked(period).toMillis() == 0) {
            throw tooShortOrLong();
        }
        return period;
    }

    private static Duration checked(Duration period) {
        if (Check.present(period, "period").isNegative() || period.compareTo(LONGEST) > 0) {
            throw tooShortOrLong();
        }
        return period;
    }

    private static CrmException tooShortOrLong() {
        return CoreError.INVALID_VALUE.because(
                "a period lasts at most 3,660 days, and longer than nothing where there is one");
    }
}
