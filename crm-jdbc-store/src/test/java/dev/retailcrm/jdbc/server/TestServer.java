package dev.retailcrm.jdbc.server;

import java.nio.file.Path;

/**
 * A real database server on this machine, for tests and benchmarks. Thread-safe.
 *
 * <p>A shared one ({@code TestPostgres.fast()}) starts when first asked for and stops with the JVM. One of your own
 * ({@code TestPostgres.start(mode, maxConnections)}) stops with {@link #close()}, or with the JVM at the latest. Nothing
 * is left behind: not a process, not a file, even if the JVM is killed.
 */
public interface TestServer extends AutoCloseable {
    /** Connections a server takes at once unless told otherwise. */
    int MAX_CONNECTIONS = 200;

    /** Creates an empty database. The name is {@code prefix} with a number behind that makes it unique. */
    TestDatabase newDatabase(String prefix);

    /**
     * Kills the server and all its processes at once (SIGKILL). Sessions break, databases stay for {@link #restart()}.
     *
     * @throws UnsupportedOperationException if the server lives inside this JVM ({@link TestH2#fast()})
     */
    void killHard();

    /** Starts a killed server again on the same port and the same files, and waits until it answers. */
    void restart();

    /**
     * The directory of all files: tables, logs, messages.
     *
     * @throws UnsupportedOperationException if it has none ({@link TestH2#fast()})
     */
    Path files();

    /** Stops the server and deletes its files. Stopping twice is the same as once. */
    @Override
    void close();
}
