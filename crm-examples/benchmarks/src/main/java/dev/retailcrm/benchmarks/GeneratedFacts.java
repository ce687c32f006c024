package dev.retailcrm.benchmarks;

import dev.retailcrm.core.behavior.BehaviorType;
import dev.retailcrm.core.behavior.Property;
import dev.retailcrm.core.imports.BehaviorMapping;
import dev.retailcrm.core.imports.CustomerColumn;
import dev.retailcrm.core.imports.ImportFile;
import dev.retailcrm.core.imports.OrderMapping;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.joda.money.CurrencyUnit;

/** Files of what {@link GeneratedCustomers} buy and do: orders of two lines each, and events. Stateless. */
final class GeneratedFacts {
    static final BehaviorType VIEWED = BehaviorType.of("product.viewed").with(Property.text("sku", 40));

    private static final CustomerColumn WHO = CustomerColumn.memberCard("card");

    static final OrderMapping ORDERS = OrderMapping.of(WHO)
            .numbered("pos", "receipt")
            .boughtAt("bought")
            .currency(CurrencyUnit.of("CNY"))
            .store("store")
            .sku("sku")
            .quantity("qty")
            .amount("paid");

    static final BehaviorMapping EVENTS = BehaviorMapping.of(WHO)
            .identified("web", "id")
            .typeAlways(VIEWED.name())
            .occurredAt("at")
            .text("sku", "sku");

    private GeneratedFacts() {}

    static ImportFile orders(Path path, int orders, int customers) throws IOException {
        try (BufferedWriter file = Files.newBufferedWriter(path)) {
            file.write("receipt,card,bought,store,sku,qty,paid\n");
            for (int i = 0; i < orders; i++) {
                file.write("R%08d,M%08d,2026-01-%02dT10:%02d:00Z,S%02d,tea-%d,2,59.00%n"
                        .formatted(i, customer(i, customers), 1 + i % 28, i % 60, i % 100, i % 1_000));
                file.write("R%08d,,,,pears,1.235,7.40%n".formatted(i));
            }
        }
        return ImportFile.csv(path);
    }

    static ImportFile events(Path path, int events, int customers) throws IOException {
        try (BufferedWriter file = Files.newBufferedWriter(path)) {
            file.write("id,card,at,sku\n");
            for (int i = 0; i < events; i++) {
                file.write("e-%d,M%08d,2026-01-%02dT10:%02d:00Z,tea-%d%n"
                        .formatted(i, customer(i, customers), 1 + i % 28, i % 60, i % 1_000));
            }
        }
        return ImportFile.csv(path);
    }

    /** Spread over all, in no order. */
    private static long customer(int number, int customers) {
        return number * 7_919L % customers;
    }
}
