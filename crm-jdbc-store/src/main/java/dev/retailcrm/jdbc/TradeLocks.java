package dev.retailcrm.jdbc;

import static dev.retailcrm.jdbc.schema.Tables.CRM_CUSTOMER;
import static dev.retailcrm.jdbc.schema.Tables.CRM_TRADE;

import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.trade.TradeHead;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jooq.DSLContext;
import org.jooq.TableField;

/**
 * Locks the heads of customers' trade, and makes those that are absent. Who opens one locks the customer record first, on which the
 * second of two first orders waits.
 */
final class TradeLocks {
    private final Engine engine;
    private final String lock;
    private final String customers;
    private final String insert;

    TradeLocks(Settings settings) {
        engine = settings.engine();
        DSLContext render = settings.renderer();
        String suffix = engine == Engine.POSTGRESQL ? " for no key update" : " for update";
        lock = render.select(CRM_TRADE.CUSTOMER_ID, CRM_TRADE.EVENT_SEQ, CRM_TRADE.PENDING_REFUNDS, CRM_TRADE.MOVED_TO)
                        .from(CRM_TRADE)
                        .where(CRM_TRADE.TENANT_ID.eq((String) null))
                        .getSQL()
                + " and customer_id %s order by customer_id" + suffix;
        customers = render.select(CRM_CUSTOMER.CUSTOMER_ID, CRM_CUSTOMER.MERGED_INTO)
                        .from(CRM_CUSTOMER)
                        .where(CRM_CUSTOMER.TENANT_ID.eq((String) null))
                        .getSQL()
                + " and customer_id %s order by customer_id" + suffix;
        List<TableField<?, ?>> columns =
                List.of(CRM_TRADE.TENANT_ID, CRM_TRADE.CUSTOMER_ID, CRM_TRADE.EVENT_SEQ, CRM_TRADE.PENDING_REFUNDS);
        insert = render.insertInto(CRM_TRADE)
                .columns(columns)
                .values((String) null, null, null, null)
                .getSQL();
    }

    Map<CustomerId, TradeHead> lock(Session session, TenantId tenant, Collection<CustomerId> customers) {
        Map<CustomerId, TradeHead> heads = new HashMap<>();
        if (customers.isEmpty()) {
            return heads;
        }
        session.markLocking();
        session.query(
                lock.formatted(among(customers)),
                binder(tenant, customers),
                row -> heads.put(CustomerId.of(row.getLong(1)), head(row)));
        return heads;
    }

    Map<CustomerId, TradeHead> open(Session session, TenantId tenant, Collection<CustomerId> wanted) {
        if (wanted.isEmpty()) {
            return Map.of();
        }
        session.markLocking();
        Map<CustomerId, TradeHead> fresh = new LinkedHashMap<>();
        session.query(customers.formatted(among(wanted)), binder(tenant, wanted), row -> {
            long survivor = row.getLong(2);
            return fresh.put(
                    CustomerId.of(row.getLong(1)),
                    survivor == 0 ? TradeHead.OPENED : new TradeHead(0, 0, CustomerId.of(survivor)));
        });
        Map<CustomerId, TradeHead> heads = lock(session, tenant, fresh.keySet());
        List<CustomerId> absent = fresh.keySet().stream()
                .filter(customer -> !heads.containsKey(customer))
                .toList();
        session.each(
                insert,
                absent,
                (statement, customer) -> new Bind(statement)
                        .text(tenant.value())
                        .number(customer.value())
                        .number(0)
                        .number(0));
        fresh.forEach(heads::putIfAbsent);
        return heads;
    }

    private static TradeHead head(ResultSet row) throws SQLException {
        long survivor = row.getLong(4);
        return new TradeHead(row.getLong(2), row.getLong(3), survivor == 0 ? null : CustomerId.of(survivor));
    }

    /** One by its number, which keeps the plan; many as an array where the engine has them. */
    private String among(Collection<CustomerId> customers) {
        if (customers.size() == 1) {
            return "= ?";
        }
        return engine == Engine.POSTGRESQL ? "= any(?)" : "in (" + "?, ".repeat(customers.size() - 1) + "?)";
    }

    private Session.Binder binder(TenantId tenant, Collection<CustomerId> customers) {
        return statement -> {
            Bind bind = new Bind(statement).text(tenant.value());
            if (customers.size() > 1 && engine == Engine.POSTGRESQL) {
                bind.array("bigint", customers.stream().map(CustomerId::value).toArray());
            } else {
                for (CustomerId customer : customers) {
                    bind.number(customer.value());
                }
            }
        };
    }
}
