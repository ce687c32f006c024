package dev.retailcrm.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retailcrm.assets.ledger.Posting;
import dev.retailcrm.core.customer.CustomerStatus;
import dev.retailcrm.core.customer.Identity;
import dev.retailcrm.core.customer.Registration;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.membership.Enrolment;
import dev.retailcrm.core.membership.Notice;
import dev.retailcrm.core.privacy.ErasureObstacle;
import dev.retailcrm.core.privacy.Overdue;
import dev.retailcrm.core.privacy.RetentionProgress;
import dev.retailcrm.core.privacy.RetentionRule;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How long customers are kept who do nothing any more, whatever the store. */
public abstract class RetentionContract extends PrivacyFacade {
    private static final Period YEAR = Period.ofYears(1);
    private static final RetentionRule ERASE = RetentionRule.eraseAfter(YEAR, ZONE);
    private static final RetentionRule RESTRICT = RetentionRule.restrictAfter(YEAR, ZONE);
    private static final Instant ANNIVERSARY = T0.atZone(ZONE).plus(YEAR).toInstant();

    /** A contract. */
    protected RetentionContract() {}

    private CustomerId named(String name) {
        return register(Registration.of(name));
    }

    private void at(Instant instant) {
        crm().clock().set(instant);
    }

    private List<CustomerId> overdue(RetentionRule rule) {
        return privacy().overdue(rule, null, 1_000).overdue().stream()
                .map(Overdue::customer)
                .toList();
    }

    @Test
    public final void a_year_is_over_at_its_very_instant_by_the_retailers_calendar() {
        CustomerId eve = named("Eve");
        at(ANNIVERSARY.minusMillis(1));
        assertThat(overdue(ERASE)).isEmpty();
        at(ANNIVERSARY);
        assertThat(overdue(ERASE)).contains(eve);
    }

    @Test
    public final void pp_4_whatever_she_does_counts_as_activity() {
        List<CustomerId> active = new ArrayList<>();
        for (String name : List.of("buys", "looks", "earns", "allows", "joins", "moves")) {
            active.add(named(name));
        }
        CustomerId idle = named("idle");
        at(ANNIVERSARY.minus(Duration.ofDays(9)));
        trade().record(order(active.get(0), "1", "2027-02-01T10:00:00", tea("1.00")));
        behavior().record(BehaviorFacade.view(active.get(1), "1", crm().clock().instant()));
        points().earn(active.get(2), 1, Posting.key(key()));
        consents().optIn(active.get(3), MARKETING, hers(key()));
        joins(active.get(4));
        customers().addIdentity(active.get(5), Identity.memberCard("c"), key());

        at(ANNIVERSARY);

        assertThat(overdue(ERASE)).contains(idle).doesNotContainAnyElementsOf(active);
        at(ANNIVERSARY.atZone(ZONE).plus(YEAR).toInstant());
        assertThat(overdue(ERASE)).containsAll(active);
    }

    private void joins(CustomerId customer) {
        membership().join(customer, Enrolment.of(Notice.ofCustomer(key().value())));
    }

    @Test
    public final void a_rehearsal_writes_nothing_and_tells_who_and_why() {
        CustomerId eve = named("Eve");
        topUp(eve);
        at(ANNIVERSARY);
        List<String> before = crm().dump();

        RetentionProgress rehearsed = privacy().overdue(ERASE, null, 1_000);

        assertThat(crm().dump()).isEqualTo(before);
        assertThat(rehearsed.isDone()).isTrue();
        assertThat(rehearsed.overdue())
                .contains(new Overdue(eve, T0, List.of(new ErasureObstacle("ledger", "VALUE", "stored:CNY"))));
        assertThat(privacy().overdue(RESTRICT, null, 1_000).overdue()).contains(new Overdue(eve, T0, List.of()));
    }

    @Test
    public final void who_is_overdue_is_erased_or_waits_restricted_a_page_at_a_time() {
        CustomerId rich = named("Rich");
        topUp(rich);
        List<CustomerId> poor = List.of(named("Poor"), named("Poorer"), named("Poorest"));
        at(ANNIVERSARY);
        named("Newcomer");
        List<Overdue> all = new ArrayList<>();
        @Nullable CustomerId cursor = null;
        int pages = 0;
        do {
            RetentionProgress page = privacy().expire(ERASE, cursor, 2);
            all.addAll(page.overdue());
            cursor = page.cursor();
            pages++;
        } while (cursor != null);

        assertThat(pages).isEqualTo(4);
        assertThat(all).extracting(Overdue::customer).contains(rich).containsAll(poor);
        assertThat(poor).allSatisfy(it -> assertThat(status(it)).isEqualTo(CustomerStatus.ERASED));
        assertThat(status(rich)).isEqualTo(CustomerStatus.RESTRICTED);
        assertThat(privacy().proceed(null, 9).waiting()).isOne();
        assertThat(overdue(ERASE)).isEmpty();
    }

    @Test
    public final void who_is_restricted_stays_and_is_erased_by_a_rule_of_its_own() {
        CustomerId eve = named("Eve");
        at(ANNIVERSARY);
        privacy().expire(RESTRICT, null, 1_000);
        assertThat(status(eve)).isEqualTo(CustomerStatus.RESTRICTED);
        assertThat(overdue(RESTRICT)).isEmpty();
        assertThat(overdue(ERASE)).as("a year after the restriction").isEmpty();
        at(ANNIVERSARY.atZone(ZONE).plus(YEAR).toInstant());
        privacy().expire(ERASE, null, 1_000);
        assertThat(status(eve)).isEqualTo(CustomerStatus.ERASED);
        refused(CoreError.INVALID_VALUE, () -> RetentionRule.eraseAfter(Period.ZERO, ZONE));
    }

    private CustomerStatus status(CustomerId customer) {
        return customers().find(customer).orElseThrow().status();
    }
}
