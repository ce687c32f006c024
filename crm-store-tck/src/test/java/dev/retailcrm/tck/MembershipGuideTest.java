package dev.retailcrm.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retailcrm.core.customer.Customer;
import dev.retailcrm.core.customer.Registration;
import dev.retailcrm.core.kernel.Page;
import dev.retailcrm.core.kernel.PageRequest;
import dev.retailcrm.core.lifecycle.BookedStage;
import dev.retailcrm.core.lifecycle.LifecycleAnswer;
import dev.retailcrm.core.lifecycle.LifecyclePolicy;
import dev.retailcrm.core.lifecycle.LifecycleStage;
import dev.retailcrm.core.membership.CheckDigit;
import dev.retailcrm.core.membership.Enrolment;
import dev.retailcrm.core.membership.MembershipEntry;
import dev.retailcrm.core.membership.Notice;
import dev.retailcrm.core.membership.RandomMemberNumbers;
import dev.retailcrm.core.trade.Order;
import dev.retailcrm.core.trade.OrderLine;
import dev.retailcrm.core.trade.OrderNumber;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.junit.jupiter.api.Test;

/** The guide of membership quotes this example, which does what its comments say. */
class MembershipGuideTest {
    @Test
    void the_example_does_what_it_says() {
        var clock = MutableClock.at("2026-03-01T09:00:00Z");
        var now = clock.instant();
        var crm = InMemoryCrm.on(clock);
        var customers = crm.tenant("shop").customers();
        var ann = customers.register(Registration.of("Ann").key("ann")).id();
        var bob = customers.register(Registration.of("Bob").key("bob")).id();
        var tea = OrderLine.of("tea", Money.of(CurrencyUnit.of("CNY"), 25));
        crm.tenant("shop").trade().record(Order.of(ann, OrderNumber.of("pos", "1"), now, List.of(tea)));

        // GUIDE
        var membership =
                crm.tenant("shop").membership(RandomMemberNumbers.of("6", 11).with(CheckDigit.ISO_7064_MOD_11_10));

        // at the till of S01 she becomes a member, brought by Bob, and is found by her new number
        var joined = membership.join(
                ann,
                Enrolment.of(Notice.ofStaff("kim", "S01/form/17"))
                        .in("S01")
                        .through("till")
                        .broughtBy(bob));
        Optional<Customer> found = customers.findBy(joined.card().orElseThrow());

        // her membership rests, ends, and begins again with the same number
        membership.freeze(ann, Notice.ofStaff("kim", "S01/freeze/1").because("misuse"));
        membership.close(ann, Notice.ofCustomer("app/close/1"));
        var back = membership.reopen(ann, Notice.ofCustomer("app/reopen/1"));
        Page<MembershipEntry> history = membership.history(ann, PageRequest.first(50));

        // the stage she is at, at any instant, and until when time alone leaves her there
        var lifecycle = crm.tenant("shop")
                .lifecycle(LifecyclePolicy.standard()
                        .newFor(Duration.ofDays(30))
                        .matureFrom(5)
                        .decliningAfter(Duration.ofDays(90), 2) // days, or 2 of her mean gaps if that is longer
                        .lapsedAfter(Duration.ofDays(365))); // = LifecyclePolicy.standard()
        LifecycleAnswer today = lifecycle.stage(ann); // NEW, for 30 days from her first order
        LifecycleAnswer later = lifecycle.stage(ann, now.plus(Duration.ofDays(90))); // DECLINING

        // let the trade be observed, and each change of a stage is an event, at the instant it happened
        var trade = crm.tenant("shop").trade(lifecycle.observer());
        trade.record(Order.of(ann, OrderNumber.of("pos", "2"), now, List.of(tea))); // PROSPECT to NEW, now
        clock.advance(Duration.ofDays(100));
        while (lifecycle.advance(500) > 0) {} // from a job of the host's: NEW to GROWING, GROWING to DECLINING
        BookedStage booked = lifecycle.booked(ann).orElseThrow(); // DECLINING since day 90, LAPSED at day 365
        // GUIDE

        assertThat(found).map(Customer::id).contains(ann);
        assertThat(back.card()).isEqualTo(joined.card());
        assertThat(history.items()).hasSize(4);
        assertThat(today.stage()).isEqualTo(LifecycleStage.NEW);
        assertThat(today.validUntil()).contains(now.plus(Duration.ofDays(30)));
        assertThat(later.stage()).isEqualTo(LifecycleStage.DECLINING);
        assertThat(booked)
                .isEqualTo(new BookedStage(
                        LifecycleStage.DECLINING, now.plus(Duration.ofDays(90)), now.plus(Duration.ofDays(365))));
    }

    @Test
    void the_guide_quotes_the_example() throws IOException {
        String source = Files.readString(Path.of("src/test/java/dev/retailcrm/tck/MembershipGuideTest.java"));
        String mark = "// GUIDE\n";
        int start = source.indexOf(mark) + mark.length();
        String example = source.substring(start, source.indexOf(mark, start)).stripIndent();

        assertThat(Files.readString(Path.of("../docs/membership.md"))).contains(example.strip());
    }
}
