package dev.retailcrm.jdbc;

import java.sql.Connection;
import org.jooq.DSLContext;
import org.jooq.conf.RenderNameCase;
import org.jooq.conf.RenderQuotedNames;
import org.jooq.conf.StatementType;
import org.jooq.impl.DSL;
import org.jooq.impl.DefaultConfiguration;

/** What all sessions on one database share. Immutable. */
record Settings(Engine engine, org.jooq.conf.Settings rendering) {
    static Settings of(Engine engine) {
        return new Settings(
                engine,
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
