package dev.retailcrm.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.google.common.collect.Lists;
import dev.retailcrm.core.customer.Customers;
import dev.retailcrm.core.customer.Identity;
import dev.retailcrm.core.imports.CustomerColumn;
import dev.retailcrm.core.imports.CustomerMapping;
import dev.retailcrm.core.imports.ImportFile;
import dev.retailcrm.core.imports.ImportProgress;
import dev.retailcrm.core.imports.ImportRun;
import dev.retailcrm.core.imports.Imports;
import dev.retailcrm.core.imports.OrderMapping;
import dev.retailcrm.core.trade.Trade;
import dev.retailcrm.core.trade.TradeStatistics;
import dev.retailcrm.jdbc.server.TestDatabase;
import dev.retailcrm.jdbc.server.TestPostgres;
import dev.retailcrm.tck.InMemoryCrm;
import dev.retailcrm.tck.MutableClock;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The purchases of the CDNOW customers come out to the cent from their file, imported twice, in memory and on a database. */
class CdnowImportTest {
    private static final Path CSV = Path.of("..", "..", "shared", "data", "cdnow", "cdnow_master.csv");
    private static final ImportFile FILE = ImportFile.csv(CSV);
    private static final CurrencyUnit USD = CurrencyUnit.USD;
    private static final Money TOTAL = Money.of(USD, new BigDecimal("2500315.63"));
    private static final BigDecimal UNITS = new BigDecimal("167881.000");
    private static final long CUSTOMERS = 23_570;
    private static final long PURCHASES = 69_659;
    private static final MutableClock CLOCK = MutableClock.at("1998-07-01T00:00:00Z");

    private static final CustomerMapping BUYERS =
            CustomerMapping.keyedBy("customer_id").externalId("cdnow", "customer_id");
    private static final OrderMapping ORDERS = OrderMapping.of(CustomerColumn.externalId("cdnow", "customer_id"))
            .numberedByLine("cdnow")
            .boughtAt("date", DateTimeFormatter.ISO_LOCAL_DATE)
            .currency(USD)
            .skuAlways("cd")
            .quantity("cds")
            .amount("dollars");

    @BeforeAll
    static void find() {
        assumeThat(Files.exists(CSV)).as("%s is there", CSV).isTrue();
    }

    @Test
    void in_memory() {
        var tenant = InMemoryCrm.on(CLOCK).tenant("cdnow");

        importedTwice(tenant.imports());

        assertRight(tenant.customers(), tenant.trade());
    }

    @Test
    void on_a_database() {
        TestDatabase database = TestPostgres.fast().newDatabase("cdnow");
        CrmSchema.on(database.dataSource()).migrate();
        JdbcCrm crm = JdbcCrm.builder(database.dataSource()).clock(CLOCK).build();
        var tenant = crm.tenant("cdnow");

        importedTwice(tenant.imports());

        // In one transaction, for a connection is opened for each.
        crm.unitOfWork().run(() -> {
            assertRight(tenant.customers(), tenant.trade());
            return true;
        });
    }

    private static void importedTwice(Imports imports) {
        ImportRun run = ImportRun.of("cdnow");
        assertThat(imports.customers(FILE, BUYERS, run).accepted()).isEqualTo(CUSTOMERS);
        ImportProgress dry = imports.orders(FILE, ORDERS, run.dryRun());
        ImportProgress first = imports.orders(FILE, ORDERS, run);
        ImportProgress again = imports.orders(FILE, ORDERS, run);

        assertThat(dry).isEqualTo(first);
        assertThat(List.of(first.accepted(), first.repeated(), first.rejected()))
                .containsExactly(PURCHASES, 0L, 0L);
        assertThat(List.of(again.accepted(), again.repeated(), again.rejected()))
                .containsExactly(0L, PURCHASES, 0L);
    }

    private static void assertRight(Customers customers, Trade trade) {
        List<Identity> codes = IntStream.rangeClosed(1, (int) CUSTOMERS)
                .mapToObj(code -> Identity.external("cdnow", "%05d".formatted(code)))
                .toList();
        List<TradeStatistics> all = Lists.partition(codes, 10_000).stream()
                .flatMap(part -> customers.holders(Set.copyOf(part)).values().stream())
                .map(customer -> trade.statistics(customer, USD))
                .toList();

        assertThat(all).hasSize((int) CUSTOMERS);
        assertThat(all.stream().map(TradeStatistics::amount).reduce(Money.zero(USD), Money::plus))
                .isEqualTo(TOTAL);
        assertThat(all.stream().map(TradeStatistics::units).reduce(BigDecimal.ZERO, BigDecimal::add))
                .isEqualTo(UNITS);
    }
}
