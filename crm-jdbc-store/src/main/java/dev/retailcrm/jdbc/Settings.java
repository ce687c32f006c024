package dev.retailcrm.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import org.jooq.DSLContext;
import org.jooq.conf.RenderNameCase;
import org.jooq.conf.RenderQuotedNames;
import org.jooq.conf.StatementType;
import org.jooq.impl.DSL;
import org.jooq.impl.DefaultConfiguration;

/**
 * What all sessions on one database share. Immutable.
 *
 * @param beginsByStatement whether our own transactions begin with a statement: MariaDB's driver sends each switch of autocommit to the
 *     server, so that one takes a round trip less
 */
record Settings(Engine engine, boolean beginsByStatement, org.jooq.conf.Settings rendering) {
    static Settings of(Connection connection) throws SQLException {
        Engine engine = Engine.of(connection);
        return new Settings(
                engine,
                engine == Engine.MARIADB
                        && connection.getMetaData().getDriverName().startsWith("MariaDB"),
                new org.jooq.conf.Settings()
                        .withRenderSchema(false)
                        .withRenderCatalog(false)
                        .withRenderQuotedNames(RenderQuotedNames.NEVER)
                        .withRenderNameCase(RenderNameCase.LOWER)
                        .withStatementType(StatementType.PREPARED_STATEMENT)
                        .withExecuteLogging(false));
    }

    /** jOOQ on a connection. */
    DSLContext dsl(Connection connection) {
        return DSL.using(connection, engine.dialect(), rendering);
    }

    /** jOOQ without a connection, to render statements once. */
    DSLContext renderer() {
        return DSL.using(new DefaultConfiguration().set(engine.dialect()).set(rendering));
    }
}
