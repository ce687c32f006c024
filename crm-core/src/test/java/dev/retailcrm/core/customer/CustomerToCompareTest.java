package dev.retailcrm.core.customer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retailcrm.core.history.Actor;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.Instants;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.merge.PersonField;
import dev.retailcrm.core.merge.PersonRecord;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class CustomerToCompareTest {
    private static final Instants INSTANTS = new Instants(InstantSource.fixed(Instant.parse("2026-01-01T00:00:00Z")));

    @Test
    void a_customer_is_compared_by_name_date_of_birth_and_identities() {
        var ann = customer(Registration.of(PersonName.of("Ann").parts("Ann", "Lee"))
                .with(ProfilePatch.none()
                        .birthDate(LocalDate.of(1980, 3, 4))
                        .addresses(List.of(PostalAddress.of(AddressUse.HOME, "GB", "Leeds", "1 Main Street")
                                .postcode("LS1"))))
                .phone("13800138000")
                .email("ann@shop.example")
                .memberCard("4711")
                .externalId("erp", "K-7"));

        assertThat(PersonRecord.of(ann))
                .isEqualTo(PersonRecord.of(ann.id().toString())
                        .with(PersonField.GIVEN_NAME, "Ann")
                        .with(PersonField.FAMILY_NAME, "Lee")
                        .with(PersonField.BIRTH_DATE, "1980-03-04")
                        .with(PersonField.ADDRESS_LINE_1, "1 Main Street")
                        .with(PersonField.LOCALITY, "Leeds")
                        .with(PersonField.POSTCODE, "LS1")
                        .with(PersonField.PHONE, "138 0013 8000")
                        .with(PersonField.EMAIL, "ann@shop.example")
                        .with(PersonField.ID_NUMBER, "4711")
                        .with(PersonField.ID_NUMBER, "erp K 7"));
    }

    @Test
    void a_customer_without_a_name_is_compared_by_the_rest() {
        var unnamed = customer(Registration.unnamed().phone("13800138000"));

        assertThat(PersonRecord.of(unnamed).values(PersonField.GIVEN_NAME)).isEmpty();
        assertThat(PersonRecord.of(unnamed).values(PersonField.PHONE)).containsExactly("800138000");
    }

    private static Customer customer(Registration registration) {
        var change = Intake.of(registration.key("k"), "CN", INSTANTS, Actor.UNKNOWN)
                .decide(TenantId.of("acme"), CustomerId.of(1_000));
        return Customer.of(change.after());
    }
}
