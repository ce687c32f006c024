package dev.retailcrm.core.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.StoreId;
import dev.retailcrm.core.kernel.TenantId;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrincipalTest {
    @Test
    void gathers_roles_and_stores() {
        var kim = Principal.of("kim").as("cashier").as("adviser").in(StoreId.of("S01"));

        assertThat(kim.roles()).containsExactlyInAnyOrder("cashier", "adviser");
        assertThat(kim.stores()).containsExactly(StoreId.of("S01"));
        assertThat(kim.purpose()).isNull();
        assertThat(kim.forPurpose("complaint 4711").purpose()).isEqualTo("complaint 4711");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a\nb", "é"})
    void refuses_what_is_no_code(String text) {
        var kim = Principal.of("kim");
        assertThatThrownBy(() -> kim.as(text)).hasMessageContaining("role");
        assertThatThrownBy(() -> kim.forPurpose(text)).hasMessageContaining("purpose");
        assertThatThrownBy(() -> Principal.of(text)).hasMessageContaining("staff");
    }

    @Test
    void refuses_too_many_roles() {
        Set<String> roles =
                IntStream.rangeClosed(0, Principal.MAX).mapToObj(i -> "r" + i).collect(Collectors.toSet());
        var kim = Principal.of("kim");
        assertThatThrownBy(() -> new Principal(kim.staff(), roles, Set.of(), null))
                .isInstanceOf(CrmException.class)
                .hasMessageContaining("number of roles");
    }

    @Test
    void a_refusal_names_the_right_and_nobody() {
        var access = Access.of(TenantId.of("shop"), Principal.of("kim"), RolePolicy.none());

        assertThatThrownBy(() -> access.require(Right.ERASE_CUSTOMER, CustomerId.of(7)))
                .isInstanceOfSatisfying(CrmException.class, refusal -> {
                    assertThat(refusal.code()).isEqualTo(CoreError.ACCESS_DENIED);
                    assertThat(refusal.details()).containsOnly(Map.entry("right", Right.ERASE_CUSTOMER));
                    assertThat(refusal.getMessage())
                            .contains("ERASE_CUSTOMER")
                            .doesNotContain(CustomerId.of(7).toString());
                });
        assertThat(access.actor()).isPresent();
        assertThat(Access.unrestricted().actor()).isEmpty();
    }
}
