package dev.retailcrm.jdbc.fault;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Splitter;
import dev.retailcrm.jdbc.CrmSchema;
import dev.retailcrm.jdbc.server.TestDatabase;
import dev.retailcrm.jdbc.server.TestMariaDb;
import dev.retailcrm.jdbc.server.TestPostgres;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills a process (SIGKILL) that merges customers and takes them apart: each couple is as it is after a number of whole steps, row by row,
 * no step that was answered is lost, and the step nobody answered can be repeated.
 */
class MergeKillTest {
    private static final int KILLS = 10;
    private static final int COUPLES = 2;
    private static final int LONGEST_MILLIS = 400;

    @Test
    void on_postgresql_leaves_nothing_between() throws Exception {
        killed(TestPostgres.durable().newDatabase("killed_merge"));
    }

    @Test
    void on_mariadb_leaves_nothing_between() throws Exception {
        killed(TestMariaDb.durable().newDatabase("killed_merge"));
    }

    @Test
    void on_h2_leaves_nothing_between(@TempDir Path directory) throws Exception {
        killed(new TestDatabase(
                "jdbc:h2:file:" + directory.resolve("merge") + ";WRITE_DELAY=0;RETENTION_TIME=0;LOCK_TIMEOUT=10000",
                "sa",
                ""));
    }

    /** How a couple is after so many steps, found out on one that nobody kills. */
    private static final class Reference {
        private final List<List<String>> rows = new ArrayList<>();
        private final List<List<String>> answers = new ArrayList<>();

        void reach(Couples all, int steps) throws Exception {
            Couple couple = rows.isEmpty() ? Couple.prepare(all, "reference") : Couple.of(all, "reference");
            for (int step = rows.size(); step <= steps; step++) {
                if (step > 0) {
                    couple.step(step);
                }
                rows.add(couple.rows());
                answers.add(couple.answers());
                assertThat(couple.totals()).containsExactly(420L, 4_600L);
                assertThat(couple.isMerged()).isEqualTo(step % 2 == 1);
                assertThat(answers.get(step)).isEqualTo(answers.get(step % 2));
            }
        }
    }

    private static void killed(TestDatabase database) throws Exception {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        CrmSchema.on(database.dataSource()).migrate();
        Reference reference = new Reference();
        int steps = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            List<String> names = names(kill);
            try (Couples all = new Couples(database, 2)) {
                names.forEach(name -> Couple.prepare(all, name));
            }
            List<String> arguments = new ArrayList<>(List.of(database.url(), database.user(), database.password()));
            arguments.addAll(names);
            List<String> lines = Victim.linesUntilKilled(
                    Victim.start(MergingProcess.class, arguments.toArray(String[]::new)),
                    random.nextInt(LONGEST_MILLIS));
            assertThat(lines).as("seed %d", seed).allMatch(line -> line.startsWith("DONE"));
            Map<String, Integer> answered = answered(lines);
            steps += answered.values().stream().mapToInt(it -> it).sum();
            try (Couples all = new Couples(database, 2)) {
                for (String name : names) {
                    check(
                            all,
                            name,
                            answered.getOrDefault(name, 0),
                            reference,
                            "seed %d, kill %d, %s".formatted(seed, kill, name));
                }
            }
        }
        assertThat(steps).as("each was killed at work").isGreaterThanOrEqualTo(KILLS);
    }

    private static List<String> names(int kill) {
        return IntStream.range(0, COUPLES).mapToObj(i -> "k" + kill + "c" + i).toList();
    }

    private static Map<String, Integer> answered(List<String> lines) {
        Map<String, Integer> answered = new HashMap<>();
        for (String line : lines) {
            List<String> words = Splitter.on(' ').splitToList(line);
            answered.put(words.get(1), Integer.parseInt(words.get(2)));
        }
        return answered;
    }

    private static List<String> differences(List<String> seen, List<String> wanted) {
        return Stream.concat(
                        wanted.stream().filter(row -> !seen.contains(row)).map(row -> "missing " + row),
                        seen.stream().filter(row -> !wanted.contains(row)).map(row -> "not wanted " + row))
                .toList();
    }

    private static void check(Couples all, String name, int answered, Reference reference, String what)
            throws Exception {
        reference.reach(all, answered + 1);
        Couple couple = Couple.of(all, name).settled();
        List<String> rows = couple.rows();
        int stands = rows.equals(reference.rows.get(answered + 1)) ? answered + 1 : answered;
        assertThat(differences(rows, reference.rows.get(stands)))
                .as("%s, %d steps were answered", what, answered)
                .isEmpty();
        assertThat(couple.at(stands).answers()).as(what).isEqualTo(reference.answers.get(stands));
        assertThat(couple.totals()).as(what).containsExactly(420L, 4_600L);
        couple.step(answered + 1);
        assertThat(differences(couple.rows(), reference.rows.get(answered + 1)))
                .as("%s, repeated", what)
                .isEmpty();
    }
}
