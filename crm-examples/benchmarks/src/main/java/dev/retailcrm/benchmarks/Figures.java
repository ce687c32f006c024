package dev.retailcrm.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Collects what was measured in each round and prints medians as {@code figure <name> <value>}. Not thread-safe. */
final class Figures {
    private final Map<String, List<Double>> rounds = new LinkedHashMap<>();

    void add(String name, double value) {
        rounds.computeIfAbsent(name, none -> new ArrayList<>()).add(value);
    }

    double median(String name) {
        List<Double> values =
                rounds.getOrDefault(name, List.of()).stream().sorted().toList();
        if (values.isEmpty()) {
            return Double.NaN;
        }
        int half = values.size() / 2;
        return values.size() % 2 == 1 ? values.get(half) : (values.get(half - 1) + values.get(half)) / 2;
    }

    boolean has(String name) {
        return rounds.containsKey(name);
    }

    void print() {
        rounds.keySet().forEach(name -> print(name, median(name)));
    }

    static void print(String name, double value) {
        System.out.printf(Locale.ROOT, value < 100 ? "figure %s %.3f%n" : "figure %s %.0f%n", name, value);
    }
}
