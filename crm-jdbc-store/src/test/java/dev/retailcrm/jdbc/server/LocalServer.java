package dev.retailcrm.jdbc.server;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/** A server in its own process. */
final class LocalServer implements TestServer {
    private final ServerProcess process;
    private final Function<String, TestDatabase> databases;
    private final Creation creation;
    private final AtomicLong created = new AtomicLong();

    /** Makes a database exist. */
    interface Creation {
        void create(String name) throws SQLException;
    }

    LocalServer(ServerProcess process, Function<String, TestDatabase> databases, Creation creation) {
        this.process = process;
        this.databases = databases;
        this.creation = creation;
        process.start();
    }

    /** {@code CREATE DATABASE} over a connection to another database of the server. */
    static Creation createdOver(TestDatabase admin) {
        return name -> {
            try (var connection = admin.connect();
                    var statement = connection.createStatement()) {
                statement.execute("CREATE DATABASE " + name);
            }
        };
    }

    @Override
    public TestDatabase newDatabase(String prefix) {
        var name = prefix + "_" + created.incrementAndGet();
        try {
            creation.create(name);
        } catch (SQLException e) {
            throw new IllegalStateException("Cannot create database " + name, e);
        }
        return databases.apply(name);
    }

    @Override
    public void killHard() {
        process.kill();
    }

    @Override
    public void restart() {
        process.start();
    }

    @Override
    public Path files() {
        return process.home();
    }

    @Override
    public void close() {
        process.stop();
    }
}
