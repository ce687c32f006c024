package dev.retailcrm.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retailcrm.assets.spi.AccountOwners;
import dev.retailcrm.core.kernel.CustomerId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The rules of {@link AccountOwners}. */
public abstract class AccountOwnersContract extends StoreContract {
    /** A contract. */
    protected AccountOwnersContract() {}

    @Test
    public final void ao_1_those_of_the_tenant_that_exist_are_returned() {
        CustomerId ann = crm().newCustomer(ACME);
        CustomerId bob = crm().newCustomer(ACME);
        CustomerId zoe = crm().newCustomer(ZENITH);

        assertThat(crm().owners().existing(ACME, List.of(ann, nobody(), bob, zoe)))
                .containsExactlyInAnyOrder(ann, bob);
        assertThat(crm().owners().existing(ZENITH, List.of(ann, bob, zoe))).containsExactly(zoe);
        assertThat(crm().owners().existing(ACME, List.of())).isEmpty();
    }

    @Test
    public final void ao_1_a_thousand_are_looked_up_at_once() {
        List<CustomerId> asked = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            asked.add(nobody());
        }
        CustomerId ann = crm().newCustomer(ACME);
        asked.set(999, ann);

        assertThat(crm().owners().existing(ACME, asked)).containsExactly(ann);
    }

    @Test
    public final void ao_1_a_customer_made_in_this_transaction_exists_in_it() {
        try (var race = new Race();
                HostTransaction host = crm().begin()) {
            CustomerId ann = crm().newCustomer(ACME);

            assertThat(crm().owners().existing(ACME, List.of(ann))).containsExactly(ann);
            assertThat(Race.result(race.start(() -> crm().owners().existing(ACME, List.of(ann)))))
                    .isEmpty();
            host.rollback();
            assertThat(crm().owners().existing(ACME, List.of(ann))).isEmpty();
        }
    }
}
