package dev.retailcrm.jdbc;

import dev.retailcrm.tck.CrmContract;
import dev.retailcrm.tck.CrmFixture;

/** The whole contract kit on one database. */
abstract class KitTest extends CrmContract {
    private final JdbcFixture.Kind kind;

    KitTest(JdbcFixture.Kind kind) {
        this.kind = kind;
    }

    @Override
    protected final CrmFixture fixture() {
        return JdbcFixture.on(kind);
    }
}
