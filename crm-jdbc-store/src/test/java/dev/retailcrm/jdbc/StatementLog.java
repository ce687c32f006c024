package dev.retailcrm.jdbc;

import com.google.common.base.Throwables;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * What is sent over the connections of a data source, by one thread. A batch counts as one statement; what begins a transaction
 * counts as little as the switch of autocommit it stands for.
 */
final class StatementLog {
    private final List<Sent> sent = new ArrayList<>();
    private final Witness witness;
    private int commits;

    StatementLog() {
        this((connection, statement) -> {});
    }

    /** A log that shows each statement to a witness before it is sent. */
    StatementLog(Witness witness) {
        this.witness = witness;
    }

    /** A statement as it was sent, with its parameters by position as given to a setter. */
    record Sent(String sql, Map<Integer, Bound> parameters) {}

    /** A parameter: the setter that bound it, with its arguments. */
    record Bound(Method setter, List<Object> arguments) {}

    /** Sees a statement that is about to be sent over a connection, which is itself not logged. */
    interface Witness {
        void sees(Connection connection, Sent statement);
    }

    /** The data source as seen through this log. */
    DataSource on(DataSource target) {
        return proxy(DataSource.class, target, (method, arguments, call) -> {
            Object result = call.result();
            return result instanceof Connection connection ? on(connection) : result;
        });
    }

    /** The connection as seen through this log. */
    Connection on(Connection target) {
        return proxy(Connection.class, target, (method, arguments, call) -> {
            Object result = call.result();
            if (method.getName().equals("commit")) {
                commits++;
            }
            if (result instanceof PreparedStatement statement) {
                return on(target, PreparedStatement.class, statement, (String) arguments[0]);
            }
            return result instanceof Statement statement ? on(target, Statement.class, statement, null) : result;
        });
    }

    void clear() {
        sent.clear();
        commits = 0;
    }

    List<Sent> sent() {
        return List.copyOf(sent);
    }

    int statements() {
        return sent.size();
    }

    int commits() {
        return commits;
    }

    @Override
    public String toString() {
        return sent.stream().map(one -> "\n" + one.sql()).toList() + "\ncommits: " + commits;
    }

    private <T extends Statement> T on(Connection connection, Class<T> type, T target, @Nullable String prepared) {
        Map<Integer, Bound> parameters = new TreeMap<>();
        return proxy(type, target, (method, arguments, call) -> {
            if (!method.getName().startsWith("execute")) {
                if (method.getName().startsWith("set") && arguments.length > 1 && arguments[0] instanceof Integer at) {
                    parameters.put(at, new Bound(method, Arrays.asList(arguments.clone())));
                }
                return call.result();
            }
            String sql = prepared != null ? prepared : arguments.length > 0 ? (String) arguments[0] : "batch";
            Sent statement = new Sent(sql, new TreeMap<>(parameters));
            witness.sees(connection, statement);
            Object result = call.result();
            if (!sql.equals("START TRANSACTION")) {
                sent.add(statement);
            }
            return result;
        });
    }

    /** What is done about a call. */
    private interface Around {
        @Nullable
        Object apply(Method method, Object[] arguments, Call call) throws Exception;
    }

    /** The call itself. */
    private interface Call {
        @Nullable
        Object result() throws Exception;
    }

    private static <T> T proxy(Class<T> type, T target, Around around) {
        return type.cast(Proxy.newProxyInstance(
                StatementLog.class.getClassLoader(), new Class<?>[] {type}, (proxy, method, given) -> {
                    Object[] arguments = given == null ? new Object[0] : given;
                    return around.apply(method, arguments, () -> {
                        try {
                            return method.invoke(target, arguments);
                        } catch (InvocationTargetException e) {
                            Throwables.throwIfInstanceOf(e.getTargetException(), Exception.class);
                            throw e;
                        }
                    });
                }));
    }
}
