package dev.retailcrm.core.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.StaffId;
import dev.retailcrm.core.kernel.StoreId;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.spi.CustomerOwners;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** A role policy permits what a role was allowed, and nothing else; an access asks it once, whatever the number of customers. */
class RolePolicyPropertyTest {
    private static final TenantId SHOP = TenantId.of("shop");
    private static final Right RIGHT = Right.SEE_PERSONAL_DATA;

    /** Customers 1 to 8: bit 0 tells whether kim looks after one, bit 1 whether her store does, bit 2 whether somebody else does. */
    private static Owners owners(int bits) {
        Set<StaffId> staff = (bits & 1) != 0 ? Set.of(StaffId.of("kim")) : Set.of(StaffId.of("lee"));
        Set<StoreId> stores = (bits & 2) != 0 ? Set.of(StoreId.of("S01")) : Set.of(StoreId.of("S02"));
        return new Owners((bits & 4) != 0 ? Set.of(StaffId.of("lee"), StaffId.of("max")) : staff, stores);
    }

    private static boolean isHers(Set<Whose> allowed, Owners owners) {
        return allowed.contains(Whose.ALL)
                || (allowed.contains(Whose.OWN) && owners.staff().contains(StaffId.of("kim")))
                || (allowed.contains(Whose.OWN_STORE) && owners.stores().contains(StoreId.of("S01")));
    }

    @Property(tries = 300)
    void permits_what_was_allowed(
            @ForAll Set<Whose> allowed, @ForAll @Size(max = 8) List<@IntRange(max = 7) Integer> bits) {
        Map<CustomerId, Owners> known = new HashMap<>();
        for (int i = 0; i < bits.size(); i++) {
            known.put(CustomerId.of(i + 1), owners(bits.get(i)));
        }
        List<Set<CustomerId>> questions = new ArrayList<>();
        CustomerOwners owners = (tenant, customers) -> {
            questions.add(customers);
            return known;
        };
        var policy = RolePolicy.builder(owners).allow("else", Whose.ALL, RIGHT);
        allowed.forEach(whose -> policy.allow("adviser", whose, RIGHT));
        var kim = Principal.of("kim").as("adviser").as("unheard of").in(StoreId.of("S01"));
        var access = Access.of(SHOP, kim, policy.build());

        List<CustomerId> hers = known.entrySet().stream()
                .filter(customer -> isHers(allowed, customer.getValue()))
                .map(Map.Entry::getKey)
                .toList();
        assertThat(access.permitted(RIGHT, List.copyOf(known.keySet()))).containsExactlyInAnyOrderElementsOf(hers);
        assertThat(isRefused(() -> access.requireAll(RIGHT, known.keySet())))
                .isEqualTo(allowed.isEmpty() || hers.size() < known.size());
        assertThat(questions).hasSizeLessThanOrEqualTo(2);
        assertThat(isRefused(() -> access.require(RIGHT))).isEqualTo(!allowed.contains(Whose.ALL));
        assertThat(isRefused(() -> access.requireSome(RIGHT))).isEqualTo(allowed.isEmpty());
        assertThat(isRefused(() -> access.requireFound(RIGHT, Optional.empty())))
                .isEqualTo(!allowed.contains(Whose.ALL));
        assertThat(isRefused(() -> access.require(Right.OPERATE))).isTrue();
        assertThat(isRefused(() -> access.require(RIGHT, CustomerId.of(99)))).isEqualTo(!allowed.contains(Whose.ALL));
    }

    private static boolean isRefused(Runnable work) {
        CrmException refusal = catchThrowableOfType(CrmException.class, work::run);
        if (refusal != null) {
            assertThat(refusal.code()).isEqualTo(CoreError.ACCESS_DENIED);
        }
        return refusal != null;
    }
}
