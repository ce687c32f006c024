package dev.retailcrm.jdbc;

import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.spi.CustomerSnapshot;
import dev.retailcrm.core.spi.LookupKey;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jooq.Field;
import org.jooq.TableField;
import org.jspecify.annotations.Nullable;

/** Pages of whole customers by one statement each: ids by an index, and the records of those, within one session. */
final class CustomerPages {
    private static final CustomerId NOBODY = CustomerId.of(1);

    private static final String COLUMNS = Stream.concat(CustomerRows.RECORD.stream(), CustomerRows.IDENTITY.stream())
            .map(CustomerPages::column)
            .collect(Collectors.joining(", "));

    private static final String RECORDS = " ORDER BY customer_id LIMIT ?) page JOIN crm_customer"
            + " ON crm_customer.tenant_id = ? AND crm_customer.customer_id = page.customer_id"
            + " LEFT JOIN crm_data_key ON crm_data_key.tenant_id = crm_customer.tenant_id"
            + " AND crm_data_key.customer_id = crm_customer.customer_id"
            + " LEFT JOIN crm_identity ON crm_identity.tenant_id = crm_customer.tenant_id"
            + " AND crm_identity.customer_id = crm_customer.customer_id ORDER BY crm_customer.customer_id";

    private static final String BY_LAST_FOUR =
            "(SELECT customer_id FROM crm_identity_lookup WHERE tenant_id = ? AND kind = ?"
                    + " AND token = ? AND issuer > ? ORDER BY issuer LIMIT ?)";

    private final Session session;
    private final Sealing sealing;
    private final TenantId tenant;

    CustomerPages(Session session, Sealing sealing, TenantId tenant) {
        this.session = session;
        this.sealing = sealing;
        this.tenant = tenant;
    }

    /** Everybody. */
    List<CustomerSnapshot> all(@Nullable CustomerId after, int limit) {
        return page(
                "crm_customer WHERE tenant_id = ? AND customer_id > ?",
                bind -> bind.text(tenant.value()).number(after == null ? 0 : after.value()),
                limit);
    }

    /** Those born on a day. */
    List<CustomerSnapshot> bornOn(LocalDate day, int limit) {
        return page(
                "crm_customer WHERE tenant_id = ? AND birth_year = ? AND birth_month = ? AND birth_day = ?",
                bind -> bind.text(tenant.value())
                        .number(day.getYear())
                        .number(day.getMonthValue())
                        .number(day.getDayOfMonth()),
                limit);
    }

    /**
     * Those with a phone number or card that ends in these four. Each key they may have been written with is a range of the look-up's primary
     * key, of which a page is read; so a page costs the same however many share the four.
     */
    List<CustomerSnapshot> byLastFour(String four, @Nullable CustomerId after, int limit) {
        List<LookupKey> keys = sealing.candidates(tenant, LookupKey.lastFour(four, NOBODY));
        String behind = after == null ? "" : LookupKey.lastFour(four, after).issuer();
        return page(
                "(" + String.join(" UNION ", Collections.nCopies(keys.size(), BY_LAST_FOUR)) + ") ranges",
                bind -> {
                    for (LookupKey key : keys) {
                        bind.text(tenant.value())
                                .text(key.kind())
                                .text(key.token())
                                .text(behind)
                                .number(limit);
                    }
                },
                limit);
    }

    private List<CustomerSnapshot> page(String source, Source binder, int limit) {
        var found = new Found();
        session.query(
                "SELECT " + COLUMNS + " FROM (SELECT customer_id FROM " + source + RECORDS,
                statement -> {
                    Bind bind = new Bind(statement);
                    binder.bind(bind);
                    bind.number(limit).text(tenant.value());
                },
                row -> found.next(row.getLong(1)).add(row));
        return found.all();
    }

    /** Binds where the ids come from. */
    private interface Source {
        void bind(Bind bind) throws SQLException;
    }

    /** Customers from the rows of each, one after the other. */
    private final class Found {
        private final List<CustomerRows.Joined> customers = new ArrayList<>();
        private long last;

        /** Where the next row of a customer goes to. */
        CustomerRows.Joined next(long customer) {
            if (customer != last) {
                customers.add(new CustomerRows(sealing, tenant).joined());
                last = customer;
            }
            return customers.get(customers.size() - 1);
        }

        List<CustomerSnapshot> all() {
            return customers.stream().flatMap(it -> it.whole().stream()).toList();
        }
    }

    private static String column(Field<?> field) {
        String table = ((TableField<?, ?>) field).getTable().getName();
        return (table + "." + field.getName()).toLowerCase(Locale.ROOT);
    }
}
