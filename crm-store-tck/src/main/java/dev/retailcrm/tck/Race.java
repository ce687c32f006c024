package dev.retailcrm.tck;

import dev.retailcrm.core.kernel.CrmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Lets threads do something at the same time. Closing it waits for all of them. */
final class Race implements AutoCloseable {
    /** How long anything may take before it is taken for hanging. */
    static final Duration PATIENCE = Duration.ofMinutes(10);

    /** How long something that must wait is watched doing so. */
    static final Duration WATCH = Duration.ofMillis(150);

    private final ExecutorService threads = Executors.newCachedThreadPool();

    /**
     * What one thread came to: a result, or the refusal it got.
     *
     * @param result {@code null} if refused
     * @param refusal {@code null} if not
     */
    record Attempt<T>(@Nullable T result, @Nullable CrmException refusal) {
        boolean succeeded() {
            return refusal == null;
        }

        /** What comes after a success. */
        void andThen(Consumer<T> next) {
            if (result != null) {
                next.accept(result);
            }
        }

        T orFail() {
            if (result == null) {
                throw new AssertionError("refused", refusal);
            }
            return result;
        }
    }

    /** Runs the work in as many threads, all started at once, and returns what each came to, in the order of their numbers. */
    static <T> List<Attempt<T>> of(int threads, IntFunction<T> work) {
        try (var race = new Race()) {
            var barrier = new CyclicBarrier(threads);
            List<Future<Attempt<T>>> running = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                int number = i;
                running.add(race.threads.submit(() -> {
                    await(barrier);
                    return attempt(() -> work.apply(number));
                }));
            }
            List<Attempt<T>> attempts = new ArrayList<>();
            running.forEach(future -> attempts.add(result(future)));
            return attempts;
        }
    }

    static <T> Attempt<T> attempt(Supplier<T> work) {
        try {
            return new Attempt<>(work.get(), null);
        } catch (CrmException refusal) {
            return new Attempt<>(null, refusal);
        }
    }

    /** Starts something in another thread. */
    <T> Future<T> start(Callable<T> work) {
        return threads.submit(work);
    }

    /** Whether it still waits after having been watched for a moment. */
    static boolean waits(Future<?> future) {
        try {
            future.get(WATCH.toMillis(), TimeUnit.MILLISECONDS);
            return false;
        } catch (TimeoutException e) {
            return true;
        } catch (ExecutionException e) {
            return false;
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }

    /** What the other thread came to; what it threw fails the rule. */
    static <T> T result(Future<T> future) {
        try {
            return future.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new AssertionError("a thread failed: " + e.getCause(), e.getCause());
        } catch (TimeoutException e) {
            throw new AssertionError("a thread hangs", e);
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
            throw new AssertionError("the threads did not start together", e);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
