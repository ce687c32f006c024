package dev.retailcrm.jdbc;

/** Waits between attempts. */
final class Pause {
    private Pause() {}

    /** Waits, shorter if the thread is interrupted, which it stays. */
    static void millis(int millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
