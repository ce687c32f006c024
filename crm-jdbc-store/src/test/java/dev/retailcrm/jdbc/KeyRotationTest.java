package dev.retailcrm.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retailcrm.core.customer.Customer;
import dev.retailcrm.core.customer.CustomerView;
import dev.retailcrm.core.customer.Customers;
import dev.retailcrm.core.customer.Identity;
import dev.retailcrm.core.customer.PersonName;
import dev.retailcrm.core.customer.ProfilePatch;
import dev.retailcrm.core.customer.ProfileUpdate;
import dev.retailcrm.core.customer.Registration;
import dev.retailcrm.core.customer.RenewalProgress;
import dev.retailcrm.core.customer.VerificationMethod;
import dev.retailcrm.core.field.FieldDefinition;
import dev.retailcrm.core.field.FieldPatch;
import dev.retailcrm.core.field.FieldSearch;
import dev.retailcrm.core.field.FieldType;
import dev.retailcrm.core.field.FieldValue;
import dev.retailcrm.core.history.HistoryQuery;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.PageRequest;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.privacy.AesGcmCipher;
import dev.retailcrm.core.privacy.KeyRing;
import dev.retailcrm.core.spi.FieldCipher;
import dev.retailcrm.core.spi.FieldContext;
import dev.retailcrm.jdbc.server.TestDatabase;
import dev.retailcrm.tags.spi.SyncMark;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class KeyRotationTest {
    private static final KeyRing OLD = KeyRing.of(1, secret(1));
    private static final KeyRing BOTH = OLD.and(2, secret(2));

    @ParameterizedTest
    @EnumSource
    void what_was_written_in_clear_or_with_an_old_key_is_found_changed_and_not_doubled(Engine engine) {
        var crm = new TestCrm(engine);
        Customer clear = crm.customers.register(registration("Ann", "13812345678", "clear"));
        Customer old = sealed(crm, OLD).register(registration("Bob", "13912345678", "old"));
        var now = sealed(crm, BOTH);

        for (Customer customer : new Customer[] {clear, old}) {
            Identity phone = customer.identities().get(0);
            assertThat(now.findBy(phone)).contains(customer);
            assertThat(now.find(customer.id())).contains(customer);
            refused(
                    CoreError.IDENTITY_TAKEN,
                    () -> now.register(Registration.unnamed().identity(phone).key("again " + customer.id())));
            Customer renamed = now.update(ProfileUpdate.of(
                    customer.id(),
                    ProfilePatch.none().name(PersonName.of("Renamed")),
                    RequestKey.of("rename " + customer.id())));
            assertThat(now.findBy(phone)).contains(renamed);
            now.removeIdentity(customer.id(), phone, RequestKey.of("remove " + customer.id()));
            assertThat(now.findBy(phone)).isEmpty();
            assertThat(now.register(Registration.unnamed().identity(phone).key("free " + customer.id()))
                            .id())
                    .isNotEqualTo(customer.id());
        }
    }

    @ParameterizedTest
    @EnumSource
    void without_the_key_or_with_anothers_row_nothing_is_read(Engine engine) throws SQLException {
        var crm = new TestCrm(engine);
        var now = sealed(crm, BOTH);
        Customer ann = now.register(registration("Ann", "13812345678", "ann"));
        Customer bob = now.register(registration("Bob", "13912345678", "bob"));

        refused(CoreError.UNREADABLE_DATA, () -> sealed(crm, OLD).find(ann.id()));
        refused(CoreError.UNREADABLE_DATA, () -> crm.customers.find(ann.id()));
        KeyRing wrong = KeyRing.of(2, secret(3));
        refused(CoreError.UNREADABLE_DATA, () -> sealed(crm, wrong).find(ann.id()));
        assertThat(sealed(crm, wrong).findBy(ann.identities().get(0))).isEmpty();

        swap(
                crm.database,
                "UPDATE crm_customer SET personal = (SELECT c.personal FROM (SELECT personal FROM crm_customer"
                        + " WHERE customer_id = " + bob.id().value() + ") c) WHERE customer_id = "
                        + ann.id().value());
        refused(CoreError.UNREADABLE_DATA, () -> now.find(ann.id()));
        assertThat(now.find(bob.id())).contains(bob);
        swap(
                crm.database,
                "DELETE FROM crm_data_key WHERE customer_id = " + bob.id().value());
        refused(CoreError.UNREADABLE_DATA, () -> now.find(bob.id()));
    }

    /** As who has a copy of the rows from before, and all keys but hers. */
    @ParameterizedTest
    @EnumSource
    void what_was_enciphered_of_an_erased_customer_opens_with_no_key_that_is_left(Engine engine) throws SQLException {
        var crm = new TestCrm(engine);
        var now = sealed(crm, BOTH);
        Customer ann = now.register(registration("Ann", "13812345678", "ann"));
        now.register(registration("Bob", "13912345678", "bob"));
        var cipher = AesGcmCipher.with(tenant -> BOTH);
        var context = new FieldContext(crm.tenant, ann.id(), "crm_customer.personal");
        byte[] copy = bytes(
                        crm,
                        "SELECT personal FROM crm_customer WHERE customer_id = "
                                + ann.id().value())
                .get(0);
        List<byte[]> before = bytes(crm, "SELECT wrapped FROM crm_data_key");
        assertThat(before.stream().filter(key -> opens(cipher, context, key, copy)))
                .hasSize(1);

        crm.eraseRecord(new Sealing(cipher), ann.id());

        List<byte[]> left = bytes(crm, "SELECT wrapped FROM crm_data_key");
        assertThat(left).isNotEmpty().noneMatch(key -> opens(cipher, context, key, copy));
        assertThat(opens(cipher, context, cipher.newKey(crm.tenant, ann.id()), copy))
                .isFalse();
    }

    private static boolean opens(FieldCipher cipher, FieldContext context, byte[] key, byte[] sealed) {
        try {
            return cipher.open(context, key, sealed).length > 0;
        } catch (CrmException refusal) {
            assertThat(refusal.code()).isEqualTo(CoreError.UNREADABLE_DATA);
            return false;
        }
    }

    private static List<byte[]> bytes(TestCrm crm, String sql) throws SQLException {
        List<byte[]> found = new ArrayList<>();
        try (var connection = crm.database.connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                found.add(rows.getBytes(1));
            }
        }
        return found;
    }

    @ParameterizedTest
    @EnumSource
    void an_erased_customer_has_no_key_any_more(Engine engine) {
        var crm = new TestCrm(engine);
        var now = sealed(crm, BOTH);
        Customer ann = now.register(registration("Ann", "13812345678", "ann"));
        assertThat(crm.rows("crm_data_key")).isOne();

        crm.eraseRecord(new Sealing(AesGcmCipher.with(tenant -> BOTH)), ann.id());

        assertThat(crm.rows("crm_data_key")).isZero();
        assertThat(now.find(ann.id()).orElseThrow().identities()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void once_renewed_nobody_needs_the_old_key_and_nothing_is_in_clear(Engine engine) {
        var crm = new TestCrm(engine);
        Customer clear = crm.customers.register(registration("Ann", "13812345678", "clear"));
        Customer old = sealed(crm, OLD).register(registration("Bob", "13912345678", "old"));
        var now = sealed(crm, BOTH);
        var history = now.history(HistoryQuery.of(clear.id()), PageRequest.first(10));

        RenewalProgress first = now.renew(null, 1);
        RenewalProgress second = now.renew(first.next().orElseThrow(), 10);
        assertThat(first.renewed() + second.renewed()).isEqualTo(2);
        assertThat(second.next()).isEmpty();
        assertThat(now.renew(null, 10)).isEqualTo(new RenewalProgress(2, 0, null));

        var newOnly = sealed(crm, KeyRing.of(2, secret(2)));
        for (Customer customer : new Customer[] {clear, old}) {
            assertThat(newOnly.find(customer.id())).contains(customer);
            assertThat(newOnly.findBy(customer.identities().get(0))).contains(customer);
            refused(CoreError.UNREADABLE_DATA, () -> crm.customers.find(customer.id()));
            assertThat(crm.customers.findBy(customer.identities().get(0))).isEmpty();
        }
        assertThat(newOnly.history(HistoryQuery.of(clear.id()), PageRequest.first(10)))
                .isEqualTo(history);
        assertThat(crm.rows("crm_identity")).isEqualTo(2);
        assertThat(crm.rows("crm_identity_lookup"))
                .as("registration, phone and last four of each")
                .isEqualTo(6);
    }

    @ParameterizedTest
    @EnumSource
    void the_last_four_are_found_by_whatever_key_they_were_written_with(Engine engine) {
        var crm = new TestCrm(engine);
        Customer clear = crm.customers.register(registration("Ann", "13812345678", "clear"));
        Customer old = sealed(crm, OLD).register(registration("Bob", "13912345678", "old"));
        var now = sealed(crm, BOTH);
        Customer both = now.register(registration("Cid", "13712345678", "both"));
        List<CustomerId> all =
                Stream.of(clear.id(), old.id(), both.id()).sorted().toList();

        assertThat(lastFour(now)).isEqualTo(all);
        now.renew(null, 10);
        assertThat(lastFour(now)).isEqualTo(all);
        assertThat(lastFour(sealed(crm, KeyRing.of(2, secret(2))))).isEqualTo(all);
        assertThat(lastFour(sealed(crm, OLD))).isEmpty();
        assertThat(lastFour(crm.customers)).isEmpty();
        assertThat(now.renew(null, 10).renewed()).isZero();

        var sealing = new Sealing(AesGcmCipher.with(tenant -> BOTH));
        all.forEach(customer -> crm.eraseRecord(sealing, customer));
        assertThat(crm.rows("crm_identity_lookup")).as("three registrations").isEqualTo(3);
    }

    private static List<CustomerId> lastFour(Customers customers) {
        return customers.viewByLastFour("5678", PageRequest.first(9)).items().stream()
                .map(CustomerView::id)
                .toList();
    }

    @ParameterizedTest
    @EnumSource
    void personal_values_and_verifications_are_renewed_too(Engine engine) {
        var crm = new TestCrm(engine);
        var bothKeys = new Sealing(AesGcmCipher.with(tenant -> BOTH));
        Customer clear = crm.customers.register(registration("Ann", "13812345678", "clear"));
        Customer old = sealed(crm, OLD).register(registration("Bob", "13912345678", "old"));
        FieldDefinition passport = FieldDefinition.of("passport", "Passport", FieldType.TEXT)
                .asUnique()
                .asPersonal();
        FieldDefinition member =
                FieldDefinition.of("member", "Member", FieldType.LONG).asUnique();
        crm.fields(new Sealing(null)).define(passport, RequestKey.of("passport"));
        crm.fields(new Sealing(null)).define(member, RequestKey.of("member"));
        FieldPatch anns =
                FieldPatch.none().set("passport", FieldValue.text("E1")).set("member", FieldValue.number(1));
        FieldPatch bobs =
                FieldPatch.none().set("passport", FieldValue.text("E2")).set("member", FieldValue.number(2));
        crm.fields(new Sealing(null)).set(clear.id(), anns, RequestKey.of("set"));
        crm.fields(new Sealing(AesGcmCipher.with(tenant -> OLD))).set(old.id(), bobs, RequestKey.of("set"));
        var now = crm.fields(bothKeys);
        var search = FieldSearch.equalTo("passport", FieldValue.text("E1"));
        assertThat(now.search(search, PageRequest.first(9)).items()).containsExactly(clear.id());
        refused(CoreError.FIELD_VALUE_TAKEN, () -> now.set(old.id(), anns, RequestKey.of("taken")));
        Customer verified = crm.customers(bothKeys)
                .verifyIdentity(old.id(), old.identities().get(0), VerificationMethod.CODE, RequestKey.of("verify"));

        assertThat(crm.customers(bothKeys).renew(null, 10).renewed()).isEqualTo(2);
        assertThat(crm.customers(bothKeys).renew(null, 10).renewed()).isZero();

        var newOnly = new Sealing(AesGcmCipher.with(tenant -> KeyRing.of(2, secret(2))));
        var renewed = crm.fields(newOnly);
        assertThat(renewed.values(clear.id()).get("passport")).contains(FieldValue.text("E1"));
        assertThat(renewed.values(old.id()).get("passport")).contains(FieldValue.text("E2"));
        assertThat(renewed.search(search, PageRequest.first(9)).items()).containsExactly(clear.id());
        refused(CoreError.FIELD_VALUE_TAKEN, () -> renewed.set(old.id(), anns, RequestKey.of("taken")));
        refused(CoreError.UNREADABLE_DATA, () -> crm.fields(new Sealing(null)).values(clear.id()));
        assertThat(crm.customers(newOnly).find(old.id())).contains(verified);
        crm.eraseRecord(newOnly, clear.id());
        assertThat(renewed.set(old.id(), anns, RequestKey.of("freed")).get("passport"))
                .contains(FieldValue.text("E1"));
        assertThat(crm.rows("crm_identity_lookup"))
                .as("two registrations, a phone and its last four, two values")
                .isEqualTo(6);
    }

    @ParameterizedTest
    @EnumSource
    void outside_references_are_found_by_whatever_key_and_renewed_too(Engine engine) {
        var crm = new TestCrm(engine);
        var bothKeys = new Sealing(AesGcmCipher.with(tenant -> BOTH));
        var newOnly = new Sealing(AesGcmCipher.with(tenant -> KeyRing.of(2, secret(2))));
        CustomerId clear = crm.customers
                .register(registration("Ann", "13812345678", "clear"))
                .id();
        CustomerId old = sealed(crm, OLD)
                .register(registration("Bob", "13912345678", "old"))
                .id();
        CustomerId both = crm.customers
                .register(registration("Cid", "13712345678", "both"))
                .id();
        SyncMark ofClear = write(crm, new Sealing(null), SyncMark.none(clear, "wm-1"));
        SyncMark ofOld = write(crm, new Sealing(AesGcmCipher.with(tenant -> OLD)), SyncMark.none(old, "wm-2"));
        SyncMark ofBoth = write(crm, bothKeys, SyncMark.none(both, "wm-3"));
        SyncMark again = write(crm, bothKeys, ofOld);
        assertThat(crm.rows("crm_sync_mark")).isEqualTo(3);
        assertThat(marks(crm, bothKeys, ofClear, again, ofBoth)).containsExactlyInAnyOrder(ofClear, again, ofBoth);

        crm.customers(bothKeys).renew(null, 10);
        assertThat(crm.customers(bothKeys).renew(null, 10).renewed()).isZero();

        assertThat(marks(crm, newOnly, ofClear, again, ofBoth)).containsExactlyInAnyOrder(ofClear, again, ofBoth);
        assertThat(marks(crm, new Sealing(null), ofClear, again, ofBoth)).isEmpty();
        var readable = new JooqSyncStore(crm.work, newOnly);
        assertThat(crm.work.read(() -> readable.of(crm.tenant, clear)).get("wecom"))
                .containsExactly(ofClear);
        var unreadable = new JooqSyncStore(crm.work, new Sealing(null));
        refused(CoreError.UNREADABLE_DATA, () -> crm.work.read(() -> unreadable.of(crm.tenant, clear)));
        crm.eraseRecord(newOnly, clear);
        assertThat(crm.rows("crm_sync_mark")).isEqualTo(2);
    }

    private static SyncMark write(TestCrm crm, Sealing sealing, SyncMark before) {
        var store = new JooqSyncStore(crm.work, sealing);
        SyncMark mark = before.compared(1, Set.of("vip"), Map.of());
        return crm.work.run(() -> {
            store.lock(crm.tenant, List.of(mark.customer()));
            store.write(crm.tenant, "wecom", mark);
            return mark;
        });
    }

    private static Collection<SyncMark> marks(TestCrm crm, Sealing sealing, SyncMark... asked) {
        var store = new JooqSyncStore(crm.work, sealing);
        Map<String, CustomerId> refs = Stream.of(asked).collect(Collectors.toMap(SyncMark::ref, SyncMark::customer));
        return crm.work.read(() -> store.marks(crm.tenant, "wecom", refs)).values();
    }

    private static Customers sealed(TestCrm crm, KeyRing ring) {
        return crm.customers(new Sealing(AesGcmCipher.with(tenant -> ring)));
    }

    private static Registration registration(String name, String phone, String key) {
        return Registration.of(name).phone(phone).key(key);
    }

    private static void swap(TestDatabase database, String sql) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            assertThat(statement.executeUpdate(sql)).isOne();
        }
    }

    private static byte[] secret(int fill) {
        byte[] secret = new byte[KeyRing.SECRET_BYTES];
        Arrays.fill(secret, (byte) fill);
        return secret;
    }

    private static void refused(CoreError code, ThrowingCallable command) {
        assertThatThrownBy(command)
                .isInstanceOfSatisfying(
                        CrmException.class, e -> assertThat(e.code()).isEqualTo(code));
    }
}
