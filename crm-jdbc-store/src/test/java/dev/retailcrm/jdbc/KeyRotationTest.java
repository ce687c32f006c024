package dev.retailcrm.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retailcrm.core.customer.Customer;
import dev.retailcrm.core.customer.Customers;
import dev.retailcrm.core.customer.Identity;
import dev.retailcrm.core.customer.PersonName;
import dev.retailcrm.core.customer.ProfilePatch;
import dev.retailcrm.core.customer.ProfileUpdate;
import dev.retailcrm.core.customer.Registration;
import dev.retailcrm.core.customer.RenewalProgress;
import dev.retailcrm.core.history.HistoryQuery;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.PageRequest;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.privacy.AesGcmCipher;
import dev.retailcrm.core.privacy.KeyRing;
import dev.retailcrm.jdbc.server.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
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

    @ParameterizedTest
    @EnumSource
    void an_erased_customer_has_no_key_any_more(Engine engine) {
        var crm = new TestCrm(engine);
        var now = sealed(crm, BOTH);
        Customer ann = now.register(registration("Ann", "13812345678", "ann"));
        assertThat(crm.rows("crm_data_key")).isOne();

        now.erase(ann.id(), RequestKey.of("erase"));

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
        assertThat(crm.rows("crm_identity_lookup")).isEqualTo(4);
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
