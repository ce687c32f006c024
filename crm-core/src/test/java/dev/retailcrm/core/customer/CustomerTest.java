package dev.retailcrm.core.customer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retailcrm.core.history.Actor;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.Fingerprint;
import dev.retailcrm.core.kernel.Instants;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.kernel.StoreId;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.spi.CustomerChange;
import dev.retailcrm.core.spi.LookupKey;
import java.time.Instant;
import java.time.InstantSource;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class CustomerTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instants INSTANTS = new Instants(InstantSource.fixed(NOW));
    private static final Request REQUEST = Request.of(RequestKey.of("k2"), Fingerprint.of("x"), NOW, Actor.UNKNOWN);
    private static final Registration ANN = Registration.of("Ann")
            .phone("13800138000")
            .phone("+86 138 0013 8000")
            .email("ann@example.com")
            .joinedAt(StoreId.of("S01"))
            .key("k1");
    private static final Customer REGISTERED = Customer.of(register(ANN).after());

    @Nested
    class Registering {
        @Test
        void makes_the_first_version_with_one_event() {
            var change = register(ANN);

            assertThat(change.created()).isTrue();
            assertThat(change.after().version()).isEqualTo(1);
            assertThat(change.happened().orElseThrow().data())
                    .isEqualTo(
                            "{\"identities\":[\"PHONE\",\"EMAIL\"],\"joined\":\"2026-01-01T00:00:00Z\",\"store\":\"S01\"}");
        }

        @Test
        void claims_each_identity_once_and_the_key_in_one_order() {
            assertThat(register(ANN).claims())
                    .containsExactly(
                            LookupKey.of(Identity.email("ann@example.com")),
                            LookupKey.of(Identity.phone("+8613800138000")),
                            LookupKey.registration(RequestKey.of("k1")));
        }

        @Test
        void is_the_same_content_whatever_the_spelling_and_the_instant() {
            var again = Registration.of(" Ann")
                    .email("ANN@example.com")
                    .phone("138-0013-8000")
                    .joinedAt(StoreId.of("S01"))
                    .at(NOW.minusSeconds(60))
                    .key("k1");

            assertThat(register(again).booked()).isEqualTo(register(ANN).booked());
            assertThat(register(again.email("lee@example.com")).booked())
                    .isNotEqualTo(register(ANN).booked());
        }

        @Test
        void needs_a_name_or_an_identity_and_a_key() {
            assertThat(register(Registration.unnamed().memberCard("4711").key("k"))
                            .after()
                            .profile()
                            .name())
                    .isEmpty();
            assertThatThrownBy(() -> register(Registration.unnamed().key("k"))).isInstanceOf(CrmException.class);
            assertThatThrownBy(() -> register(Registration.of("Ann"))).hasMessageContaining("request key");
        }

        @Test
        void takes_twenty_identities_at_most() {
            var many = IntStream.range(0, 20)
                    .mapToObj(i -> Identity.external("erp", "n" + i))
                    .reduce(Registration.of("Ann").key("k"), Registration::identity, (a, b) -> b);

            assertThat(register(many).after().identities()).hasSize(20);
            assertThatThrownBy(() -> many.phone("13800138000")).hasMessageContaining("TOO_MANY_IDENTITIES");
        }

        @Test
        void shows_no_personal_data() {
            assertThat(ANN + " " + REGISTERED + " " + register(ANN)).doesNotContain("Ann", "ann@", "13800138000");
        }
    }

    @Nested
    class Updating {
        private final ProfilePatch patch = ProfilePatch.none().gender(Gender.FEMALE);

        @Test
        void counts_version_and_event() {
            var change = REGISTERED.update(patch, OptionalLong.of(1), REQUEST);

            assertThat(change.after().version()).isEqualTo(2);
            assertThat(change.happened().orElseThrow().seq()).isEqualTo(2);
            assertThat(change.happened().orElseThrow().data()).isEqualTo("{\"fields\":[\"GENDER\"],\"version\":2}");
        }

        @Test
        void is_refused_for_a_version_that_has_gone() {
            assertThatThrownBy(() -> REGISTERED.update(patch, OptionalLong.of(2), REQUEST))
                    .hasMessageContaining("VERSION_CONFLICT");
        }

        @Test
        void that_changes_nothing_only_books_the_key() {
            var same = REGISTERED.update(ProfilePatch.none().name(PersonName.of("Ann")), OptionalLong.empty(), REQUEST);

            assertThat(same.happened()).isEmpty();
            assertThat(Customer.of(same.after())).isEqualTo(REGISTERED);
            assertThat(same.key()).isEqualTo(REQUEST.key());
        }
    }

    @Nested
    class Identities {
        private final Identity card = Identity.memberCard("88004711");

        @Test
        void are_claimed_when_added_and_given_up_when_removed() {
            var added = REGISTERED.add(card, REQUEST);
            var removed = Customer.of(added.after()).remove(card, REQUEST);

            assertThat(added.claims()).containsExactly(LookupKey.of(card));
            assertThat(removed.claims()).isEmpty();
            assertThat(removed.releases()).containsExactly(LookupKey.of(card));
            assertThat(removed.after().identities()).isEqualTo(REGISTERED.identities());
        }

        @Test
        void she_has_already_are_left_as_they_are() {
            assertThat(REGISTERED.add(REGISTERED.identities().get(0), REQUEST).happened())
                    .isEmpty();
        }

        @Test
        void she_does_not_have_cannot_be_removed() {
            assertThatThrownBy(() -> REGISTERED.remove(card, REQUEST)).hasMessageContaining("UNKNOWN_IDENTITY");
        }
    }

    private static CustomerChange register(Registration registration) {
        return Intake.of(registration, "CN", INSTANTS, Actor.UNKNOWN).decide(TenantId.of("acme"), CustomerId.of(1_000));
    }
}
