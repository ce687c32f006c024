package dev.retailcrm.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retailcrm.assets.ledger.Posting;
import dev.retailcrm.assets.points.Points;
import dev.retailcrm.core.customer.Customer;
import dev.retailcrm.core.customer.Registration;
import dev.retailcrm.core.event.EventEnvelope;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class InMemoryCrmTest {
    private final InMemoryCrm crm = InMemoryCrm.on(MutableClock.at("2026-03-01T09:00:00Z"));
    private final InMemoryCrm.Tenant acme = crm.tenant("acme");

    @Test
    void points_are_earned_spent_and_told_about() {
        // given
        Customer ann = acme.customers().register(Registration.of("Ann").key("reg/1"));

        // when
        acme.points().earn(ann.id(), 100, Posting.key("e1"));
        acme.points().spend(ann.id(), 30, Posting.key("s1"));

        // then
        List<String> types = new ArrayList<>();
        acme.events(event -> types.add(event.source() + " " + event.type())).drain(10);
        assertThat(acme.points().balance(ann.id()).available()).isEqualTo(70);
        assertThat(types)
                .containsExactly(
                        EventEnvelope.CUSTOMER + " customer.registered",
                        EventEnvelope.WALLET + " points.earn",
                        EventEnvelope.WALLET + " points.spend");
    }

    @Test
    void a_host_transaction_rolled_back_leaves_nothing() {
        Customer ann = acme.customers().register(Registration.of("Ann").key("reg/1"));
        List<String> before = crm.database().dump();

        try (HostTransaction host = crm.database().unitOfWork().begin()) {
            acme.points().earn(ann.id(), 100, Posting.key("e1"));
            acme.points().spend(ann.id(), 100, Posting.key("s1"));
            host.rollback();
        }

        assertThat(crm.database().dump()).isEqualTo(before);
    }

    @Test
    void a_host_transaction_sees_what_it_wrote_and_commits_it_all() {
        Customer ann = acme.customers().register(Registration.of("Ann").key("reg/1"));
        Points club = acme.points("club", acme.terms());

        try (HostTransaction host = crm.database().unitOfWork().begin()) {
            acme.points().earn(ann.id(), 100, Posting.key("e1"));
            club.earn(ann.id(), 7, Posting.key("e2"));
            acme.points().spend(ann.id(), 40, Posting.key("s1"));
            assertThat(acme.points().balance(ann.id()).available()).isEqualTo(60);
            host.commit();
        }

        assertThat(acme.points().balance(ann.id()).available()).isEqualTo(60);
        assertThat(club.balance(ann.id()).available()).isEqualTo(7);
    }
}
