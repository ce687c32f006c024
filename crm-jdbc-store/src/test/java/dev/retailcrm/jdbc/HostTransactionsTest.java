package dev.retailcrm.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retailcrm.assets.ledger.AssetError;
import dev.retailcrm.assets.ledger.Booking;
import dev.retailcrm.assets.ledger.Posting;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.jdbc.HostKind.Inside;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

class HostTransactionsTest {
    private static final String CELLS = "dev.retailcrm.jdbc.HostTransactionsTest#cells";

    static Stream<Arguments> cells() {
        return Arrays.stream(HostKind.values())
                .flatMap(kind -> Arrays.stream(Engine.values()).map(engine -> Arguments.of(kind, engine)));
    }

    /** Runs with every kind of host on every engine. */
    @Target(ElementType.METHOD)
    @Retention(RetentionPolicy.RUNTIME)
    @ParameterizedTest(name = "{0} on {1}")
    @MethodSource(CELLS)
    @interface OnEveryCell {}

    private static void sell(Inside inside) {
        inside.order("A1");
        inside.points().earn(inside.host().ann, 20, Posting.key("earn"));
        inside.points().spend(inside.host().ann, 50, Posting.key("spend"));
    }

    private static List<String> ordered(HostKind kind) {
        return kind == HostKind.OWN ? List.of() : List.of("A1");
    }

    private static void refused(Enum<?> code, ThrowingCallable command) {
        assertThatThrownBy(command)
                .isInstanceOfSatisfying(
                        CrmException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    @Nested
    class One_transaction {
        @OnEveryCell
        void that_commits_keeps_everything(HostKind kind, Engine engine) {
            var host = new TestHost(engine);

            kind.commit(host, HostTransactionsTest::sell);

            assertThat(host.balance()).isEqualTo(70);
            assertThat(host.orders()).isEqualTo(ordered(kind));
        }

        @OnEveryCell
        void that_the_host_rolls_back_leaves_nothing(HostKind kind, Engine engine) {
            var host = new TestHost(engine);
            List<String> before = host.dump();

            kind.rollBack(host, inside -> {
                sell(inside);
                assertThat(inside.points().balance(host.ann).available()).isEqualTo(70);
            });

            assertThat(host.dump()).isEqualTo(before);
        }

        @OnEveryCell
        void that_fails_in_the_middle_leaves_nothing(HostKind kind, Engine engine) {
            var host = new TestHost(engine);
            List<String> before = host.dump();

            assertThatThrownBy(() -> kind.commit(host, inside -> {
                        sell(inside);
                        throw new ArithmeticException("the host's own");
                    }))
                    .isInstanceOf(ArithmeticException.class);

            assertThat(host.dump()).isEqualTo(before);
        }

        @OnEveryCell
        void that_ends_by_a_refusal_leaves_nothing(HostKind kind, Engine engine) {
            var host = new TestHost(engine);
            List<String> before = host.dump();

            refused(
                    AssetError.INSUFFICIENT_VALUE,
                    () -> kind.commit(host, inside -> {
                        sell(inside);
                        inside.points().spend(host.ann, 71, Posting.key("more"));
                    }));

            assertThat(host.dump()).isEqualTo(before);
        }

        @OnEveryCell
        void after_one_rolled_back_books_the_same_keys(HostKind kind, Engine engine) {
            var host = new TestHost(engine);

            kind.rollBack(host, HostTransactionsTest::sell);
            kind.commit(host, HostTransactionsTest::sell);

            assertThat(host.balance()).isEqualTo(70);
            assertThat(host.orders()).isEqualTo(ordered(kind));
        }
    }

    @Nested
    class Units_of_work_inside_it {
        @OnEveryCell
        void commit_with_it(HostKind kind, Engine engine) {
            var host = new TestHost(engine);

            kind.commit(host, inside -> {
                nested(inside);
                inside.points().earn(host.ann, 1, Posting.key("after"));
            });

            assertThat(host.balance()).isEqualTo(71);
            assertThat(host.orders()).isEqualTo(ordered(kind));
        }

        @OnEveryCell
        void roll_back_with_it(HostKind kind, Engine engine) {
            var host = new TestHost(engine);
            List<String> before = host.dump();

            kind.rollBack(host, Units_of_work_inside_it::nested);

            assertThat(host.dump()).isEqualTo(before);
        }

        @OnEveryCell
        void see_what_it_did_before_and_are_seen_by_it_after(HostKind kind, Engine engine) {
            var host = new TestHost(engine);

            kind.commit(host, inside -> {
                inside.points().earn(host.ann, 5, Posting.key("before"));
                long within = inside.unitOfWork()
                        .read(() -> inside.points().balance(host.ann).available());
                assertThat(within).isEqualTo(105);
                nested(inside);
                assertThat(inside.points().balance(host.ann).available()).isEqualTo(75);
            });
        }

        private static void nested(Inside inside) {
            inside.unitOfWork().run(() -> {
                sell(inside);
                return true;
            });
        }
    }

    @Nested
    class A_refusal {
        @OnEveryCell
        void leaves_it_usable_and_committable(HostKind kind, Engine engine) {
            var host = new TestHost(engine);

            kind.commit(host, inside -> {
                var points = inside.points();
                refused(AssetError.INSUFFICIENT_VALUE, () -> points.spend(host.ann, 101, Posting.key("spend")));
                sell(inside);
                refused(CoreError.REQUEST_KEY_REUSED, () -> points.earn(host.ann, 21, Posting.key("earn")));
                refused(CoreError.REQUEST_KEY_REUSED, () -> points.earn(host.ann, 99, Posting.key("first")));
                refused(CoreError.REQUEST_KEY_REUSED, () -> points.earn(host.ann, 99, Posting.key("spend")));
                points.earn(host.ann, 3, Posting.key("last"));
            });

            assertThat(host.balance()).isEqualTo(73);
            assertThat(host.orders()).isEqualTo(ordered(kind));
        }

        @OnEveryCell
        void alone_changes_nothing(HostKind kind, Engine engine) {
            var host = new TestHost(engine);
            List<String> before = host.dump();

            kind.commit(host, inside -> {
                var points = inside.points();
                refused(AssetError.INSUFFICIENT_VALUE, () -> points.spend(host.ann, 101, Posting.key("spend")));
                refused(CoreError.REQUEST_KEY_REUSED, () -> points.spend(host.ann, 1, Posting.key("first")));
            });

            assertThat(host.dump()).isEqualTo(before);
        }
    }

    @Nested
    class A_repetition {
        @OnEveryCell
        void within_it_answers_equally(HostKind kind, Engine engine) {
            var host = new TestHost(engine);

            kind.commit(host, inside -> {
                var points = inside.points();
                Booking earned = points.earn(host.ann, 20, Posting.key("earn"));
                Booking spent = points.spend(host.ann, 50, Posting.key("spend"));
                assertThat(points.earn(host.ann, 20, Posting.key("earn"))).isEqualTo(earned);
                assertThat(points.spend(host.ann, 50, Posting.key("spend"))).isEqualTo(spent);
            });

            assertThat(host.balance()).isEqualTo(70);
        }

        @OnEveryCell
        void of_what_was_committed_before_answers_equally(HostKind kind, Engine engine) {
            var host = new TestHost(engine);
            Booking spent = host.crm.tenant(host.tenant).points().spend(host.ann, 50, Posting.key("spend"));
            List<String> before = host.dump();

            kind.commit(
                    host,
                    inside -> assertThat(inside.points().spend(host.ann, 50, Posting.key("spend")))
                            .isEqualTo(spent));

            assertThat(host.dump()).isEqualTo(before);
        }
    }

    /** What others commit after the host's first look: MariaDB's default isolation hides it from plain reads. */
    @Nested
    class What_others_booked_meanwhile {
        @OnEveryCell
        void is_counted(HostKind kind, Engine engine) {
            var host = new TestHost(engine);

            kind.commit(host, inside -> {
                assertThat(inside.points().balance(host.ann).available()).isEqualTo(100);
                elsewhere(host, () -> host.crm.tenant(host.tenant).points().spend(host.ann, 60, Posting.key("other")));
                refused(AssetError.INSUFFICIENT_VALUE, () -> inside.points().spend(host.ann, 41, Posting.key("spend")));
                inside.points().spend(host.ann, 40, Posting.key("spend"));
            });

            assertThat(host.balance()).isZero();
        }

        @OnEveryCell
        void is_not_booked_again(HostKind kind, Engine engine) {
            var host = new TestHost(engine);

            kind.commit(host, inside -> {
                assertThat(inside.points().balance(host.ann).available()).isEqualTo(100);
                elsewhere(host, () -> host.crm.tenant(host.tenant).points().spend(host.ann, 60, Posting.key("spend")));
                Booking again = inside.points().spend(host.ann, 60, Posting.key("spend"));
                assertThat(again.entry().balanceAfter()).isEqualTo(40);
            });

            assertThat(host.balance()).isEqualTo(40);
        }

        @OnEveryCell
        void is_for_a_customer_who_is_known(HostKind kind, Engine engine) {
            var host = new TestHost(engine);
            var bob = new AtomicReference<CustomerId>();

            kind.commit(host, inside -> {
                assertThat(inside.points().balance(host.ann).available()).isEqualTo(100);
                elsewhere(host, () -> bob.set(host.register("Bob", "reg-bob")));
                inside.points().earn(Objects.requireNonNull(bob.get()), 5, Posting.key("earn"));
            });

            var points = host.crm.tenant(host.tenant).points();
            assertThat(points.balance(Objects.requireNonNull(bob.get())).available())
                    .isEqualTo(5);
        }

        /** Runs on a thread without a transaction of its own. */
        static void elsewhere(TestHost host, Runnable command) {
            var thread = new Thread(command, "elsewhere of " + host.tenant);
            thread.start();
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }

    @Nested
    class Refused_is {
        @ParameterizedTest
        @EnumSource
        void a_connection_in_autocommit_mode(Engine engine) throws SQLException {
            var host = new TestHost(engine);
            try (Connection connection = host.plain.getConnection()) {
                refused(CoreError.CONNECTION_UNSUITABLE, () -> host.crm.with(connection));
            }
        }

        @ParameterizedTest
        @EnumSource
        void a_data_source_with_autocommit_off(Engine engine) throws SQLException {
            try (Connection connection = TestHost.database(engine).connect()) {
                connection.setAutoCommit(false);
                var source = new SingleConnectionDataSource(connection, true);
                refused(CoreError.CONNECTION_UNSUITABLE, () -> JdbcCrm.on(source));
            }
        }
    }
}
