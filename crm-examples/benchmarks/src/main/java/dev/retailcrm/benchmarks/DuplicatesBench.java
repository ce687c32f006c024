package dev.retailcrm.benchmarks;

import dev.retailcrm.core.merge.DuplicateFinder;
import dev.retailcrm.core.merge.Duplicates;
import dev.retailcrm.core.merge.PersonField;
import dev.retailcrm.core.merge.sample.Febrl;
import dev.retailcrm.core.merge.sample.Link;
import dev.retailcrm.core.merge.sample.MadeUpPeople;
import dev.retailcrm.core.merge.sample.Quality;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** How well and how fast duplicates are found, by one set of rules everywhere, in one thread. */
@Command(
        name = "duplicates",
        description = "Precision, recall, candidates and seconds on FEBRL's data sets 1 and 4 and on made-up families.")
final class DuplicatesBench implements Callable<Integer> {
    @Option(names = "--febrl", description = "folder of dataset1.csv, dataset4a.csv, dataset4b.csv and true links")
    private Path folder = Febrl.besideTheProject().folder();

    @Option(names = "--people", description = "sizes of the made-up sets (default: ${DEFAULT-VALUE})", split = ",")
    private List<Integer> sizes = List.of(10_000, 100_000);

    private final DuplicateFinder finder = DuplicateFinder.standard();

    @Override
    public Integer call() {
        Febrl febrl = new Febrl(folder);
        if (febrl.isThere()) {
            measure(febrl, "", Set.of());
            measure(febrl, ".without-ids", Set.of(PersonField.ID_NUMBER));
        } else {
            System.err.println("no FEBRL data in " + folder);
        }
        for (int size : sizes) {
            MadeUpPeople made = MadeUpPeople.of(1, size);
            measure("duplicates.families-" + size, made.links(), () -> finder.find(made.people()));
        }
        return febrl.isThere() ? 0 : 1;
    }

    private void measure(Febrl febrl, String suffix, Set<PersonField> without) {
        var one = febrl.people("dataset1.csv", without);
        var links1 = febrl.links("dataset1_true_links.csv");
        measure("duplicates.febrl1" + suffix, links1, () -> finder.find(one));
        var left = febrl.people("dataset4a.csv", without);
        var right = febrl.people("dataset4b.csv", without);
        var links4 = febrl.links("dataset4_true_links.csv");
        measure("duplicates.febrl4" + suffix, links4, () -> finder.link(left, right));
    }

    private static void measure(String name, Set<Link> truth, Supplier<Duplicates> search) {
        long start = System.nanoTime();
        Duplicates found = search.get();
        double seconds = (System.nanoTime() - start) / 1e9;
        Quality quality = Quality.of(found, truth);
        Figures.print(name + ".precision", quality.precision());
        Figures.print(name + ".recall", quality.recall());
        Figures.print(name + ".recall-with-review", quality.recallWithReview());
        Figures.print(name + ".false-reviews", (double) quality.falseReviews());
        Figures.print(name + ".candidate-percent", 100 * quality.candidateShare());
        Figures.print(name + ".skipped-pairs", (double) found.coverage().skippedPairs());
        Figures.print(name + ".seconds", seconds);
    }
}
