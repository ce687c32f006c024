package dev.retailcrm.jdbc;

import dev.retailcrm.tck.CrmFixture;
import dev.retailcrm.tck.OutboxStoreContract;
import org.junit.jupiter.api.Nested;

class JooqOutboxStoreTest {
    @Nested
    class On_H2 extends OutboxStoreContract {
        @Override
        protected CrmFixture fixture() {
            return new JdbcFixture(Engine.H2);
        }
    }

    @Nested
    class On_PostgreSQL extends OutboxStoreContract {
        @Override
        protected CrmFixture fixture() {
            return new JdbcFixture(Engine.POSTGRESQL);
        }
    }

    @Nested
    class On_MariaDB extends OutboxStoreContract {
        @Override
        protected CrmFixture fixture() {
            return new JdbcFixture(Engine.MARIADB);
        }
    }
}
