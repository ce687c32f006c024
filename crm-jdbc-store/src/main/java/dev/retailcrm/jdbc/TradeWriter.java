package dev.retailcrm.jdbc;

import dev.retailcrm.core.spi.TradeChange;
import java.util.List;

/** Writes decisions about trade, each engine in its best shape. Stateless. */
interface TradeWriter {
    /** False, and nothing written, if one of the orders placed is known. */
    boolean apply(Session session, TradeChange change);

    /** Writes decisions about different customers of a tenant; nothing of them is known. */
    void applyAll(Session session, List<TradeChange> changes);

    static TradeWriter on(Settings settings) {
        var portable = new PortableTradeWriter(settings.engine());
        return settings.engine() == Engine.POSTGRESQL ? new PostgresTradeWriter(portable) : portable;
    }
}
