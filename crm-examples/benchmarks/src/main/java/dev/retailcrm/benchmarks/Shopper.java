package dev.retailcrm.benchmarks;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * A customer made up for {@link RuleSpeed}, with what its rule asks about.
 *
 * @param spend in whole units
 * @param purchases when she bought, the earliest first
 */
record Shopper(String gender, int age, String city, int spend, List<Instant> purchases, Set<String> tags) {
    /** The instant of the question. */
    static final Instant NOW = Instant.parse("2026-06-01T08:00:00Z");

    /** Where a purchase is in the last 30 days: what is exactly 30 days ago is out. */
    static final Instant SINCE = NOW.minus(Duration.ofDays(30));

    static final List<String> CITIES = List.of("Shanghai", "Suzhou", "Hangzhou", "Nanjing", "Wuxi");
    private static final List<String> OTHERS = List.of(
            "Beijing", "Tianjin", "Chengdu", "Wuhan", "Xian", "Harbin", "Guangzhou", "Shenzhen", "Xiamen", "Fuzhou");

    /** The latest purchase. */
    Instant last() {
        return purchases.get(purchases.size() - 1);
    }

    static List<Shopper> some(int number) {
        Random random = new Random(20_260_601);
        List<Shopper> all = new ArrayList<>(number);
        for (int i = 0; i < number; i++) {
            all.add(one(random));
        }
        return all;
    }

    private static Shopper one(Random random) {
        List<Instant> purchases = new ArrayList<>();
        for (int i = 1 + random.nextInt(6); i > 0; i--) {
            purchases.add(NOW.minusMillis(
                    (long) (random.nextDouble() * Duration.ofDays(200).toMillis())));
        }
        purchases.sort(null);
        Set<String> tags = new HashSet<>();
        for (int i = 0; i < 8; i++) {
            tags.add("t" + random.nextInt(12));
        }
        List<String> cities = random.nextBoolean() ? CITIES : OTHERS;
        return new Shopper(
                random.nextInt(10) < 6 ? "female" : "male",
                18 + random.nextInt(50),
                cities.get(random.nextInt(cities.size())),
                (int) Math.abs(random.nextGaussian() * 700),
                List.copyOf(purchases),
                Set.copyOf(tags));
    }
}
