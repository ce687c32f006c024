package dev.retailcrm.jdbc;

import dev.retailcrm.tck.ConcurrencyContract;
import dev.retailcrm.tck.CrmFixture;

/** Many at once on MariaDB at REPEATABLE READ, for hosts that leave it as it comes. */
class MariaDbAsInstalledStormTest extends ConcurrencyContract {
    @Override
    protected CrmFixture fixture() {
        return JdbcFixture.on(JdbcFixture.Kind.MARIADB_AS_INSTALLED);
    }

    @Override
    protected int fights() {
        return 20;
    }

    @Override
    protected int transfers() {
        return 4_000;
    }
}
