package dev.retailcrm.jdbc;

import static dev.retailcrm.jdbc.schema.Tables.CRM_CUSTOMER_VISITOR;
import static dev.retailcrm.jdbc.schema.Tables.CRM_VISITOR;

import dev.retailcrm.core.behavior.VisitorFile;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.TenantId;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jooq.Condition;

/** The visitors of a tenant in {@code crm_visitor} and {@code crm_customer_visitor}, within one session. */
final class Visitors {
    private final Session session;
    private final TenantId tenant;

    Visitors(Session session, TenantId tenant) {
        this.session = session;
        this.tenant = tenant;
    }

    Optional<VisitorFile> find(String hash) {
        return session.dsl().selectFrom(CRM_VISITOR).where(among(List.of(hash))).fetchOptional(BehaviorRows::visitor);
    }

    Map<String, VisitorFile> open(Map<String, CustomerId> proposed) {
        Map<String, VisitorFile> found = lock(proposed.keySet());
        Map<String, CustomerId> absent = new TreeMap<>(proposed);
        absent.keySet().removeAll(found.keySet());
        if (absent.isEmpty()) {
            return found;
        }
        make(absent);
        found.putAll(lock(absent.keySet()));
        if (found.size() < proposed.size()) {
            throw CoreError.LOCK_TIMEOUT.because("another transaction makes the visitor and does not end");
        }
        return found;
    }

    private Map<String, VisitorFile> lock(Collection<String> hashes) {
        session.markLocking();
        Map<String, VisitorFile> found = new LinkedHashMap<>();
        session.dsl()
                .selectFrom(CRM_VISITOR)
                .where(among(hashes))
                .orderBy(CRM_VISITOR.VISITOR_HASH)
                .forUpdate()
                .forEach(row -> found.put(row.get(CRM_VISITOR.VISITOR_HASH), BehaviorRows.visitor(row)));
        return found;
    }

    /** Makes those nobody else makes at the same time: all in one statement or, if one of them is there by now, one by one. */
    private void make(Map<String, CustomerId> absent) {
        if (insert(absent) == 0) {
            absent.forEach((hash, id) -> insert(Map.of(hash, id)));
        }
    }

    private int insert(Map<String, CustomerId> visitors) {
        var insert = session.dsl().insertQuery(CRM_VISITOR);
        visitors.forEach((hash, id) -> {
            insert.newRecord();
            insert.addValue(CRM_VISITOR.TENANT_ID, tenant.value());
            insert.addValue(CRM_VISITOR.VISITOR_HASH, hash);
            insert.addValue(CRM_VISITOR.VISITOR_ID, id.value());
            insert.addValue(CRM_VISITOR.LINKS, "");
        });
        return Inserts.unlessPresent(session, insert);
    }

    void link(String hash, VisitorFile after) {
        write(hash, after);
        after.customer().ifPresent(customer -> {
            var insert = session.dsl().insertQuery(CRM_CUSTOMER_VISITOR);
            insert.addValue(CRM_CUSTOMER_VISITOR.TENANT_ID, tenant.value());
            insert.addValue(CRM_CUSTOMER_VISITOR.CUSTOMER_ID, customer.value());
            insert.addValue(CRM_CUSTOMER_VISITOR.VISITOR_HASH, hash);
            Inserts.unlessPresent(session, insert);
        });
    }

    void unlink(String hash, VisitorFile after, CustomerId customer) {
        write(hash, after);
        session.dsl()
                .deleteFrom(CRM_CUSTOMER_VISITOR)
                .where(isHers(customer))
                .and(CRM_CUSTOMER_VISITOR.VISITOR_HASH.eq(hash))
                .execute();
    }

    List<String> of(CustomerId customer, int limit) {
        return session.dsl()
                .select(CRM_CUSTOMER_VISITOR.VISITOR_HASH)
                .from(CRM_CUSTOMER_VISITOR)
                .where(isHers(customer))
                .orderBy(CRM_CUSTOMER_VISITOR.VISITOR_HASH)
                .limit(limit)
                .fetch(CRM_CUSTOMER_VISITOR.VISITOR_HASH);
    }

    private Condition isHers(CustomerId customer) {
        return CRM_CUSTOMER_VISITOR
                .TENANT_ID
                .eq(tenant.value())
                .and(CRM_CUSTOMER_VISITOR.CUSTOMER_ID.eq(customer.value()));
    }

    private void write(String hash, VisitorFile after) {
        session.dsl()
                .update(CRM_VISITOR)
                .set(CRM_VISITOR.LINKS, BehaviorRows.links(after))
                .where(among(List.of(hash)))
                .execute();
    }

    private Condition among(Collection<String> hashes) {
        return CRM_VISITOR.TENANT_ID.eq(tenant.value()).and(CRM_VISITOR.VISITOR_HASH.in(hashes));
    }
}
