package dev.retailcrm.quickstart;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/** Where purchases come from: a CSV file, or a seeded generator. */
final class Purchases {
    private static final List<String> CUSTOMER = List.of("customer", "customer_id", "master_id");
    private static final List<String> QUANTITY = List.of("quantity", "cds");
    private static final List<String> AMOUNT = List.of("amount", "dollars");

    private Purchases() {}

    /** A line before it has its number and its time of day. */
    private record Line(String customer, LocalDate date, int quantity, BigDecimal amount) {}

    /**
     * Reads purchases with columns customer, date, quantity, amount.
     *
     * @throws IllegalArgumentException naming the line, if one cannot be read
     */
    static List<Purchase> read(Path csv) throws IOException {
        List<Line> lines = new ArrayList<>();
        try (CsvReader<NamedCsvRecord> reader = CsvReader.builder().ofNamedCsvRecord(csv)) {
            for (NamedCsvRecord row : reader) {
                lines.add(line(row));
            }
        }
        return inTimeOrder(lines);
    }

    private static Line line(NamedCsvRecord row) {
        try {
            return new Line(
                    field(row, CUSTOMER),
                    LocalDate.parse(field(row, List.of("date"))),
                    Math.max(1, Integer.parseInt(field(row, QUANTITY))),
                    new BigDecimal(field(row, AMOUNT)).setScale(2));
        } catch (DateTimeException | ArithmeticException | IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "line " + row.getStartingLineNumber() + " is no purchase: " + e.getMessage(), e);
        }
    }

    private static String field(NamedCsvRecord row, List<String> names) {
        return names.stream()
                .flatMap(name -> row.findField(name).stream())
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no column " + String.join(" or ", names)));
    }

    /**
     * Makes purchases of customers who come often or seldom, over three years.
     *
     * @param seed the same seed makes the same purchases
     */
    static List<Purchase> generate(int count, long seed) {
        Random random = new Random(seed);
        int customers = Math.max(1, count / 12);
        LocalDate first = LocalDate.of(2023, 1, 1);
        List<Line> lines = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            int customer = (int) (customers * Math.pow(random.nextDouble(), 2));
            int quantity = 1 + random.nextInt(4);
            long cents = quantity * (199L + random.nextInt(4_000));
            lines.add(new Line(
                    String.format("C%06d", customer + 1),
                    first.plusDays(random.nextInt(3 * 365)),
                    quantity,
                    BigDecimal.valueOf(cents, 2)));
        }
        return inTimeOrder(lines);
    }

    /** Sorts by date, as they were within a day, a second apart from nine in the morning. */
    private static List<Purchase> inTimeOrder(List<Line> lines) {
        List<Line> sorted = new ArrayList<>(lines);
        sorted.sort(Comparator.comparing(Line::date));
        List<Purchase> purchases = new ArrayList<>(sorted.size());
        LocalDate day = LocalDate.MIN;
        Instant at = Instant.EPOCH;
        for (Line line : sorted) {
            at = line.date().equals(day)
                    ? at.plusSeconds(1)
                    : line.date().atTime(9, 0).toInstant(ZoneOffset.UTC);
            day = line.date();
            purchases.add(new Purchase(purchases.size() + 1, line.customer(), at, line.quantity(), line.amount()));
        }
        return purchases;
    }
}
