package dev.retailcrm.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retailcrm.assets.benefit.Benefit;
import dev.retailcrm.assets.benefit.BenefitGrant;
import dev.retailcrm.assets.benefit.BenefitWorth;
import dev.retailcrm.assets.benefit.Benefits;
import dev.retailcrm.assets.benefit.BirthdayWindow;
import dev.retailcrm.assets.benefit.CustomerBenefit;
import dev.retailcrm.assets.benefit.GrantOrder;
import dev.retailcrm.assets.benefit.UseLimit;
import dev.retailcrm.assets.benefit.UsePeriod;
import dev.retailcrm.assets.card.Card;
import dev.retailcrm.assets.card.CardIssue;
import dev.retailcrm.assets.card.CardProduct;
import dev.retailcrm.assets.card.Cards;
import dev.retailcrm.assets.ledger.Calendar;
import dev.retailcrm.assets.ledger.Posting;
import dev.retailcrm.assets.redeem.Redeem;
import dev.retailcrm.assets.redeem.RedeemItem;
import dev.retailcrm.core.customer.Registration;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.RequestKey;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.joda.money.Money;
import org.junit.jupiter.api.Test;

/** The example of docs/benefits.md compiles, runs and is quoted as it is. */
class BenefitsGuideTest {
    @Test
    void the_example_runs() {
        var acme = InMemoryCrm.on(MutableClock.at("2026-03-01T09:00:00Z")).tenant("acme");
        CustomerId ann =
                acme.customers().register(Registration.of("Ann").key("ann")).id();
        // GUIDE
        Benefits benefits = acme.benefits();

        // once
        benefits.define(
                Benefit.of("vip-10", "A tenth off", new BenefitWorth.Discount(BigDecimal.TEN))
                        .forTier("club", Set.of("gold")),
                RequestKey.of("benefits/vip-10/1"));
        benefits.define(
                Benefit.of("cake", "A birthday cake", new BenefitWorth.Gift("CAKE-1"))
                        .forEverybody()
                        .around(new BirthdayWindow(3, 3)) // her birthday and three days around it, in her own zone
                        .limitedTo(UseLimit.of(1, UsePeriod.YEAR)),
                RequestKey.of("benefits/cake/1"));

        // by a campaign, or by hand
        BenefitGrant grant = benefits.grant(
                ann,
                GrantOrder.of("vip-10").byCampaign().between(null, Instant.parse("2026-04-01T00:00:00Z")),
                Posting.key("spring/ann").reference("spring"));

        // what she has now, why, and what keeps her from using it
        List<CustomerBenefit> hers = benefits.of(ann, null);
        hers.get(0).blocks(); // cake: [NO_BIRTH_DATE]
        hers.get(1).sources(); // vip-10: CAMPAIGN "spring"
        hers.get(1).benefit().worth(); // Discount[percent=10]

        // a count card that is sold: ten washes for 99.00, good for a year
        Cards cards = acme.cards();
        cards.define(
                CardProduct.paid("wash-10", "Ten washes", Money.parse("CNY 99.00"), 10, Set.of("vip-10"))
                        .lasting(1, Calendar.YEAR),
                RequestKey.of("cards/wash-10/1"));
        Card card = cards.issue(ann, CardIssue.of("wash-10"), Posting.key("S01/000812/card"));
        acme.redemptions().redeem(ann, Redeem.of(RedeemItem.card("wash-10"), 3), Posting.key("S01/000901/wash"));
        cards.find(ann, card.id()).orElseThrow().usesLeft(); // 7
        Card back = cards.refund(ann, card.id(), Posting.key("S01/000950/refund"));
        back.refund(); // CNY 69.30
        // GUIDE

        assertThat(hers).hasSize(2);
        assertThat(hers.get(0).isUsable()).isFalse();
        assertThat(hers.get(1).sources().get(0).id()).isEqualTo(grant.id());
        assertThat(back.refund()).isEqualTo(Money.parse("CNY 69.30"));
    }

    @Test
    void the_guide_quotes_the_example() throws IOException {
        String source = Files.readString(Path.of("src/test/java/dev/retailcrm/tck/BenefitsGuideTest.java"));
        String mark = "// GUIDE\n";
        int start = source.indexOf(mark) + mark.length();
        String example = source.substring(start, source.indexOf(mark, start)).stripIndent();

        assertThat(Files.readString(Path.of("../docs/benefits.md"))).contains(example.strip());
    }
}
