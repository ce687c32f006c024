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

/** What is sent over the connections of a data source, by one thread. A batch counts as one statement. */
final class StatementLog {
    private final List<Sent> sent = new ArrayList<>();
    private int commits;

    /** A statement as it was sent, with its parameters by position as given to a setter. */
    record Sent(String sql, Map<Integer, Bound> parameters) {}

    /** A parameter: the setter that bound it, with its arguments. */
    record Bound(Method setter, List<Object> arguments) {}

    /** The data source as seen through this log. */
    DataSource on(DataSource target) {
        return proxy(DataSource.class, target, (method, arguments, result) -> logged(result));
    }

    /** The connection as seen through this log. */
    Connection on(Connection target) {
        return proxy(Connection.class, target, this::ofConnection);
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

    private @Nullable Object logged(@Nullable Object result) {
        return result instanceof Connection connection
                ? proxy(Connection.class, connection, this::ofConnection)
                : result;
    }

    private @Nullable Object ofConnection(Method method, Object[] arguments, @Nullable Object result) {
        if (method.getName().equals("commit")) {
            commits++;
        }
        if (result instanceof PreparedStatement statement) {
            Map<Integer, Bound> parameters = new TreeMap<>();
            return proxy(
                    PreparedStatement.class,
                    statement,
                    (called, given, answer) -> ofStatement((String) arguments[0], parameters, called, given, answer));
        }
        return result instanceof Statement statement
                ? proxy(
                        Statement.class,
                        statement,
                        (called, given, answer) -> ofStatement(null, Map.of(), called, given, answer))
                : result;
    }

    private @Nullable Object ofStatement(
            @Nullable String prepared,
            Map<Integer, Bound> parameters,
            Method called,
            Object[] given,
            @Nullable Object answer) {
        if (called.getName().startsWith("execute")) {
            String sql = prepared != null ? prepared : given.length > 0 ? (String) given[0] : "batch";
            sent.add(new Sent(sql, new TreeMap<>(parameters)));
        } else if (called.getName().startsWith("set") && given.length > 1 && given[0] instanceof Integer position) {
            parameters.put(position, new Bound(called, Arrays.asList(given.clone())));
        }
        return answer;
    }

    /** What is done with a call and its result. */
    private interface After {
        @Nullable
        Object apply(Method method, Object[] arguments, @Nullable Object result);
    }

    private static <T> T proxy(Class<T> type, T target, After after) {
        return type.cast(Proxy.newProxyInstance(
                StatementLog.class.getClassLoader(), new Class<?>[] {type}, (proxy, method, given) -> {
                    Object[] arguments = given == null ? new Object[0] : given;
                    try {
                        return after.apply(method, arguments, method.invoke(target, arguments));
                    } catch (InvocationTargetException e) {
                        Throwables.throwIfInstanceOf(e.getTargetException(), Exception.class);
                        throw e;
                    }
                }));
    }
}
