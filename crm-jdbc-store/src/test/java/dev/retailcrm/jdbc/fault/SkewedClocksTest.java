package dev.retailcrm.jdbc.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.retailcrm.assets.ledger.AssetError;
import dev.retailcrm.assets.ledger.Balance;
import dev.retailcrm.assets.ledger.Booking;
import dev.retailcrm.assets.ledger.Calendar;
import dev.retailcrm.assets.ledger.Entry;
import dev.retailcrm.assets.ledger.EntryType;
import dev.retailcrm.assets.ledger.Expiry;
import dev.retailcrm.assets.ledger.Grant;
import dev.retailcrm.assets.ledger.Posting;
import dev.retailcrm.assets.ledger.Terms;
import dev.retailcrm.assets.points.PointAccount;
import dev.retailcrm.assets.points.Points;
import dev.retailcrm.core.customer.Customer;
import dev.retailcrm.core.customer.ProfilePatch;
import dev.retailcrm.core.customer.Registration;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.PageRequest;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.jdbc.CrmSchema;
import dev.retailcrm.jdbc.JdbcCrm;
import dev.retailcrm.jdbc.JdbcTenant;
import dev.retailcrm.jdbc.server.TestDatabase;
import dev.retailcrm.tck.MutableClock;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SkewedClocksTest {
    private static final List<ZoneOffset> SESSIONS =
            List.of(ZoneOffset.UTC, ZoneOffset.ofHours(8), ZoneOffset.ofHours(-11));
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
    private static final Duration DAY = Duration.ofDays(1);

    /** In Berlin the night in which clocks go forward, elsewhere the day before or after. */
    private static final Instant START = Instant.parse("2026-03-29T00:30:00.123Z");

    /** When value earned at a local time ends. */
    private record End(Expiry expiry, ZoneId zone, String earned, String end) {
        Instant earnedAt() {
            return LocalDateTime.parse(earned).atZone(zone).toInstant();
        }

        Instant endsAt() {
            return Instant.parse(end);
        }
    }

    private static final List<End> DAYLIGHT_SAVING = List.of(
            new End(Expiry.days(1), NEW_YORK, "2026-03-07T12:00", "2026-03-08T16:00:00Z"),
            new End(Expiry.days(1), NEW_YORK, "2026-03-07T02:30", "2026-03-08T07:30:00Z"),
            new End(Expiry.days(1), NEW_YORK, "2026-10-31T01:30", "2026-11-01T05:30:00Z"),
            new End(Expiry.days(1), NEW_YORK, "2026-10-31T12:00", "2026-11-01T17:00:00Z"),
            new End(Expiry.sliding(1), NEW_YORK, "2026-03-07T12:00", "2026-03-08T17:00:00Z"),
            new End(Expiry.after(0, Calendar.DAY), NEW_YORK, "2026-03-08T00:00", "2026-03-09T04:00:00Z"),
            new End(Expiry.after(0, Calendar.DAY), NEW_YORK, "2026-11-01T00:00", "2026-11-02T05:00:00Z"),
            new End(Expiry.after(1, Calendar.DAY), BERLIN, "2026-03-28T23:59", "2026-03-29T22:00:00Z"),
            new End(Expiry.after(1, Calendar.MONTH), BERLIN, "2026-09-25T12:00", "2026-10-25T23:00:00Z"),
            new End(Expiry.through(LocalDate.of(2026, 10, 25)), BERLIN, "2026-01-01T00:00", "2026-10-25T23:00:00Z"));

    private static final List<End> LEAP_DAY = List.of(
            new End(Expiry.days(1), NEW_YORK, "2028-02-28T23:30", "2028-03-01T04:30:00Z"),
            new End(Expiry.days(365), NEW_YORK, "2028-02-29T12:00", "2029-02-28T17:00:00Z"),
            new End(Expiry.after(0, Calendar.DAY), BERLIN, "2028-02-29T23:59:59.999", "2028-02-29T23:00:00Z"),
            new End(Expiry.after(1, Calendar.MONTH), BERLIN, "2028-01-31T09:00", "2028-02-29T23:00:00Z"),
            new End(Expiry.after(1, Calendar.YEAR), NEW_YORK, "2027-02-28T09:00", "2028-02-29T05:00:00Z"),
            new End(Expiry.after(1, Calendar.YEAR), NEW_YORK, "2028-02-29T09:00", "2029-03-01T05:00:00Z"),
            new End(Expiry.after(4, Calendar.YEAR), BERLIN, "2028-02-29T09:00", "2032-02-29T23:00:00Z"),
            new End(
                    Expiry.after(0, Calendar.MONTH).toEndOf(Calendar.MONTH),
                    NEW_YORK,
                    "2028-02-01T00:00",
                    "2028-03-01T05:00:00Z"),
            new End(Expiry.through(LocalDate.of(2028, 2, 29)), NEW_YORK, "2028-02-01T00:00", "2028-03-01T05:00:00Z"));

    @ParameterizedTest
    @EnumSource
    void sessions_in_any_zone_book_and_read_alike(Engines engine) throws SQLException {
        TestDatabase database = database(engine);
        Set<List<String>> told = new HashSet<>();
        for (int i = 0; i < SESSIONS.size(); i++) {
            var writer = new Shop(engine, database, SESSIONS.get(i));
            assertThat(writer.sessions.hours()).isEqualTo(SESSIONS.get(i).getTotalSeconds() / 3600);
            String name = "customer-" + i;
            CustomerId customer = ZonedSessions.inJvmAt(SESSIONS.get((i + 1) % 3), () -> writer.weekend(name));
            for (int j = 0; j < SESSIONS.size(); j++) {
                var reader = new Shop(engine, database, SESSIONS.get(j));
                reader.clock.set(writer.clock.instant());
                told.add(ZonedSessions.inJvmAt(SESSIONS.get((j + 2) % 3), () -> reader.tell(customer)));
            }
        }
        assertThat(told).hasSize(1);
        assertThat(told.iterator().next())
                .contains("joined 2026-03-29T00:30:00.123Z, born 2024-02-29")
                .contains("1 EARN 100 at 2026-03-29T00:30:00.123Z occurred 2026-03-29T00:30:00.123Z")
                .contains("2026-03-30T21:30:00.123Z Balance[available=135, pending=0, held=0, debt=0]")
                .contains("2026-03-30T23:00:00.123Z Balance[available=0, pending=0, held=0, debt=0]")
                .contains("lot 9000000 until 2026-04-01T22:00:00Z");
    }

    @ParameterizedTest
    @EnumSource
    void tills_two_days_apart_share_one_ledger(Engines engine) throws Exception {
        long seed = new Random().nextLong();
        TestDatabase database = database(engine);
        List<Shop> tills = List.of(
                new Shop(engine, database, SESSIONS.get(2), START.minus(DAY)),
                new Shop(engine, database, SESSIONS.get(0), START),
                new Shop(engine, database, SESSIONS.get(1), START.plus(DAY)));
        CustomerId ann = tills.get(1).register("ann");
        tills.get(1).points.earn(ann, 10_000, Posting.key("open"));

        List<CompletableFuture<Map<String, Booking>>> running = new ArrayList<>();
        for (int i = 0; i < tills.size(); i++) {
            Shop till = tills.get(i);
            var random = new Random(seed + i);
            String name = "till-" + i;
            running.add(CompletableFuture.supplyAsync(() -> till.serve(ann, name, random)));
        }
        Map<String, Booking> answers = new HashMap<>();
        for (CompletableFuture<Map<String, Booking>> one : running) {
            one.get()
                    .forEach((key, answer) -> assertThat(answers.merge(key, answer, (first, second) -> first))
                            .as("%s, seed %d", key, seed)
                            .isEqualTo(answer));
        }

        List<Entry> entries = tills.get(0).entries(ann);
        assertThat(entries).as("seed %d", seed).hasSize(answers.size() + 1);
        assertChained(entries, seed);
        for (Entry entry : entries) {
            assertThat(tills.get(2).points.balance(ann, entry.at()).total())
                    .as("the balance at %s, seed %d", entry.at(), seed)
                    .isEqualTo(lastUntil(entries, entry.at()).balanceAfter());
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_key_repeated_under_another_clock_books_once(Engines engine) {
        TestDatabase database = database(engine);
        var fast = new Shop(engine, database, SESSIONS.get(1), START.plus(DAY));
        var slow = new Shop(engine, database, SESSIONS.get(2), START.minus(DAY));
        CustomerId ann = fast.register("ann");
        Booking earned = fast.points.earn(ann, 100, Posting.key("earn"));
        Booking held = fast.points.hold(ann, 40, Duration.ofHours(1), Posting.key("hold"));
        Booking captured = slow.points.capture(ann, held.holdNo(), 30, Posting.key("capture"));
        List<Entry> entries = slow.entries(ann);

        slow.clock.advance(Duration.ofHours(5));
        assertThat(slow.points.earn(ann, 100, Posting.key("earn"))).isEqualTo(earned);
        assertThat(slow.points.earn(ann, 100, Posting.key("earn").at(START))).isEqualTo(earned);
        assertThat(slow.points.hold(ann, 40, Duration.ofHours(1), Posting.key("hold")))
                .isEqualTo(held);
        assertThat(fast.points.capture(ann, held.holdNo(), 30, Posting.key("capture")))
                .isEqualTo(captured);

        assertThat(fast.entries(ann)).isEqualTo(entries).hasSize(3);
        assertThat(captured.entry().at()).isEqualTo(START.plus(DAY));
        assertThat(captured.entry().occurredAt()).isEqualTo(START.minus(DAY));
    }

    @ParameterizedTest
    @EnumSource
    void value_ends_to_the_millisecond_when_clocks_change(Engines engine) {
        assertExact(engine, DAYLIGHT_SAVING);
    }

    @ParameterizedTest
    @EnumSource
    void value_ends_to_the_millisecond_around_a_leap_day(Engines engine) {
        assertExact(engine, LEAP_DAY);
    }

    private static void assertExact(Engines engine, List<End> ends) {
        TestDatabase database = database(engine);
        var east = new Shop(engine, database, SESSIONS.get(1));
        var west = new Shop(engine, database, SESSIONS.get(2));
        CustomerId ann = east.register("ann");
        CustomerId bob = east.register("bob");
        for (End end : ends) {
            String program = "p" + ends.indexOf(end);
            Terms terms = Terms.in(end.zone()).expiring(end.expiry());
            Points there = east.tenant.points(program, terms);
            Points here = west.tenant.points(program, terms);

            east.clock.set(end.earnedAt());
            there.earn(ann, 10, Posting.key(program));
            there.earn(bob, 10, Posting.key(program));
            assertThat(here.account(ann).orElseThrow().lots())
                    .as("%s", end)
                    .extracting(lot -> lot.expiresAt())
                    .containsExactly(end.endsAt());

            west.clock.set(end.endsAt().minusMillis(1));
            assertThat(here.balance(ann).available()).as("just before %s", end).isEqualTo(10);
            assertThat(here.spend(bob, 4, Posting.key(program + "/spend"))
                            .entry()
                            .balanceAfter())
                    .as("just before %s", end)
                    .isEqualTo(6);

            west.clock.set(end.endsAt());
            assertThat(here.balance(ann).available()).as("at %s", end).isZero();
            assertThatThrownBy(() -> here.spend(ann, 1, Posting.key(program + "/late")))
                    .as("at %s", end)
                    .isInstanceOfSatisfying(
                            CrmException.class, e -> assertThat(e.code()).isEqualTo(AssetError.INSUFFICIENT_VALUE));
            assertThat(here.sweep(null, 100).lapsed()).as("at %s", end).isGreaterThanOrEqualTo(10);
            assertThat(there.statement(ann, PageRequest.first(10)).items())
                    .as("after %s", end)
                    .extracting(Entry::type, Entry::balanceAfter, Entry::at)
                    .endsWith(tuple(EntryType.EXPIRE, 0L, end.endsAt()));
        }
    }

    /** Numbers without gaps, each balance after the one before, booked never before the one before nor before it happened. */
    private static void assertChained(List<Entry> entries, long seed) {
        long balance = 0;
        Instant at = Instant.EPOCH;
        for (int i = 0; i < entries.size(); i++) {
            Entry entry = entries.get(i);
            balance += entry.amount();
            at = entry.occurredAt().isAfter(at) ? entry.occurredAt() : at;
            assertThat(entry.seq()).as("%s, seed %d", entry, seed).isEqualTo(i + 1);
            assertThat(entry.balanceAfter()).as("%s, seed %d", entry, seed).isEqualTo(balance);
            assertThat(entry.at()).as("%s, seed %d", entry, seed).isEqualTo(at);
        }
    }

    private static Entry lastUntil(List<Entry> entries, Instant at) {
        return entries.stream()
                .filter(entry -> !entry.at().isAfter(at))
                .reduce((first, second) -> second)
                .orElseThrow();
    }

    private static TestDatabase database(Engines engine) {
        TestDatabase database = engine.newDatabase("skewed");
        CrmSchema.on(database.dataSource()).migrate();
        return database;
    }

    /** A till with a clock of its own, whose sessions are in a zone; the retailer is in Berlin, points last through the next day. */
    private static final class Shop {
        static final int COMMANDS = 30;

        final MutableClock clock;
        final ZonedSessions sessions;
        final JdbcTenant tenant;
        final Points points;

        Shop(Engines engine, TestDatabase database, ZoneOffset zone) {
            this(engine, database, zone, START);
        }

        Shop(Engines engine, TestDatabase database, ZoneOffset zone, Instant now) {
            clock = MutableClock.at(now);
            sessions = new ZonedSessions(engine, database, zone);
            tenant = JdbcCrm.builder(sessions).clock(clock).zone(BERLIN).build().tenant("shop");
            points = tenant.points();
        }

        CustomerId register(String name) {
            return tenant.customers()
                    .register(Registration.of("Ann")
                            .with(ProfilePatch.none().birthDate(LocalDate.of(2024, 2, 29)))
                            .key(name))
                    .id();
        }

        Points lapsing() {
            return tenant.points("lapsing", tenant.terms().expiring(Expiry.after(1, Calendar.DAY)));
        }

        /** Two days of a customer, with value that lapses, a hold that runs out and a late delivery. */
        CustomerId weekend(String name) {
            CustomerId customer = register(name);
            Points lapsing = lapsing();
            lapsing.earn(customer, 100, Posting.key("earn"));
            clock.advance(Duration.ofMinutes(40));
            lapsing.earn(
                    customer,
                    Grant.of(50).availableFrom(clock.instant().plus(Duration.ofHours(20))),
                    Posting.key("pending"));
            lapsing.spend(customer, 20, Posting.key("spend"));
            lapsing.hold(customer, 30, Duration.ofHours(2), Posting.key("hold"));
            lapsing.earn(customer, 7, Posting.key("late").at(START.minus(DAY)));
            clock.advance(Duration.ofHours(12));
            lapsing.refund(customer, RequestKey.of("spend"), 5, Posting.key("refund"));
            clock.advance(DAY.multipliedBy(2));
            lapsing.earn(customer, 1, Posting.key("again"));
            return customer;
        }

        /** Everything that can be read about a customer, but her number. */
        List<String> tell(CustomerId customer) {
            List<String> told = new ArrayList<>();
            Customer ann = tenant.customers().find(customer).orElseThrow();
            told.add("joined " + ann.joining().at() + ", born "
                    + ann.profile().birthDate().orElseThrow().date().orElseThrow());
            Points lapsing = lapsing();
            for (Entry entry :
                    lapsing.statement(customer, PageRequest.first(100)).items()) {
                told.add("%d %s %d at %s occurred %s"
                        .formatted(entry.seq(), entry.type(), entry.amount(), entry.at(), entry.occurredAt()));
                told.add("after: " + entry.balanceAfter() + ", " + entry.heldAfter());
            }
            told.add("within two hours "
                    + lapsing.statement(customer, START, START.plus(Duration.ofHours(2)), PageRequest.first(100))
                            .items());
            PointAccount account = lapsing.account(customer).orElseThrow();
            told.add("due " + account.account().dueAt() + " as of "
                    + account.account().asOf());
            account.lots().forEach(lot -> told.add("lot %d until %s".formatted(lot.no(), lot.expiresAt())));
            tenant.points("lapsing", tenant.terms())
                    .ledger()
                    .reads()
                    .expiring(customer, START.plus(DAY.multipliedBy(9)), START)
                    .forEach(lot -> told.add("expiring " + lot));
            for (Instant at = START.minus(DAY);
                    at.isBefore(START.plus(DAY.multipliedBy(3)));
                    at = at.plus(Duration.ofMinutes(90))) {
                Balance balance = lapsing.balance(customer, at);
                told.add(at + " " + balance);
            }
            return told;
        }

        List<Entry> entries(CustomerId customer) {
            return points.statement(customer, PageRequest.first(1000)).items();
        }

        /** Commands under keys of this till's own and under keys that all tills send, while its clock goes on. */
        Map<String, Booking> serve(CustomerId customer, String name, Random random) {
            Map<String, Booking> answers = new HashMap<>();
            for (int i = 0; i < COMMANDS; i++) {
                clock.advance(Duration.ofMillis(random.nextInt(3_600_000)));
                String shared = "all/" + i;
                answers.put(shared, points.earn(customer, 3, Posting.key(shared)));
                String own = name + "/" + i;
                answers.put(
                        own,
                        random.nextBoolean()
                                ? points.spend(customer, 2, Posting.key(own))
                                : points.earn(
                                        customer,
                                        2,
                                        Posting.key(own).at(clock.instant().minus(Duration.ofHours(1)))));
            }
            return answers;
        }
    }
}
