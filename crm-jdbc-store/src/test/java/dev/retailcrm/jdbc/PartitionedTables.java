package dev.retailcrm.jdbc;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;

/** The published PostgreSQL tables, each declared in hash partitions: by customer, look-up tables by their own key. */
final class PartitionedTables {
    static final int PARTITIONS = 4;

    private static final Pattern TABLE =
            Pattern.compile("CREATE TABLE (crm_\\w+) \\((.*?)\\n\\)([^;]*);", Pattern.DOTALL);

    private PartitionedTables() {}

    static void create(DataSource dataSource) {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            for (String script : CrmSchema.on(dataSource).scripts()) {
                statement.execute(partitioned(read(script)));
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String partitioned(String script) {
        Matcher table = TABLE.matcher(script);
        StringBuilder sql = new StringBuilder();
        while (table.find()) {
            String name = table.group(1);
            String key = shardKey(name, table.group(2));
            StringBuilder replaced = new StringBuilder(table.group());
            if (!key.isEmpty()) {
                replaced = new StringBuilder(
                        "CREATE TABLE " + name + " (" + table.group(2) + "\n) PARTITION BY HASH (" + key + ");\n");
                for (int i = 0; i < PARTITIONS; i++) {
                    replaced.append(String.format(
                            Locale.ROOT,
                            "CREATE TABLE %1$s_p%2$d PARTITION OF %1$s FOR VALUES WITH (MODULUS %3$d, REMAINDER %2$d);%n",
                            name,
                            i,
                            PARTITIONS));
                }
            }
            table.appendReplacement(sql, Matcher.quoteReplacement(replaced.toString()));
        }
        return table.appendTail(sql).toString();
    }

    private static String shardKey(String table, String columns) {
        if (columns.contains("PRIMARY KEY (tenant_id, customer_id")) {
            return "customer_id";
        }
        return switch (table) {
            case "crm_identity_lookup" -> "token";
            case "crm_gift_card_code", "crm_coupon_code" -> "code_hash";
            case "crm_visitor" -> "visitor_hash";
            case "crm_gift_card_batch",
                    "crm_field_request",
                    "crm_tag_request",
                    "crm_coupon_request",
                    "crm_asset_request",
                    "crm_audience_request" -> "request_key";
            case "crm_tag_tally" -> "tag_key";
            case "crm_tag_batch", "crm_coupon_batch" -> "batch_id";
            case "crm_coupon_template", "crm_coupon_taken" -> "template_key";
            case "crm_exchange_taken" -> "offer_key";
            case "crm_field_catalog",
                    "crm_field",
                    "crm_tag_catalog",
                    "crm_tag_definition",
                    "crm_tag_run",
                    "crm_asset_catalog",
                    "crm_asset_definition" -> "tenant_id";
            case "crm_sync_run", "crm_sync_link" -> "tenant_id";
            case "crm_audience_catalog",
                    "crm_audience_definition",
                    "crm_audience_version",
                    "crm_audience_state",
                    "crm_audience_run",
                    "crm_audience_snapshot" -> "tenant_id";
            case "crm_schema", "crm_behavior_type" -> "";
            default ->
                throw new IllegalStateException(
                        table + " neither starts its key with tenant and customer nor is a known look-up table");
        };
    }

    private static String read(String resource) {
        try (InputStream in =
                Objects.requireNonNull(PartitionedTables.class.getClassLoader().getResourceAsStream(resource))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
