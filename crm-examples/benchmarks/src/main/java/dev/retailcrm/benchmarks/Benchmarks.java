package dev.retailcrm.benchmarks;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The benchmarks: {@code bench posting}, {@code bench replay}, {@code bench torture}, {@code bench trade},
 * {@code bench behavior}, {@code bench import}, {@code bench lookup}, {@code bench rules},
 * {@code bench audiences}, {@code bench index}, and by JMH what needs no database: {@code bench memory}, {@code bench rule-speed}. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = "Measures the library, as ratios to peers in the same run.",
        subcommands = {
            PostingBench.class,
            LedgerBench.class,
            ReplayBench.class,
            MemoryBench.class,
            TortureBench.class,
            DuplicatesBench.class,
            TradeBench.class,
            BehaviorBench.class,
            TagBench.class,
            ReportBench.class,
            AutoTagBench.class,
            LiveAudienceBench.class,
            TierBench.class,
            CouponBench.class,
            CheckoutBench.class,
            ImportBench.class,
            LookupBench.class,
            RuleSpeedBench.class,
            RuleSqlBench.class,
            AudienceBench.class,
            IndexBench.class
        })
public final class Benchmarks {
    private Benchmarks() {}

    public static void main(String[] args) {
        System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "warn");
        System.exit(new CommandLine(new Benchmarks())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(args));
    }
}
