package dev.retailcrm.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retailcrm.core.customer.Customer;
import dev.retailcrm.core.customer.Gender;
import dev.retailcrm.core.customer.Identity;
import dev.retailcrm.core.customer.PersonName;
import dev.retailcrm.core.customer.ProfileField;
import dev.retailcrm.core.customer.ProfilePatch;
import dev.retailcrm.core.customer.ProfileUpdate;
import dev.retailcrm.core.customer.Registration;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.kernel.StaffId;
import dev.retailcrm.core.kernel.StoreId;
import java.sql.SQLException;
import java.time.LocalDate;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CustomersOnEnginesTest {
    private static final Registration ANN = Registration.of(
                    PersonName.of("Ann 𠮷 😀").parts("Ann", "Lee"))
            .with(ProfilePatch.none()
                    .gender(Gender.FEMALE)
                    .birthDate(LocalDate.of(1990, 2, 3))
                    .language("zh-Hans-CN")
                    .remark("x".repeat(499) + "😀"))
            .phone("13800138000")
            .email("ann@example.com")
            .memberCard("88004711")
            .externalId("erp", "4711")
            .joinedAt(StoreId.of("S01"))
            .by(StaffId.of("u1"))
            .key("reg-1");

    @ParameterizedTest
    @EnumSource
    void a_registered_customer_is_found_as_she_was_registered(Engine engine) {
        var crm = new TestCrm(engine);

        Customer ann = crm.customers.register(ANN);

        assertThat(crm.customers.find(ann.id())).hasValue(ann);
        assertThat(crm.customers.findByPhone("+86 138 0013 8000")).hasValue(ann);
        assertThat(crm.customers.findBy(Identity.external("erp", "4711"))).hasValue(ann);
        assertThat(crm.customers.findBy(Identity.external("shop", "4711"))).isEmpty();
        assertThat(ann.identities()).hasSize(4);
        assertThat(crm.rows("crm_outbox")).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void a_customer_of_whom_little_is_known_is_found_too(Engine engine) {
        var crm = new TestCrm(engine);

        Customer named = crm.customers.register(Registration.of("Bo").key("k1"));
        Customer carded =
                crm.customers.register(Registration.unnamed().memberCard("C1").key("k2"));

        assertThat(crm.customers.find(named.id())).hasValue(named);
        assertThat(crm.customers.find(carded.id())).hasValue(carded);
        assertThat(crm.customers.find(CustomerId.of(7))).isEmpty();
        assertThat(new TestCrm(engine).customers.find(named.id())).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void a_registration_again_writes_nothing_and_answers_with_her(Engine engine) {
        var crm = new TestCrm(engine);
        Customer ann = crm.customers.register(ANN);
        long rows = crm.rows();

        assertThat(crm.customers.register(ANN)).isEqualTo(ann);
        refused(CoreError.REQUEST_KEY_REUSED, () -> crm.customers.register(ANN.phone("13900139000")));
        assertThat(crm.rows()).isEqualTo(rows);
        assertThat(crm.customers.findByPhone("13900139000")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void a_taken_identity_is_refused_naming_its_holder_only(Engine engine) {
        var crm = new TestCrm(engine);
        Customer ann = crm.customers.register(ANN);
        long rows = crm.rows();

        assertThatThrownBy(() -> crm.customers.register(Registration.of("Bo")
                        .phone("13900139000")
                        .email("Ann@example.com")
                        .key("reg-2")))
                .isInstanceOfSatisfying(CrmException.class, e -> {
                    assertThat(e.code()).isEqualTo(CoreError.IDENTITY_TAKEN);
                    assertThat(e.details()).containsOnlyKeys("holder", "kind").containsEntry("holder", ann.id());
                    assertThat(e.getMessage()).doesNotContain("ann", "139");
                });
        assertThat(crm.rows()).isEqualTo(rows);
    }

    @ParameterizedTest
    @EnumSource
    void refusals_and_repetitions_leave_the_transaction_of_the_host_usable(Engine engine) throws SQLException {
        var crm = new TestCrm(engine);
        Customer ann = crm.customers.register(ANN);
        try (var host = crm.hostTransaction()) {
            refused(
                    CoreError.IDENTITY_TAKEN,
                    () -> crm.on(
                            host,
                            () -> crm.customers.register(Registration.of("Bo")
                                    .phone("13900139000")
                                    .memberCard("88004711")
                                    .key("reg-2"))));
            refused(
                    CoreError.REQUEST_KEY_REUSED,
                    () -> crm.on(
                            host,
                            () -> crm.customers.register(Registration.of("Bo").key("reg-1"))));
            assertThat(crm.on(host, () -> crm.customers.register(ANN))).isEqualTo(ann);
            crm.on(
                    host,
                    () -> crm.customers.register(
                            Registration.of("Cy").phone("13900139000").key("reg-3")));
            host.commit();
        }

        assertThat(crm.customers.findByPhone("13900139000").orElseThrow().name())
                .hasValue(PersonName.of("Cy"));
        assertThat(crm.rows("crm_customer")).isEqualTo(2);
        assertThat(crm.rows("crm_request")).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource
    void what_the_host_rolls_back_leaves_nothing(Engine engine) throws SQLException {
        var crm = new TestCrm(engine);
        try (var host = crm.hostTransaction()) {
            Customer ann = crm.on(host, () -> crm.customers.register(ANN));
            assertThat(crm.on(host, () -> crm.customers.find(ann.id()))).hasValue(ann);
            host.rollback();
        }

        assertThat(crm.rows()).isZero();
        assertThat(crm.customers.register(ANN).version()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void numbers_compare_byte_for_byte(Engine engine) {
        var crm = new TestCrm(engine);
        crm.customers.register(Registration.of("A").memberCard("ab").key("k"));

        crm.customers.register(Registration.of("B").memberCard("AB").key("K"));
        crm.customers.register(Registration.of("C").memberCard("a b").key("k "));

        assertThat(crm.customers.findBy(Identity.memberCard("Ab"))).isEmpty();
        assertThat(crm.rows("crm_customer")).isEqualTo(3);
    }

    @ParameterizedTest
    @EnumSource
    void an_update_sets_clears_and_keeps(Engine engine) {
        var crm = new TestCrm(engine);
        Customer ann = crm.customers.register(ANN);
        var patch = ProfilePatch.none().gender(Gender.OTHER).clear(ProfileField.REMARK);
        var update = ProfileUpdate.of(ann.id(), patch, RequestKey.of("u1")).expecting(1);

        Customer updated = crm.customers.update(update);

        assertThat(updated.version()).isEqualTo(2);
        assertThat(updated.profile().remark()).isEmpty();
        assertThat(updated.profile().birthDate()).isEqualTo(ann.profile().birthDate());
        assertThat(crm.customers.find(ann.id())).hasValue(updated);
        assertThat(crm.customers.update(update)).isEqualTo(updated);
        refused(CoreError.REQUEST_KEY_REUSED, () -> crm.customers.update(update.expecting(2)));
        refused(
                CoreError.VERSION_CONFLICT,
                () -> crm.customers.update(
                        ProfileUpdate.of(ann.id(), patch, RequestKey.of("u2")).expecting(1)));
        assertThat(crm.rows("crm_outbox")).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource
    void an_update_that_changes_nothing_books_its_key_only(Engine engine) {
        var crm = new TestCrm(engine);
        Customer ann = crm.customers.register(ANN);
        var same = ProfileUpdate.of(ann.id(), ProfilePatch.none().gender(Gender.FEMALE), RequestKey.of("u1"));

        assertThat(crm.customers.update(same)).isEqualTo(ann);
        assertThat(crm.rows("crm_outbox")).isEqualTo(1);
        assertThat(crm.rows("crm_request")).isEqualTo(2);
        refused(
                CoreError.UNKNOWN_CUSTOMER,
                () -> crm.customers.update(
                        ProfileUpdate.of(CustomerId.of(7), ProfilePatch.none(), RequestKey.of("u2"))));
    }

    @ParameterizedTest
    @EnumSource
    void an_identity_moves_when_it_is_given_up(Engine engine) {
        var crm = new TestCrm(engine);
        Customer ann = crm.customers.register(ANN);
        Customer bo = crm.customers.register(Registration.of("Bo").key("reg-2"));
        Identity card = Identity.memberCard("88004711");
        RequestKey key = RequestKey.of("card");

        refused(CoreError.IDENTITY_TAKEN, () -> crm.customers.addIdentity(bo.id(), card, key));
        crm.customers.removeIdentity(ann.id(), card, key);
        Customer carded = crm.customers.addIdentity(bo.id(), card, key);

        assertThat(crm.customers.findBy(card)).hasValue(carded);
        assertThat(crm.customers.addIdentity(bo.id(), card, key)).isEqualTo(carded);
        assertThat(crm.customers.removeIdentity(ann.id(), card, key).identities())
                .hasSize(3);
        refused(CoreError.UNKNOWN_IDENTITY, () -> crm.customers.removeIdentity(ann.id(), card, RequestKey.of("again")));
        refused(
                CoreError.REQUEST_KEY_REUSED,
                () -> crm.customers.addIdentity(bo.id(), Identity.memberCard("other"), key));
        assertThat(crm.customers.findBy(Identity.memberCard("other"))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = "POSTGRESQL", mode = EnumSource.Mode.EXCLUDE)
    void a_lock_shows_what_was_committed_after_the_transaction_first_read(Engine engine) throws SQLException {
        var crm = new TestCrm(engine);
        Customer ann = crm.customers.register(ANN);
        Identity card = Identity.memberCard("second");
        try (var host = crm.hostTransaction()) {
            crm.on(host, () -> crm.customers.find(ann.id()));

            crm.customers.addIdentity(ann.id(), card, RequestKey.of("card"));

            Customer seen = crm.on(host, () -> crm.customers.removeIdentity(ann.id(), card, RequestKey.of("gone")));
            assertThat(seen.version()).isEqualTo(3);
            host.commit();
        }
        assertThat(crm.customers.findBy(card)).isEmpty();
    }

    private static void refused(CoreError code, ThrowingCallable command) {
        assertThatThrownBy(command)
                .isInstanceOfSatisfying(
                        CrmException.class, e -> assertThat(e.code()).isEqualTo(code));
    }
}
