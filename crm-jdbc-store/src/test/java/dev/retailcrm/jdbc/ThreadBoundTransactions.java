package dev.retailcrm.jdbc;

import dev.retailcrm.jdbc.server.TestDatabase;
import dev.retailcrm.tck.HostTransaction;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** A host that binds its transaction to the thread, as Spring does: until it ends, the data source hands out its connection. */
final class ThreadBoundTransactions {
    private final TestDatabase database;
    private final DataSource connections;

    @SuppressWarnings("ThreadLocalUsage") // one for each database
    private final ThreadLocal<@Nullable Connection> current = new ThreadLocal<>();

    ThreadBoundTransactions(TestDatabase database) {
        this.database = database;
        this.connections = database.dataSource();
    }

    /** Shows a thread its transaction's connection, which {@code close} leaves open, or else a new one. */
    DataSource dataSource() {
        return (DataSource) Proxy.newProxyInstance(
                DataSource.class.getClassLoader(), new Class<?>[] {DataSource.class}, (proxy, method, arguments) -> {
                    Connection mine = current.get();
                    boolean bound = mine != null && method.getName().equals("getConnection");
                    return bound ? unclosable(mine) : invoke(method, connections, arguments);
                });
    }

    HostTransaction begin() {
        try {
            Connection connection = database.connect();
            connection.setAutoCommit(false);
            current.set(connection);
            return new Bound(connection);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Object unclosable(Connection connection) {
        return Proxy.newProxyInstance(
                Connection.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, arguments) ->
                        method.getName().equals("close") ? null : invoke(method, connection, arguments));
    }

    static @Nullable Object invoke(
            java.lang.reflect.Method method, Object target, @Nullable Object @Nullable [] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }

    private final class Bound implements HostTransaction {
        private final Connection connection;

        Bound(Connection connection) {
            this.connection = connection;
        }

        @Override
        public void commit() {
            end(Connection::commit);
        }

        @Override
        public void rollback() {
            end(Connection::rollback);
        }

        @Override
        public void close() {
            if (current.get() == connection) {
                rollback();
            }
        }

        private void end(Ending ending) {
            current.remove();
            try (connection) {
                ending.end(connection);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private interface Ending {
        void end(Connection connection) throws SQLException;
    }
}
