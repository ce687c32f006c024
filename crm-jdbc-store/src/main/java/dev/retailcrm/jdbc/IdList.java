package dev.retailcrm.jdbc;

import dev.retailcrm.core.kernel.CustomerId;
import java.sql.SQLException;
import java.util.Collection;

/** Customers whom a statement asks about, ascending. Immutable. */
final class IdList {
    private final Long[] ids;
    private final boolean array;

    /** One by its number, which shows PostgreSQL the one partition, and keeps the plan; more as an array there. */
    IdList(Engine engine, Collection<CustomerId> customers) {
        this.ids = customers.stream().map(CustomerId::value).sorted().toArray(Long[]::new);
        this.array = engine == Engine.POSTGRESQL && ids.length > 1;
    }

    /** What stands behind the column; there must be a customer. */
    String in() {
        return array ? "= ANY (?)" : "IN (" + "?, ".repeat(ids.length - 1) + "?)";
    }

    /** Binds what {@link #in} asks for. */
    Bind bind(Bind bind) throws SQLException {
        if (array) {
            return bind.array("bigint", ids);
        }
        for (long id : ids) {
            bind.number(id);
        }
        return bind;
    }
}
