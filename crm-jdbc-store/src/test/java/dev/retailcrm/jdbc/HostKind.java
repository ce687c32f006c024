package dev.retailcrm.jdbc;

import dev.retailcrm.assets.points.Points;
import dev.retailcrm.core.spi.UnitOfWork;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Consumer;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.transaction.support.TransactionTemplate;

/** Who opens the transaction that commands run in, and how. */
enum HostKind {
    /** Nobody: several commands are one unit of work of ours. There is no connection the host could write on. */
    OWN {
        @Override
        void run(TestHost host, Ending ending, Consumer<Inside> body) {
            host.crm.unitOfWork().run(() -> {
                body.accept(new Inside(host, host.crm, null));
                ending.throwIfRollback();
                return true;
            });
        }
    },
    SPRING {
        @Override
        void run(TestHost host, Ending ending, Consumer<Inside> body) {
            var template = new TransactionTemplate(new DataSourceTransactionManager(host.plain));
            template.executeWithoutResult(status -> {
                body.accept(new Inside(host, host.crm, DataSourceUtils.getConnection(host.plain)));
                if (ending == Ending.ROLLBACK) {
                    status.setRollbackOnly();
                }
            });
        }
    },
    JOOQ {
        @Override
        void run(TestHost host, Ending ending, Consumer<Inside> body) {
            DSL.using(host.plain, host.engine.dialect())
                    .transaction(transaction -> transaction.dsl().connection(connection -> {
                        body.accept(new Inside(host, host.crm.with(connection), connection));
                        ending.throwIfRollback();
                    }));
        }
    },
    CONNECTION {
        @Override
        void run(TestHost host, Ending ending, Consumer<Inside> body) {
            try (Connection connection = host.plain.getConnection()) {
                connection.setAutoCommit(false);
                boolean commits = false;
                try {
                    body.accept(new Inside(host, host.crm.with(connection), connection));
                    commits = ending == Ending.COMMIT;
                } finally {
                    if (commits) {
                        connection.commit();
                    } else {
                        connection.rollback();
                    }
                }
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }
    };

    /** Runs a body in a transaction that the host ends this way, or rolls back if the body throws. */
    abstract void run(TestHost host, Ending ending, Consumer<Inside> body);

    /** Runs a body and commits. */
    void commit(TestHost host, Consumer<Inside> body) {
        run(host, Ending.COMMIT, body);
    }

    /** Runs a body and rolls back. */
    void rollBack(TestHost host, Consumer<Inside> body) {
        try {
            run(host, Ending.ROLLBACK, body);
        } catch (RollBack expected) {
            // How a host without a connection of its own, and jOOQ, are told.
        }
    }

    /** What the host wants of its transaction. */
    enum Ending {
        COMMIT,
        ROLLBACK;

        void throwIfRollback() {
            if (this == ROLLBACK) {
                throw new RollBack();
            }
        }
    }

    /** What a host has within its transaction. */
    record Inside(TestHost host, JdbcCrm crm, @Nullable Connection connection) {
        Points points() {
            return crm.tenant(host.tenant).points();
        }

        UnitOfWork unitOfWork() {
            return crm.unitOfWork();
        }

        /** The host writes a row of its own, if it can. */
        void order(String number) {
            if (connection != null) {
                host.order(connection, number);
            }
        }
    }

    private static final class RollBack extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
