package dev.retailcrm.assets.earn;

import dev.retailcrm.assets.checkout.BasketLine;
import dev.retailcrm.assets.checkout.Block;
import dev.retailcrm.assets.checkout.LineKind;
import dev.retailcrm.assets.checkout.Proportion;
import dev.retailcrm.assets.checkout.Purchase;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.StoreId;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * What one program gives for a purchase: first by money and pieces, then many times of that, then for the order. Which rules count is decided line by
 * line; then each rule counts its lines together, and what it gives is split over them in proportion. Pure; for one use.
 */
final class PurchaseCalculation extends Calculation {
    private final Purchase purchase;
    private final List<BasketLine> lines;
    private final long[] base;
    private final long[] multiplied;

    PurchaseCalculation(EarningProgram program, EarnSituation situation, Purchase purchase) {
        super(program, situation);
        this.purchase = purchase;
        this.lines = purchase.basket().lines();
        this.base = program.base().of(purchase);
        this.multiplied = new long[base.length];
    }

    ProgramEarning calculate() {
        stage(basis -> basis instanceof EarnBasis.PerMoney || basis instanceof EarnBasis.PerUnit, this::byLine);
        Arrays.setAll(multiplied, i -> pointsOf(lines.get(i).no()));
        stage(EarnBasis.Times.class::isInstance, this::byLine);
        stage(EarnBasis.PerOrder.class::isInstance, this::byOrder);
        List<LineEarning> earned = new ArrayList<>();
        for (int i = 0; i < base.length; i++) {
            BasketLine line = lines.get(i);
            earned.add(new LineEarning(
                    line.no(), line.kind(), line.net().getAmountMinorLong(), base[i], pointsOf(line.no())));
        }
        return result(earned);
    }

    /** Which of the rules that count here cover which lines, and how those are stacked. */
    private interface Stage {
        Map<EarnRule, List<Integer>> chosen(Map<EarnRule, List<Integer>> covering);
    }

    private void stage(Predicate<EarnBasis> kind, Stage stage) {
        Map<EarnRule, List<Integer>> covering = new LinkedHashMap<>();
        for (EarnRule rule : program.rules().stream().sorted(ORDER).toList()) {
            if (kind.test(rule.basis())
                    && counts(rule, store(), purchase.basket().channel().orElse(null))) {
                List<Integer> covered = covered(rule);
                if (meets(rule, covered)) {
                    covering.put(rule, covered);
                }
            }
        }
        Map<EarnRule, List<Integer>> chosen = stage.chosen(covering);
        for (EarnRule rule : covering.keySet()) {
            List<Integer> its = chosen.getOrDefault(rule, List.of());
            if (its.isEmpty()) {
                refuse(rule, EarnVerdict.SUPERSEDED);
            } else {
                give(rule, its);
            }
        }
    }

    private @Nullable StoreId store() {
        return purchase.basket().store().orElse(null);
    }

    private List<Integer> covered(EarnRule rule) {
        List<Integer> covered = new ArrayList<>();
        for (int i = 0; i < base.length; i++) {
            if (lines.get(i).kind() == LineKind.GOODS && rule.scope().covers(lines.get(i))) {
                covered.add(i);
            }
        }
        return covered;
    }

    private boolean meets(EarnRule rule, List<Integer> covered) {
        if (covered.isEmpty()) {
            refuse(rule, EarnVerdict.NOT_COVERED);
            return false;
        }
        boolean foreign = rule.basis() instanceof EarnBasis.PerMoney money
                && !money.block().getCurrencyUnit().equals(purchase.basket().currency());
        if (foreign
                || (rule.minimumAmount() != null
                        && !rule.minimumAmount()
                                .getCurrencyUnit()
                                .equals(purchase.basket().currency()))) {
            refuse(rule, EarnVerdict.OTHER_CURRENCY);
            return false;
        }
        boolean enough = (rule.minimumAmount() == null
                        || sum(covered, i -> base[i]) >= rule.minimumAmount().getAmountMinorLong())
                && sum(covered, i -> lines.get(i).quantityMilli()) >= 1000L * rule.minimumUnits();
        if (!enough) {
            refuse(rule, EarnVerdict.BELOW_MINIMUM);
        }
        return enough;
    }

    private static long sum(List<Integer> some, ToLongFunction<Integer> of) {
        return some.stream().mapToLong(of).sum();
    }

    private Map<EarnRule, List<Integer>> byLine(Map<EarnRule, List<Integer>> covering) {
        Map<EarnRule, List<Integer>> chosen = new LinkedHashMap<>();
        for (int i = 0; i < base.length; i++) {
            int line = i;
            List<EarnRule> its = covering.entrySet().stream()
                    .filter(it -> it.getValue().contains(line))
                    .map(Map.Entry::getKey)
                    .toList();
            Comparator<EarnRule> value = (one, other) -> compare(one, other, line);
            stacked(its, value)
                    .forEach(rule -> chosen.computeIfAbsent(rule, first -> new ArrayList<>())
                            .add(line));
        }
        return chosen;
    }

    private Map<EarnRule, List<Integer>> byOrder(Map<EarnRule, List<Integer>> covering) {
        Map<EarnRule, List<Integer>> chosen = new LinkedHashMap<>();
        stacked(List.copyOf(covering.keySet()), Comparator.comparingLong(rule -> exact(rule, 0)[0].longValueExact()))
                .forEach(rule -> chosen.put(rule, covering.getOrDefault(rule, List.of())));
        return chosen;
    }

    /** By what they give for the line alone, before rounding. */
    private int compare(EarnRule one, EarnRule other, int line) {
        BigInteger[] first = exact(one, line);
        BigInteger[] second = exact(other, line);
        return first[0].multiply(second[1]).compareTo(second[0].multiply(first[1]));
    }

    /** Points for a line as a fraction; those for the order. */
    private BigInteger[] exact(EarnRule rule, int line) {
        return rule.basis().accept(new EarnBasis.Visitor<>() {
            @Override
            public BigInteger[] money(EarnBasis.PerMoney basis) {
                return fraction(basis.points(), base[line], basis.block().getAmountMinorLong());
            }

            @Override
            public BigInteger[] units(EarnBasis.PerUnit basis) {
                return fraction(basis.points(), lines.get(line).quantityMilli(), 1000L * basis.block());
            }

            @Override
            public BigInteger[] times(EarnBasis.Times basis) {
                return fraction(basis.extraHundredths(), 1, 1);
            }

            @Override
            public BigInteger[] order(EarnBasis.PerOrder basis) {
                return fraction(basis.points(), 1, 1);
            }

            @Override
            public BigInteger[] event(EarnBasis.PerEvent basis) {
                return fraction(0, 0, 1);
            }
        });
    }

    private static BigInteger[] fraction(long points, long amount, long block) {
        return new BigInteger[] {
            BigInteger.valueOf(points).multiply(BigInteger.valueOf(amount)), BigInteger.valueOf(block)
        };
    }

    private void give(EarnRule rule, List<Integer> its) {
        long points = rule.basis().accept(new EarnBasis.Visitor<>() {
            @Override
            public Long money(EarnBasis.PerMoney basis) {
                Block block = new Block(basis.block().getAmountMinorLong(), basis.rounding());
                return times(basis.points(), block.count(sum(its, i -> base[i])));
            }

            @Override
            public Long units(EarnBasis.PerUnit basis) {
                Block block = new Block(1000L * basis.block(), basis.rounding());
                return times(
                        basis.points(), block.count(sum(its, i -> lines.get(i).quantityMilli())));
            }

            @Override
            public Long times(EarnBasis.Times basis) {
                BigInteger extra = BigInteger.valueOf(sum(its, i -> multiplied[i]))
                        .multiply(BigInteger.valueOf(basis.extraHundredths()));
                return Block.rounded(extra, 100, basis.rounding());
            }

            @Override
            public Long order(EarnBasis.PerOrder basis) {
                return basis.points();
            }

            @Override
            public Long event(EarnBasis.PerEvent basis) {
                return 0L;
            }

            private long times(long points, long blocks) {
                BigInteger all = BigInteger.valueOf(points).multiply(BigInteger.valueOf(blocks));
                return Block.rounded(all, 1, RoundingMode.DOWN);
            }
        });
        if (points == 0) {
            refuse(rule, EarnVerdict.TOO_LITTLE);
            return;
        }
        if (points > EarnCap.NONE) {
            throw CoreError.INVALID_VALUE.because("the rule %s gives more than 10^15", rule.key());
        }
        List<Integer> numbers = its.stream().map(i -> lines.get(i).no()).toList();
        give(rule, points, onLines(numbers, Proportion.split(points, weights(rule, its))));
    }

    /** By what lines weigh in what a rule gives: the same as it counts. */
    private long[] weights(EarnRule rule, List<Integer> its) {
        ToLongFunction<Integer> weight = i -> base[i];
        if (rule.basis() instanceof EarnBasis.PerUnit) {
            weight = i -> lines.get(i).quantityMilli();
        } else if (rule.basis() instanceof EarnBasis.Times) {
            weight = i -> multiplied[i];
        }
        long[] weights = its.stream().mapToLong(weight).toArray();
        if (Arrays.stream(weights).sum() == 0) {
            Arrays.fill(weights, 1);
        }
        return weights;
    }
}
