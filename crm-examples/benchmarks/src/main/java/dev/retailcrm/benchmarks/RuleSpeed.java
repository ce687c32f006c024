package dev.retailcrm.benchmarks;

import java.util.BitSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.IntPredicate;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * One rule asked about the same customers in memory, by us and by others: gender is female, age 30 or more, city one of five or spend over 800,
 * a purchase in the last 30 days, tag t7. All find the same members.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class RuleSpeed {
    static final int CUSTOMERS = 100_000;

    private OursRule ours;
    private RulePeers.ByHand byHand;
    private RulePeers.OfJsonLogic jsonLogic;
    private RulePeers.OfCel cel;
    private UnomiRule unomi;

    @Setup
    public void load() {
        List<Shopper> shoppers = Shopper.some(CUSTOMERS);
        ours = new OursRule(shoppers);
        byHand = new RulePeers.ByHand(shoppers);
        jsonLogic = new RulePeers.OfJsonLogic(shoppers);
        cel = new RulePeers.OfCel(shoppers);
        unomi = new UnomiRule(shoppers);
        BitSet expected = members(byHand::test);
        if (expected.isEmpty()) {
            throw new IllegalStateException("the rule has no members");
        }
        requireSame("ours", expected, members(ours::test));
        requireSame("JsonLogic", expected, members(jsonLogic::test));
        requireSame("CEL", expected, members(cel::test));
        requireSame("Unomi", expected, members(unomi::test));
    }

    private static BitSet members(IntPredicate rule) {
        BitSet members = new BitSet();
        for (int i = 0; i < CUSTOMERS; i++) {
            members.set(i, rule.test(i));
        }
        return members;
    }

    private static void requireSame(String who, BitSet expected, BitSet found) {
        if (!found.equals(expected)) {
            throw new IllegalStateException(
                    who + " finds " + found.cardinality() + " others than the " + expected.cardinality());
        }
    }

    @Benchmark
    @OperationsPerInvocation(CUSTOMERS)
    public int ours() {
        int members = 0;
        for (int i = 0; i < CUSTOMERS; i++) {
            members += ours.test(i) ? 1 : 0;
        }
        return members;
    }

    @Benchmark
    @OperationsPerInvocation(CUSTOMERS)
    public int byHand() {
        int members = 0;
        for (int i = 0; i < CUSTOMERS; i++) {
            members += byHand.test(i) ? 1 : 0;
        }
        return members;
    }

    @Benchmark
    @OperationsPerInvocation(CUSTOMERS)
    public int jsonLogic() {
        int members = 0;
        for (int i = 0; i < CUSTOMERS; i++) {
            members += jsonLogic.test(i) ? 1 : 0;
        }
        return members;
    }

    @Benchmark
    @OperationsPerInvocation(CUSTOMERS)
    public int cel() {
        int members = 0;
        for (int i = 0; i < CUSTOMERS; i++) {
            members += cel.test(i) ? 1 : 0;
        }
        return members;
    }

    @Benchmark
    @OperationsPerInvocation(CUSTOMERS)
    public int unomi() {
        int members = 0;
        for (int i = 0; i < CUSTOMERS; i++) {
            members += unomi.test(i) ? 1 : 0;
        }
        return members;
    }
}
