package dev.retailcrm.jdbc;

import dev.retailcrm.tck.CrmFixture;
import dev.retailcrm.tck.CustomerStoreContract;
import org.junit.jupiter.api.Nested;

class JooqCustomerStoreTest {
    @Nested
    class On_H2 extends CustomerStoreContract {
        @Override
        protected CrmFixture fixture() {
            return new JdbcFixture(Engine.H2);
        }
    }

    @Nested
    class On_PostgreSQL extends CustomerStoreContract {
        @Override
        protected CrmFixture fixture() {
            return new JdbcFixture(Engine.POSTGRESQL);
        }
    }

    @Nested
    class On_MariaDB extends CustomerStoreContract {
        @Override
        protected CrmFixture fixture() {
            return new JdbcFixture(Engine.MARIADB);
        }
    }
}
