package dev.retailcrm.jdbc.fault;

import com.google.common.base.Splitter;
import dev.retailcrm.assets.ledger.AccountSums;
import dev.retailcrm.assets.ledger.EntryType;
import dev.retailcrm.assets.ledger.Ledger;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.ErrorKind;
import dev.retailcrm.core.kernel.PageRequest;
import dev.retailcrm.jdbc.fault.TillOutcome.State;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Compares the books with what tills were told, over any number of kills. Not thread-safe. */
final class Audit {
    private final Damage damage;
    private final Map<String, TillOutcome> answered = new LinkedHashMap<>();

    Audit(Damage damage) {
        this.damage = damage;
    }

    /** Checks everything after one more kill; the outcomes are those since the one before. */
    void after(List<TillOutcome> outcomes, Till till) throws SQLException {
        damage.killed(outcomes);
        Map<String, TillOutcome> last = new LinkedHashMap<>();
        outcomes.forEach(outcome -> last.put(outcome.command().key(), outcome));
        last.forEach((key, outcome) -> {
            if (outcome.state() == State.DONE) {
                answered.put(key, outcome);
            }
        });
        Books before = books(till);
        requireAnswered(before, till);
        for (TillOutcome outcome : last.values()) {
            boolean there = before.has(till, outcome.command());
            if (there && (outcome.state() == State.FAILED || outcome.state() == State.REFUSED)) {
                damage.bookedTwice().add("booked although it failed: " + outcome);
            }
        }
        repeatAnswered(last, till);
        if (books(till).entries() != before.entries()) {
            damage.bookedTwice().add("repetitions of answered commands booked something");
        }
        repeatUnknown(last, before, till);
        requireAnswered(books(till), till);
        laws(till);
    }

    private void requireAnswered(Books books, Till till) {
        for (TillOutcome outcome : answered.values()) {
            List<String> answer = Splitter.on(':').splitToList(outcome.answer());
            String said = answer.get(0) + ":" + answer.get(1) + ":" + answer.get(2) + ":" + answer.get(3);
            String booked = books.booked.get(Books.key(till, outcome.command()));
            if (!said.equals(booked)) {
                damage.lost().add(outcome + " is in the books as " + booked);
            }
        }
    }

    private void repeatAnswered(Map<String, TillOutcome> last, Till till) {
        for (TillOutcome outcome : last.values()) {
            if (outcome.state() == State.DONE) {
                String again = repeat(till, outcome.command());
                if (!again.equals(outcome.answer())) {
                    damage.lost().add(outcome + " was answered on repetition with " + again);
                }
            }
        }
    }

    /** What nobody answered is repeated as the error says: it books once, however often it is sent. */
    private void repeatUnknown(Map<String, TillOutcome> last, Books before, Till till) throws SQLException {
        for (TillOutcome outcome : last.values()) {
            if (outcome.state() != State.UNKNOWN && outcome.state() != State.SENT) {
                continue;
            }
            String first = repeat(till, outcome.command());
            String second = repeat(till, outcome.command());
            boolean refused = first.startsWith("refused");
            boolean failed = first.startsWith("failed");
            if (!first.equals(second) || failed || (refused && before.has(till, outcome.command()))) {
                damage.brokenLaws().add(outcome + " was repeated: " + first + ", then " + second);
            } else if (!refused) {
                answered.put(outcome.command().key(), new TillOutcome(State.DONE, outcome.command(), first));
            }
        }
    }

    private static String repeat(Till till, TillCommand command) {
        try {
            return till.run(command);
        } catch (CrmException e) {
            return (e.kind() == ErrorKind.REJECTED ? "refused " : "failed ") + e.getMessage();
        }
    }

    /** Checks the laws alone. */
    void laws(Till till) throws SQLException {
        for (Ledger ledger : till.ledgers()) {
            long total = 0;
            for (AccountSums sums : ledger.reads().sums(PageRequest.first(1000)).items()) {
                total += sums.posted();
                if (!sums.agree()) {
                    damage.brokenLaws().add(ledger.asset() + " does not agree: " + sums);
                }
            }
            Map<EntryType, Long> flows = ledger.reads().flows(null, null);
            if (flows.values().stream().mapToLong(Long::longValue).sum() != total) {
                damage.brokenLaws().add(ledger.asset() + " flows " + flows + " are not the balances, " + total);
            }
            if (flows.getOrDefault(EntryType.TRANSFER_IN, 0L) != -flows.getOrDefault(EntryType.TRANSFER_OUT, 0L)) {
                damage.brokenLaws().add(ledger.asset() + " transfers do not conserve the total: " + flows);
            }
        }
        events(till);
    }

    /** One event a booked command, numbered without gaps. */
    private void events(Till till) throws SQLException {
        try (Connection connection = till.pool.getConnection();
                Statement statement = connection.createStatement()) {
            try (ResultSet rows = statement.executeQuery(
                    "SELECT r.customer_id, r.n, o.n FROM (SELECT customer_id, COUNT(*) AS n FROM crm_request"
                            + " GROUP BY customer_id) r LEFT JOIN (SELECT customer_id, COUNT(*) AS n FROM crm_outbox"
                            + " GROUP BY customer_id) o ON o.customer_id = r.customer_id")) {
                while (rows.next()) {
                    if (rows.getLong(2) != rows.getLong(3)) {
                        damage.brokenLaws()
                                .add("customer %d has %d booked keys and %d events"
                                        .formatted(rows.getLong(1), rows.getLong(2), rows.getLong(3)));
                    }
                }
            }
            try (ResultSet rows =
                    statement.executeQuery("SELECT customer_id, source, COUNT(*), MAX(seq) FROM crm_outbox"
                            + " GROUP BY customer_id, source HAVING COUNT(*) <> MAX(seq)")) {
                while (rows.next()) {
                    damage.brokenLaws()
                            .add("customer %d has %d events of %s, the last is %d"
                                    .formatted(rows.getLong(1), rows.getLong(3), rows.getString(2), rows.getLong(4)));
                }
            }
        }
    }

    /** Reads all entries, and checks on the way that they are gap-free and each follows from the one before. */
    private Books books(Till till) throws SQLException {
        Books books = new Books();
        try (Connection connection = till.pool.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT customer_id, asset, seq, amount, balance_after, held_after, request_key FROM crm_entry"
                                + " ORDER BY customer_id, asset, seq")) {
            String account = "";
            long seq = 0;
            long balance = 0;
            while (rows.next()) {
                String now = rows.getLong(1) + "/" + rows.getString(2);
                if (!now.equals(account)) {
                    account = now;
                    seq = 0;
                    balance = 0;
                }
                seq++;
                balance += rows.getLong(4);
                if (rows.getLong(3) != seq || rows.getLong(5) != balance) {
                    damage.brokenLaws()
                            .add("entry %d of %s does not follow from the one before"
                                    .formatted(rows.getLong(3), account));
                }
                String line = rows.getLong(3) + ":" + rows.getLong(4) + ":" + rows.getLong(5) + ":" + rows.getLong(6);
                String key = account + "/" + rows.getString(7);
                if (books.booked.put(key, line) != null) {
                    damage.bookedTwice().add(key);
                }
            }
        }
        return books;
    }

    /** All entries: from account and key to number, amount, balance and held after it. */
    private static final class Books {
        final Map<String, String> booked = new HashMap<>();

        static String key(Till till, TillCommand command) {
            return till.customers.get(command.customer()).value() + "/"
                    + till.ledger(command).asset().code() + "/" + command.key();
        }

        boolean has(Till till, TillCommand command) {
            return booked.containsKey(key(till, command));
        }

        int entries() {
            return booked.size();
        }
    }

    /** The outcomes among lines. */
    static List<TillOutcome> outcomes(List<String> lines) {
        List<TillOutcome> outcomes = new ArrayList<>();
        lines.forEach(line -> TillOutcome.parse(line).ifPresent(outcomes::add));
        return outcomes;
    }
}
