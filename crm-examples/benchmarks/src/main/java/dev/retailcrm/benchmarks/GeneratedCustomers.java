package dev.retailcrm.benchmarks;

import dev.retailcrm.core.customer.Gender;
import dev.retailcrm.core.imports.CustomerMapping;
import dev.retailcrm.core.imports.ImportFile;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A file of customers, each with a phone number and a member card. Stateless. */
final class GeneratedCustomers {
    static final CustomerMapping MAPPING = CustomerMapping.keyedBy("member_no")
            .memberCard("member_no")
            .name("name")
            .phone("mobile")
            .birthDate("born")
            .gender("sex", Map.of("f", Gender.FEMALE, "m", Gender.MALE))
            .joinedAt("store")
            .joinedOn("since");

    private static final long FIRST_PHONE = 13_800_000_000L;

    private GeneratedCustomers() {}

    static String phone(int number) {
        return Long.toString(FIRST_PHONE + number);
    }

    static ImportFile write(Path path, int customers) throws IOException {
        try (BufferedWriter file = Files.newBufferedWriter(path)) {
            file.write("member_no,name,mobile,born,sex,store,since\n");
            for (int i = 0; i < customers; i++) {
                file.write("M%08d,\"Chen, %d\",%s,19%02d-%02d-%02d,%s,S%02d,2024-05-%02dT10:00:00Z%n"
                        .formatted(
                                i,
                                i,
                                phone(i),
                                50 + i % 50,
                                1 + i % 12,
                                1 + i % 28,
                                i % 2 == 0 ? "f" : "m",
                                i % 100,
                                1 + i % 28));
            }
        }
        return ImportFile.csv(path);
    }
}
