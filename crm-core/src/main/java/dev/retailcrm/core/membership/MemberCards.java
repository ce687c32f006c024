package dev.retailcrm.core.membership;

import dev.retailcrm.core.customer.Customer;
import dev.retailcrm.core.customer.CustomerStatus;
import dev.retailcrm.core.customer.Customers;
import dev.retailcrm.core.customer.Identity;
import dev.retailcrm.core.customer.IdentityKind;
import dev.retailcrm.core.history.Actor;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.RequestKey;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The numbers of members, which are identities of customers. Thread-safe. */
final class MemberCards {
    private static final int TRIES = 10;

    private final Customers customers;
    private final MemberNumbers numbers;

    MemberCards(Customers customers, MemberNumbers numbers) {
        this.customers = customers;
        this.numbers = numbers;
    }

    /** The same, given by this actor: histories of customers name it. */
    MemberCards as(Actor who) {
        return new MemberCards(customers.as(who), numbers);
    }

    /** The number she has, the lowest if there are several; empty if none is of this numbering. */
    Optional<Identity> of(CustomerId customer) {
        return customers.find(customer).stream()
                .flatMap(found -> found.identities(IdentityKind.MEMBER_CARD).stream())
                .filter(card -> numbers.isValid(card.value()))
                .sorted()
                .findFirst();
    }

    /**
     * Gives her this number, or keeps the one she has, or makes one.
     *
     * @param key made from the entry it is given with, so that no number gets into a key
     */
    Identity give(CustomerId customer, @Nullable String number, RequestKey key) {
        if (number != null) {
            Identity given = Identity.memberCard(number);
            customers.addIdentity(customer, given, key);
            return given;
        }
        return of(customer).orElseGet(() -> make(customer, key));
    }

    void requireValid(@Nullable String number) {
        if (number != null && !numbers.isValid(number)) {
            throw CoreError.INVALID_VALUE.because("the member number is none of the tenant's numbering");
        }
    }

    void requireKnown(@Nullable CustomerId referrer) {
        if (referrer != null
                && customers
                        .find(referrer)
                        .map(Customer::status)
                        .filter(status -> status != CustomerStatus.ERASED)
                        .isEmpty()) {
            throw CoreError.UNKNOWN_CUSTOMER.because("there is no customer %s to have brought her", referrer);
        }
    }

    private Identity make(CustomerId customer, RequestKey key) {
        for (int tries = 1; ; tries++) {
            Identity made = Identity.memberCard(numbers.next());
            try {
                customers.addIdentity(customer, made, key);
                return made;
            } catch (CrmException taken) {
                if (taken.code() != CoreError.IDENTITY_TAKEN || tries == TRIES) {
                    throw taken;
                }
            }
        }
    }
}
