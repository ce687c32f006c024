package dev.retailcrm.core.access;

import dev.retailcrm.core.customer.FieldNames;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.spi.AccessPolicy;
import dev.retailcrm.core.spi.CustomerOwners;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Rights by role: a principal has what any of her roles is allowed, and nothing else. Immutable.
 *
 * <pre>{@code
 * AccessPolicy policy = RolePolicy.builder(owners)
 *         .allow("cashier", Whose.ALL, Right.READ_CUSTOMER, Right.READ_ASSETS, Right.BOOK_ASSETS)
 *         .allow("adviser", Whose.OWN, Right.SEE_PERSONAL_DATA, Right.CHANGE_CUSTOMER)
 *         .build();
 * }</pre>
 */
public final class RolePolicy implements AccessPolicy {
    private final CustomerOwners owners;
    private final Map<String, Map<Right, Set<Whose>>> roles;
    private final Map<String, Map<String, Shown>> views;

    private RolePolicy(Builder settings) {
        this.owners = settings.owners;
        Map<String, Map<Right, Set<Whose>>> copy = new HashMap<>();
        settings.roles.forEach((role, rights) -> copy.put(
                role,
                rights.entrySet().stream()
                        .collect(Collectors.toUnmodifiableMap(
                                Map.Entry::getKey,
                                right -> Collections.unmodifiableSet(EnumSet.copyOf(right.getValue()))))));
        this.roles = Map.copyOf(copy);
        this.views = settings.views.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, it -> Map.copyOf(it.getValue())));
    }

    /** A policy that allows nobody anything. */
    public static RolePolicy none() {
        return builder((tenant, customers) -> Map.of()).build();
    }

    /**
     * Starts a policy that allows nobody anything.
     *
     * @param owners asked for rights that are not given for {@linkplain Whose#ALL all}
     */
    public static Builder builder(CustomerOwners owners) {
        return new Builder(owners);
    }

    @Override
    public Reach reach(TenantId tenant, Principal principal, Right right) {
        Set<Whose> whose = whose(principal, right);
        if (whose.isEmpty()) {
            return Reach.NONE;
        }
        return whose.contains(Whose.ALL) ? Reach.ALL : Reach.SOME;
    }

    @Override
    public Set<CustomerId> permitted(TenantId tenant, Principal principal, Right right, Set<CustomerId> customers) {
        Set<Whose> whose = whose(principal, right);
        if (whose.isEmpty() || whose.contains(Whose.ALL)) {
            return whose.isEmpty() ? Set.of() : Set.copyOf(customers);
        }
        Map<CustomerId, Owners> known = owners.of(tenant, customers);
        return customers.stream()
                .filter(customer -> isHers(principal, whose, known.get(customer)))
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public Optional<Shown> shown(TenantId tenant, Principal principal, String field) {
        return principal.roles().stream()
                .map(role -> views.getOrDefault(role, Map.of()).get(field))
                .flatMap(Stream::ofNullable)
                .max(Comparator.naturalOrder());
    }

    private static boolean isHers(Principal principal, Set<Whose> whose, @Nullable Owners owners) {
        if (owners == null) {
            return false;
        }
        boolean own = owners.staff().contains(principal.staff());
        boolean ownStore = !Collections.disjoint(owners.stores(), principal.stores());
        return (whose.contains(Whose.OWN) && own) || (whose.contains(Whose.OWN_STORE) && ownStore);
    }

    private Set<Whose> whose(Principal principal, Right right) {
        Set<Whose> all = EnumSet.noneOf(Whose.class);
        for (String role : principal.roles()) {
            all.addAll(roles.getOrDefault(role, Map.of()).getOrDefault(right, Set.of()));
        }
        return all;
    }

    /** Settings of a policy. Not thread-safe. */
    public static final class Builder {
        private final CustomerOwners owners;
        private final Map<String, Map<Right, Set<Whose>>> roles = new HashMap<>();
        private final Map<String, Map<String, Shown>> views = new HashMap<>();

        private Builder(CustomerOwners owners) {
            this.owners = Check.present(owners, "owners of customers");
        }

        /**
         * Allows a role some rights, beside what it was allowed before. Default: nothing.
         *
         * @param role 1 to 40 printable ASCII characters
         * @param whose for which customers; what concerns no customer, or all, is allowed by {@link Whose#ALL} alone
         */
        public Builder allow(String role, Whose whose, Right... rights) {
            Check.code(role, 40, "role");
            Check.present(whose, "whose customers");
            for (Right right : Check.present(rights, "rights")) {
                roles.computeIfAbsent(role, none -> new EnumMap<>(Right.class))
                        .computeIfAbsent(Check.present(right, "right"), none -> EnumSet.noneOf(Whose.class))
                        .add(whose);
            }
            return this;
        }

        /**
         * Shows fields in views to a role as said; who has several roles is shown the most that one of them says. Default: see
         * {@link AccessPolicy#shown}.
         *
         * @param role 1 to 40 printable ASCII characters
         * @param fields as in histories: {@code profile.birth_date}; {@code identity.phone}; {@code identity.external} for all systems that
         *     are not named, such as {@code identity.external.sap}; {@code custom.size}
         */
        public Builder show(String role, Shown shown, String... fields) {
            Check.code(role, 40, "role");
            Check.present(shown, "how fields are shown");
            for (String field : Check.present(fields, "fields")) {
                views.computeIfAbsent(role, none -> new HashMap<>()).put(FieldNames.requireKnown(field), shown);
            }
            return this;
        }

        /** The policy. */
        public RolePolicy build() {
            return new RolePolicy(this);
        }
    }
}
