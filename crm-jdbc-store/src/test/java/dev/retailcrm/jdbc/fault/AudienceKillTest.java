package dev.retailcrm.jdbc.fault;

import static dev.retailcrm.core.rule.Rules.days;
import static dev.retailcrm.core.rule.Rules.did;
import static dev.retailcrm.core.rule.Rules.not;
import static org.assertj.core.api.Assertions.assertThat;

import dev.retailcrm.audience.AudienceRule;
import dev.retailcrm.core.behavior.BehaviorEvent;
import dev.retailcrm.core.behavior.BehaviorId;
import dev.retailcrm.core.behavior.BehaviorType;
import dev.retailcrm.core.customer.Registration;
import dev.retailcrm.core.event.EventEnvelope;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.rule.Rule;
import dev.retailcrm.jdbc.CrmSchema;
import dev.retailcrm.jdbc.JdbcTenant;
import dev.retailcrm.jdbc.server.TestDatabase;
import dev.retailcrm.jdbc.server.TestMariaDb;
import dev.retailcrm.jdbc.server.TestPostgres;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills a process (SIGKILL) that lets customers leave one audience and enter another as time goes by, again and again until all have: each is told once
 * of each, and dated to the instant.
 */
class AudienceKillTest {
    private static final int KILLS = 20;
    private static final int FEWER = 5;
    private static final int CUSTOMERS = 150;
    private static final int STEP = 3;
    private static final int LONGEST_MILLIS = 30;
    private static final Duration WINDOW = Duration.ofDays(7);
    private static final Instant LATER = Couples.START.plus(Duration.ofDays(30));

    @Test
    void on_postgresql_each_is_told_once() throws Exception {
        killed(TestPostgres.durable().newDatabase("killed_audience"), KILLS);
    }

    @Test
    void on_mariadb_each_is_told_once() throws Exception {
        killed(TestMariaDb.durable().newDatabase("killed_audience"), FEWER);
    }

    @Test
    void on_h2_each_is_told_once(@TempDir Path directory) throws Exception {
        killed(
                new TestDatabase(
                        "jdbc:h2:file:" + directory.resolve("audience")
                                + ";WRITE_DELAY=0;RETENTION_TIME=0;LOCK_TIMEOUT=10000",
                        "sa",
                        ""),
                FEWER);
    }

    private static void killed(TestDatabase database, int enough) throws Exception {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        CrmSchema.on(database.dataSource()).migrate();
        Map<CustomerId, Instant> leaving;
        try (Couples all = new Couples(database, 2)) {
            leaving = prepare(all, all.crm.tenant("acme").withLiveAudiences());
        }
        int kills = 0;
        boolean done = false;
        while (!done) {
            // Those who are left when it has been killed often enough are drained in peace.
            Process victim = Victim.start(
                    DrainingProcess.class,
                    database.url(),
                    database.user(),
                    database.password(),
                    "acme",
                    LATER.toString(),
                    Integer.toString(STEP));
            List<String> lines = Victim.linesUntilKilled(
                    victim, kills < enough ? random.nextInt(LONGEST_MILLIS) : Integer.MAX_VALUE);
            assertThat(lines).as("seed %d", seed).allMatch(line -> line.startsWith("DONE"));
            done = lines.contains("DONE 0");
            kills += done ? 0 : 1;
        }
        assertThat(kills).as("killed at work").isGreaterThanOrEqualTo(enough);
        try (Couples all = new Couples(database, 2)) {
            all.set(LATER);
            check(all.crm.tenant("acme"), leaving, "seed " + seed);
        }
    }

    /** Everybody views something, each a second after the one before; when each leaves. */
    private static Map<CustomerId, Instant> prepare(Couples all, JdbcTenant tenant) {
        tenant.behavior().define(BehaviorType.of("page.viewed"));
        var lately = did("page.viewed").atLeast(1).inLast(days(7));
        tenant.audiences().define(AudienceRule.dynamic("keen", "Keen", Rule.of(lately)), RequestKey.of("keen"));
        tenant.audiences().define(AudienceRule.dynamic("idle", "Idle", Rule.of(not(lately))), RequestKey.of("idle"));
        Map<CustomerId, Instant> leaving = new TreeMap<>();
        while (!tenant.audiences().advance(1_000).isDone()) {}
        for (int i = 0; i < CUSTOMERS; i++) {
            Instant at = Couples.START.plusSeconds(i);
            all.set(at);
            CustomerId customer = tenant.customers()
                    .register(Registration.of("Customer " + i).key("customer-" + i))
                    .id();
            tenant.behavior().record(BehaviorEvent.of(customer, "page.viewed", BehaviorId.of("web", "v" + i), at));
            leaving.put(customer, at.plus(WINDOW));
        }
        return leaving;
    }

    private static void check(JdbcTenant tenant, Map<CustomerId, Instant> leaving, String what) {
        Map<CustomerId, List<String>> told = new TreeMap<>();
        var relay = tenant.events(event -> told.computeIfAbsent(event.customer(), first -> new ArrayList<>())
                .add(line(event)));
        while (relay.drain(1_000).delivered() > 0) {}
        assertThat(told.keySet()).as(what).containsAll(leaving.keySet());
        leaving.forEach((customer, at) -> assertThat(told.getOrDefault(customer, List.of()).stream()
                        .filter(it -> it.startsWith("audience."))
                        .toList())
                .as("%s, %s", what, customer)
                .containsExactlyInAnyOrder(
                        "audience.entered idle " + at.minus(WINDOW),
                        "audience.left idle " + at.minus(WINDOW),
                        "audience.entered keen " + at.minus(WINDOW),
                        "audience.left keen " + at,
                        "audience.entered idle " + at));
        assertThat(tenant.audiences().count("idle")).as(what).isEqualTo(CUSTOMERS);
        assertThat(tenant.audiences().count("keen")).as(what).isZero();
    }

    private static String line(EventEnvelope event) {
        String audience = event.data().contains("\"keen\"") ? "keen" : "idle";
        return event.type() + " " + audience + " " + event.at();
    }
}
