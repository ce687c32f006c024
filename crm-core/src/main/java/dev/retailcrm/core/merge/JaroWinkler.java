package dev.retailcrm.core.merge;

import java.util.Arrays;

/**
 * Jaro-Winkler similarity of names: the share of characters that both have at about the same place, less half of those out of order,
 * raised for a common beginning of up to four characters, where people slip least (W. E. Winkler, "String Comparator Metrics and
 * Enhanced Decision Rules in the Fellegi-Sunter Model of Record Linkage", 1990; scaling 0.1). Keeps its working space: not
 * thread-safe, allocates only when longer texts come than before.
 */
final class JaroWinkler {
    private static final double SCALING = 0.1;
    private static final int MAX_PREFIX = 4;

    private boolean[] found = new boolean[64];
    private char[] inOrder = new char[64];

    /** From 0 (nothing in common) to 1 (equal); two empty texts are equal. */
    double similarity(String a, String b) {
        double jaro = jaro(a, b);
        int prefix = 0;
        int limit = Math.min(MAX_PREFIX, Math.min(a.length(), b.length()));
        while (prefix < limit && a.charAt(prefix) == b.charAt(prefix)) {
            prefix++;
        }
        return jaro + prefix * SCALING * (1 - jaro);
    }

    private double jaro(String a, String b) {
        if (a.isEmpty() || b.isEmpty()) {
            return a.equals(b) ? 1 : 0;
        }
        int window = Math.max(0, Math.max(a.length(), b.length()) / 2 - 1);
        int common = match(a, b, window);
        if (common == 0) {
            return 0;
        }
        double outOfOrder = outOfOrder(b) / 2.0;
        return ((double) common / a.length() + (double) common / b.length() + (common - outOfOrder) / common) / 3;
    }

    /** Pairs each character of {@code a} with the first free equal one of {@code b} within the window. */
    private int match(String a, String b, int window) {
        if (found.length < b.length() || inOrder.length < a.length()) {
            found = new boolean[Math.max(found.length, b.length())];
            inOrder = new char[Math.max(inOrder.length, a.length())];
        }
        Arrays.fill(found, 0, b.length(), false);
        int common = 0;
        for (int i = 0; i < a.length(); i++) {
            int end = Math.min(b.length(), i + window + 1);
            for (int j = Math.max(0, i - window); j < end; j++) {
                if (!found[j] && a.charAt(i) == b.charAt(j)) {
                    found[j] = true;
                    inOrder[common++] = a.charAt(i);
                    break;
                }
            }
        }
        return common;
    }

    private int outOfOrder(String b) {
        int different = 0;
        int next = 0;
        for (int j = 0; j < b.length(); j++) {
            if (found[j] && b.charAt(j) != inOrder[next++]) {
                different++;
            }
        }
        return different;
    }
}
