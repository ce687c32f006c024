package dev.retailcrm.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retailcrm.assets.ledger.Asset;
import dev.retailcrm.assets.ledger.Ledger;
import dev.retailcrm.assets.ledger.Posting;
import dev.retailcrm.assets.ledger.Terms;
import dev.retailcrm.assets.stored.GiftCardCode;
import dev.retailcrm.assets.stored.GiftCardIssue;
import dev.retailcrm.assets.stored.GiftCards;
import dev.retailcrm.assets.stored.IssuedGiftCards;
import dev.retailcrm.assets.stored.LocalGuessThrottle;
import dev.retailcrm.assets.stored.PresentedCard;
import dev.retailcrm.assets.stored.StoredValue;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.ErrorCode;
import dev.retailcrm.core.kernel.TenantId;
import java.time.ZoneOffset;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

/** Gift cards over the ports of a fixture, for contracts that test behaviour whatever the store. */
abstract class GiftCardContract extends StoreContract {
    static final CurrencyUnit CNY = CurrencyUnit.of("CNY");
    static final Terms TERMS = Terms.in(ZoneOffset.UTC);

    private final LocalGuessThrottle throttle = new LocalGuessThrottle();

    final GiftCards.Builder builder(TenantId tenant, CurrencyUnit currency, Terms terms) {
        return GiftCards.builder(tenant, currency, terms).throttle(throttle);
    }

    final GiftCards in(GiftCards.Builder builder, TenantId tenant, CurrencyUnit currency) {
        return builder.in(crm().giftCards(), crm().ledgerPorts(), accounts(tenant, currency));
    }

    final GiftCards cards() {
        return in(builder(ACME, CNY, TERMS), ACME, CNY);
    }

    final StoredValue accounts(TenantId tenant, CurrencyUnit currency) {
        return new StoredValue(new Ledger(tenant, Asset.storedValue(currency), TERMS, crm().ledgerPorts()));
    }

    final StoredValue accounts() {
        return accounts(ACME, CNY);
    }

    /** A card and its code. */
    record Sold(CustomerId id, GiftCardCode code) {
        PresentedCard presented() {
            return GiftCardContract.presented(code);
        }
    }

    final Sold issued(long yuan) {
        return sold(GiftCardIssue.of(1, yuan(yuan)));
    }

    final Sold sold(long yuan) {
        return sold(GiftCardIssue.of(1, yuan(yuan)).activated());
    }

    private int batches;

    final Sold sold(GiftCardIssue issue) {
        IssuedGiftCards issued = cards().issue(issue, key(batches == 0 ? "b" : "b#" + batches));
        batches++;
        return new Sold(issued.cards().get(0).id(), issued.codes().get(0));
    }

    final Money value(GiftCardCode code) {
        return cards().balance(presented(code)).value();
    }

    static PresentedCard presented(GiftCardCode code) {
        return PresentedCard.of(code.reveal(), "till-1");
    }

    static Money yuan(long amount) {
        return Money.ofMinor(CNY, 100 * amount);
    }

    static Posting key(String key) {
        return Posting.key(key);
    }

    static CrmException refused(ErrorCode code, Runnable command) {
        Race.Attempt<Boolean> attempt = Race.attempt(() -> {
            command.run();
            return true;
        });
        CrmException refusal = attempt.refusal();
        if (refusal == null) {
            throw new AssertionError("not refused as " + code);
        }
        assertThat(refusal.code()).as(refusal.getMessage()).isEqualTo(code);
        return refusal;
    }
}
