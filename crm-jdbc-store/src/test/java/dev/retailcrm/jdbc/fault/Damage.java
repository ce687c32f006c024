package dev.retailcrm.jdbc.fault;

import java.util.ArrayList;
import java.util.List;

/** What kills did to the books: nothing, or the descriptions of it. Not thread-safe. */
public final class Damage {
    private static final int SHOWN = 40;

    private final long seed;
    private final List<String> lost = new ArrayList<>();
    private final List<String> bookedTwice = new ArrayList<>();
    private final List<String> brokenLaws = new ArrayList<>();
    private List<String> operations = List.of();
    private int kills;
    private long acknowledged;
    private long unknown;
    private long failed;

    Damage(long seed) {
        this.seed = seed;
    }

    /** How often something was killed. */
    public int kills() {
        return kills;
    }

    /** Commands that were answered. */
    public long acknowledged() {
        return acknowledged;
    }

    /** Commands whose commit was not answered. */
    public long unknown() {
        return unknown;
    }

    /** Commands that failed and so were certainly not booked. */
    public long failed() {
        return failed;
    }

    /** Commands that were answered, or are not there as they were answered. */
    public List<String> lost() {
        return lost;
    }

    /** Commands that have more than one effect, or one although they failed. */
    public List<String> bookedTwice() {
        return bookedTwice;
    }

    /** Everything else that does not add up. */
    public List<String> brokenLaws() {
        return brokenLaws;
    }

    /** Whether all is well. */
    public boolean isNone() {
        return lost.isEmpty() && bookedTwice.isEmpty() && brokenLaws.isEmpty();
    }

    void killed(List<TillOutcome> outcomes) {
        kills++;
        for (TillOutcome outcome : outcomes) {
            switch (outcome.state()) {
                case DONE -> acknowledged++;
                case UNKNOWN -> unknown++;
                case FAILED -> failed++;
                case SENT, REFUSED -> {}
            }
        }
        if (isNone()) {
            operations = outcomes.stream()
                    .skip(Math.max(0, outcomes.size() - SHOWN))
                    .map(TillOutcome::toString)
                    .toList();
        }
    }

    /** All of it, with the seed and the last operations before it. */
    @Override
    public String toString() {
        return "seed %d, %d kills, %d answered, %d unknown, %d failed%nlost %s%nbooked twice %s%nbroken laws %s%nlast:%n%s"
                .formatted(
                        seed,
                        kills,
                        acknowledged,
                        unknown,
                        failed,
                        few(lost),
                        few(bookedTwice),
                        few(brokenLaws),
                        String.join("\n", operations));
    }

    private static List<String> few(List<String> findings) {
        return findings.subList(0, Math.min(findings.size(), SHOWN));
    }
}
