package dev.retailcrm.jdbc;

import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/**
 * The tables. They are made only when the host asks: by {@link #migrate()}, which runs Flyway with a history table of its own, or by
 * the host's own migration tool from the same scripts, see {@link #scripts()}. Thread-safe.
 */
public final class CrmSchema {
    private static final List<String> SCRIPTS = List.of(
            "V1__crm.sql",
            "V2__consent.sql",
            "V3__trade.sql",
            "V4__merge.sql",
            "V5__behavior.sql",
            "V6__fields.sql",
            "V7__ownership.sql",
            "V8__membership.sql",
            "V9__lifecycle.sql",
            "V10__access.sql",
            "V11__privacy.sql",
            "V13__last_four.sql",
            "V14__review.sql",
            "V15__tags.sql",
            "V16__automatic_tags.sql",
            "V17__tag_sync.sql",
            "V18__coupons.sql",
            "V19__earning.sql",
            "V20__tiers.sql",
            "V21__audiences.sql",
            "V22__benefits.sql",
            "V23__checkout.sql",
            "V25__live_audiences.sql");

    /** The version of the tables this library works with. */
    public static final int VERSION = version(SCRIPTS.get(SCRIPTS.size() - 1));

    private static final String FOLDER = "META-INF/crm/schema/";

    private final DataSource dataSource;

    private CrmSchema(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** The tables in this database, in the connection's own schema. */
    public static CrmSchema on(DataSource dataSource) {
        return new CrmSchema(Check.present(dataSource, "data source"));
    }

    /**
     * Makes the tables, or brings them to {@link #VERSION}; does nothing if they are there. Other tables are left alone.
     *
     * @throws CrmException {@link CoreError#STORE_FAILED}
     */
    public CrmSchema migrate() {
        try {
            Flyway.configure(CrmSchema.class.getClassLoader())
                    .dataSource(dataSource)
                    .locations("classpath:" + folder())
                    .table("crm_schema_history")
                    .baselineOnMigrate(true)
                    .baselineVersion("0")
                    .load()
                    .migrate();
            return this;
        } catch (FlywayException e) {
            throw CoreError.STORE_FAILED.causedBy(e, "the tables could not be made");
        }
    }

    /**
     * Refuses to go on unless the tables are there in the version this library works with.
     *
     * @throws CrmException {@link CoreError#SCHEMA_MISMATCH}
     */
    public CrmSchema check() {
        int found = version();
        if (found != VERSION) {
            throw CoreError.SCHEMA_MISMATCH.because(
                    "tables of version %d found, version %d needed: call CrmSchema.on(dataSource).migrate()",
                    found, VERSION);
        }
        return this;
    }

    /** The scripts for this database as class path resources, in the order to run them; plain SQL without placeholders. */
    public List<String> scripts() {
        String folder = folder();
        return SCRIPTS.stream().map(script -> folder + "/" + script).toList();
    }

    /** The version that a script brings the tables to, {@code V13__last_four.sql} to 13. */
    private static int version(String script) {
        return Integer.parseInt(script.substring(1, script.indexOf('_')));
    }

    private int version() {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT MAX(version) FROM crm_schema")) {
            return row.next() ? row.getInt(1) : 0;
        } catch (SQLException e) {
            String state = e.getSQLState() == null ? "" : e.getSQLState();
            if (state.startsWith("42")) {
                return 0;
            }
            throw CoreError.STORE_FAILED.causedBy(e, "no answer from the database: SQL state %s", state);
        }
    }

    private String folder() {
        try (Connection connection = dataSource.getConnection()) {
            return FOLDER + Engine.of(connection).folder();
        } catch (SQLException e) {
            throw CoreError.STORE_FAILED.causedBy(e, "no connection: SQL state %s", e.getSQLState());
        }
    }
}
