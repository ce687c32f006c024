package dev.retailcrm.quickstart;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Sends purchases through several tills at once, each customer always to the same till, so that hers stay in time order. */
final class Replay {
    private final Till till;
    private final int tills;

    Replay(Till till, int tills) {
        this.till = till;
        this.tills = tills;
    }

    /** Books all of them; the first failure ends it. */
    void run(List<Purchase> purchases) {
        ExecutorService threads = Executors.newFixedThreadPool(tills);
        try (ProgressBar bar = new ProgressBarBuilder()
                .setTaskName("Purchases")
                .setInitialMax(purchases.size())
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(500)
                .build()) {
            List<Future<?>> work = new ArrayList<>();
            for (int i = 0; i < tills; i++) {
                int mine = i;
                work.add(threads.submit(() -> {
                    for (Purchase purchase : purchases) {
                        if (Math.floorMod(purchase.customer().hashCode(), tills) == mine) {
                            till.book(purchase);
                            bar.step();
                        }
                    }
                }));
            }
            for (Future<?> part : work) {
                part.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("a purchase was not booked", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            threads.shutdownNow();
        }
    }
}
