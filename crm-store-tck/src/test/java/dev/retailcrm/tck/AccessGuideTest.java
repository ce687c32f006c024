package dev.retailcrm.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.base.Splitter;
import dev.retailcrm.core.access.AccessEntry;
import dev.retailcrm.core.access.Principal;
import dev.retailcrm.core.access.Right;
import dev.retailcrm.core.access.RolePolicy;
import dev.retailcrm.core.access.Whose;
import dev.retailcrm.core.customer.Customer;
import dev.retailcrm.core.customer.CustomerView;
import dev.retailcrm.core.customer.Identity;
import dev.retailcrm.core.customer.Registration;
import dev.retailcrm.core.kernel.Page;
import dev.retailcrm.core.kernel.PageRequest;
import dev.retailcrm.core.kernel.StoreId;
import dev.retailcrm.core.ownership.Instruction;
import dev.retailcrm.core.ownership.Owner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The guide of access quotes this example, which does what its comments say. */
class AccessGuideTest {
    @Test
    void the_example_does_what_it_says() {
        var clock = MutableClock.at("2026-03-01T09:00:00Z");

        // GUIDE
        var crm = InMemoryCrm.builder(clock) // or JdbcCrm.builder(…)
                .accessPolicy(owners -> RolePolicy.builder(owners) // whom customers belong to, by shop.ownership()
                        .allow("cashier", Whose.OWN_STORE, Right.READ_CUSTOMER, Right.READ_ASSETS, Right.BOOK_ASSETS)
                        .allow("adviser", Whose.OWN, Right.SEE_PERSONAL_DATA, Right.TRANSFER_CUSTOMER)
                        .allow("officer", Whose.ALL, Right.values())
                        .build())
                .build();
        var shop = crm.tenant("shop");
        // GUIDE
        var phone = Identity.phone("+8613812348000");
        var id = shop.customers()
                .register(Registration.of("Ann").identity(phone).key("ann"))
                .id();
        shop.ownership().assign(id, Owner.staff("max").in("S01"), Instruction.by("head-office", "assign"));
        // GUIDE

        var cashier = Principal.of("kim").as("cashier").in(StoreId.of("S01"));
        CustomerView ann = shop.as(cashier).customers().viewBy(phone).orElseThrow(); // A**, +86138****8000
        // shop.as(cashier).customers().find(ann.id()) is refused as ACCESS_DENIED: SEE_PERSONAL_DATA is lacking

        var officer = Principal.of("lee").as("officer").forPurpose("complaint 4711");
        Optional<Customer> clear = shop.as(officer).customers().find(ann.id()); // all of her, and it is recorded
        Page<AccessEntry> shown = shop.accessHistory().of(ann.id(), PageRequest.first(20)); // lee, for complaint 4711

        var max = shop.as(Principal.of("max").as("adviser"));
        max.customers().find(id); // she is hers, until she lets her go
        max.ownership().release(id, Instruction.by("max", "release/1"));
        // max.customers().find(id) is refused from now on
        // GUIDE

        assertThat(ann.maskedName()).contains("A**");
        assertThat(ann.identities().get(0).masked()).isEqualTo("+86138****8000");
        assertThatThrownBy(() -> shop.as(cashier).customers().find(id)).hasMessageContaining("SEE_PERSONAL_DATA");
        assertThat(clear).isEqualTo(shop.customers().find(id));
        assertThat(shown.items()).singleElement().satisfies(entry -> {
            assertThat(entry.staff()).hasToString("lee");
            assertThat(entry.statedPurpose()).contains("complaint 4711");
        });
        assertThatThrownBy(() -> max.customers().find(id)).hasMessageContaining("SEE_PERSONAL_DATA");
    }

    @Test
    void the_guide_quotes_the_example() throws IOException {
        String source = Files.readString(Path.of("src/test/java/dev/retailcrm/tck/AccessGuideTest.java"));
        List<String> parts = Splitter.on("// GUIDE\n").splitToList(source);
        String example = parts.get(1).stripTrailing() + "\n" + parts.get(3).stripTrailing();

        assertThat(Files.readString(Path.of("../docs/access.md")))
                .contains(example.stripIndent().strip());
    }
}
