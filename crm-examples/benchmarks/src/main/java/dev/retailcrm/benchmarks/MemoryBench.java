package dev.retailcrm.benchmarks;

import java.util.concurrent.Callable;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import picocli.CommandLine.Command;

/** Points earned in memory on one core, by JMH. */
@Command(name = "memory", description = "Points earned per second in memory on one core, by JMH.")
final class MemoryBench implements Callable<Integer> {
    @Override
    public Integer call() throws Exception {
        var results = new Runner(new OptionsBuilder()
                        .include(MemoryShop.class.getSimpleName() + ".earn")
                        .forks(1)
                        .warmupIterations(5)
                        .warmupTime(TimeValue.seconds(2))
                        .measurementIterations(10)
                        .measurementTime(TimeValue.seconds(1))
                        .jvmArgs("-Xms12g", "-Xmx12g", "-Xmn9g", "-XX:+UseParallelGC", "-XX:+AlwaysPreTouch")
                        .build())
                .run();
        results.forEach(result -> Figures.print(
                "memory.earn.per-second", result.getPrimaryResult().getScore()));
        return 0;
    }
}
