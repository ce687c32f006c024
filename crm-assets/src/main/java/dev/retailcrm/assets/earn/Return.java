package dev.retailcrm.assets.earn;

import dev.retailcrm.assets.checkout.BasketLine;
import dev.retailcrm.assets.ledger.AssetError;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.joda.money.Money;

/**
 * What of something earned goes back with what was returned of its lines so far: {@code points × returned / paid} of each rule and line, rounded
 * down; all once the whole line was returned. It depends on the sum of what was returned alone, so the order of returns does not matter. Immutable.
 */
final class Return {
    /** Stands for all lines, also of an event, which has none. */
    static final int ALL = -1;

    private static final int MAX_LINES = 1_000;

    private final Earned earned;
    private final Map<Integer, LineEarning> lines = new HashMap<>();

    private Return(Earned earned) {
        this.earned = earned;
        earned.programs().stream()
                .limit(1)
                .flatMap(it -> it.lines().stream())
                .forEach(line -> lines.put(line.line(), line));
    }

    static Return of(Earned earned) {
        return new Return(earned);
    }

    /** What is paid back of lines, in the smallest unit. */
    static SortedMap<Integer, Long> amounts(Map<Integer, Money> returned) {
        Check.range(Check.present(returned, "returned lines").size(), 1, MAX_LINES, "number of returned lines");
        SortedMap<Integer, Long> amounts = new TreeMap<>();
        returned.forEach((line, money) -> {
            Check.range(Check.present(line, "line"), 0, BasketLine.MAX_NO, "line");
            if (Check.present(money, "amount").isNegative()
                    || money.getAmountMinor().precision() > 15) {
                throw CoreError.INVALID_VALUE.because("an amount paid back must be zero or more and below 10^15");
            }
            amounts.put(line, money.getAmountMinorLong());
        });
        return amounts;
    }

    /** Refuses money of another currency than the purchase's. */
    Return in(Collection<Money> amounts) {
        for (Money amount : amounts) {
            if (!amount.getCurrencyUnit().getCode().equals(earned.outcome().currency())) {
                throw AssetError.WRONG_CURRENCY.because("what is returned must be in the currency of the purchase");
            }
        }
        return this;
    }

    /** All that was returned with more; refuses more than is left of a line. */
    SortedMap<Integer, Long> and(Map<Integer, Long> more) {
        SortedMap<Integer, Long> all = new TreeMap<>(earned.returned());
        more.forEach((no, amount) -> {
            LineEarning line = lines.get(no);
            long paid = line == null ? 0 : line.paidMinor();
            boolean whole = all.containsKey(ALL) || (all.containsKey(no) && paid == 0);
            long left = whole ? 0 : paid - all.getOrDefault(no, 0L);
            boolean free = line != null && paid == 0 && amount == 0;
            if (!earned.programs().isEmpty() && (whole || amount > left || (amount == 0 && !free))) {
                throw AssetError.RETURN_EXCEEDS_EARNING.with(
                        Map.of("line", no, "left", left), "%d is left of line %d, not %d", left, no, amount);
            }
            all.merge(no, amount, Long::sum);
        });
        return all;
    }

    /** All that can be returned. */
    SortedMap<Integer, Long> everything() {
        SortedMap<Integer, Long> all = new TreeMap<>(earned.returned());
        all.put(ALL, 1L);
        return all;
    }

    /** What of a program's points goes back. */
    long back(ProgramEarning program, SortedMap<Integer, Long> returned) {
        return program.rules().stream().mapToLong(it -> back(it, returned)).sum();
    }

    private long back(RuleEarning rule, SortedMap<Integer, Long> returned) {
        if (returned.containsKey(ALL)) {
            return rule.points();
        }
        long back = 0;
        for (Map.Entry<Integer, Long> part : rule.lines().entrySet()) {
            Long amount = returned.get(part.getKey());
            LineEarning line = lines.get(part.getKey());
            if (amount != null && line != null) {
                back += amount >= line.paidMinor() ? part.getValue() : share(part.getValue(), amount, line.paidMinor());
            }
        }
        return back;
    }

    private static long share(long points, long amount, long paid) {
        return BigInteger.valueOf(points)
                .multiply(BigInteger.valueOf(amount))
                .divide(BigInteger.valueOf(paid))
                .longValueExact();
    }

    /** What of the uses of caps is given back when more has been returned than before; how often, only with the last of it. */
    List<CapUse> uses(SortedMap<Integer, Long> returned) {
        List<CapUse> less = new ArrayList<>();
        for (CapUse use : earned.outcome().uses()) {
            long before = of(use, earned.returned());
            long after = of(use, returned);
            boolean last = after == use.points() && before < after;
            if (after > before) {
                less.add(new CapUse(use.program(), use.rule(), use.period(), before - after, last ? -use.times() : 0));
            }
        }
        return less;
    }

    private long of(CapUse use, SortedMap<Integer, Long> returned) {
        return earned.programs().stream()
                .filter(it -> it.program().equals(use.program()))
                .flatMap(it -> it.rules().stream())
                .filter(it -> use.rule().isEmpty() || it.rule().equals(use.rule()))
                .mapToLong(it -> back(it, returned))
                .sum();
    }
}
