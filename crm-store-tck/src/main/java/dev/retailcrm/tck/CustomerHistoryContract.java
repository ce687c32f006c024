package dev.retailcrm.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retailcrm.core.customer.AddressUse;
import dev.retailcrm.core.customer.BirthDate;
import dev.retailcrm.core.customer.Customer;
import dev.retailcrm.core.customer.Customers;
import dev.retailcrm.core.customer.Gender;
import dev.retailcrm.core.customer.Identity;
import dev.retailcrm.core.customer.PartyKind;
import dev.retailcrm.core.customer.PersonName;
import dev.retailcrm.core.customer.PostalAddress;
import dev.retailcrm.core.customer.Profile;
import dev.retailcrm.core.customer.ProfileField;
import dev.retailcrm.core.customer.ProfilePatch;
import dev.retailcrm.core.customer.ProfileUpdate;
import dev.retailcrm.core.customer.Registration;
import dev.retailcrm.core.customer.Verification;
import dev.retailcrm.core.customer.VerificationMethod;
import dev.retailcrm.core.history.Actor;
import dev.retailcrm.core.history.ActorQuery;
import dev.retailcrm.core.history.FieldChange;
import dev.retailcrm.core.history.HistoryQuery;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.PageRequest;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.kernel.StaffId;
import dev.retailcrm.core.kernel.StoreId;
import java.time.Duration;
import java.time.Instant;
import java.time.MonthDay;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Who changed what of a customer, and how she was at an instant. */
public abstract class CustomerHistoryContract extends FacadeContract {
    private static final Actor KIM =
            Actor.staff(StaffId.of("kim")).at(StoreId.of("S01")).via("pos");
    private static final Identity PHONE = Identity.phone("+8613800138000");

    /** A contract. */
    protected CustomerHistoryContract() {}

    @Test
    public final void of_a_registration_tells_every_field_and_who_registered() {
        Customer eve = customers()
                .register(Registration.of("Eve")
                        .identity(PHONE)
                        .joinedAt(StoreId.of("S01"))
                        .by(StaffId.of("lee"))
                        .key("r"));

        List<FieldChange> changes = history(HistoryQuery.of(eve.id()));
        assertThat(changes).extracting(FieldChange::field).containsExactly("identity.phone", "profile.name");
        assertThat(changes).allSatisfy(change -> {
            assertThat(change.was()).isEmpty();
            assertThat(change.version()).isOne();
            assertThat(change.actor()).isEqualTo(Actor.staff(StaffId.of("lee")).at(StoreId.of("S01")));
            assertThat(change.at()).isEqualTo(crm().clock().instant());
        });
        assertThat(changes.get(0).is()).hasValue(PHONE.value());
    }

    @Test
    public final void tells_old_and_new_values_and_the_actor() {
        Customer eve =
                customers().register(Registration.of("Eve").identity(PHONE).key("r"));
        crm().clock().advance(Duration.ofHours(1));
        customers()
                .as(KIM)
                .update(update(eve, ProfilePatch.none().gender(Gender.FEMALE).remark("tea"), "u1"));
        customers().as(Actor.customer()).update(update(eve, ProfilePatch.none().remark("coffee"), "u2"));
        customers().as(Actor.system("import")).removeIdentity(eve.id(), PHONE, RequestKey.of("d"));

        assertThat(history(HistoryQuery.of(eve.id())).subList(0, 4))
                .extracting(it -> it.field() + " " + it.before() + " " + it.after() + " "
                        + it.actor().kind())
                .containsExactly(
                        "identity.phone +8613800138000 null SYSTEM",
                        "profile.remark tea coffee CUSTOMER",
                        "profile.remark null tea STAFF",
                        "profile.gender null FEMALE STAFF");
        assertThat(history(HistoryQuery.of(eve.id()).field("profile.remark"))).hasSize(2);
        assertThat(history(HistoryQuery.of(eve.id()).by(StaffId.of("kim")))).hasSize(2);
    }

    @Test
    public final void is_not_written_by_repetitions_refusals_and_updates_that_change_nothing() {
        Customer eve =
                customers().register(Registration.of("Eve").identity(PHONE).key("r"));
        ProfileUpdate update = update(eve, ProfilePatch.none().remark("tea"), "u");
        customers().update(update);
        int before = history(HistoryQuery.of(eve.id())).size();

        customers().as(KIM).update(update);
        customers().update(update(eve, ProfilePatch.none().remark("tea"), "u2"));
        assertThatThrownBy(() -> customers()
                        .update(update(eve, ProfilePatch.none().remark("x"), "u3")
                                .expecting(1)))
                .isInstanceOf(CrmException.class);

        assertThat(history(HistoryQuery.of(eve.id()))).hasSize(before);
    }

    @Test
    public final void is_paged_without_gaps() {
        Customer eve = customers().register(Registration.of("Eve").key("r"));
        for (int i = 0; i < 7; i++) {
            customers()
                    .update(update(
                            eve,
                            ProfilePatch.none().remark("r" + i).gender(i % 2 == 0 ? Gender.FEMALE : Gender.OTHER),
                            "u" + i));
        }
        List<FieldChange> whole = history(HistoryQuery.of(eve.id()));
        List<FieldChange> paged = new ArrayList<>();
        Optional<PageRequest> next = Optional.of(PageRequest.first(3));
        while (next.isPresent()) {
            var page = customers().history(HistoryQuery.of(eve.id()), next.get());
            paged.addAll(page.items());
            next = page.next(3);
        }
        assertThat(paged).isEqualTo(whole).hasSize(15);
        for (String cursor : List.of("", "x", "1", "1.x", "1.2.3")) {
            assertThatThrownBy(() -> customers().history(HistoryQuery.of(eve.id()), PageRequest.after(cursor, 3)))
                    .isInstanceOfSatisfying(
                            CrmException.class, e -> assertThat(e.code()).isEqualTo(CoreError.INVALID_CURSOR));
        }
    }

    @Test
    public final void tells_how_an_identity_was_verified_until_she_loses_it() {
        Customer eve =
                customers().register(Registration.of("Eve").identity(PHONE).key("r"));
        Instant first = crm().clock().instant();
        Customer verified = repeatable(
                () -> customers().as(KIM).verifyIdentity(eve.id(), PHONE, VerificationMethod.CODE, RequestKey.of("v")));
        assertThat(verified.verification(PHONE)).contains(new Verification(VerificationMethod.CODE, first));
        refused(
                CoreError.REQUEST_KEY_REUSED,
                () -> customers().verifyIdentity(eve.id(), PHONE, VerificationMethod.SHOWN, RequestKey.of("v")));
        refused(
                CoreError.UNKNOWN_IDENTITY,
                () -> customers()
                        .verifyIdentity(
                                eve.id(), Identity.memberCard("x"), VerificationMethod.CODE, RequestKey.of("x")));
        crm().clock().advance(Duration.ofDays(1));
        customers().verifyIdentity(eve.id(), PHONE, VerificationMethod.SHOWN, RequestKey.of("again"));
        Customer updated = customers().update(update(eve, ProfilePatch.none().remark("tea"), "u"));
        assertThat(updated.verification(PHONE))
                .contains(new Verification(VerificationMethod.SHOWN, first.plus(Duration.ofDays(1))));

        assertThat(history(HistoryQuery.of(eve.id()).field("identity.phone.verified")))
                .extracting(it -> it.before() + ", " + it.after())
                .containsExactly(
                        "+8613800138000 CODE 2026-03-01T09:00:00Z, +8613800138000 SHOWN 2026-03-02T09:00:00Z",
                        "null, +8613800138000 CODE 2026-03-01T09:00:00Z");
        customers().removeIdentity(eve.id(), PHONE, RequestKey.of("d"));
        Customer back = customers().addIdentity(eve.id(), PHONE, RequestKey.of("a"));
        assertThat(back.verification(PHONE)).isEmpty();
    }

    @Test
    public final void of_an_actor_tells_what_it_changed_of_any_customer() {
        Instant start = crm().clock().instant();
        Actor elsewhere = Actor.staff(StaffId.of("kim")).at(StoreId.of("S02"));
        List<Customer> customers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            customers.add(customers()
                    .as(i % 2 == 0 ? KIM : elsewhere)
                    .register(Registration.of("C" + i).memberCard("card " + i).key("r" + i)));
            crm().clock().advance(Duration.ofMinutes(i / 2));
        }
        customers()
                .as(Actor.system("kim"))
                .update(update(customers.get(0), ProfilePatch.none().remark("x"), "u"));
        customers().as(KIM).update(update(customers.get(1), ProfilePatch.none().remark("tea"), "u"));
        Customers.builder(ZENITH, crm().clock())
                .in(crm().customers(), crm().requests(), crm().unitOfWork())
                .as(KIM)
                .register(Registration.of("Other").key("r"));
        privacy().as(Actor.customer()).erase(customers.get(2).id(), RequestKey.of("erase"));

        List<FieldChange> whole = Pages.all(100, page -> customers().changesBy(ActorQuery.of(KIM), page));
        assertThat(whole)
                .extracting(it -> it.customer() + " " + it.field() + " " + it.after())
                .startsWith(customers.get(1).id() + " profile.remark tea")
                .contains(customers.get(3).id() + " identity.member_card card 3")
                .contains(customers.get(2).id() + " identity.member_card null")
                .hasSize(9);
        assertThat(whole)
                .isSortedAccordingTo(Comparator.comparing(FieldChange::at).reversed());
        assertThat(Pages.all(2, page -> customers().changesBy(ActorQuery.of(KIM), page)))
                .as("paged")
                .isEqualTo(whole);
        var first = ActorQuery.of(StaffId.of("kim")).between(start, start.plusMillis(1));
        assertThat(Pages.all(100, page -> customers().changesBy(first, page)))
                .extracting(FieldChange::customer)
                .containsOnly(
                        customers.get(0).id(),
                        customers.get(1).id(),
                        customers.get(2).id())
                .hasSize(6);
        for (String cursor : List.of("", "1.2", "1.2.3.x", "1.0.3.4", "-1.2.3.4")) {
            assertThatThrownBy(() -> customers().changesBy(first, PageRequest.after(cursor, 3)))
                    .isInstanceOfSatisfying(
                            CrmException.class, e -> assertThat(e.code()).isEqualTo(CoreError.INVALID_CURSOR));
        }
    }

    @Test
    public final void gives_back_a_profile_as_it_was_at_any_instant() {
        Instant before = crm().clock().instant().minusMillis(1);
        Customer eve = customers().register(Registration.of("Eve").key("r"));
        var then = new TreeMap<Instant, Profile>();
        then.put(crm().clock().instant(), eve.profile());
        List<ProfilePatch> patches = List.of(
                ProfilePatch.none()
                        .name(PersonName.of("Eve Li").parts("Eve", "Li"))
                        .kind(PartyKind.ORGANISATION)
                        .birthDate(BirthDate.of(MonthDay.of(2, 29))),
                ProfilePatch.none()
                        .timeZone(ZoneId.of("Asia/Shanghai"))
                        .language("zh-CN")
                        .addresses(List.of(PostalAddress.of(AddressUse.HOME, "CN", "\u4e0a\u6d77", "1 \"Main\" St"))),
                ProfilePatch.none().clear(ProfileField.NAME).remark("{}"),
                ProfilePatch.none().clear(ProfileField.ADDRESSES).gender(Gender.OTHER),
                ProfilePatch.none().name(PersonName.of("E")).clear(ProfileField.REMARK));
        for (ProfilePatch patch : patches) {
            crm().clock().advance(Duration.ofDays(1));
            Customer now = customers().update(update(eve, patch, "u" + then.size()));
            then.put(crm().clock().instant(), now.profile());
        }

        then.forEach((at, profile) -> {
            assertThat(customers().profileAt(eve.id(), at)).as("at %s", at).contains(profile);
            assertThat(customers().profileAt(eve.id(), at.plusSeconds(60)))
                    .as("after %s", at)
                    .contains(profile);
        });
        assertThat(customers().profileAt(eve.id(), before)).isEmpty();
    }

    private static ProfileUpdate update(Customer customer, ProfilePatch patch, String key) {
        return ProfileUpdate.of(customer.id(), patch, RequestKey.of(key));
    }

    private List<FieldChange> history(HistoryQuery query) {
        return customers().history(query, PageRequest.first(1000)).items();
    }
}
