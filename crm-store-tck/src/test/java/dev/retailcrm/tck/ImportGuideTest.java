package dev.retailcrm.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retailcrm.core.behavior.BehaviorType;
import dev.retailcrm.core.behavior.Property;
import dev.retailcrm.core.behavior.PropertyKind;
import dev.retailcrm.core.customer.Registration;
import dev.retailcrm.core.imports.BehaviorMapping;
import dev.retailcrm.core.imports.CustomerColumn;
import dev.retailcrm.core.imports.ImportFile;
import dev.retailcrm.core.imports.ImportProgress;
import dev.retailcrm.core.imports.ImportRun;
import dev.retailcrm.core.imports.OrderMapping;
import dev.retailcrm.core.imports.RefundMapping;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.format.DateTimeFormatter;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The guide of imports quotes these examples, which do what their comments say. */
class ImportGuideTest {
    @TempDir
    Path folder = Path.of("");

    @Test
    void the_examples_do_what_they_say() throws IOException {
        var shop = InMemoryCrm.on(MutableClock.at("2026-03-01T09:00:00Z")).tenant("shop");
        var cny = CurrencyUnit.of("CNY");
        var ann = shop.customers()
                .register(Registration.of("Ann")
                        .phone("+8613800138000")
                        .memberCard("C1")
                        .key("ann"))
                .id();
        shop.behavior().define(BehaviorType.of("product.viewed").with(Property.of("price", PropertyKind.MONEY)));
        Path sales = Files.writeString(folder.resolve("sales.csv"), """
                store,receipt,card,bought,sku,qty,paid
                S01,812,C1,28.02.2026 18:30,tea,2,59.00
                S01,812,,,pears,1.235,7.40
                S01,813,C1,28.02.2026 19:00,tea,1,29.50
                """);
        Path returns = Files.writeString(folder.resolve("returns.csv"), """
                store,receipt,card,return,given,paid
                S01,812,C1,R1,01.03.2026 08:00,7.40
                """);
        Path views = Files.writeString(folder.resolve("views.jsonl"), """
                {"mobile":"+8613800138000","id":"e-1","event":"product.viewed","at":"2026-03-01T08:30:00Z","price":"59"}
                """);

        // ORDERS
        var card = CustomerColumn.memberCard("card"); // or our id, a phone number, another system's number …
        var till = DateTimeFormatter.ofPattern("dd.MM.yyyy HH:mm"); // no zone: the retailer's
        var orders = OrderMapping.of(card)
                .numbered("pos", "store", "receipt") // lines of one number that follow one another are one order
                .boughtAt("bought", till)
                .currency(cny)
                .store("store")
                .sku("sku")
                .quantity("qty")
                .amount("paid");
        var refunds = RefundMapping.of(card)
                .order("pos", "store", "receipt")
                .numbered("return")
                .givenAt("given", till)
                .currency(cny)
                .amount("paid");
        var imports = shop.imports();
        ImportProgress sold = imports.orders(ImportFile.csv(sales), orders, ImportRun.of("sales-2026-02"));
        sold.accepted(); // 2: orders, not lines
        imports.refunds(ImportFile.csv(returns), refunds, ImportRun.of("returns-2026-02"));
        // ORDERS

        // BEHAVIOUR
        var events = BehaviorMapping.of(CustomerColumn.phone("mobile"))
                .identified("web", "id") // the same id again is the same event
                .type("event")
                .occurredAt("at")
                .money("price", "price", cny); // or properties("/props"): an object of all of them
        imports.behaviors(ImportFile.jsonLines(views), events, ImportRun.of("web-2026-03"));
        // BEHAVIOUR

        assertThat(sold.accepted()).isEqualTo(2);
        assertThat(shop.trade().statistics(ann, cny).net()).isEqualTo(Money.parse("CNY 88.50"));
        assertThat(shop.behavior().statistics(ann)).hasSize(1);
    }

    @Test
    void the_guide_quotes_the_examples() throws IOException {
        String source = Files.readString(Path.of("src/test/java/dev/retailcrm/tck/ImportGuideTest.java"));
        String guide = Files.readString(Path.of("../docs/import.md"));
        for (String mark : new String[] {"// ORDERS\n", "// BEHAVIOUR\n"}) {
            int start = source.indexOf(mark) + mark.length();
            String example =
                    source.substring(start, source.indexOf(mark, start)).stripIndent();
            assertThat(guide).contains(example.strip());
        }
    }
}
