package dev.retailcrm.jdbc.fault;

import dev.retailcrm.jdbc.server.TestDatabase;
import java.util.ArrayList;
import java.util.List;

/** Merges couples and takes them apart, without end, and writes the number of each step to standard output when it is answered. */
final class MergingProcess {
    private MergingProcess() {}

    /** URL, user, password, and the names of the couples. */
    public static void main(String[] args) throws InterruptedException {
        Victim.endWithParent();
        List<String> names = List.of(args).subList(3, args.length);
        try (Couples all = new Couples(new TestDatabase(args[0], args[1], args[2]), names.size())) {
            List<Thread> threads = new ArrayList<>();
            for (String name : names) {
                threads.add(new Thread(() -> {
                    Couple couple = Couple.of(all, name);
                    for (int step = 1; ; step++) {
                        couple.step(step);
                        System.out.println("DONE " + name + " " + step);
                    }
                }));
            }
            threads.forEach(Thread::start);
            for (Thread thread : threads) {
                thread.join();
            }
        }
    }
}
