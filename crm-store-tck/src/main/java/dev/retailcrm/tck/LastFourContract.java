package dev.retailcrm.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retailcrm.core.access.Access;
import dev.retailcrm.core.access.Owners;
import dev.retailcrm.core.access.Principal;
import dev.retailcrm.core.access.Right;
import dev.retailcrm.core.access.RolePolicy;
import dev.retailcrm.core.access.Whose;
import dev.retailcrm.core.customer.Customer;
import dev.retailcrm.core.customer.CustomerView;
import dev.retailcrm.core.customer.Customers;
import dev.retailcrm.core.customer.Identity;
import dev.retailcrm.core.customer.Registration;
import dev.retailcrm.core.customer.RegistrationOutcome;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.PageRequest;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.kernel.StaffId;
import dev.retailcrm.core.merge.MergeStrategy;
import dev.retailcrm.core.merge.Merges;
import dev.retailcrm.core.spi.CustomerSnapshot;
import dev.retailcrm.core.spi.MergePorts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Rule 22 of {@link dev.retailcrm.core.spi.CustomerStore}, and what the facade makes of it. */
public abstract class LastFourContract extends FacadeContract {
    private static final Identity PHONE = Identity.phone("+8613812345678");
    private static final Identity ABROAD = Identity.phone("+12025555678");
    private static final Identity CARD = Identity.memberCard("000-905678");

    /** A contract. */
    protected LastFourContract() {}

    private CustomerId registered(String key, Identity... identities) {
        var registration = Registration.of("Somebody");
        for (Identity identity : identities) {
            registration = registration.identity(identity);
        }
        return customers().register(registration.key(key)).id();
    }

    private List<CustomerId> found(String four) {
        return found(four, null, 100);
    }

    private List<CustomerId> found(String four, @Nullable CustomerId after, int limit) {
        return crm().unitOfWork().read(() -> crm().customers().findByLastFour(ACME, four, after, limit)).stream()
                .map(CustomerSnapshot::id)
                .toList();
    }

    private static List<CustomerId> sorted(CustomerId... customers) {
        return Stream.of(customers).sorted().toList();
    }

    @Test
    public final void cs_22_customers_are_found_by_the_last_four_of_phones_and_cards() {
        CustomerId phone = registered("phone", PHONE, Identity.email("5678@example.com"));
        CustomerId card = registered("card", CARD, Identity.external("sap", "00005678"));
        registered("short", Identity.memberCard("905678"));
        registered("other", Identity.phone("+8613812345679"), Identity.memberCard("5678-0000"));
        CustomerId letters = registered("letters", Identity.memberCard("0000-56aB"));

        assertThat(found("5678")).isEqualTo(sorted(phone, card));
        assertThat(found("56aB")).containsExactly(letters);
        assertThat(found("56AB")).isEmpty();
        assertThat(crm().unitOfWork().read(() -> crm().customers().findByLastFour(ACME, "5678", null, 9)))
                .isEqualTo(crm().unitOfWork()
                        .read(() -> sorted(phone, card).stream()
                                .flatMap(it -> crm().customers().find(ACME, it).stream())
                                .toList()));
        assertThat(crm().unitOfWork().read(() -> crm().customers().findByLastFour(ZENITH, "5678", null, 9)))
                .isEmpty();
    }

    @Test
    public final void cs_22_many_are_found_page_by_page() {
        List<CustomerId> all = new ArrayList<>();
        customers()
                .registerAll(IntStream.range(0, 250)
                        .mapToObj(i -> Registration.of("N" + i)
                                .phone(String.format("+86138%04d5678", i))
                                .memberCard(String.format("%04d5678", i))
                                .key("k" + i))
                        .toList())
                .stream()
                .map(RegistrationOutcome::customer)
                .flatMap(it -> Stream.ofNullable(it))
                .sorted()
                .forEach(all::add);

        assertThat(all).hasSize(250);
        assertThat(found("5678", null, 1000)).isEqualTo(all);
        assertThat(found("5678", null, 100)).isEqualTo(all.subList(0, 100));
        assertThat(found("5678", all.get(99), 100)).isEqualTo(all.subList(100, 200));
        assertThat(found("5678", all.get(199), 100)).isEqualTo(all.subList(200, 250));
        assertThat(found("5678", all.get(249), 100)).isEmpty();
    }

    @Test
    public final void cs_22_two_identities_with_one_ending_are_one_row() {
        CustomerId both = registered("both", PHONE, CARD);
        customers().addIdentity(both, ABROAD, RequestKey.of("add"));
        assertThat(found("5678")).containsExactly(both);

        customers().removeIdentity(both, PHONE, RequestKey.of("remove 1"));
        customers().removeIdentity(both, CARD, RequestKey.of("remove 2"));
        assertThat(found("5678")).as("there is one left").containsExactly(both);

        customers().removeIdentity(both, ABROAD, RequestKey.of("remove 3"));
        assertThat(found("5678")).isEmpty();
        customers().addIdentity(both, PHONE, RequestKey.of("add again"));
        assertThat(found("5678")).containsExactly(both);
    }

    @Test
    public final void cs_22_what_is_not_written_lists_nobody() {
        CustomerId first = registered("first", PHONE);
        CustomerId second = registered("second", ABROAD);

        refused(CoreError.IDENTITY_TAKEN, () -> registered("taken", PHONE, CARD));
        try (HostTransaction host = crm().begin()) {
            registered("rolled back", CARD);
            assertThat(found("5678")).hasSize(3);
            host.rollback();
        }
        var outcomes = customers()
                .registerAll(List.of(
                        Registration.of("Taken").identity(PHONE).identity(CARD).key("k1"),
                        Registration.of("Free").identity(CARD).key("k2")));

        assertThat(outcomes.get(0).refusal()).isNotNull();
        assertThat(found("5678"))
                .containsExactlyInAnyOrder(first, second, outcomes.get(1).customer());
    }

    @Test
    public final void cs_22_an_erased_customer_is_found_no_more() {
        CustomerId erased = registered("erased", PHONE, CARD);

        privacy().erase(erased, RequestKey.of("erase"));

        assertThat(found("5678")).isEmpty();
        assertThat(found("5678")).doesNotContain(registered("next", Identity.email("next@example.com")));
    }

    @Test
    public final void cs_22_a_merge_moves_them_and_its_end_moves_them_back() {
        CustomerId survivor = registered("survivor", PHONE);
        CustomerId merged = registered("merged", ABROAD, Identity.phone("+8613800001234"));
        var merges = new Merges(
                ACME,
                new MergePorts(crm().unitOfWork(), crm().requests(), crm().customers(), crm().merges(), crm().clock()),
                List.of());

        merges.merge(survivor, merged, MergeStrategy.standard(), RequestKey.of("merge"));
        assertThat(found("5678")).containsExactly(survivor);
        assertThat(found("1234")).containsExactly(survivor);

        merges.unmerge(merged, RequestKey.of("unmerge"));
        assertThat(found("5678")).containsExactlyInAnyOrder(survivor, merged);
        assertThat(found("1234")).containsExactly(merged);

        merges.merge(survivor, merged, MergeStrategy.standard(), RequestKey.of("merge again"));
        privacy().erase(survivor, RequestKey.of("erase"));
        assertThat(found("5678")).isEmpty();
        assertThat(found("1234")).isEmpty();
    }

    @Test
    public final void a_page_shows_masked_views_of_those_who_are_permitted() {
        List<CustomerId> all =
                sorted(registered("one", PHONE), registered("another", ABROAD), registered("card", CARD));
        CustomerId third = all.get(2);
        var policy = RolePolicy.builder(
                        (tenant, customers) -> Map.of(third, new Owners(Set.of(StaffId.of("kim")), Set.of())))
                .allow("adviser", Whose.OWN, Right.READ_CUSTOMER)
                .build();
        Customers kims =
                customers().guardedBy(Access.of(ACME, Principal.of("kim").as("adviser"), policy));

        var page = customers().viewByLastFour("5678", PageRequest.first(2));
        var rest = customers().viewByLastFour("5678", page.next(2).orElseThrow());
        assertThat(page.items()).extracting(CustomerView::id).isEqualTo(all.subList(0, 2));
        assertThat(page.items().get(0)).isEqualTo(customers().view(all.get(0)).orElseThrow());
        assertThat(rest.items()).extracting(CustomerView::id).containsExactly(third);
        assertThat(rest.cursor()).isNull();

        var hers = kims.viewByLastFour("5678", PageRequest.first(2));
        assertThat(hers.items()).isEmpty();
        assertThat(kims.viewByLastFour("5678", hers.next(2).orElseThrow()).items())
                .extracting(CustomerView::id)
                .containsExactly(third);
    }

    @Test
    public final void a_customer_changed_since_is_shown_as_she_is() {
        Customer fay =
                customers().register(Registration.of("Fay").identity(PHONE).key("fay"));
        customers().addIdentity(fay.id(), CARD, RequestKey.of("card"));

        assertThat(customers().viewByLastFour("5678", PageRequest.first(9)).items())
                .containsExactly(customers().view(fay.id()).orElseThrow());
    }
}
