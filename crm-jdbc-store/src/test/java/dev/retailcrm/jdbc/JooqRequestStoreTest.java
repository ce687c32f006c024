package dev.retailcrm.jdbc;

import dev.retailcrm.tck.CrmFixture;
import dev.retailcrm.tck.RequestStoreContract;
import org.junit.jupiter.api.Nested;

class JooqRequestStoreTest {
    @Nested
    class On_H2 extends RequestStoreContract {
        @Override
        protected CrmFixture fixture() {
            return new JdbcFixture(Engine.H2);
        }
    }

    @Nested
    class On_PostgreSQL extends RequestStoreContract {
        @Override
        protected CrmFixture fixture() {
            return new JdbcFixture(Engine.POSTGRESQL);
        }
    }

    @Nested
    class On_MariaDB extends RequestStoreContract {
        @Override
        protected CrmFixture fixture() {
            return new JdbcFixture(Engine.MARIADB);
        }
    }
}
