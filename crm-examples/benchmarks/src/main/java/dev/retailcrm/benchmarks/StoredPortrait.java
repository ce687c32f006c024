package dev.retailcrm.benchmarks;

import dev.retailcrm.audience.portrait.Portrait;
import dev.retailcrm.audience.portrait.Portraits;
import dev.retailcrm.core.field.CatalogField;
import dev.retailcrm.core.field.FieldDefinition;
import dev.retailcrm.core.field.FieldOption;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.rule.CompiledRule;
import dev.retailcrm.core.rule.Rule;
import dev.retailcrm.core.rule.RuleQueries;
import dev.retailcrm.core.rule.RuleTally;
import dev.retailcrm.core.rule.Rules;
import dev.retailcrm.jdbc.CrmSchema;
import dev.retailcrm.jdbc.JdbcCrm;
import dev.retailcrm.jdbc.JdbcTenant;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import javax.sql.DataSource;
import org.joda.money.CurrencyUnit;

/** The portrait of a tenth of all customers over ten fields, by what PostgreSQL counts. Stateless. */
final class StoredPortrait {
    private StoredPortrait() {}

    /** Measures it, after having put the first ten fields of the table {@code customer} where the store has them. */
    static void measure(DataSource pool, IndexShop shop, int rounds, Figures figures) throws SQLException {
        CrmSchema.on(pool).migrate();
        JdbcTenant tenant = JdbcCrm.builder(pool)
                .clock(InstantSource.fixed(IndexShop.NOW))
                .zone(ZoneOffset.UTC)
                .build()
                .tenant("acme");
        List<CatalogField> ten = shop.fields.stream().limit(10).toList();
        Sql.run(
                pool,
                "INSERT INTO crm_customer (tenant_id, customer_id, version, event_seq, status, joined_ms, changed_ms)"
                        + " SELECT 'acme', id, 1, 1, 'ACTIVE', 0, 0 FROM customer ORDER BY id");
        for (CatalogField field : ten) {
            define(tenant, field);
        }
        Sql.run(
                pool,
                "INSERT INTO crm_field_value (tenant_id, customer_id, field_key, item, type, text_value, folded, long_value)"
                        + " SELECT 'acme', id, k, 1, t, v, CASE WHEN t = 'TEXT' THEN v END, n FROM ("
                        + String.join(
                                " UNION ALL ",
                                ten.stream().map(StoredPortrait::values).toList())
                        + ") v WHERE v IS NOT NULL OR n IS NOT NULL ORDER BY 2",
                "VACUUM ANALYZE crm_customer, crm_field_value");
        RuleQueries rules = tenant.rules();
        CompiledRule rule = rules.compile(Rule.of(Rules.field("custom.spend").lessThan(111)));
        CompiledRule everybody = rules.compile(Rule.of(Rules.allOf()));
        List<String> names = ten.stream().map(CatalogField::name).toList();
        long counting = System.nanoTime();
        RuleTally base = rules.tally(everybody, IndexShop.NOW, names, List.of());
        figures.add("postgresql.portrait-base.ms", (System.nanoTime() - counting) / 1e6);
        for (int round = -1; round < rounds; round++) {
            long start = System.nanoTime();
            RuleTally tally = rules.tally(rule, IndexShop.NOW, names, List.of());
            Portrait portrait = Portrait.of(tally, base, Portrait.SMALLEST);
            if (round >= 0) {
                figures.add("postgresql.portrait.ms", (System.nanoTime() - start) / 1e6);
                figures.add("postgresql.portrait.members", (double) portrait.members());
            }
        }
        long both = System.nanoTime();
        Portraits.of(rules).portrait(rule, IndexShop.NOW, names, List.of());
        figures.add("postgresql.portrait-with-base.ms", (System.nanoTime() - both) / 1e6);
    }

    private static void define(JdbcTenant tenant, CatalogField field) {
        String key = key(field);
        FieldDefinition definition = switch (field.type()) {
            case CHOICE ->
                FieldDefinition.choice(
                        key,
                        key,
                        field.options().stream()
                                .map(it -> FieldOption.of(it, it))
                                .toList());
            case MONEY -> FieldDefinition.money(key, key, CurrencyUnit.of("CNY"));
            default -> FieldDefinition.of(key, key, field.type());
        };
        tenant.fields().define(definition, RequestKey.of(key));
    }

    private static String key(CatalogField field) {
        return field.name().substring("custom.".length());
    }

    /** Key, type, text and number of a field's values. */
    private static String values(CatalogField field) {
        String key = key(field);
        String text = switch (field.type()) {
            case TEXT, CHOICE -> key;
            case MONEY -> "CASE WHEN " + key + " IS NOT NULL THEN 'CNY' END";
            default -> "NULL";
        };
        String number = switch (field.type()) {
            case LONG, MONEY -> key;
            case DATE -> key + " - DATE '1970-01-01'";
            case BOOLEAN -> key + "::int";
            default -> "NULL::bigint";
        };
        return "SELECT id, '" + key + "' AS k, '" + field.type() + "' AS t, " + text + " AS v, " + number
                + " AS n FROM customer";
    }
}
