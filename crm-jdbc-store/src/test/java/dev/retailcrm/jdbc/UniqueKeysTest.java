package dev.retailcrm.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class UniqueKeysTest {
    private static final Set<String> LOOK_UPS = Set.of(
            "crm_identity_lookup",
            "crm_gift_card_code",
            "crm_gift_card_batch",
            "crm_behavior_type",
            "crm_visitor",
            "crm_field_catalog",
            "crm_field",
            "crm_field_request",
            "crm_tag_catalog",
            "crm_tag_definition",
            "crm_tag_request",
            "crm_tag_tally",
            "crm_tag_batch",
            "crm_tag_run",
            "crm_asset_catalog",
            "crm_asset_definition",
            "crm_asset_request",
            "crm_exchange_taken",
            "crm_audience_catalog",
            "crm_audience_definition",
            "crm_audience_version",
            "crm_audience_request",
            "crm_audience_state",
            "crm_audience_run",
            "crm_audience_snapshot",
            "crm_sync_run",
            "crm_sync_link",
            "crm_coupon_template",
            "crm_coupon_taken",
            "crm_coupon_request",
            "crm_coupon_batch",
            "crm_coupon_code");

    @ParameterizedTest
    @EnumSource
    void unique_keys_start_with_tenant_and_customer(Engine engine) throws SQLException {
        Map<String, List<String>> keys = new TreeMap<>();
        try (Connection connection = TestHost.database(engine).connect()) {
            for (String table : JdbcFixture.tables(connection)) {
                if (!LOOK_UPS.contains(table.toLowerCase(Locale.ROOT))) {
                    keys.putAll(uniqueKeys(connection, table));
                }
            }
        }
        assertThat(keys).hasSizeGreaterThan(8);
        assertThat(keys.values()).allSatisfy(columns -> assertThat(columns).startsWith("tenant_id", "customer_id"));
    }

    private static Map<String, List<String>> uniqueKeys(Connection connection, String table) throws SQLException {
        Map<String, List<String>> keys = new HashMap<>();
        try (ResultSet columns = connection
                .getMetaData()
                .getIndexInfo(connection.getCatalog(), connection.getSchema(), table, true, false)) {
            while (columns.next()) {
                if (columns.getString("COLUMN_NAME") != null) {
                    keys.computeIfAbsent(table + "." + columns.getString("INDEX_NAME"), none -> new ArrayList<>())
                            .add(columns.getString("COLUMN_NAME").toLowerCase(Locale.ROOT));
                }
            }
        }
        return keys;
    }
}
