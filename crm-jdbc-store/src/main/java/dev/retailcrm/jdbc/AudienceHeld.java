package dev.retailcrm.jdbc;

import dev.retailcrm.audience.AudienceChoice;
import dev.retailcrm.audience.AudiencePick;
import dev.retailcrm.audience.AudienceStay;
import dev.retailcrm.audience.StayReason;
import dev.retailcrm.audience.spi.AudienceFile;
import dev.retailcrm.core.customer.CustomerStatus;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads which audiences held customers are in and were in last, and what was said of them by hand, in one round trip. Without jOOQ: it runs for every
 * event that an audience asks about. For one session.
 */
final class AudienceHeld {
    private static final String STAYS =
            "SELECT s.customer_id, 1, s.audience_key, s.from_for, s.until_for, s.stay_no, s.from_ms, s.from_version, s.until_ms,"
                    + " s.until_version FROM crm_audience_stay s WHERE s.tenant_id = ? AND s.customer_id %s AND NOT EXISTS (SELECT 1"
                    + " FROM crm_audience_stay l WHERE l.tenant_id = s.tenant_id AND l.customer_id = s.customer_id"
                    + " AND l.audience_key = s.audience_key AND l.stay_no > s.stay_no)";
    private static final String PICKS =
            "SELECT customer_id, 2, audience_key, choice, NULL, listing, pending, inherited_from, NULL, NULL FROM crm_audience_pick"
                    + " WHERE tenant_id = ? AND customer_id %s";
    private static final String STANDINGS =
            "SELECT customer_id, 3, NULL, status, NULL, merged_into, NULL, NULL, NULL, NULL FROM crm_customer"
                    + " WHERE tenant_id = ? AND customer_id %s";

    private final Session session;
    private final TenantId tenant;
    private final Map<CustomerId, Found> found = new HashMap<>();

    AudienceHeld(Session session, TenantId tenant) {
        this.session = session;
        this.tenant = tenant;
    }

    /** What was read of a customer. */
    private static final class Found {
        private @Nullable CustomerStatus status;
        private @Nullable CustomerId mergedInto;
        private final Map<String, AudienceStay> stays = new HashMap<>();
        private final Map<String, AudiencePick> picks = new HashMap<>();
    }

    Map<CustomerId, AudienceFile> of(Collection<CustomerId> customers) {
        Map<CustomerId, AudienceFile> files = new TreeMap<>();
        if (customers.isEmpty()) {
            return files;
        }
        var ids = new IdList(session.engine(), customers);
        List<String> parts = List.of(STAYS, PICKS, STANDINGS);
        String lock = session.mustReadFresh() ? " LOCK IN SHARE MODE" : "";
        session.query(
                parts.stream()
                        .map(part -> "(" + part.replace("%s", ids.in()) + lock + ")")
                        .collect(Collectors.joining(" UNION ALL ")),
                statement -> {
                    Bind bind = new Bind(statement);
                    for (int part = 0; part < parts.size(); part++) {
                        ids.bind(bind.text(tenant.value()));
                    }
                },
                this::add);
        found.forEach((customer, hers) -> {
            CustomerStatus status = hers.status;
            if (status != null) {
                files.put(
                        customer,
                        new AudienceFile(tenant, customer, status, hers.mergedInto, hers.stays, hers.picks, Map.of()));
            }
        });
        return files;
    }

    private Object add(ResultSet row) throws SQLException {
        Found hers = found.computeIfAbsent(CustomerId.of(row.getLong(1)), first -> new Found());
        switch (row.getInt(2)) {
            case 1 -> hers.stays.put(row.getString(3), stay(row));
            case 2 -> hers.picks.put(row.getString(3), pick(row));
            default -> {
                hers.status = CustomerStatus.valueOf(row.getString(4));
                hers.mergedInto = Column.customer(row.getObject(6, Long.class));
            }
        }
        return hers;
    }

    private static AudienceStay stay(ResultSet row) throws SQLException {
        String left = row.getString(5);
        return new AudienceStay(
                row.getString(3),
                row.getLong(6),
                Instant.ofEpochMilli(row.getLong(7)),
                StayReason.valueOf(row.getString(4)),
                row.getLong(8),
                left == null
                        ? null
                        : new AudienceStay.End(
                                Instant.ofEpochMilli(row.getLong(9)), StayReason.valueOf(left), row.getLong(10)));
    }

    private static AudiencePick pick(ResultSet row) throws SQLException {
        String choice = row.getString(4);
        return new AudiencePick(
                row.getString(3),
                choice == null ? null : AudienceChoice.valueOf(choice),
                row.getLong(6),
                row.getLong(7),
                Column.customer(row.getObject(8, Long.class)));
    }
}
