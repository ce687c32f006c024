package dev.retailcrm.jdbc.server;

/** How much a test server pays for durability. */
public enum Mode {
    /** A commit that was answered survives {@link TestServer#killHard()}. For kill tests and benchmarks. */
    DURABLE,
    /** Nothing waits for the disk. For everything that does not ask what a crash leaves. */
    FAST
}
