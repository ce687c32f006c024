package dev.retailcrm.tck;

import dev.retailcrm.assets.ledger.EntryType;
import dev.retailcrm.assets.ledger.Part;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A ledger line of the model. */
final class LawEntry {
    final long seq;
    final EntryType type;
    final Instant at;
    final String key;
    final long reverses;
    long amount;
    long balanceAfter;
    long heldAfter;
    boolean proRata;

    /** What it did to the lots, as text. */
    final List<String> opened = new ArrayList<>();

    final List<String> moves = new ArrayList<>();

    /** What it used of each lot, in order. */
    final List<Use> uses = new ArrayList<>();

    record Use(long lot, Part part, long amount) {}

    LawEntry(long seq, EntryType type, Instant at, String key, long reverses) {
        this.seq = seq;
        this.type = type;
        this.at = at;
        this.key = key;
        this.reverses = reverses;
    }

    String line() {
        return line(type, amount, balanceAfter, heldAfter, at, key, reverses);
    }

    static String line(
            EntryType type, long amount, long balanceAfter, long heldAfter, Instant at, String key, long reverses) {
        return type + " " + amount + " balance " + balanceAfter + " held " + heldAfter + " at " + at + " '" + key
                + "' of " + reverses;
    }

    static String move(long lot, Part part, long delta, long heldDelta, long cost) {
        return lot + " " + part + " " + delta + "/" + heldDelta + " cost " + cost;
    }

    /** As the answer to a command tells it. */
    String answer() {
        List<String> all = new ArrayList<>(opened);
        all.addAll(moves);
        return line() + " " + all;
    }
}
