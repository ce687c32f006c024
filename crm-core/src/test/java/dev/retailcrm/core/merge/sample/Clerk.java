package dev.retailcrm.core.merge.sample;

import java.util.List;
import java.util.Random;

/** Writes down what a customer says, the way people do who listen, type and are in a hurry. */
final class Clerk {
    private static final List<String> ROWS = List.of("qwertyuiop", "asdfghjkl", "zxcvbnm", "1234567890");
    private static final List<List<String>> SOUNDS = List.of(
            List.of("ph", "f"),
            List.of("ie", "y"),
            List.of("ck", "k"),
            List.of("th", "t"),
            List.of("c", "k"),
            List.of("v", "w"),
            List.of("i", "y"),
            List.of("z", "s"),
            List.of("ou", "u"),
            List.of("ee", "i"));

    private final Random random;

    Clerk(Random random) {
        this.random = random;
    }

    /** A word as it was heard, or as the fingers hit the keys. */
    String mishear(String word) {
        List<String> sound = SOUNDS.get(random.nextInt(SOUNDS.size()));
        return word.contains(sound.get(0)) ? word.replace(sound.get(0), sound.get(1)) : mistype(word);
    }

    String mistype(String word) {
        int at = random.nextInt(word.length());
        String before = word.substring(0, at);
        String after = word.substring(at + 1);
        String hit = word.substring(at, at + 1);
        return switch (random.nextInt(3)) {
            case 0 -> before + neighbour(hit) + after;
            case 1 -> before + hit + hit + after;
            default -> word.length() > 2 ? before + after : before + neighbour(hit) + after;
        };
    }

    /** Day and month in the other order, or another digit. */
    String misdate(String date) {
        if (random.nextBoolean()) {
            return date.substring(0, 4) + date.substring(6) + date.substring(4, 6);
        }
        int at = 2 + random.nextInt(6);
        return date.substring(0, at) + random.nextInt(10) + date.substring(at + 1);
    }

    private String neighbour(String key) {
        for (String row : ROWS) {
            int at = row.indexOf(key);
            if (at >= 0) {
                return row.substring((at + 1) % row.length()).substring(0, 1);
            }
        }
        return key + key;
    }
}
