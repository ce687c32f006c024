package dev.retailcrm.jdbc.fault;

import dev.retailcrm.jdbc.server.TestDatabase;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A till in a JVM of its own: several clerks, whose outcomes are written to standard output, each after its answer came. */
final class TillProcess {
    private TillProcess() {}

    /** URL, user, password, name, mix, clerks, commands of each (0 for no end), seed. */
    public static void main(String[] args) throws InterruptedException {
        Victim.endWithParent();
        TestDatabase database = new TestDatabase(args[0], args[1], args[2]);
        int clerks = Integer.parseInt(args[5]);
        long commands = Long.parseLong(args[6]);
        long seed = Long.parseLong(args[7]);
        try (OutputStream out = new FileOutputStream(FileDescriptor.out);
                Till till = Till.open(database, clerks)) {
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < clerks; i++) {
                TillClerk clerk = new TillClerk(
                        till,
                        args[3] + "/" + i,
                        TillClerk.Mix.valueOf(args[4]),
                        seed + i,
                        outcome -> write(out, outcome));
                threads.add(new Thread(() -> {
                    for (long n = 0; commands == 0 || n < commands; n++) {
                        clerk.once();
                    }
                }));
            }
            threads.forEach(Thread::start);
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A line in one write, so that a kill leaves it whole or not at all. */
    private static void write(OutputStream out, TillOutcome outcome) {
        try {
            out.write((outcome + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
