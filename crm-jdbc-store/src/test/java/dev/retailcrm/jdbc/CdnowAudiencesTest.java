package dev.retailcrm.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.retailcrm.audience.AudienceRule;
import dev.retailcrm.audience.Audiences;
import dev.retailcrm.core.customer.Customers;
import dev.retailcrm.core.customer.Registration;
import dev.retailcrm.core.field.FieldValue;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.PageRequest;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.trade.Order;
import dev.retailcrm.core.trade.OrderLine;
import dev.retailcrm.core.trade.OrderNumber;
import dev.retailcrm.core.trade.Trade;
import dev.retailcrm.jdbc.server.TestPostgres;
import dev.retailcrm.tck.InMemoryCrm;
import dev.retailcrm.tck.MutableClock;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Audiences made of templates over every purchase of the CDNOW customers are those that a plain look at the file finds. */
class CdnowAudiencesTest {
    private static final Path CSV = Path.of("..", "..", "shared", "data", "cdnow", "cdnow_master.csv");
    private static final CurrencyUnit USD = CurrencyUnit.USD;
    private static final MutableClock CLOCK = MutableClock.at("1998-06-30T12:00:00Z");
    private static final int BATCH = 10_000;

    /** A line of the file: which day, and how many cents. */
    private record Purchase(Instant at, long cents) {
        boolean isWithin(int days) {
            return at.isAfter(CLOCK.instant().minus(days, ChronoUnit.DAYS));
        }
    }

    private static final Map<String, List<Purchase>> FILE = new TreeMap<>();

    @BeforeAll
    static void read() throws IOException {
        assumeThat(Files.exists(CSV)).as("%s is there", CSV).isTrue();
        List<String> lines = Files.readAllLines(CSV);
        for (String line : lines.subList(1, lines.size())) {
            String[] fields = line.split(",", -1);
            Instant at = LocalDate.parse(fields[1]).atStartOfDay(ZoneOffset.UTC).toInstant();
            long cents = new BigDecimal(fields[3]).movePointRight(2).longValueExact();
            FILE.computeIfAbsent(fields[0], first -> new ArrayList<>()).add(new Purchase(at, cents));
        }
    }

    // --- the independent look

    private static Set<String> who(Predicate<List<Purchase>> asked) {
        Set<String> found = new TreeSet<>();
        FILE.forEach((customer, purchases) -> {
            if (asked.test(purchases)) {
                found.add(customer);
            }
        });
        return found;
    }

    private static boolean bought(List<Purchase> purchases, int days) {
        return purchases.stream().anyMatch(it -> it.isWithin(days));
    }

    private static List<Purchase> last(List<Purchase> purchases, int days) {
        return purchases.stream().filter(it -> it.isWithin(days)).toList();
    }

    private static long sum(List<Purchase> purchases) {
        return purchases.stream().mapToLong(Purchase::cents).sum();
    }

    private static Map<String, Set<String>> expected() {
        Map<String, Set<String>> expected = new TreeMap<>();
        expected.put("sleeping", who(hers -> !bought(hers, 180)));
        expected.put("lapsed", who(hers -> !bought(hers, 365)));
        expected.put("active", who(hers -> bought(hers, 90)));
        expected.put("lapsing", who(hers -> bought(hers, 180) && !bought(hers, 90)));
        expected.put("high-value", who(hers -> sum(last(hers, 365)) >= 20_000 && bought(hers, 365)));
        expected.put(
                "price-sensitive",
                who(hers -> last(hers, 365).size() >= 3
                        && sum(last(hers, 365)) <= 2_000L * last(hers, 365).size()));
        expected.put("first-purchase-no-second", who(hers -> hers.size() == 1 && !bought(hers, 30)));
        return expected;
    }

    // --- what audiences say

    private static final Map<String, Map<String, FieldValue>> VALUES =
            Map.of("high-value", Map.of("amount", usd("200.00")), "price-sensitive", Map.of("amount", usd("20.00")));

    private static FieldValue usd(String amount) {
        return FieldValue.money(Money.of(USD, new BigDecimal(amount)));
    }

    private static Map<String, CustomerId> load(Customers customers, Trade trade) {
        Map<String, CustomerId> ids = new HashMap<>();
        List<Order> orders = new ArrayList<>();
        FILE.forEach((code, purchases) -> {
            CustomerId id =
                    customers.register(Registration.of("Customer").key(code)).id();
            ids.put(code, id);
            for (Purchase purchase : purchases) {
                Money amount = Money.ofMinor(USD, purchase.cents());
                orders.add(Order.of(
                        id,
                        OrderNumber.of("cdnow", Integer.toString(orders.size())),
                        purchase.at(),
                        List.of(OrderLine.of("cd", amount))));
            }
        });
        for (int from = 0; from < orders.size(); from += BATCH) {
            trade.recordAll(orders.subList(from, Math.min(from + BATCH, orders.size())));
        }
        return ids;
    }

    private static void compare(Audiences audiences, Map<String, CustomerId> ids, int step) {
        Map<CustomerId, String> codes = new HashMap<>();
        ids.forEach((code, id) -> codes.put(id, code));
        expected().keySet().forEach(template -> {
            var rule = audiences.templates().rule(template, VALUES.getOrDefault(template, Map.of()));
            audiences.define(AudienceRule.dynamic(template, template, rule), RequestKey.of(template));
        });
        var done = audiences.advance(step);
        while (!done.isDone()) {
            done = audiences.advance(step);
        }
        expected().forEach((template, customers) -> {
            Set<String> found = new TreeSet<>();
            var page = audiences.members(template, PageRequest.first(1_000));
            page.items().forEach(it -> found.add(codes.get(it)));
            for (var next = page.next(1_000); next.isPresent(); next = page.next(1_000)) {
                page = audiences.members(template, next.get());
                page.items().forEach(it -> found.add(codes.get(it)));
            }
            assertThat(found).as(template).isEqualTo(customers).hasSizeGreaterThan(100);
            assertThat(audiences.count(template)).isEqualTo(customers.size());
        });
    }

    @Test
    void in_memory_templates_find_whom_the_file_names() {
        var tenant = InMemoryCrm.on(CLOCK).tenant("cdnow");
        compare(tenant.audiences(), load(tenant.customers(), tenant.trade()), 1_000_000);
    }

    @Test
    void on_postgres_templates_find_whom_the_file_names() {
        var database = TestPostgres.fast().newDatabase("cdnow_audiences");
        CrmSchema.on(database.dataSource()).migrate();
        JdbcCrm crm = JdbcCrm.builder(database.dataSource()).clock(CLOCK).build();
        var tenant = crm.tenant("cdnow");
        Map<String, CustomerId> ids = crm.unitOfWork().run(() -> load(tenant.customers(), tenant.trade()));
        compare(tenant.audiences(), ids, 10_000);
    }
}
