package dev.retailcrm.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retailcrm.assets.benefit.Benefit;
import dev.retailcrm.assets.benefit.BenefitWorth;
import dev.retailcrm.assets.benefit.UseLimit;
import dev.retailcrm.assets.benefit.UsePeriod;
import dev.retailcrm.assets.checkout.Block;
import dev.retailcrm.assets.ledger.Posting;
import dev.retailcrm.assets.redeem.ExchangeOffer;
import dev.retailcrm.assets.redeem.PassCheck;
import dev.retailcrm.assets.redeem.PassKeys;
import dev.retailcrm.assets.redeem.PresentedPass;
import dev.retailcrm.assets.redeem.Redeem;
import dev.retailcrm.assets.redeem.RedeemItem;
import dev.retailcrm.assets.redeem.RedeemSettings;
import dev.retailcrm.assets.redeem.Redemption;
import dev.retailcrm.assets.redeem.Redemptions;
import dev.retailcrm.assets.redeem.ShownPass;
import dev.retailcrm.core.customer.Registration;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.kernel.TenantId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The example of docs/redemption.md compiles, runs and is quoted as it is. */
class RedemptionGuideTest {
    @Test
    void the_example_runs() {
        var acme = InMemoryCrm.on(MutableClock.at("2026-03-01T09:00:00Z")).tenant("acme");
        CustomerId ann =
                acme.customers().register(Registration.of("Ann").key("ann")).id();
        acme.benefits()
                .define(
                        Benefit.of("fitting", "A fitting", new BenefitWorth.Service("FIT"))
                                .forEverybody(),
                        RequestKey.of("fitting"));
        acme.points().earn(ann, 100, Posting.key("earn"));
        byte[] secret = new byte[32];
        Instant now = Instant.parse("2026-03-01T09:00:10Z");
        // GUIDE
        // the secret is kept by the host: at least 32 bytes from a cryptographic source
        PassKeys keys = PassKeys.of(secret);
        Redemptions redemptions =
                acme.redemptions(RedeemSettings.of(acme.terms()).keys(keys));

        // in her app: a code for what she is about to use, another every 30 seconds
        ShownPass shown = redemptions.show(ann, RedeemItem.benefit("fitting"));

        // at the till: verified, also without a network, and used once
        PassCheck.with(keys.tillKeys(TenantId.of("acme"))).check(shown.code(), now); // whom and what it is good for
        var pass = PresentedPass.of(shown.code(), "till-3");
        redemptions.verify(pass, null).available();
        Redemption used = redemptions.redeem(pass, 1, Posting.key("S01/till-3/000812/fitting"));

        // the same without a code; taken back in parts
        acme.exchanges()
                .define(
                        ExchangeOffer.of("mug", "A mug", "MUG-1", "standard", 3)
                                .per(Block.started(2)) // 3 points for every started pair
                                .stock(500)
                                .limitedTo(UseLimit.of(10, UsePeriod.MONTH)),
                        RequestKey.of("offers/mug/1"));
        Redemption mugs = redemptions.redeem(
                ann, Redeem.of(RedeemItem.exchange("mug"), 5).at("till-3"), Posting.key("S01/till-3/000813/mug"));
        mugs.points(); // 9
        redemptions.reverse(ann, mugs.id(), 1, Posting.key("S01/till-3/000820/back")); // 3 points and a piece come back
        // GUIDE

        assertThat(used.item()).isEqualTo(RedeemItem.benefit("fitting"));
        assertThat(mugs.points()).isEqualTo(9);
        assertThat(acme.points().balance(ann).available()).isEqualTo(94);
        assertThat(acme.exchanges().left("mug")).isEqualTo(496);
    }

    @Test
    void the_guide_quotes_the_example() throws IOException {
        String source = Files.readString(Path.of("src/test/java/dev/retailcrm/tck/RedemptionGuideTest.java"));
        String mark = "// GUIDE\n";
        int start = source.indexOf(mark) + mark.length();
        String example = source.substring(start, source.indexOf(mark, start)).stripIndent();

        assertThat(Files.readString(Path.of("../docs/redemption.md"))).contains(example.strip());
    }
}
