package dev.retailcrm.benchmarks;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@link RuleSpeed} by JMH: times of one customer, and their ratios. */
@Command(
        name = "rule-speed",
        description = "Time of one rule per customer in memory, as ratios to other evaluators in the same run, by JMH.")
final class RuleSpeedBench implements Callable<Integer> {
    @Option(names = "--seconds", description = "length of one iteration (default: ${DEFAULT-VALUE})")
    int seconds = 2;

    @Option(
            names = "--iterations",
            description = "measured iterations, as many more before (default: ${DEFAULT-VALUE})")
    int iterations = 5;

    @Override
    public Integer call() throws Exception {
        Map<String, Double> nanos = new HashMap<>();
        new Runner(new OptionsBuilder()
                        .include(RuleSpeed.class.getName() + "\\..*")
                        .forks(1)
                        .threads(1)
                        .warmupIterations(iterations)
                        .warmupTime(TimeValue.seconds(seconds))
                        .measurementIterations(iterations)
                        .measurementTime(TimeValue.seconds(seconds))
                        .jvmArgs("-Xms4g", "-Xmx4g", "-XX:+UseParallelGC")
                        .build())
                .run()
                .forEach(result -> nanos.put(
                        result.getPrimaryResult().getLabel(),
                        result.getPrimaryResult().getScore()));
        double ours = nanos.getOrDefault("ours", Double.NaN);
        nanos.forEach((who, time) -> Figures.print("rule." + who + ".nanos", time));
        Figures.print("rule.ours-to-by-hand-time", ours / nanos.getOrDefault("byHand", Double.NaN));
        Figures.print("rule.unomi-to-ours-time", nanos.getOrDefault("unomi", Double.NaN) / ours);
        Figures.print("rule.json-logic-to-ours-time", nanos.getOrDefault("jsonLogic", Double.NaN) / ours);
        Figures.print("rule.cel-to-ours-time", nanos.getOrDefault("cel", Double.NaN) / ours);
        return 0;
    }
}
