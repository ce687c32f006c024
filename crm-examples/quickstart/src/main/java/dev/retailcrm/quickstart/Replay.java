package dev.retailcrm.quickstart;

import com.google.common.collect.Lists;
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
    private static final int BUNDLE = 50;

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
                .setUpdateIntervalMillis(1000)
                .build()) {
            List<Future<?>> work = new ArrayList<>();
            for (int i = 0; i < tills; i++) {
                int mine = i;
                List<Purchase> own = purchases.stream()
                        .filter(purchase -> Math.floorMod(purchase.customer().hashCode(), tills) == mine)
                        .toList();
                work.add(threads.submit(() -> {
                    for (List<Purchase> bundle : Lists.partition(own, BUNDLE)) {
                        till.book(bundle);
                        bar.stepBy(bundle.size());
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
