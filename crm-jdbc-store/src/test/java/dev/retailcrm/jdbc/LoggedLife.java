package dev.retailcrm.jdbc;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.zaxxer.hikari.HikariDataSource;
import dev.retailcrm.core.behavior.TimelineQuery;
import dev.retailcrm.core.customer.Identity;
import dev.retailcrm.core.customer.PersonName;
import dev.retailcrm.core.customer.ProfilePatch;
import dev.retailcrm.core.customer.ProfileUpdate;
import dev.retailcrm.core.customer.Registration;
import dev.retailcrm.core.field.FieldPatch;
import dev.retailcrm.core.field.FieldSearch;
import dev.retailcrm.core.field.FieldValue;
import dev.retailcrm.core.history.HistoryQuery;
import dev.retailcrm.core.imports.CustomerMapping;
import dev.retailcrm.core.imports.ImportFile;
import dev.retailcrm.core.imports.ImportRun;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.PageRequest;
import dev.retailcrm.core.privacy.AesGcmCipher;
import dev.retailcrm.core.privacy.KeyRing;
import dev.retailcrm.tck.MutableClock;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.logging.ConsoleHandler;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.slf4j.LoggerFactory;

/**
 * A process that logs everything: somebody lives in it, much is refused, much fails, and whatever it is given it writes as text. Its output is
 * searched by {@link LogCanariesTest}.
 */
final class LoggedLife {
    static final String CONTROL = "CONTROL-WAS-LOGGED";
    static final String DRIVER_CONTROL = "CONTROL-BY-JAVA-LOGGING";

    private static final PageRequest PAGE = PageRequest.first(100);

    private final JdbcTenant tenant;
    private final HikariDataSource pool;
    private final MutableClock clock;

    private LoggedLife(JdbcTenant tenant, HikariDataSource pool, MutableClock clock) {
        this.tenant = tenant;
        this.pool = pool;
        this.clock = clock;
    }

    /** Arguments: URL, user, password of an empty database, and a folder for files. */
    public static void main(String[] args) throws Exception {
        Logger root = Logger.getLogger("");
        root.setLevel(Level.ALL);
        var console = new ConsoleHandler();
        console.setLevel(Level.ALL);
        Logger.getLogger("dev.retailcrm").addHandler(console);
        Logger.getLogger("dev.retailcrm.test").finest(DRIVER_CONTROL);
        LoggerFactory.getLogger(LoggedLife.class).trace(CONTROL);
        KeyRing ring = KeyRing.of(1, new byte[32]);
        try (var pool = new HikariDataSource()) {
            pool.setJdbcUrl(args[0]);
            pool.setUsername(args[1]);
            pool.setPassword(args[2]);
            CrmSchema.on(pool).migrate();
            MutableClock clock = MutableClock.at("2026-03-01T09:00:00Z");
            var crm = JdbcCrm.builder(pool)
                    .clock(clock)
                    .region("CN")
                    .cipher(AesGcmCipher.with(tenant -> ring))
                    .build();
            new LoggedLife(crm.tenant("acme"), pool, clock).run(Path.of(args[3]));
        }
    }

    private void run(Path folder) throws Exception {
        var life = new PersonalLife(tenant);
        CustomerId eve = life.live();
        refusals(life, eve);
        shown(eve);
        imported(folder);
        CustomerId bob =
                tenant.customers().register(Registration.of("Bob").key("bob")).id();
        var out = new ByteArrayOutputStream();
        tenant.privacy().export(bob, out);
        System.out.println("export of somebody else " + out.toString(UTF_8));
        delivered();
        broken(eve);
    }

    private void refusals(PersonalLife life, CustomerId eve) {
        String name = PersonalLife.CANARY;
        var customers = tenant.customers();
        told(() -> customers.register(
                Registration.of(name).phone(PersonalLife.PHONE).key("taken")));
        told(() -> Identity.phone(PersonalLife.PHONE + "999999999"));
        told(() -> Identity.email(PersonalLife.MAIL + "@" + PersonalLife.MAIL));
        told(() -> PersonName.of(name.repeat(99)));
        told(() -> customers.findByPhone(name));
        told(() -> customers.removeIdentity(eve, Identity.memberCard(name), life.key()));
        var patch = FieldPatch.none().set("passport", FieldValue.text("PASS" + name));
        CustomerId other =
                customers.register(Registration.of("Other").key("other")).id();
        told(() -> tenant.fields().set(other, patch, life.key()));
        told(() -> tenant.fields().set(eve, FieldPatch.none().set("shoe", FieldValue.text(name)), life.key()));
        told(() -> tenant.privacy().erase(CustomerId.of(7), life.key()));
    }

    /** Whatever the facades answer, as text. */
    private void shown(CustomerId eve) {
        var customers = tenant.customers();
        told(() -> customers.find(eve));
        told(() -> customers.find(eve).orElseThrow().profile());
        told(() -> customers.find(eve).orElseThrow().identities());
        told(() -> customers.view(eve));
        told(() -> customers.findByPhone(PersonalLife.PHONE));
        told(() -> customers.history(HistoryQuery.of(eve), PAGE));
        told(() -> customers.profileAt(eve, clock.instant()));
        told(() -> tenant.fields().values(eve));
        told(() -> FieldSearch.equalTo("passport", FieldValue.text("PASS" + PersonalLife.CANARY)));
        told(() ->
                Registration.of(PersonalLife.CANARY).phone(PersonalLife.PHONE).email(PersonalLife.MAIL));
        told(() -> ProfilePatch.none().name(PersonName.of(PersonalLife.CANARY)).remark(PersonalLife.CANARY));
        told(() ->
                ProfileUpdate.of(eve, ProfilePatch.none().remark(PersonalLife.CANARY), new PersonalLife(tenant).key()));
        told(() -> tenant.trade().orders(eve, PAGE));
        told(() -> tenant.behavior().statistics(eve));
        told(() -> tenant.behavior().timeline(TimelineQuery.of(eve), PAGE));
        told(() -> tenant.points().statement(eve, PAGE));
        told(() -> tenant.merges().of(eve));
        told(() -> tenant.membership().find(eve));
        told(() -> tenant.ownership().ownerOf(eve));
        told(() -> tenant.privacy().erasure(eve));
        told(() -> tenant);
    }

    private void imported(Path folder) throws IOException {
        Path file = folder.resolve("people.csv");
        Files.writeString(
                file,
                "no,name,phone,mail\n1," + PersonalLife.CANARY + "," + PersonalLife.PHONE + ",\n2,"
                        + PersonalLife.CANARY + ",no phone " + PersonalLife.CANARY + ",\n3,Li,," + PersonalLife.CANARY
                        + "\n");
        var mapping = CustomerMapping.keyedBy("no").name("name").phone("phone").email("mail");
        Path rejects = folder.resolve("rejects.csv");
        told(() -> tenant.imports()
                .customers(ImportFile.csv(file), mapping, ImportRun.of("people").rejectsTo(rejects)));
        System.out.println("rejects " + Files.readString(rejects));
    }

    /** Events as they are sent, and by a listener that fails until they are parked. */
    private void delivered() {
        told(() -> {
            StringBuilder sent = new StringBuilder();
            tenant.events(event -> sent.append(event.toCloudEventJson()).append(event))
                    .drain(5);
            return sent;
        });
        var failing = tenant.events(event -> {
            throw new IllegalStateException("failing on purpose");
        });
        for (int i = 0; i < 12; i++) {
            told(() -> failing.drain(500));
            clock.advance(Duration.ofDays(2));
        }
        told(() -> failing.parked(PAGE));
    }

    /** Statements that fail in the database, with her values bound. */
    private void broken(CustomerId eve) throws SQLException {
        try (Connection connection = pool.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("ALTER TABLE crm_customer ADD CONSTRAINT broken CHECK (version < 1000000)");
            statement.execute("DROP TABLE crm_customer_change");
            statement.execute("DROP TABLE crm_field_value");
            statement.execute("DROP TABLE crm_identity");
        }
        var life = new PersonalLife(tenant);
        told(() -> tenant.customers()
                .update(ProfileUpdate.of(eve, ProfilePatch.none().remark(PersonalLife.CANARY), life.key())));
        told(() -> tenant.customers().findByPhone(PersonalLife.PHONE));
        told(() -> tenant.customers()
                .register(Registration.of(PersonalLife.CANARY)
                        .phone("+8613912345679")
                        .key("broken")));
        told(() -> tenant.fields()
                .set(eve, FieldPatch.none().set("hobby", FieldValue.text(PersonalLife.CANARY)), life.key()));
    }

    /** Writes what came of it, and if it failed the whole stack. */
    private static void told(Callable<?> question) {
        try {
            System.out.println("answer " + question.call());
        } catch (Exception e) {
            e.printStackTrace(System.out);
        }
    }
}
