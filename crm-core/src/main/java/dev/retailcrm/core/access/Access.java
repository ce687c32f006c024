package dev.retailcrm.core.access;

import dev.retailcrm.core.history.Actor;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.Page;
import dev.retailcrm.core.kernel.StaffId;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.spi.AccessPolicy;
import dev.retailcrm.core.spi.UnitOfWork;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a facade asks before it reads or writes. Facades start {@linkplain #unrestricted() unrestricted}, for the host's own code, and are
 * given an access of a principal by their {@code guardedBy}. A refusal is {@link CoreError#ACCESS_DENIED}; it names the right and tells
 * nothing of the customer, not even whether she exists. Thread-safe.
 */
public final class Access {
    private static final Access UNRESTRICTED = new Access(null);

    private final @Nullable Guard guard;

    private Access(@Nullable Guard guard) {
        this.guard = guard;
    }

    /** The access of the host's own code: everything is permitted, nothing is asked and nothing recorded. */
    public static Access unrestricted() {
        return UNRESTRICTED;
    }

    /** The access of a principal, who is shown personal data without a record. */
    public static Access of(TenantId tenant, Principal principal, AccessPolicy policy) {
        return new Access(new Guard(
                Check.present(tenant, "tenant"),
                Check.present(principal, "principal"),
                Check.present(policy, "access policy"),
                null));
    }

    /** The same, with a record in the log of everything personal that is shown. */
    public Access recordedBy(AccessRecorder recorder) {
        Check.present(recorder, "recorder");
        return guard == null ? this : new Access(new Guard(guard.tenant, guard.principal, guard.policy, recorder));
    }

    /** The principal, as an actor of histories; empty if there is none. */
    public Optional<Actor> actor() {
        return guard == null ? Optional.empty() : Optional.of(Actor.staff(guard.principal.staff()));
    }

    /** Whether this member of staff is the principal; true without a principal. */
    public boolean isOf(StaffId staff) {
        Check.present(staff, "staff");
        return guard == null || guard.principal.staff().equals(staff);
    }

    /** How far a right reaches; {@link Reach#ALL} without a principal. */
    public Reach reach(Right right) {
        return guard == null ? Reach.ALL : guard.reach(right);
    }

    /**
     * How a field is shown in views.
     *
     * @param field as in histories, such as {@code profile.name}
     * @param otherwise how it is if the policy does not say, or there is no principal
     */
    public Shown shown(String field, Shown otherwise) {
        return guard == null
                ? otherwise
                : guard.policy.shown(guard.tenant, guard.principal, field).orElse(otherwise);
    }

    /**
     * Requires a right for what concerns no customer, or all of them.
     *
     * @throws CrmException {@link CoreError#ACCESS_DENIED} unless it reaches {@link Reach#ALL}
     */
    public void require(Right right) {
        if (reach(right) != Reach.ALL) {
            throw denied(right);
        }
    }

    /**
     * Requires a right for a customer.
     *
     * @throws CrmException {@link CoreError#ACCESS_DENIED}
     */
    public void require(Right right, CustomerId customer) {
        Check.present(customer, "customer");
        requireAll(right, List.of(customer));
    }

    /**
     * Requires a right for every one of these customers, by one question to the policy.
     *
     * @throws CrmException {@link CoreError#ACCESS_DENIED}
     */
    public void requireAll(Right right, Collection<CustomerId> customers) {
        requireEach(right, customers, customer -> customer);
    }

    /**
     * Requires a right for the customer of every one of these items, by one question to the policy.
     *
     * @throws CrmException {@link CoreError#ACCESS_DENIED}; {@link CoreError#INVALID_VALUE} if an item is missing
     */
    public <T> void requireEach(Right right, Collection<T> items, Function<? super T, CustomerId> customer) {
        Check.present(items, "items");
        if (guard == null) {
            return;
        }
        Reach reach = guard.reach(right);
        if (reach == Reach.ALL) {
            return;
        }
        Set<CustomerId> customers = new LinkedHashSet<>();
        items.forEach(item -> customers.add(customer.apply(Check.present(item, "item"))));
        if (reach == Reach.NONE || !guard.permitted(right, customers).containsAll(customers)) {
            throw denied(right);
        }
    }

    /**
     * Requires a right for somebody at least, before customers are looked for; {@link #requireFound} and {@link #permitted} are to follow.
     *
     * @throws CrmException {@link CoreError#ACCESS_DENIED}
     */
    public void requireSome(Right right) {
        if (reach(right) == Reach.NONE) {
            throw denied(right);
        }
    }

    /**
     * Requires a right for a customer who was looked for. If nobody was found only those are told who have the right for all: who is
     * refused does not learn whether somebody was.
     *
     * @throws CrmException {@link CoreError#ACCESS_DENIED}
     */
    public void requireFound(Right right, Optional<CustomerId> found) {
        if (found.isPresent()) {
            require(right, found.get());
        } else {
            require(right);
        }
    }

    /** Those of these customers for whom a right is had, in the order given, by one question to the policy. */
    public List<CustomerId> permitted(Right right, List<CustomerId> customers) {
        return permitted(right, customers, customer -> customer);
    }

    /** Those of these items for whose customers a right is had, in the order given, by one question to the policy, none for no items. */
    public <T> List<T> permitted(Right right, List<T> items, Function<? super T, CustomerId> customer) {
        if (guard == null || items.isEmpty() || guard.reach(right) == Reach.ALL) {
            return items;
        }
        Set<CustomerId> customers = new LinkedHashSet<>();
        items.forEach(item -> customers.add(customer.apply(item)));
        Set<CustomerId> permitted = guard.permitted(right, customers);
        return items.stream()
                .filter(item -> permitted.contains(customer.apply(item)))
                .toList();
    }

    /** A page without the items for whose customers a right is not had: it may be short, and even empty, before the last. */
    public <T> Page<T> permitted(Right right, Page<T> page, Function<? super T, CustomerId> customer) {
        return new Page<>(permitted(right, page.items(), customer), page.cursor());
    }

    /** Whether one of the principal's roles is such; true without a principal. */
    public boolean hasRole(Predicate<String> role) {
        return guard == null || guard.principal.roles().stream().anyMatch(role);
    }

    /**
     * Runs a query whose answer shows personal data in clear, and records that in the same unit of work, if a log is kept.
     *
     * @param whose the customers whose data an answer shows
     */
    public <T> T show(
            Right right,
            UnitOfWork work,
            Supplier<T> query,
            Function<? super T, ? extends Collection<CustomerId>> whose) {
        if (guard == null || guard.recorder == null) {
            return work.read(query);
        }
        return work.run(() -> {
            T answer = query.get();
            shown(right, whose.apply(answer));
            return answer;
        });
    }

    /** Records that personal data of these customers is shown, if a log is kept. To be called within a unit of work that writes. */
    public void shown(Right right, Collection<CustomerId> customers) {
        if (guard != null && guard.recorder != null) {
            guard.recorder.record(guard.tenant, guard.principal, right, customers);
        }
    }

    /** The same in a unit of work of its own, or the host's, before they are shown; nothing for nobody. */
    public void recordShown(Right right, UnitOfWork work, Collection<CustomerId> customers) {
        if (guard != null && guard.recorder != null && !customers.isEmpty()) {
            work.run(() -> {
                shown(right, customers);
                return customers;
            });
        }
    }

    /** The refusal of what a right is lacking for. */
    public static CrmException denied(Right right) {
        return CoreError.ACCESS_DENIED.with(Map.of("right", right), "the right %s is lacking", right);
    }

    @Override
    public String toString() {
        return guard == null ? "Access[unrestricted]" : "Access[" + guard.principal.staff() + "]";
    }

    /** Who is asked about whom. */
    private record Guard(
            TenantId tenant,
            Principal principal,
            AccessPolicy policy,
            @Nullable AccessRecorder recorder) {
        Reach reach(Right right) {
            return policy.reach(tenant, principal, right);
        }

        Set<CustomerId> permitted(Right right, Set<CustomerId> customers) {
            return policy.permitted(tenant, principal, right, customers);
        }
    }
}
