package dev.retailcrm.jdbc;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.primitives.Bytes;
import dev.retailcrm.core.customer.AddressUse;
import dev.retailcrm.core.customer.Customer;
import dev.retailcrm.core.customer.Customers;
import dev.retailcrm.core.customer.Identity;
import dev.retailcrm.core.customer.PersonName;
import dev.retailcrm.core.customer.PostalAddress;
import dev.retailcrm.core.customer.ProfilePatch;
import dev.retailcrm.core.customer.ProfileUpdate;
import dev.retailcrm.core.customer.Registration;
import dev.retailcrm.core.field.CustomFields;
import dev.retailcrm.core.field.FieldDefinition;
import dev.retailcrm.core.field.FieldPatch;
import dev.retailcrm.core.field.FieldSearch;
import dev.retailcrm.core.field.FieldType;
import dev.retailcrm.core.field.FieldValue;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.PageRequest;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.kernel.StoreId;
import dev.retailcrm.core.privacy.AesGcmCipher;
import dev.retailcrm.core.privacy.KeyRing;
import dev.retailcrm.jdbc.server.Mode;
import dev.retailcrm.jdbc.server.TestDatabase;
import dev.retailcrm.jdbc.server.TestH2;
import dev.retailcrm.jdbc.server.TestMariaDb;
import dev.retailcrm.jdbc.server.TestPostgres;
import dev.retailcrm.jdbc.server.TestServer;
import dev.retailcrm.tags.sync.SyncPolicy;
import dev.retailcrm.tags.sync.SyncSetup;
import dev.retailcrm.tck.SampleChannel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Personal values, searched for byte by byte in every file a database has written: tables, indexes, logs. */
class CanariesTest {
    private static final List<String> CANARIES = List.of(
            "13812345678",
            "13987654321",
            "zhang.canary@example.com",
            "canary.two@example.org",
            "CANARY-CARD-4711",
            "oCanaryOpenId42",
            "ERP-CANARY-99",
            "Canary Zhang",
            "Canaria",
            "Zhangovic",
            "Canary Li",
            "1 Canary Street",
            "Canaryville",
            "Canaryshire",
            "Canary District",
            "CANARY7",
            "Mrs Canary Recipient",
            "likes canaries",
            "hates canaries",
            "\u5f20\u4e09\u4e30",
            "CANARYPASS1",
            "CANARYPASS2",
            "wmCanaryUser7");

    /** Not personal, so that the search is seen to find what is there. */
    private static final String CONTROL = "CONTROL-STORE-1";

    @Test
    void are_in_no_file_of_postgresql() throws Exception {
        try (TestServer server = TestPostgres.start(Mode.DURABLE, 20)) {
            search(server, server.newDatabase("canaries"));
        }
    }

    @Test
    void are_in_no_file_of_mariadb() throws Exception {
        try (TestServer server = TestMariaDb.start(Mode.DURABLE, 20)) {
            search(server, server.newDatabase("canaries"));
        }
    }

    @Test
    void are_in_no_file_of_h2() throws Exception {
        try (TestServer server = TestH2.embedded()) {
            search(server, server.newDatabase("canaries"));
        }
    }

    private static void search(TestServer server, TestDatabase database) throws SQLException {
        CrmSchema.on(database.dataSource()).migrate();
        KeyRing ring = KeyRing.of(1, "12345678901234567890123456789012".getBytes(UTF_8));
        JdbcCrm crm = JdbcCrm.builder(database.dataSource())
                .region("CN")
                .cipher(AesGcmCipher.with(tenant -> ring))
                .build();
        live(crm.tenant("acme").customers());
        live(crm.tenant("acme").customers(), crm.tenant("acme").fields());
        synchronise(crm.tenant("acme"));

        assertThat(holding(server.files(), CONTROL))
                .as("files with the control")
                .isNotEmpty();
        for (String canary : CANARIES) {
            assertThat(holding(server.files(), canary))
                    .as("files with %s", canary)
                    .isEmpty();
        }
    }

    /** Writes, changes and removes every canary, and has some refused. */
    private static void live(Customers customers) {
        Customer zhang = customers.register(Registration.of(
                        PersonName.of(CANARIES.get(7)).parts(CANARIES.get(8), CANARIES.get(9)))
                .phone(CANARIES.get(0))
                .email(CANARIES.get(2))
                .memberCard(CANARIES.get(4))
                .identity(Identity.chat("wechat.openid", CANARIES.get(5)))
                .externalId("erp", CANARIES.get(6))
                .with(ProfilePatch.none()
                        .remark(CANARIES.get(17))
                        .addresses(List.of(new PostalAddress(
                                AddressUse.HOME,
                                "CN",
                                CANARIES.get(13),
                                CANARIES.get(12),
                                CANARIES.get(14),
                                CANARIES.get(11),
                                CANARIES.get(15),
                                CANARIES.get(16)))))
                .joinedAt(StoreId.of(CONTROL))
                .key("join"));
        customers.update(ProfileUpdate.of(
                zhang.id(),
                ProfilePatch.none().name(PersonName.of(CANARIES.get(19))).remark(CANARIES.get(18)),
                RequestKey.of("update")));
        customers.addIdentity(zhang.id(), Identity.phone(CANARIES.get(1), "CN"), RequestKey.of("add"));
        customers.addIdentity(zhang.id(), Identity.email(CANARIES.get(3)), RequestKey.of("add mail"));
        customers.removeIdentity(zhang.id(), Identity.email(CANARIES.get(2)), RequestKey.of("remove"));
        Registration taken =
                Registration.of(CANARIES.get(10)).phone(CANARIES.get(0)).key("taken");
        assertThatThrownBy(() -> customers.register(taken))
                .isInstanceOf(CrmException.class)
                .satisfies(e -> assertThat(CANARIES).noneMatch(e.toString()::contains));

        Customer found = customers.findByPhone(CANARIES.get(1)).orElseThrow();
        assertThat(found.id()).isEqualTo(zhang.id());
        assertThat(found.name().orElseThrow().display()).isEqualTo(CANARIES.get(19));
        assertThat(found.identities()).hasSize(6);
        assertThat(customers.findBy(Identity.email(CANARIES.get(2)))).isEmpty();
    }

    /** The same of personal custom fields. */
    private static void live(Customers customers, CustomFields fields) {
        CustomerId zhang = customers.findByPhone(CANARIES.get(1)).orElseThrow().id();
        var passport = FieldDefinition.of("passport", "Passport", FieldType.TEXT);
        fields.define(passport.asUnique().asPersonal().length(1, 11), RequestKey.of("define"));
        for (String canary : CANARIES.subList(20, 22)) {
            FieldPatch patch = FieldPatch.none().set("passport", FieldValue.text(canary));
            fields.set(zhang, patch, RequestKey.of("set " + canary.substring(10)));
            var other = customers.register(Registration.of("Other").key("other " + canary.substring(10)));
            assertThatThrownBy(() -> fields.set(other.id(), patch, RequestKey.of("taken")))
                    .isInstanceOf(CrmException.class)
                    .satisfies(e -> assertThat(e.toString()).doesNotContain(canary));
        }
        var tooLong = FieldPatch.none().set("passport", FieldValue.text(CANARIES.get(20) + "2"));
        assertThatThrownBy(() -> fields.set(zhang, tooLong, RequestKey.of("long")))
                .isInstanceOf(CrmException.class)
                .satisfies(e -> assertThat(e.toString()).doesNotContain(CANARIES.get(20)));
        assertThat(fields.search(
                                FieldSearch.equalTo("passport", FieldValue.text(CANARIES.get(21))),
                                PageRequest.first(9))
                        .items())
                .containsExactly(zhang);
    }

    /** A messenger knows her, and what is to become of her tag there is asked. */
    private static void synchronise(JdbcTenant tenant) {
        CustomerId zhang =
                tenant.customers().findByPhone(CANARIES.get(1)).orElseThrow().id();
        var messenger = new SampleChannel();
        messenger.put(CANARIES.get(22), messenger.tag("Seen"));
        var links = Map.of(CANARIES.get(22), zhang);
        var sync = tenant.tagSync(
                messenger, refs -> links, SyncSetup.of(SyncPolicy.ASK).adopting());
        sync.start(false);
        while (!sync.step().isOver()) {
            assertThat(sync.progress().orElseThrow().waitingUntil()).isEmpty();
        }
        assertThat(sync.open(null, 10))
                .singleElement()
                .satisfies(it -> assertThat(it.ref()).isEqualTo(CANARIES.get(22)))
                .satisfies(it -> assertThat(it.toString()).doesNotContain(CANARIES.get(22)));
    }

    private static List<Path> holding(Path directory, String text) {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> holds(file, text))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean holds(Path file, String text) {
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Stream.<Charset>of(UTF_8, UTF_16BE, UTF_16LE)
                .anyMatch(charset -> Bytes.indexOf(bytes, text.getBytes(charset)) >= 0);
    }
}
