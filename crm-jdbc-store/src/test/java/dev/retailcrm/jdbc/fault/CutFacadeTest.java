package dev.retailcrm.jdbc.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retailcrm.assets.ledger.AccountSums;
import dev.retailcrm.assets.ledger.Award;
import dev.retailcrm.assets.ledger.Grant;
import dev.retailcrm.assets.ledger.Ledger;
import dev.retailcrm.assets.ledger.Posting;
import dev.retailcrm.assets.stored.GiftCardIssue;
import dev.retailcrm.assets.stored.IssuedGiftCards;
import dev.retailcrm.assets.stored.PresentedCard;
import dev.retailcrm.core.customer.ProfilePatch;
import dev.retailcrm.core.customer.ProfileUpdate;
import dev.retailcrm.core.customer.Registration;
import dev.retailcrm.core.event.EventEnvelope;
import dev.retailcrm.core.event.EventRelay;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.ErrorKind;
import dev.retailcrm.core.kernel.PageRequest;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.jdbc.JdbcCrm;
import dev.retailcrm.jdbc.JdbcTenant;
import dev.retailcrm.jdbc.fault.LoopbackProxy.Manner;
import dev.retailcrm.jdbc.server.TestDatabase;
import dev.retailcrm.tck.MutableClock;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Connections cut under commands that no till of {@link CutConnectionTest} sends. */
class CutFacadeTest {
    private static final CurrencyUnit CNY = CurrencyUnit.of("CNY");
    private static final int MOST_MESSAGES = 60;

    /** A command under a key, ready to be sent to any kernel on the same database, and the keys it books. */
    private record Command(int keys, Function<JdbcTenant, Object> send) {
        Object to(JdbcTenant shop) {
            return send.apply(shop);
        }
    }

    private interface Preparation {
        Command under(String key, JdbcTenant direct, List<CustomerId> customers);
    }

    /** The commands. What a repetition may not say again, such as codes, is no part of an answer. */
    private enum Kind implements Preparation {
        REGISTER {
            @Override
            public Command under(String key, JdbcTenant direct, List<CustomerId> customers) {
                var registration = Registration.of("Eve").memberCard(key).key(key);
                return new Command(1, shop -> shop.customers().register(registration));
            }
        },
        UPDATE {
            @Override
            public Command under(String key, JdbcTenant direct, List<CustomerId> customers) {
                var update =
                        ProfileUpdate.of(customers.get(0), ProfilePatch.none().remark(key), RequestKey.of(key));
                return new Command(1, shop -> shop.customers().update(update).profile());
            }
        },
        EARN_ALL {
            @Override
            public Command under(String key, JdbcTenant direct, List<CustomerId> customers) {
                List<Award> awards = customers.stream()
                        .map(customer -> new Award(customer, Grant.of(5), Posting.key(key)))
                        .toList();
                return new Command(awards.size(), shop -> shop.points().earnAll(awards));
            }
        },
        ISSUE_CARDS {
            @Override
            public Command under(String key, JdbcTenant direct, List<CustomerId> customers) {
                var issue = GiftCardIssue.of(3, Money.ofMinor(CNY, 500)).activated();
                return new Command(
                        4,
                        shop -> shop.giftCards(CNY)
                                .issue(issue, Posting.key(key))
                                .cards());
            }
        },
        REDEEM_CARD {
            @Override
            public Command under(String key, JdbcTenant direct, List<CustomerId> customers) {
                PresentedCard card = card(key, direct);
                return new Command(
                        1, shop -> shop.giftCards(CNY).redeem(card, Money.ofMinor(CNY, 100), Posting.key(key)));
            }
        },
        MOVE_CARD {
            @Override
            public Command under(String key, JdbcTenant direct, List<CustomerId> customers) {
                PresentedCard card = card(key, direct);
                return new Command(
                        2, shop -> shop.giftCards(CNY).moveToAccount(card, customers.get(1), Posting.key(key)));
            }
        };

        private static PresentedCard card(String key, JdbcTenant direct) {
            IssuedGiftCards issued = direct.giftCards(CNY)
                    .issue(GiftCardIssue.of(1, Money.ofMinor(CNY, 500)).activated(), Posting.key(key + "-made"));
            return PresentedCard.of(issued.codes().get(0).reveal(), "till");
        }
    }

    @ParameterizedTest
    @MethodSource("dev.retailcrm.jdbc.fault.CutConnectionTest#links")
    void cut_at_any_message_books_all_or_nothing_and_once_when_repeated(Supplier<TestDatabase> engine, Manner manner)
            throws Exception {
        TestDatabase direct = engine.get();
        Till.prepare(direct);
        try (LoopbackProxy proxy = new LoopbackProxy(direct);
                Till auditor = Till.open(direct, 2);
                Till till = Till.open(proxy.database(), 2)) {
            JdbcTenant shop = auditor.crm.tenant("shop");
            for (Kind kind : Kind.values()) {
                boolean failed = true;
                int message = LoopbackProxy.AT_COMMIT;
                for (; failed && message < MOST_MESSAGES; message++) {
                    String key = kind + "-" + message;
                    Command command = kind.under(key, shop, till.customers);
                    CutConnectionTest.awaitSpare(till);
                    proxy.fail(manner, message);
                    String state = "DONE";
                    Object answer = null;
                    try {
                        answer = command.to(till.crm.tenant("shop"));
                    } catch (CrmException e) {
                        state = e.kind() == ErrorKind.OUTCOME_UNKNOWN
                                ? "UNKNOWN"
                                : e.code().name();
                    }
                    failed = proxy.disarm();

                    assertThat(List.of(0L, (long) command.keys()))
                            .as("keys booked by %s, %s", key, state)
                            .contains(keys(auditor, key));
                    switch (state) {
                        case "DONE" -> assertThat(keys(auditor, key)).as(key).isEqualTo(command.keys());
                        case "STORE_FAILED" ->
                            assertThat(keys(auditor, key)).as(key).isZero();
                        default ->
                            assertThat(proxy.failedAtCommit())
                                    .as("%s at %s", state, key)
                                    .isTrue();
                    }
                    Object repeated = command.to(shop);
                    assertThat(repeated).isEqualTo(command.to(shop));
                    assertThat(repeated).isEqualTo(answer == null ? repeated : answer);
                    assertThat(keys(auditor, key)).isEqualTo(command.keys());
                    assertThat(till.pool.getHikariPoolMXBean().getActiveConnections())
                            .isZero();
                }
                assertThat(message).isBetween(4, MOST_MESSAGES - 1);
            }
            for (Ledger ledger : List.of(
                    shop.points().ledger(),
                    shop.storedValue(CNY).ledger(),
                    shop.giftCards(CNY).ledger())) {
                assertThat(ledger.reads().sums(PageRequest.first(1000)).items())
                        .isNotEmpty()
                        .allMatch(AccountSums::agree);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("dev.retailcrm.jdbc.fault.CutConnectionTest#links")
    void cut_under_a_relay_delivers_every_event_in_order(Supplier<TestDatabase> engine, Manner manner)
            throws Exception {
        TestDatabase direct = engine.get();
        Till.prepare(direct);
        MutableClock clock = MutableClock.at("2030-01-01T00:00:00Z");
        try (LoopbackProxy proxy = new LoopbackProxy(direct);
                Till auditor = Till.open(direct, 2);
                Till till = Till.open(proxy.database(), 2)) {
            List<EventEnvelope> heard = new ArrayList<>();
            EventRelay behind = relay(direct, clock, heard);
            EventRelay before = JdbcCrm.builder(till.pool)
                    .clock(clock)
                    .build()
                    .tenant("shop")
                    .events(heard::add);
            behind.drain(1_000);
            boolean failed = true;
            int message = LoopbackProxy.AT_COMMIT;
            for (; failed && message < MOST_MESSAGES; message++) {
                heard.clear();
                for (int i = 0; i < 5; i++) {
                    auditor.run(new TillCommand(TillCommand.Verb.EARN, message + "/" + i, i % 2, 0, 1, "-"));
                }
                CutConnectionTest.awaitSpare(till);
                proxy.fail(manner, message);
                try {
                    before.drain(100);
                } catch (CrmException e) {
                    assertThat(e.kind()).isIn(ErrorKind.STORAGE, ErrorKind.OUTCOME_UNKNOWN);
                }
                failed = proxy.disarm();
                clock.advance(Duration.ofHours(1));
                behind.drain(100);

                List<EventEnvelope> first = heard.stream().distinct().toList();
                assertThat(first).as("events of message %d", message).hasSize(5);
                for (CustomerId customer : auditor.customers.subList(0, 2)) {
                    assertThat(first.stream()
                                    .filter(it -> it.customer().equals(customer))
                                    .map(EventEnvelope::seq))
                            .isSorted();
                }
                assertThat(till.pool.getHikariPoolMXBean().getActiveConnections())
                        .isZero();
            }
            assertThat(message).isBetween(4, MOST_MESSAGES - 1);
        }
    }

    private static EventRelay relay(TestDatabase database, MutableClock clock, List<EventEnvelope> heard) {
        return JdbcCrm.builder(database.dataSource())
                .clock(clock)
                .build()
                .tenant("shop")
                .events(heard::add);
    }

    /** How many customers or cards the key is booked for. */
    private static long keys(Till till, String key) throws SQLException {
        try (Connection connection = till.pool.getConnection();
                var statement = connection.prepareStatement("SELECT COUNT(*) FROM crm_request WHERE request_key = ?")) {
            statement.setString(1, key);
            try (var rows = statement.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        }
    }
}
