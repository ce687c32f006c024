package dev.retailcrm.jdbc.fault;

import com.google.common.base.Splitter;
import java.util.List;
import java.util.Optional;

/**
 * What became of a command, as a line of text. Immutable.
 *
 * @param answer the booking if {@link State#DONE}, the error's name if not, {@code -} if sent
 */
record TillOutcome(State state, TillCommand command, String answer) {
    enum State {
        /** About to be sent. */
        SENT,
        /** Answered with a booking. */
        DONE,
        /** An ordinary "no". */
        REFUSED,
        /** The commit was not answered. */
        UNKNOWN,
        /** A failure that says nothing was booked. */
        FAILED
    }

    /** The outcome in a line; empty if it is something else, such as a log message. */
    static Optional<TillOutcome> parse(String line) {
        List<String> parts = Splitter.on('\t').splitToList(line);
        if (parts.size() != 4 || !parts.get(3).equals(".")) {
            return Optional.empty();
        }
        return Optional.of(new TillOutcome(State.valueOf(parts.get(0)), TillCommand.parse(parts.get(1)), parts.get(2)));
    }

    @Override
    public String toString() {
        return state + "\t" + command + "\t" + answer + "\t.";
    }
}
