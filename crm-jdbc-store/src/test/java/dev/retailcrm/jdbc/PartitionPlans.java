package dev.retailcrm.jdbc;

import com.google.common.base.Splitter;
import dev.retailcrm.jdbc.StatementLog.Bound;
import dev.retailcrm.jdbc.StatementLog.Sent;
import java.sql.Array;
import java.sql.Connection;
import java.sql.JDBCType;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Which partitions statements touch on PostgreSQL: each is run under {@code EXPLAIN ANALYZE} with its own values right where it is about
 * to be sent, once planned for these values and once for any, and undone. Not thread-safe.
 */
final class PartitionPlans implements StatementLog.Witness {
    private static final Pattern PARTITION = Pattern.compile("(crm_\\w+)_p(\\d+)");

    /**
     * What ran: the relation of each node that did; partitions pruned at run time are not there or ran zero times. What a statement
     * writes is not asked of its plan, which for an insert names the whole table and, if made for any values, all partitions for an
     * update; the rows say it.
     */
    private static final String SCANNED = """
            SELECT DISTINCT node ->> 'Relation Name'
            FROM jsonb_path_query(?::jsonb, 'strict $.** ? (@."Actual Loops" > 0 && @."Node Type" != "ModifyTable")') node
            WHERE node ->> 'Relation Name' IS NOT NULL
            """;

    private final List<Plan> plans = new ArrayList<>();

    /** How the server plans. */
    enum Mode {
        FORCE_CUSTOM_PLAN,
        FORCE_GENERIC_PLAN
    }

    /** The partitions of each table that a statement read, locked or wrote. */
    record Plan(Sent statement, Mode mode, String text, Map<String, Set<Integer>> touched) {
        @Override
        public String toString() {
            return mode + "\n" + statement.sql() + "\n" + text;
        }
    }

    /** The plans since the last call. */
    List<Plan> drain() {
        List<Plan> drained = List.copyOf(plans);
        plans.clear();
        return drained;
    }

    @Override
    public void sees(Connection connection, Sent statement) {
        try {
            explain(connection, apart(statement));
        } catch (SQLException e) {
            throw new IllegalStateException("no plan for " + statement, e);
        }
    }

    /** The statements that are sent together, each with its parameters. */
    private static List<Sent> apart(Sent sent) {
        List<Sent> statements = new ArrayList<>();
        int bound = 0;
        for (String sql : Splitter.on(";\n").split(sent.sql())) {
            Map<Integer, Bound> parameters = new TreeMap<>();
            int count = (int) sql.chars().filter(it -> it == '?').count();
            for (int i = 1; i <= count; i++) {
                parameters.put(i, sent.parameters().get(bound + i));
            }
            bound += count;
            statements.add(new Sent(sql, parameters));
        }
        return statements;
    }

    /** Each is run after those before it, as it will be. */
    private void explain(Connection connection, List<Sent> statements) throws SQLException {
        boolean alone = connection.getAutoCommit();
        connection.setAutoCommit(false);
        for (Mode mode : Mode.values()) {
            Savepoint savepoint = connection.setSavepoint();
            for (Sent statement : statements) {
                plans.add(plan(connection, statement, mode));
            }
            connection.rollback(savepoint);
        }
        if (alone) {
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }

    private static Plan plan(Connection connection, Sent sent, Mode mode) throws SQLException {
        Map<String, Set<Integer>> touched = new TreeMap<>();
        Set<String> before = rows(connection);
        String text;
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET LOCAL plan_cache_mode = " + mode);
            statement.execute("PREPARE planned" + types(sent) + " AS " + connection.nativeSQL(sent.sql()));
            text = column(statement.executeQuery(
                            "EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF, FORMAT JSON) EXECUTE planned" + values(sent)))
                    .get(0);
            statement.execute("DEALLOCATE planned");
        }
        rows(connection).stream().filter(row -> !before.contains(row)).forEach(row -> add(touched, row));
        ask(connection, SCANNED, text).forEach(relation -> add(touched, relation));
        return new Plan(sent, mode, text, touched);
    }

    private static void add(Map<String, Set<Integer>> touched, String relation) {
        Matcher partition = PARTITION.matcher(relation);
        if (partition.lookingAt()) {
            touched.computeIfAbsent(partition.group(1), none -> new TreeSet<>())
                    .add(Integer.valueOf(partition.group(2)));
        }
    }

    /** Every version of every row with the partition it is in. */
    private static Set<String> rows(Connection connection) throws SQLException {
        String all = JdbcFixture.tables(connection).stream()
                .map(table -> "SELECT tableoid::regclass || ' ' || ctid || ' ' || xmin FROM " + table)
                .collect(Collectors.joining(" UNION ALL "));
        try (Statement statement = connection.createStatement()) {
            return Set.copyOf(column(statement.executeQuery(all)));
        }
    }

    private static List<String> ask(Connection connection, String question, String plan) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(question)) {
            statement.setString(1, plan);
            return column(statement.executeQuery());
        }
    }

    private static List<String> column(ResultSet rows) throws SQLException {
        List<String> values = new ArrayList<>();
        while (rows.next()) {
            values.add(rows.getString(1));
        }
        return values;
    }

    private static String types(Sent sent) throws SQLException {
        List<String> types = new ArrayList<>();
        for (Bound parameter : sent.parameters().values()) {
            types.add(type(parameter));
        }
        return types.isEmpty() ? "" : "(" + String.join(", ", types) + ")";
    }

    /** The type that the driver declares. */
    private static String type(Bound parameter) throws SQLException {
        Object value = parameter.arguments().get(1);
        return switch (parameter.setter().getName()) {
            case "setString" -> "varchar";
            case "setLong" -> "bigint";
            case "setInt" -> "integer";
            case "setBoolean" -> "boolean";
            case "setBytes" -> "bytea";
            case "setObject" ->
                value instanceof Array array
                        ? array.getBaseTypeName() + "[]"
                        : type((Integer) parameter.arguments().get(2));
            case "setNull" -> type((Integer) value);
            default -> unknown(parameter);
        };
    }

    private static String type(int jdbcType) {
        return switch (jdbcType) {
            case Types.BIGINT -> "bigint";
            case Types.INTEGER -> "integer";
            case Types.BOOLEAN -> "boolean";
            case Types.DECIMAL -> "numeric";
            case Types.VARCHAR -> "varchar";
            case Types.BINARY, Types.VARBINARY -> "bytea";
            default -> throw new IllegalStateException("a value of " + JDBCType.valueOf(jdbcType));
        };
    }

    private static String unknown(Bound parameter) {
        throw new IllegalStateException("cannot repeat " + parameter);
    }

    private static String values(Sent sent) {
        List<String> values = new ArrayList<>();
        for (Bound parameter : sent.parameters().values()) {
            Object value = parameter.arguments().get(1);
            boolean absent = value == null || parameter.setter().getName().equals("setNull");
            values.add(absent ? "NULL" : "'" + String.valueOf(value).replace("'", "''") + "'");
        }
        return values.isEmpty() ? "" : "(" + String.join(", ", values) + ")";
    }
}
