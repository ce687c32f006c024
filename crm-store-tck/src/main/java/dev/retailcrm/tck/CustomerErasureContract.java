package dev.retailcrm.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retailcrm.core.customer.AddressUse;
import dev.retailcrm.core.customer.Customer;
import dev.retailcrm.core.customer.CustomerStatus;
import dev.retailcrm.core.customer.Identity;
import dev.retailcrm.core.customer.PersonName;
import dev.retailcrm.core.customer.PostalAddress;
import dev.retailcrm.core.customer.Profile;
import dev.retailcrm.core.customer.ProfilePatch;
import dev.retailcrm.core.customer.ProfileUpdate;
import dev.retailcrm.core.customer.Registration;
import dev.retailcrm.core.history.Actor;
import dev.retailcrm.core.history.FieldChange;
import dev.retailcrm.core.history.HistoryQuery;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.PageRequest;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.privacy.Erasure;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Restriction and erasure. */
public abstract class CustomerErasureContract extends FacadeContract {
    private static final Identity PHONE = Identity.phone("+8613800138000");
    private static final List<String> PERSONAL = List.of(
            "13800138000", "eve@canary.example", "Eve Canary", "Canary Street 9", "Canary remark", "Eva Kanari");

    /** A contract. */
    protected CustomerErasureContract() {}

    private Customer eve() {
        Customer eve = customers()
                .register(Registration.of(PERSONAL.get(2))
                        .identity(PHONE)
                        .email(PERSONAL.get(1))
                        .with(ProfilePatch.none()
                                .remark(PERSONAL.get(4))
                                .addresses(List.of(PostalAddress.of(AddressUse.HOME, "CN", "Wuhan", PERSONAL.get(3)))))
                        .key("eve"));
        points().earn(eve.id(), 100, by("earn"));
        return customers()
                .update(ProfileUpdate.of(
                        eve.id(), ProfilePatch.none().name(PersonName.of(PERSONAL.get(5))), RequestKey.of("rename")));
    }

    @Test
    public final void of_a_customer_leaves_nothing_personal_in_any_row() {
        Customer eve = eve();

        privacy().as(Actor.customer().via("app")).erase(eve.id(), RequestKey.of("erase"));

        for (String row : crm().dump()) {
            assertThat(row).doesNotContain(PERSONAL);
            assertThat(row.toLowerCase(Locale.ROOT))
                    .doesNotContain(PERSONAL.stream()
                            .map(it -> HexFormat.of().formatHex(it.getBytes(StandardCharsets.UTF_8)))
                            .toList());
        }
    }

    @Test
    public final void of_a_customer_keeps_her_ledger_and_the_proof() {
        Customer eve = eve();
        Erasure erasure = privacy().as(Actor.customer().via("app")).erase(eve.id(), RequestKey.of("erase"));

        assertThat(erasure.isComplete()).isTrue();
        Customer left = customers().find(eve.id()).orElseThrow();
        assertThat(left.status()).isEqualTo(CustomerStatus.ERASED);
        assertThat(left.profile()).isEqualTo(Profile.of(ProfilePatch.none()));
        assertThat(left.identities()).isEmpty();
        assertThat(customers().findBy(PHONE)).isEmpty();
        assertThat(points().balance(eve.id()).available()).isEqualTo(100);
        assertThat(points().spend(eve.id(), 40, by("spend")).entry().amount()).isEqualTo(-40);
        List<FieldChange> history = customers()
                .history(HistoryQuery.of(eve.id()), PageRequest.first(100))
                .items();
        assertThat(history.get(0).field()).isEqualTo("status");
        assertThat(history.get(0).is()).hasValue("ERASED");
        assertThat(history.get(0).actor()).isEqualTo(Actor.customer().via("app"));
        assertThat(history.subList(1, history.size())).hasSizeGreaterThan(4).allSatisfy(change -> {
            assertThat(change.was()).isEmpty();
            assertThat(change.is()).isEmpty();
        });
    }

    @Test
    public final void of_a_customer_is_repeatable_and_frees_her_identities() {
        Customer eve = eve();
        repeatable(() -> privacy().erase(eve.id(), RequestKey.of("erase")));

        Customer again =
                customers().register(Registration.of("Eve").identity(PHONE).key("again"));
        assertThat(again.id()).isNotEqualTo(eve.id());
        assertThat(customers().findBy(PHONE)).contains(again);
    }

    @Test
    public final void of_a_customer_is_final() {
        Customer eve = eve();
        privacy().erase(eve.id(), RequestKey.of("erase"));

        refused(
                CoreError.CUSTOMER_ERASED,
                () -> customers()
                        .update(ProfileUpdate.of(eve.id(), ProfilePatch.none().remark("x"), RequestKey.of("late"))));
        refused(
                CoreError.CUSTOMER_ERASED,
                () -> customers().addIdentity(eve.id(), Identity.memberCard("x"), RequestKey.of("late card")));
        refused(
                CoreError.CUSTOMER_ERASED,
                () -> customers().changeStatus(eve.id(), CustomerStatus.ACTIVE, RequestKey.of("back")));
        refused(
                CoreError.INVALID_VALUE,
                () -> customers().changeStatus(eve.id(), CustomerStatus.ERASED, RequestKey.of("other way")));
    }

    @Test
    public final void restriction_keeps_everything_and_can_be_lifted() {
        Customer eve = eve();

        Customer restricted = repeatable(
                () -> customers().changeStatus(eve.id(), CustomerStatus.RESTRICTED, RequestKey.of("restrict")));
        assertThat(restricted.status()).isEqualTo(CustomerStatus.RESTRICTED);
        assertThat(restricted.profile()).isEqualTo(eve.profile());
        assertThat(restricted.identities()).isEqualTo(eve.identities());
        refused(
                CoreError.REQUEST_KEY_REUSED,
                () -> customers().changeStatus(eve.id(), CustomerStatus.ACTIVE, RequestKey.of("restrict")));

        assertThat(customers()
                        .changeStatus(eve.id(), CustomerStatus.ACTIVE, RequestKey.of("lift"))
                        .status())
                .isEqualTo(CustomerStatus.ACTIVE);
        assertThat(customers()
                        .history(HistoryQuery.of(eve.id()).field("status"), PageRequest.first(10))
                        .items())
                .extracting(change -> change.before() + " " + change.after())
                .containsExactly("RESTRICTED ACTIVE", "ACTIVE RESTRICTED");
    }
}
