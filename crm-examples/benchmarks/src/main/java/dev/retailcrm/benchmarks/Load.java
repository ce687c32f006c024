package dev.retailcrm.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

/** Lets a number of clients do the same work for a while and counts what they get done. */
final class Load {
    /** One client's work; made and used by one thread. */
    interface Client extends AutoCloseable {
        /** Does one unit of work. */
        void once(long number) throws Exception;

        @Override
        default void close() throws java.sql.SQLException {}
    }

    /** Makes the client with this number. */
    interface Clients {
        Client open(int client) throws Exception;
    }

    private Load() {}

    /** Units of work per second. */
    static double perSecond(int clients, double seconds, Clients work) {
        ExecutorService threads = Executors.newFixedThreadPool(clients);
        try {
            AtomicBoolean over = new AtomicBoolean();
            List<Future<long[]>> counts = new ArrayList<>();
            for (int i = 0; i < clients; i++) {
                int number = i;
                counts.add(threads.submit(() -> count(work, number, over)));
            }
            Thread.sleep((long) (seconds * 1000));
            over.set(true);
            double rate = 0;
            for (Future<long[]> count : counts) {
                long[] done = count.get();
                rate += done[0] * 1e9 / done[1];
            }
            return rate;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } finally {
            threads.shutdownNow();
        }
    }

    private static long[] count(Clients work, int number, AtomicBoolean over) throws Exception {
        try (Client client = work.open(number)) {
            long done = 0;
            long start = System.nanoTime();
            while (!over.get()) {
                client.once(done++);
            }
            return new long[] {done, System.nanoTime() - start};
        }
    }
}
